"""In which language the reason of an extension is written."""

from django.db import migrations, models

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0014_what_a_figure_rests_on'),
    ]

    operations = [
        migrations.AddField(
            model_name='cycleextension',
            name='language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='historicalcycleextension',
            name='language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
