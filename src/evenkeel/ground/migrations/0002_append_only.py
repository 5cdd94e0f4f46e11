from django.db import migrations

from evenkeel.ground.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("ground", "0001_initial")]

    operations = [AppendOnly("ground_trailentry"), AppendOnly("ground_trailseal")]
