"""What came of a meeting, in four languages; what is on record so far was written in English."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

from commitments.history import triggers


def keep_english(apps, schema_editor):
    """Of the history too: what the loader wrote last is read from it, and nothing of it is said otherwise."""
    triggers.drop(["commitments_historicalmeeting"], schema_editor)
    for name in ("meeting", "historicalmeeting"):
        apps.get_model("commitments", name)._base_manager.update(outcome_en=F("outcome"))


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0031_since_when_and_according_to_what'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalmeeting',
            name='outcome_en',
            field=models.TextField(blank=True, null=True, verbose_name='outcome'),
        ),
        migrations.AddField(
            model_name='historicalmeeting',
            name='outcome_es',
            field=models.TextField(blank=True, null=True, verbose_name='outcome'),
        ),
        migrations.AddField(
            model_name='historicalmeeting',
            name='outcome_fr',
            field=models.TextField(blank=True, null=True, verbose_name='outcome'),
        ),
        migrations.AddField(
            model_name='historicalmeeting',
            name='outcome_pt',
            field=models.TextField(blank=True, null=True, verbose_name='outcome'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='outcome_en',
            field=models.TextField(blank=True, null=True, verbose_name='outcome'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='outcome_es',
            field=models.TextField(blank=True, null=True, verbose_name='outcome'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='outcome_fr',
            field=models.TextField(blank=True, null=True, verbose_name='outcome'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='outcome_pt',
            field=models.TextField(blank=True, null=True, verbose_name='outcome'),
        ),
        migrations.RunPython(keep_english, migrations.RunPython.noop),
        migrations.RunPython(install, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='historicalmeeting',
            name='is_verified',
            field=models.BooleanField(default=False, verbose_name='read in the document'),
        ),
        migrations.AlterField(
            model_name='historicalmeeting',
            name='outcome',
            field=models.TextField(blank=True, verbose_name='outcome'),
        ),
        migrations.AlterField(
            model_name='historicalmeeting',
            name='source',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.source', verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='historicalmeeting',
            name='state',
            field=models.CharField(choices=[('planned', 'Planned'), ('announced', 'Announced; no record of it was found'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', max_length=12, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='is_verified',
            field=models.BooleanField(default=False, verbose_name='read in the document'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='outcome',
            field=models.TextField(blank=True, verbose_name='outcome'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='commitments.source', verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='state',
            field=models.CharField(choices=[('planned', 'Planned'), ('announced', 'Announced; no record of it was found'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', max_length=12, verbose_name='state'),
        ),
    ]
