"""One report a country and cycle, by constraint; then the triggers of every append-only table."""

from django.db import migrations, models

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0004_one_report_a_country'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='progressreport',
            name='report_of_a_country_or_a_group',
        ),
        migrations.RemoveConstraint(
            model_name='progressreport',
            name='one_report_a_country_commitment_and_cycle',
        ),
        migrations.RemoveField(
            model_name='historicalprogressreport',
            name='answer',
        ),
        migrations.RemoveField(
            model_name='historicalprogressreport',
            name='commitment',
        ),
        migrations.RemoveField(
            model_name='historicalprogressreport',
            name='question',
        ),
        migrations.RemoveField(
            model_name='progressreport',
            name='answer',
        ),
        migrations.RemoveField(
            model_name='progressreport',
            name='commitment',
        ),
        migrations.RemoveField(
            model_name='progressreport',
            name='question',
        ),
        migrations.AddConstraint(
            model_name='progressreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('country__isnull', False), ('group__isnull', True), ('is_of_secretariat', False)), models.Q(('country__isnull', True), ('group__isnull', False), ('is_of_secretariat', False)), models.Q(('country__isnull', True), ('group__isnull', True), ('is_of_secretariat', True)), _connector='OR'), name='report_of_exactly_one'),
        ),
        migrations.AddConstraint(
            model_name='progressreport',
            constraint=models.UniqueConstraint(condition=models.Q(('country__isnull', False)), fields=('cycle', 'country'), name='one_report_a_country_and_cycle'),
        ),
        migrations.AddConstraint(
            model_name='progressreport',
            constraint=models.UniqueConstraint(condition=models.Q(('is_of_secretariat', True)), fields=('cycle',), name='one_report_of_the_secretariat_and_cycle'),
        ),
        migrations.AddConstraint(
            model_name='progressreport',
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), ('reviewed_at__isnull', False), _connector='OR'), name='report_reviewed_by_and_at'),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
