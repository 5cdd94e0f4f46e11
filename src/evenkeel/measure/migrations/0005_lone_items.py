from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measure", "0004_signals")]

    operations = [
        migrations.AddField(
            model_name="consumedbatch", name="items_from", field=models.UUIDField(null=True)
        ),
        migrations.AddField(
            model_name="consumedbatch", name="items_to", field=models.UUIDField(null=True)
        ),
    ]
