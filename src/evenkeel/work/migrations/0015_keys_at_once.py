"""Enter decisions and leases in fewer indexes, and have PostgreSQL check their keys once a statement."""

import django.db.models.deletion
from django.db import migrations, models

from evenkeel.ground.keys_at_once import KeysAtOnce

# Not the worker, the only one of these who may go: whoever erases her must not hold up all decisions until that is done.
_DECISION = {
    "programme_id": "work_programme",
    "queue_id": "work_queue",
    "task_id": "work_task",
    "item_id": "work_item",
    "organisation_id": "people_organisation",
    "site_id": "people_site",
    "team_id": "people_team",
    "form_version_id": "work_formversion",
    "policy_version_id": "policy_policyversion",
}
_LEASE = {"task_id": "work_task", "form_version_id": "work_formversion", "planted_id": "work_task"}


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_language_codes"),
        ("policy", "0001_initial"),
        ("work", "0014_fast_sweep"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="lease", name="work_lease_once"),
        migrations.RemoveIndex(model_name="decision", name="work_decision_by_worker"),
        migrations.RemoveIndex(model_name="lease", name="work_lease_by_worker"),
        migrations.RemoveIndex(model_name="lease", name="work_lease_in_hand"),
        migrations.AlterField(
            model_name="lease",
            name="task",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leases",
                to="work.task",
            ),
        ),
        migrations.AddIndex(
            model_name="lease",
            index=models.Index(fields=["task", "worker"], name="work_lease_by_task"),
        ),
        migrations.AddConstraint(
            model_name="lease",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("worker", "task"),
                name="work_lease_once",
            ),
        ),
        KeysAtOnce("work_decision", _DECISION),
        KeysAtOnce("work_lease", _LEASE),
    ]
