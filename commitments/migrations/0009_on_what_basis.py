"""What a report written on behalf of a country rests on, in words."""

from django.db import migrations, models

from commitments.history import triggers


def install(apps, schema_editor):
    triggers.install_on_all(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("commitments", "0008_prints_with_a_lease")]

    operations = [
        migrations.AddField(
            model_name="historicalprogressreport",
            name="behalf_words",
            field=models.TextField(blank=True, verbose_name="what it rests on"),
        ),
        migrations.AddField(
            model_name="progressreport",
            name="behalf_words",
            field=models.TextField(blank=True, verbose_name="what it rests on"),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
