"""What a figure that the secretariat gives for a country rests on."""

from django.db import migrations, models

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0013_files_of_the_publication'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalmeasurement',
            name='behalf_basis',
            field=models.CharField(blank=True, choices=[('note', 'A note of the country'), ('call', 'A telephone call'), ('mail', 'An e-mail'), ('meeting', 'A meeting')], max_length=10, verbose_name='what it rests on'),
        ),
        migrations.AddField(
            model_name='historicalmeasurement',
            name='behalf_on',
            field=models.DateField(blank=True, null=True, verbose_name='date of what it rests on'),
        ),
        migrations.AddField(
            model_name='historicalmeasurement',
            name='behalf_words',
            field=models.TextField(blank=True, verbose_name='who said what'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='behalf_basis',
            field=models.CharField(blank=True, choices=[('note', 'A note of the country'), ('call', 'A telephone call'), ('mail', 'An e-mail'), ('meeting', 'A meeting')], max_length=10, verbose_name='what it rests on'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='behalf_on',
            field=models.DateField(blank=True, null=True, verbose_name='date of what it rests on'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='behalf_words',
            field=models.TextField(blank=True, verbose_name='who said what'),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
