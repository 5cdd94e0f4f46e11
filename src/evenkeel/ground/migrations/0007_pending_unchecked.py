"""Look no entry of the trail up again that the same statement has just written."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ground", "0006_outbox_unclaimed")]

    operations = [
        migrations.AlterField(
            model_name="trailpending",
            name="entry",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                primary_key=True,
                serialize=False,
                to="ground.trailentry",
            ),
        ),
    ]
