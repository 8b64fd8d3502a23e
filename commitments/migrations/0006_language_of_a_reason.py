"""In which language a country gave its reason for a figure; then the triggers of every append-only table."""

from django.db import migrations, models

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0005_squashed_first_to_fifth'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalmeasurement',
            name='reason_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='measurement',
            name='reason_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
