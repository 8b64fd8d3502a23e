"""The counts of what is on record already. Apart from the tables: no index is made on rows that are not committed."""

from django.db import migrations


def count_what_is_there(apps, schema_editor):
    """A new database has no commitments yet. Reads named columns alone, so later migrations do not matter."""
    from commitments.indicators import counting

    ids = list(apps.get_model("commitments", "Commitment").objects.values_list("pk", flat=True))
    if ids:
        counting.recount(ids)
        counting.gather(least=1)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0021_counts_kept'),
    ]

    operations = [
        migrations.RunPython(count_what_is_there, migrations.RunPython.noop),
    ]
