"""Series that follow an answer of a programme instead of a place of it."""

from django.db import migrations, models

_KINDS = [
    ("programme", "Programme"),
    ("queue", "Queue"),
    ("organisation", "Organisation"),
    ("site", "Site"),
    ("team", "Team"),
    ("label", "Answer"),
]


class Migration(migrations.Migration):
    dependencies = [("measure", "0007_cubes")]

    operations = [
        migrations.AddField(model_name="series", name="label", field=models.CharField(max_length=120, null=True)),
        migrations.AddField(model_name="signal", name="label", field=models.CharField(max_length=120, null=True)),
        migrations.AlterField(
            model_name="series", name="kind", field=models.CharField(choices=_KINDS, max_length=16)
        ),
    ]
