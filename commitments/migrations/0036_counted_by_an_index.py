"""What a list of commitments is narrowed by is in its indexes; PostgreSQL finds the newest figures by one of its own.

The overview shows the figures published last. Nulls stand last there: SQLite reads the index by state and moment
backwards, and refuses to hear of nulls in an index; PostgreSQL sorted every figure on record for each page.
"""

from django.db import migrations, models

NEWEST = (
    "CREATE INDEX measurement_newest ON commitments_measurement"
    " (published_at DESC NULLS LAST, as_of DESC NULLS LAST, id DESC) WHERE state = 'published' AND NOT is_example"
)


def index_the_newest(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NEWEST)


def forget_the_newest(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS measurement_newest")


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0035_names_of_organizations'),
    ]

    operations = [
        migrations.RunPython(index_the_newest, forget_the_newest),
        migrations.RemoveIndex(
            model_name='commitmentplace',
            name='commitments_maker_c_8e14e6_idx',
        ),
        migrations.RemoveIndex(
            model_name='commitmentplace',
            name='commitments_group_i_311a90_idx',
        ),
        migrations.RemoveIndex(
            model_name='commitmentplace',
            name='commitments_pillar__951ddd_idx',
        ),
        migrations.RemoveIndex(
            model_name='commitmentplace',
            name='commitments_status_263bd3_idx',
        ),
        migrations.AddIndex(
            model_name='commitmentplace',
            index=models.Index(fields=['order', 'life_cycle', 'mechanism', 'commitment'], name='place_in_order'),
        ),
        migrations.AddIndex(
            model_name='commitmentplace',
            index=models.Index(fields=['maker_country', 'order', 'mechanism', 'life_cycle'], name='place_by_maker'),
        ),
        migrations.AddIndex(
            model_name='commitmentplace',
            index=models.Index(fields=['group', 'order', 'mechanism', 'life_cycle'], name='place_by_group'),
        ),
        migrations.AddIndex(
            model_name='commitmentplace',
            index=models.Index(fields=['pillar', 'order', 'mechanism', 'life_cycle'], name='place_by_pillar'),
        ),
        migrations.AddIndex(
            model_name='commitmentplace',
            index=models.Index(fields=['status', 'order', 'mechanism', 'life_cycle'], name='place_by_status'),
        ),
    ]
