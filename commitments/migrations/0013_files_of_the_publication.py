"""Which files of a report were made of what is public: told by the row itself, no longer by comparing moments."""

from typing import Any

from django.db import migrations, models
from django.db.models import F


def tell(apps: Any, _editor: Any) -> None:
    """Files made since the publication are of it."""
    prints = apps.get_model("commitments", "PrintedReport").objects
    of_it = prints.filter(report__state="published", made_at__gte=F("report__published_at")).values_list("pk", flat=True)
    prints.filter(pk__in=list(of_it)).update(is_of_publication=True)


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("commitments", "0012_log_by_moment")]
    operations = [
        migrations.AddField("printedreport", "is_of_publication", models.BooleanField(default=False)),
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
