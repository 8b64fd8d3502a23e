"""Which changes took something off the site: pages from before them do not stand in while the database is away."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0050_figures_of_a_published_report'),
    ]

    operations = [
        migrations.AddField(
            model_name='datamark',
            name='takes_away',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
