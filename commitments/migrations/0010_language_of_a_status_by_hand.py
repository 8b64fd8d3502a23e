"""In which language the reason of a status set by hand is written; then the triggers of every append-only table."""

from django.db import migrations, models

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0009_on_what_basis'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalstatusbyhand',
            name='language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='statusbyhand',
            name='language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
