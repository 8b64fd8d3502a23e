"""The counts by maker tell the pillar too: made anew from where the commitments stand."""

from django.db import migrations
from django.db.models import Count


def count_anew(apps, schema_editor):
    place = apps.get_model("commitments", "CommitmentPlace")
    change = apps.get_model("commitments", "CountChange")
    by = ("mechanism_id", "maker_country_id", "pillar_id", "life_cycle", "status", "last_status")
    change.objects.filter(face="maker").delete()
    told = place.objects.filter(is_counted=True).order_by().values(*by).annotate(number=Count("pk"))
    change.objects.bulk_create(
        change(face="maker", horizon="", change=row.pop("number"), is_sum=True, **row) for row in told
    )


class Migration(migrations.Migration):

    dependencies = [
        ("commitments", "0026_figures_of_a_line"),
    ]

    operations = [
        migrations.RunPython(count_anew, migrations.RunPython.noop),
    ]
