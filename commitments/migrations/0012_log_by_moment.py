"""The log is read by moment and number: one index of both, in the place of the one of the moment alone.

The opening of a cycle makes tens of thousands of changes in one moment; PostgreSQL sorted all of them for each page.
The old indexes are dropped by name: SQLite would build each table anew, and lose the triggers that keep it append-only.
"""

from django.db import migrations, models

HISTORIES = [
    "adherence", "adherencecount", "alignment", "appointment", "baseline", "commitment", "commitmentlink",
    "commitmentsource", "country", "countrystatement", "cycleextension", "evidence", "grouprole", "indicator",
    "measurement", "mechanism", "meeting", "milestone", "officesettings", "organization", "organizationkind",
    "party", "pillar", "presidency", "progressreport", "quotation", "reportcorrection", "reportdocument",
    "reportedstatus", "reportentry", "reportingcycle", "reportpart", "reportquestion", "reporttranslation",
    "revision", "secretariat", "series", "source", "statusbyhand", "storedfile", "target", "theme",
    "themegroup", "thresholds", "waypoint", "workinggroup",
]  # fmt: skip


def old_indexes(apps, schema_editor):
    for name in HISTORIES:
        model = apps.get_model("commitments", f"historical{name}")
        for index in schema_editor._constraint_names(model, ["history_date"], index=True, type_="idx"):
            yield model, index


def drop(apps, schema_editor):
    for model, index in list(old_indexes(apps, schema_editor)):
        schema_editor.execute(schema_editor._delete_index_sql(model, index))


def restore(apps, schema_editor):
    for name in HISTORIES:
        model = apps.get_model("commitments", f"historical{name}")
        field = model._meta.get_field("history_date")
        schema_editor.execute(schema_editor._create_index_sql(model, fields=[field]))


class Migration(migrations.Migration):
    dependencies = [("commitments", "0011_words_put_right")]

    operations = [
        *(
            migrations.AddIndex(
                f"historical{name}", models.Index(fields=["-history_date", "-history_id"], name=f"log_of_{name}")
            )
            for name in HISTORIES
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, restore)],
            state_operations=[
                migrations.AlterField(f"historical{name}", "history_date", models.DateTimeField())
                for name in HISTORIES
            ],
        ),
    ]
