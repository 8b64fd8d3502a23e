"""The document and the end of an adherence and of a secretariat; then the triggers of every append-only table."""

import django.db.models.deletion
import commitments.mechanisms.models.columns
from django.db import migrations, models

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0030_words_of_milestones'),
    ]

    operations = [
        migrations.AddField(
            model_name='adherence',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.source', verbose_name='source'),
        ),
        migrations.AddField(
            model_name='adherence',
            name='until_precision',
            field=commitments.mechanisms.models.columns.PrecisionField(blank=True, choices=[('day', 'day'), ('month', 'month'), ('quarter', 'quarter'), ('year', 'year'), ('fiscal_year', 'fiscal_year')], default='', max_length=12),
        ),
        migrations.AddField(
            model_name='historicaladherence',
            name='source',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.source', verbose_name='source'),
        ),
        migrations.AddField(
            model_name='historicaladherence',
            name='until_precision',
            field=commitments.mechanisms.models.columns.PrecisionField(blank=True, choices=[('day', 'day'), ('month', 'month'), ('quarter', 'quarter'), ('year', 'year'), ('fiscal_year', 'fiscal_year')], default='', max_length=12),
        ),
        migrations.AddField(
            model_name='historicalsecretariat',
            name='until_precision',
            field=commitments.mechanisms.models.columns.PrecisionField(blank=True, choices=[('day', 'day'), ('month', 'month'), ('quarter', 'quarter'), ('year', 'year'), ('fiscal_year', 'fiscal_year')], default='', max_length=12),
        ),
        migrations.AddField(
            model_name='secretariat',
            name='until_precision',
            field=commitments.mechanisms.models.columns.PrecisionField(blank=True, choices=[('day', 'day'), ('month', 'month'), ('quarter', 'quarter'), ('year', 'year'), ('fiscal_year', 'fiscal_year')], default='', max_length=12),
        ),
        migrations.AlterField(
            model_name='adherence',
            name='as_of',
            field=models.DateField(blank=True, null=True, verbose_name='as of'),
        ),
        migrations.AlterField(
            model_name='adherence',
            name='kind',
            field=models.CharField(choices=[('endorsing', 'Endorsing country'), ('observer', 'Observer country'), ('member', 'Member country')], max_length=10, verbose_name='how it belongs'),
        ),
        migrations.AlterField(
            model_name='adherence',
            name='since',
            field=models.DateField(blank=True, null=True, verbose_name='since'),
        ),
        migrations.AlterField(
            model_name='adherence',
            name='until',
            field=models.DateField(blank=True, null=True, verbose_name='until'),
        ),
        migrations.AlterField(
            model_name='historicaladherence',
            name='as_of',
            field=models.DateField(blank=True, null=True, verbose_name='as of'),
        ),
        migrations.AlterField(
            model_name='historicaladherence',
            name='kind',
            field=models.CharField(choices=[('endorsing', 'Endorsing country'), ('observer', 'Observer country'), ('member', 'Member country')], max_length=10, verbose_name='how it belongs'),
        ),
        migrations.AlterField(
            model_name='historicaladherence',
            name='since',
            field=models.DateField(blank=True, null=True, verbose_name='since'),
        ),
        migrations.AlterField(
            model_name='historicaladherence',
            name='until',
            field=models.DateField(blank=True, null=True, verbose_name='until'),
        ),
        migrations.AlterField(
            model_name='historicalpresidency',
            name='since',
            field=models.DateField(verbose_name='since'),
        ),
        migrations.AlterField(
            model_name='historicalpresidency',
            name='source',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.source', verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='historicalpresidency',
            name='until',
            field=models.DateField(blank=True, null=True, verbose_name='until'),
        ),
        migrations.AlterField(
            model_name='historicalsecretariat',
            name='since',
            field=models.DateField(blank=True, null=True, verbose_name='since'),
        ),
        migrations.AlterField(
            model_name='historicalsecretariat',
            name='source',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.source', verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='historicalsecretariat',
            name='until',
            field=models.DateField(blank=True, null=True, verbose_name='until'),
        ),
        migrations.AlterField(
            model_name='presidency',
            name='since',
            field=models.DateField(verbose_name='since'),
        ),
        migrations.AlterField(
            model_name='presidency',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='commitments.source', verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='presidency',
            name='until',
            field=models.DateField(blank=True, null=True, verbose_name='until'),
        ),
        migrations.AlterField(
            model_name='secretariat',
            name='since',
            field=models.DateField(blank=True, null=True, verbose_name='since'),
        ),
        migrations.AlterField(
            model_name='secretariat',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.source', verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='secretariat',
            name='until',
            field=models.DateField(blank=True, null=True, verbose_name='until'),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
