"""Whether a verdict counts for the policy; two more ways in which cases of a calibration session are chosen."""

from django.db import migrations, models

_CHOSEN = [
    ("hand", "by hand"),
    ("divided", "those that divided people most"),
    ("disputed", "those that were disputed last"),
    ("settled", "those on which auditors differed and an expert settled"),
    ("doubted", "those whose label is probably wrong"),
    ("drawn", "at random"),
]


class Migration(migrations.Migration):
    dependencies = [("quality", "0007_disputes")]

    operations = [
        # Empty where nobody asked: SQLite adds the column in place, and the table's triggers stay.
        migrations.AddField("verdict", "counts_for_policy", models.BooleanField(null=True)),
        migrations.AlterField(
            "calibrationsession", "chosen_by", models.CharField(choices=_CHOSEN, default="hand", max_length=8)
        ),
    ]
