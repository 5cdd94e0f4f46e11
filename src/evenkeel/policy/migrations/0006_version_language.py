from django.db import migrations, models

from evenkeel.ground.append_only import AppendOnly, Lifted


class Migration(migrations.Migration):
    """A version knows the language it is written in; those there are were taken for English."""

    dependencies = [
        ("policy", "0005_renewals"),
    ]

    operations = [
        Lifted("policy_policyversion"),
        migrations.AddField(
            model_name="policyversion",
            name="language",
            field=models.CharField(db_default="en", default="en", max_length=12, verbose_name="language"),
        ),
        AppendOnly("policy_policyversion"),
    ]
