import django.db.models.deletion
from django.db import migrations, models

from evenkeel.ground.append_only import AppendOnly, Lifted


def tell_decisions(apps, schema_editor):
    """Every case so far is about the decision that its verdict audited."""
    if schema_editor.connection.vendor == "postgresql":
        # The foreign key is checked at once, or the triggers could not be put on while its check is waiting.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute(
        "UPDATE improve_evidencecase SET decision_id = (SELECT d.decision_id FROM quality_verdict v "
        "JOIN quality_draw d ON d.id = v.draw_id WHERE v.id = improve_evidencecase.verdict_id)"
    )


class Migration(migrations.Migration):

    dependencies = [
        ("improve", "0003_actions"),
        ("quality", "0007_disputes"),
        ("work", "0011_sop_findings"),
    ]

    operations = [
        Lifted("improve_evidencecase"),
        migrations.AddField(
            model_name="evidencecase",
            name="decision",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.decision"),
        ),
        migrations.AddField(
            model_name="evidencecase",
            name="value",
            field=models.FloatField(null=True),
        ),
        migrations.AlterField(
            model_name="evidencecase",
            name="verdict",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="quality.verdict"),
        ),
        migrations.AddConstraint(
            model_name="evidencecase",
            constraint=models.UniqueConstraint(condition=models.Q(("verdict", None)), fields=("investigation", "decision"), name="improve_case_decision_once"),
        ),
        migrations.AddField(
            model_name="actionrules",
            name="validated_from",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="validated from severity"),
        ),
        migrations.RunPython(tell_decisions, migrations.RunPython.noop, elidable=True),
        AppendOnly("improve_evidencecase"),
    ]
