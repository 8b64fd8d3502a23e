"""On PostgreSQL the words of titles as a column of their own: which entries have a word there is asked of an index."""

from django.db import migrations

from commitments.search import tables


def install(apps, schema_editor):
    tables.install(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0048_what_a_form_said'),
    ]

    operations = [
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
