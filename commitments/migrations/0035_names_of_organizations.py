"""Organizations have a name in four languages; then the triggers of every append-only table."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

from commitments.history import triggers

HISTORY = "commitments_historicalorganization"


def keep_english(apps, schema_editor):
    """What was said once was said in English: in the history too, where the loader reads what it wrote last."""
    apps.get_model("commitments", "Organization")._base_manager.update(name_en=F("name"))
    triggers.drop([HISTORY], schema_editor)
    apps.get_model("commitments", "HistoricalOrganization")._base_manager.update(name_en=F("name"))


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0034_words_of_sources'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalorganization',
            name='name_en',
            field=models.CharField(max_length=200, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='historicalorganization',
            name='name_es',
            field=models.CharField(max_length=200, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='historicalorganization',
            name='name_fr',
            field=models.CharField(max_length=200, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='historicalorganization',
            name='name_pt',
            field=models.CharField(max_length=200, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='organization',
            name='name_en',
            field=models.CharField(max_length=200, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='organization',
            name='name_es',
            field=models.CharField(max_length=200, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='organization',
            name='name_fr',
            field=models.CharField(max_length=200, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='organization',
            name='name_pt',
            field=models.CharField(max_length=200, null=True, verbose_name='name'),
        ),
        migrations.AlterField(
            model_name='historicalorganization',
            name='code',
            field=models.CharField(db_index=True, max_length=20, verbose_name='code'),
        ),
        migrations.AlterField(
            model_name='historicalorganization',
            name='kind',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.organizationkind', verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='historicalorganization',
            name='name',
            field=models.CharField(max_length=200, verbose_name='name'),
        ),
        migrations.AlterField(
            model_name='organization',
            name='code',
            field=models.CharField(max_length=20, unique=True, verbose_name='code'),
        ),
        migrations.AlterField(
            model_name='organization',
            name='kind',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='commitments.organizationkind', verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='organization',
            name='name',
            field=models.CharField(max_length=200, verbose_name='name'),
        ),
        migrations.RunPython(keep_english, migrations.RunPython.noop),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
