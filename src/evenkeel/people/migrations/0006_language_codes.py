"""Languages on workers' records were free text: what names one surely becomes its code; the rest stays, and says what it is."""

from django.db import migrations

from evenkeel.people.rules.languages import with_codes


def tell_codes(apps, schema_editor):
    Worker = apps.get_model("people", "Worker")
    changed = []
    for worker in Worker.objects.exclude(languages=[]).only("languages").iterator(chunk_size=1_000):
        codes = with_codes(worker.languages)
        if codes != worker.languages:
            worker.languages = codes
            changed.append(worker)
    Worker.objects.bulk_update(changed, ["languages"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0005_team_moves"),
    ]

    operations = [
        migrations.RunPython(tell_codes, migrations.RunPython.noop, elidable=True),
    ]
