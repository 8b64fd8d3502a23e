"""The places of commitments, so indexed that a narrowed list is counted without reading a row."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0046_search_in_order'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='commitmentplace',
            name='place_by_maker',
        ),
        migrations.RemoveIndex(
            model_name='commitmentplace',
            name='place_by_group',
        ),
        migrations.RemoveIndex(
            model_name='commitmentplace',
            name='place_by_pillar',
        ),
        migrations.RemoveIndex(
            model_name='commitmentplace',
            name='place_by_status',
        ),
        migrations.AddIndex(
            model_name='commitmentplace',
            index=models.Index(fields=['maker_country', 'order', 'mechanism', 'life_cycle', 'commitment'], name='place_by_maker'),
        ),
        migrations.AddIndex(
            model_name='commitmentplace',
            index=models.Index(fields=['group', 'order', 'mechanism', 'life_cycle', 'commitment'], name='place_by_group'),
        ),
        migrations.AddIndex(
            model_name='commitmentplace',
            index=models.Index(fields=['pillar', 'order', 'mechanism', 'life_cycle', 'commitment'], name='place_by_pillar'),
        ),
        migrations.AddIndex(
            model_name='commitmentplace',
            index=models.Index(fields=['status', 'order', 'mechanism', 'life_cycle', 'commitment'], name='place_by_status'),
        ),
    ]
