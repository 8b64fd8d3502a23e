"""The words of the glossary; then the triggers of every append-only table."""

import django.db.models.deletion
import rules.contrib.models
import simple_history.models
from django.db import migrations, models

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0016_marks_of_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalTerm',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('actor_role', models.CharField(blank=True, max_length=20)),
                ('actor_country', models.CharField(blank=True, max_length=3)),
                ('actor_group', models.CharField(blank=True, max_length=30)),
                ('door', models.CharField(blank=True, max_length=10)),
                ('request_id', models.CharField(blank=True, max_length=60)),
                ('public_reason', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('code', models.SlugField(max_length=40)),
                ('slug', models.SlugField(max_length=40)),
                ('kind', models.CharField(choices=[('concept', 'Concept'), ('vulnerable_group', 'People in vulnerable situations'), ('population_group', 'People on the move')], max_length=16)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_es', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_pt', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_fr', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('sentence', models.TextField(blank=True, verbose_name='in plain words')),
                ('sentence_en', models.TextField(blank=True, null=True, verbose_name='in plain words')),
                ('sentence_es', models.TextField(blank=True, null=True, verbose_name='in plain words')),
                ('sentence_pt', models.TextField(blank=True, null=True, verbose_name='in plain words')),
                ('sentence_fr', models.TextField(blank=True, null=True, verbose_name='in plain words')),
                ('agreement', models.CharField(blank=True, choices=[('agreed', 'Agreed'), ('under_discussion', 'Under discussion'), ('one_mechanism', 'Used by one mechanism'), ('none', 'No agreed definition yet')], max_length=16)),
                ('definition', models.TextField(blank=True, verbose_name='definition')),
                ('definition_en', models.TextField(blank=True, null=True, verbose_name='definition')),
                ('definition_es', models.TextField(blank=True, null=True, verbose_name='definition')),
                ('definition_pt', models.TextField(blank=True, null=True, verbose_name='definition')),
                ('definition_fr', models.TextField(blank=True, null=True, verbose_name='definition')),
                ('definition_place', models.CharField(blank=True, max_length=100)),
                ('why', models.TextField(blank=True)),
                ('is_explicit', models.BooleanField(default=True)),
                ('cited_in', models.CharField(blank=True, max_length=200)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('definition_source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.source')),
                ('mechanism', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.mechanism')),
                ('pillar', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.pillar')),
            ],
            options={
                'verbose_name': 'historical term',
                'verbose_name_plural': 'historical terms',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['-history_date', '-history_id'], name='log_of_term')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('concept', 'Concept'), ('vulnerable_group', 'People in vulnerable situations'), ('population_group', 'People on the move')], max_length=16)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_es', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_pt', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_fr', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('sentence', models.TextField(blank=True, verbose_name='in plain words')),
                ('sentence_en', models.TextField(blank=True, null=True, verbose_name='in plain words')),
                ('sentence_es', models.TextField(blank=True, null=True, verbose_name='in plain words')),
                ('sentence_pt', models.TextField(blank=True, null=True, verbose_name='in plain words')),
                ('sentence_fr', models.TextField(blank=True, null=True, verbose_name='in plain words')),
                ('agreement', models.CharField(blank=True, choices=[('agreed', 'Agreed'), ('under_discussion', 'Under discussion'), ('one_mechanism', 'Used by one mechanism'), ('none', 'No agreed definition yet')], max_length=16)),
                ('definition', models.TextField(blank=True, verbose_name='definition')),
                ('definition_en', models.TextField(blank=True, null=True, verbose_name='definition')),
                ('definition_es', models.TextField(blank=True, null=True, verbose_name='definition')),
                ('definition_pt', models.TextField(blank=True, null=True, verbose_name='definition')),
                ('definition_fr', models.TextField(blank=True, null=True, verbose_name='definition')),
                ('definition_place', models.CharField(blank=True, max_length=100)),
                ('why', models.TextField(blank=True)),
                ('is_explicit', models.BooleanField(default=True)),
                ('cited_in', models.CharField(blank=True, max_length=200)),
                ('definition_source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.source')),
                ('mechanism', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='commitments.mechanism')),
                ('pillar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='commitments.pillar')),
            ],
            options={
                'verbose_name': 'term',
                'ordering': ('code',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agreement', 'one_mechanism'), _negated=True), ('mechanism__isnull', False), _connector='OR'), name='term_used_by_a_named_mechanism')],
            },
            bases=(rules.contrib.models.RulesModelMixin, models.Model),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
