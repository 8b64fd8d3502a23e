"""The figures of a group's report as they stood when it was published; then the triggers of every append-only table."""

import django.db.models.deletion
from django.db import migrations, models

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0049_titles_to_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField()),
                ('taken_at', models.DateTimeField()),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='frozen', to='commitments.progressreport')),
            ],
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
