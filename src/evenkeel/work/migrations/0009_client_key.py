"""No second index on a decision's client key: on PostgreSQL Django makes one for LIKE, which nobody asks, and each decision
pays for it. The constraint itself stays and gets a name; on SQLite it stands in the table and stays as it is.
"""

from django.db import migrations, models

_FIND = """
SELECT conname FROM pg_constraint
WHERE conrelid = 'work_decision'::regclass AND contype = 'u'
  AND conkey = ARRAY[(SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = 'client_key')]
"""


def name_it(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    quote = schema_editor.connection.ops.quote_name
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'work_decision' AND indexname LIKE %s "
            "AND schemaname = current_schema()",
            ["work\\_decision\\_client\\_key\\_%\\_like"],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {quote(name)}")
        cursor.execute(_FIND)
        [(name,)] = cursor.fetchall()
        cursor.execute(f"ALTER TABLE work_decision RENAME CONSTRAINT {quote(name)} TO work_decision_key")


class Migration(migrations.Migration):

    dependencies = [
        ('work', '0008_tool'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(name_it, migrations.RunPython.noop, elidable=False)],
            state_operations=[
                migrations.AlterField(
                    model_name='decision',
                    name='client_key',
                    field=models.CharField(max_length=64, null=True),
                ),
                migrations.AddConstraint(
                    model_name='decision',
                    constraint=models.UniqueConstraint(fields=('client_key',), name='work_decision_key'),
                ),
            ],
        ),
    ]
