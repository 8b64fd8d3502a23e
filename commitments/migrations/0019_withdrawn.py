"""Documents and words that were taken off the site after they were published."""

from django.db import migrations, models

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0018_words_of_the_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='evidence',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='evidence',
            name='withdrawn_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='evidence',
            name='withdrawn_reason',
            field=models.TextField(blank=True, verbose_name='reason of the withdrawal, published'),
        ),
        migrations.AddField(
            model_name='historicalevidence',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalevidence',
            name='withdrawn_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='historicalevidence',
            name='withdrawn_reason',
            field=models.TextField(blank=True, verbose_name='reason of the withdrawal, published'),
        ),
        migrations.AddField(
            model_name='historicalprogressreport',
            name='files_since',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalprogressreport',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalprogressreport',
            name='withdrawn_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='historicalprogressreport',
            name='withdrawn_reason',
            field=models.TextField(blank=True, verbose_name='reason of the withdrawal, published'),
        ),
        migrations.AddField(
            model_name='historicalreportdocument',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalreportdocument',
            name='withdrawn_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='historicalreportdocument',
            name='withdrawn_reason',
            field=models.TextField(blank=True, verbose_name='reason of the withdrawal, published'),
        ),
        migrations.AddField(
            model_name='historicalreportentry',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalreportentry',
            name='withdrawn_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='historicalreportentry',
            name='withdrawn_reason',
            field=models.TextField(blank=True, verbose_name='reason of the withdrawal, published'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='files_since',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='withdrawn_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='withdrawn_reason',
            field=models.TextField(blank=True, verbose_name='reason of the withdrawal, published'),
        ),
        migrations.AddField(
            model_name='reportdocument',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='reportdocument',
            name='withdrawn_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='reportdocument',
            name='withdrawn_reason',
            field=models.TextField(blank=True, verbose_name='reason of the withdrawal, published'),
        ),
        migrations.AddField(
            model_name='reportentry',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='reportentry',
            name='withdrawn_language',
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='reportentry',
            name='withdrawn_reason',
            field=models.TextField(blank=True, verbose_name='reason of the withdrawal, published'),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
