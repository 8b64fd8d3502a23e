"""Why a word stands in the glossary, in four languages."""

from django.db import migrations, models
from django.db.models import F

from commitments.history import triggers


def keep_english(apps, schema_editor):
    """What was said once was said in English."""
    apps.get_model("commitments", "Term")._base_manager.exclude(why="").update(why_en=F("why"))


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0019_withdrawn'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalterm',
            name='why_en',
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalterm',
            name='why_es',
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalterm',
            name='why_fr',
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalterm',
            name='why_pt',
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='term',
            name='why_en',
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='term',
            name='why_es',
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='term',
            name='why_fr',
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='term',
            name='why_pt',
            field=models.TextField(blank=True, null=True),
        ),
        migrations.RunPython(keep_english, migrations.RunPython.noop),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
