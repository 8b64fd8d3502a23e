"""Bring the bare project to a number of rows: `python -m benchmarks.anchors.fill 1000`.

Its tables are made on the spot, in a throw-away database. The two filters of /flist keep two rows in fifteen,
about as many as those of the register that are measured against them.
"""

import os
import sys
from datetime import date, timedelta

import django

KINDS = ("national", "national", "collective")
STATUSES = ("fulfilled", "on_track", "at_risk", "off_track", "no_data")
WORDS = "Regular pathways for families and workers who cross the region in search of protection and a place to stay"


def main(total: int) -> None:
    """Make the tables when they are missing, and add rows until there are `total`."""
    from django.db import connection, transaction

    from benchmarks.anchors.models import Group, Item

    if Item._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(Group)
            editor.create_model(Item)
        Group.objects.bulk_create([Group(name=f"Group {number} on a line of work") for number in range(1, 12)])
    groups = list(Group.objects.all())
    with transaction.atomic():
        Item.objects.bulk_create(
            [
                Item(
                    code=f"ITEM-{number:06}",
                    title=f"{WORDS[: 60 + number % 40]} {number}",
                    owner=f"Country {number % 38}",
                    group=groups[number % len(groups)],
                    kind=KINDS[number % 3],
                    status=STATUSES[number // 3 % 5],
                    due=date(2027, 1, 1) + timedelta(days=number % 900) if number % 4 else None,
                )
                for number in range(Item.objects.count() + 1, total + 1)
            ],
            batch_size=1000,
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.anchors.settings"
    django.setup()
    main(int(sys.argv[1]))
