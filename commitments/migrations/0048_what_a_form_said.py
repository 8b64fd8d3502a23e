"""What a form said when it was carried out: one that comes again with other words is told from a second click."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0047_places_counted_without_a_row'),
    ]

    operations = [
        migrations.AddField(
            model_name='sentform',
            name='said',
            field=models.CharField(blank=True, db_default='', max_length=64),
        ),
    ]
