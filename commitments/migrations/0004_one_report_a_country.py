"""Reports of a country, one for each commitment, become one report with a part for each.

The first of a country's reports in a cycle takes over the parts and figures of the others, which are removed. Each step
leaves a row of history, as every change does.
"""

from django.db import migrations
from django.utils import timezone

WHY = "one report a country and cycle"


def gather(apps, schema_editor):
    def rows(name):
        return apps.get_model("commitments", name).objects.using(schema_editor.connection.alias)

    def told(name, row, kind):
        """One row of history, as the write path would have left it."""
        columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        rows(f"Historical{name}").create(
            **columns,
            history_date=timezone.now(),
            history_type=kind,
            history_change_reason=WHY,
            actor_role="system",
            door="command",
            request_id="migrate",
        )

    kept = {}
    for row in rows("ProgressReport").filter(country__isnull=False).order_by("pk"):
        first = kept.setdefault((row.cycle_id, row.country_id), row)
        if row.commitment_id is not None:
            part = rows("ReportPart").create(report_id=first.pk, commitment_id=row.commitment_id)
            told("ReportPart", part, "+")
        if first.pk == row.pk:
            continue
        for owed in rows("ReportEntry").filter(report_id=row.pk):
            owed.report_id = first.pk
            owed.version += 1
            owed.save()
            told("ReportEntry", owed, "~")
        told("ProgressReport", row, "-")
        row.delete()


class Migration(migrations.Migration):
    dependencies = [("commitments", "0003_the_loop")]

    operations = [migrations.RunPython(gather, migrations.RunPython.noop)]
