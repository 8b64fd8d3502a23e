"""Words of a report put right by two persons, and what a country says against one; then the triggers of history."""

import django.db.models.deletion
import rules.contrib.models
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0010_language_of_a_status_by_hand'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalReportCorrection',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('actor_role', models.CharField(blank=True, max_length=20)),
                ('actor_country', models.CharField(blank=True, max_length=3)),
                ('actor_group', models.CharField(blank=True, max_length=30)),
                ('door', models.CharField(blank=True, max_length=10)),
                ('request_id', models.CharField(blank=True, max_length=60)),
                ('public_reason', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('state', models.CharField(choices=[('not_due', 'Not due'), ('due', 'Due'), ('draft', 'Draft'), ('sent', 'Sent'), ('in_review', 'In review'), ('returned', 'Returned'), ('accepted', 'Accepted'), ('published', 'Published'), ('corrected', 'Corrected')], default='sent', max_length=12)),
                ('texts', models.JSONField(default=list)),
                ('reason', models.TextField(verbose_name='reason, published')),
                ('language', models.CharField(blank=True, max_length=2)),
                ('is_withheld', models.BooleanField(default=False)),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical correction of a report',
                'verbose_name_plural': 'historical correction of a reports',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ReportCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('state', models.CharField(choices=[('not_due', 'Not due'), ('due', 'Due'), ('draft', 'Draft'), ('sent', 'Sent'), ('in_review', 'In review'), ('returned', 'Returned'), ('accepted', 'Accepted'), ('published', 'Published'), ('corrected', 'Corrected')], default='sent', max_length=12)),
                ('texts', models.JSONField(default=list)),
                ('reason', models.TextField(verbose_name='reason, published')),
                ('language', models.CharField(blank=True, max_length=2)),
                ('is_withheld', models.BooleanField(default=False)),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'correction of a report',
                'ordering': ('report', '-proposed_at', '-id'),
            },
            bases=(rules.contrib.models.RulesModelMixin, models.Model),
        ),
        migrations.RemoveConstraint(
            model_name='reportquestion',
            name='answered_question_has_an_answer',
        ),
        migrations.AddField(
            model_name='historicalprogressreport',
            name='corrected_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalreportquestion',
            name='is_objection',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='corrected_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='reportquestion',
            name='is_objection',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='historicalreportquestion',
            name='section',
            field=models.CharField(blank=True, choices=[('progress', 'Progress by commitment'), ('figures', 'Indicators'), ('obstacles', 'Obstacles and support needed'), ('practice', 'Good practice'), ('coherence', 'National coherence'), ('documents', 'Documents'), ('purpose', 'Purpose and outcomes'), ('synthesis', 'What happened')], max_length=12, verbose_name='about'),
        ),
        migrations.AlterField(
            model_name='reportquestion',
            name='section',
            field=models.CharField(blank=True, choices=[('progress', 'Progress by commitment'), ('figures', 'Indicators'), ('obstacles', 'Obstacles and support needed'), ('practice', 'Good practice'), ('coherence', 'National coherence'), ('documents', 'Documents'), ('purpose', 'Purpose and outcomes'), ('synthesis', 'What happened')], max_length=12, verbose_name='about'),
        ),
        migrations.AddConstraint(
            model_name='reportquestion',
            constraint=models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), models.Q(('answer', ''), _negated=True), ('is_objection', True), _connector='OR'), name='answered_question_has_an_answer'),
        ),
        migrations.AddField(
            model_name='historicalreportcorrection',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalreportcorrection',
            name='proposed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalreportcorrection',
            name='report',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.progressreport'),
        ),
        migrations.AddField(
            model_name='reportcorrection',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportcorrection',
            name='proposed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportcorrection',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='commitments.progressreport'),
        ),
        migrations.AddConstraint(
            model_name='reportcorrection',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'sent')), fields=('report',), name='one_correction_waits_a_report'),
        ),
        migrations.AddConstraint(
            model_name='reportcorrection',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('proposed_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='who_corrects_never_decides'),
        ),
        migrations.AddConstraint(
            model_name='reportcorrection',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('decided_at__isnull', False), _connector='OR'), name='correction_decided_by_and_at'),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
