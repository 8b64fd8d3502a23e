"""What a report that was written for a country rests on is called by its words."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0041_source_of_a_place'),
    ]

    operations = [
        migrations.AlterField(
            model_name='historicalprogressreport',
            name='behalf_basis',
            field=models.CharField(blank=True, choices=[('note', 'A note of the country'), ('call', 'A telephone call'), ('mail', 'An e-mail'), ('meeting', 'A meeting')], max_length=10, verbose_name='what it rests on'),
        ),
        migrations.AlterField(
            model_name='historicalprogressreport',
            name='behalf_on',
            field=models.DateField(blank=True, null=True, verbose_name='date of what it rests on'),
        ),
        migrations.AlterField(
            model_name='historicalprogressreport',
            name='behalf_words',
            field=models.TextField(blank=True, verbose_name='who said what'),
        ),
        migrations.AlterField(
            model_name='progressreport',
            name='behalf_basis',
            field=models.CharField(blank=True, choices=[('note', 'A note of the country'), ('call', 'A telephone call'), ('mail', 'An e-mail'), ('meeting', 'A meeting')], max_length=10, verbose_name='what it rests on'),
        ),
        migrations.AlterField(
            model_name='progressreport',
            name='behalf_on',
            field=models.DateField(blank=True, null=True, verbose_name='date of what it rests on'),
        ),
        migrations.AlterField(
            model_name='progressreport',
            name='behalf_words',
            field=models.TextField(blank=True, verbose_name='who said what'),
        ),
    ]
