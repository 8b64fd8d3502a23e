"""By which document a group is placed beside the Declaration; then the triggers of every append-only table."""

import django.db.models.deletion
from django.db import migrations, models

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0040_notes_in_their_language'),
    ]

    operations = [
        migrations.AddField(
            model_name='alignment',
            name='cited_in',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='alignment',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.source', verbose_name='source'),
        ),
        migrations.AddField(
            model_name='historicalalignment',
            name='cited_in',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='historicalalignment',
            name='source',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.source', verbose_name='source'),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
