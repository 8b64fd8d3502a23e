"""A file being made is nobody else's for a while."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0007_taken_up_for_review'),
    ]

    operations = [
        migrations.AddField(
            model_name='printedreport',
            name='lease_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
