"""Keys of cells begin with their day, so that a day's cells stand together in the index of keys (`rollup.adding`)."""

from django.db import migrations

_TABLES = ("DayParts", "WorkerDayParts", "CellParts", "CutParts", "SketchParts")
_DAYS = {
    "sqlite": "printf('%04x', CAST(julianday(day) - julianday('1970-01-01') AS INTEGER)) || substr(id, 5)",
    "postgresql": "(lpad(to_hex(day - DATE '1970-01-01'), 4, '0') || substr(replace(id::text, '-', ''), 5))::uuid",
}


def by_day(apps, editor):
    """The same keys as the roll-ups give from now on: the rest of a key is what it was."""
    vendor = editor.connection.vendor
    for name in _TABLES:
        table = editor.quote_name(apps.get_model("measure", name)._meta.db_table)
        editor.execute(f"UPDATE {table} SET id = {_DAYS[vendor]}")


class Migration(migrations.Migration):
    dependencies = [("measure", "0005_lone_items")]

    operations = [migrations.RunPython(by_day, migrations.RunPython.noop)]
