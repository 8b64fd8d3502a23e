"""In which language a note on an adherence or a presidency is written; then the triggers of every append-only table."""

from django.db import migrations, models

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0045_thresholds_of_a_status'),
    ]

    operations = [
        migrations.AddField(
            model_name='adherence',
            name='note_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='historicaladherence',
            name='note_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='historicalpresidency',
            name='note_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='presidency',
            name='note_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AlterField(
            model_name='adherence',
            name='reason',
            field=models.TextField(blank=True, verbose_name='note'),
        ),
        migrations.AlterField(
            model_name='historicaladherence',
            name='reason',
            field=models.TextField(blank=True, verbose_name='note'),
        ),
        migrations.AlterField(
            model_name='historicalpresidency',
            name='note',
            field=models.TextField(blank=True, verbose_name='note'),
        ),
        migrations.AlterField(
            model_name='presidency',
            name='note',
            field=models.TextField(blank=True, verbose_name='note'),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
