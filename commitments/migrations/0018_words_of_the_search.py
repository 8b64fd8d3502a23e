"""The words of all that can be found, and how this database keeps them."""

from django.db import migrations, models

from commitments.search import tables


def install(apps, schema_editor):
    tables.install(schema_editor)


def drop(apps, schema_editor):
    tables.drop(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0017_words_of_the_glossary'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('country', 'Country'), ('commitment', 'Commitment'), ('indicator', 'Indicator'), ('group', 'Workstream or group'), ('mechanism', 'Mechanism'), ('meeting', 'Meeting'), ('term', 'Glossary')], max_length=12)),
                ('record', models.BigIntegerField()),
                ('place', models.PositiveSmallIntegerField()),
                ('sort', models.CharField(max_length=80)),
                ('exact', models.TextField()),
                ('title_words', models.TextField()),
                ('other_words', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'record'), name='one_entry_a_record')],
            },
        ),
        migrations.RunPython(install, drop),
    ]
