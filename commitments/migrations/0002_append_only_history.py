"""Triggers that refuse to change or delete history, on SQLite and PostgreSQL."""

from django.db import migrations

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


def drop(apps, schema_editor):
    triggers.drop_on_all(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_initial")]

    operations = [migrations.RunPython(install, drop)]
