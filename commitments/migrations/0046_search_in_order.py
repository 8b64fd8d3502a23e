"""Names as one word each, and the entries in the order of results: what very many hold is found without sorting it."""

from django.db import migrations, models

from commitments.search import tables


def install(apps, schema_editor):
    tables.install(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0042_words_of_what_a_report_rests_on'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index('place', 'sort', 'id', name='entries_in_their_order'),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
