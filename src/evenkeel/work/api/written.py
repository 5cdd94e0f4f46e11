"""Answers that thousands wait for at once, as plain values; a test holds them to their schemas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from evenkeel.ground.errors import Problem
from evenkeel.policy import version_in_force

from ..acts.handing_out import Taken
from ..models import Decision, Lease
from ..queries.asked import asked_spec
from ..queries.desk import item_content_html
from ..queries.prelabels import prelabel_after, prelabel_for
from ..rules.exchange import PREDICTIONS
from ..rules.leases import undo_until
from ..rules.prelabels import Prelabel
from ..rules.schemas import form_schema


def lease_written(lease: Lease, *, spec: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """`LeaseOut`. `spec`: the form as it is asked, where its queue shows suggestions from the start."""
    item = lease.task.item
    said = prelabel_for(item, lease.form_version, spec) if spec is not None else None
    return {
        "id": lease.id,
        "expires_at": lease.expires_at,
        "form_version_id": lease.form_version_id,
        "item": {
            "id": item.id,
            "key": item.key,
            "kind": item.kind,
            "language": item.language,
            "content": item.content,
            # A prediction is told by the queue's rule alone, never along with the rest.
            "attributes": {name: value for name, value in item.attributes.items() if name != PREDICTIONS},
        },
        "html": item_content_html(item),
        "prelabel": _prelabel_written(said),
    }


def decision_written(made: Decision) -> dict[str, Any]:
    """`DecisionOut`, as its maker is told."""
    queue, said = made.queue, made.__dict__
    is_own = queue is not None and made.origin not in Decision.RULINGS
    return {
        # By its dictionary: a foreign key's descriptor is a function of its own, asked for every value.
        **{name: said[name] for name in _AS_STORED},
        "is_taken_back": hasattr(made, "taken_back"),
        "undo_until": undo_until(made.decided_at, queue.undo_s) if queue is not None and is_own else None,
        "prelabel": _prelabel_written(prelabel_after(made)),
    }


_AS_STORED = (
    "id", "programme_id", "queue_id", "item_id", "worker_id", "label", "answer", "replicate", "origin", "decided_at",
    "active_ms", "corrects_id", "prelabel_seen", "prelabel_followed",
)  # fmt: skip


def outcome_written(client_key: str, outcome: Decision | Problem) -> dict[str, Any]:
    """`OutcomeOut`."""
    if isinstance(outcome, Decision):
        return {"client_key": client_key, "decision": decision_written(outcome), "problem": None}
    return {"client_key": client_key, "decision": None, "problem": problem_written(outcome)}


def problem_written(problem: Problem) -> dict[str, Any]:
    """`ProblemOut`."""
    return {"status": problem.status, "code": problem.code, "detail": problem.sentence, "fields": problem.fields}


def batch_written(taken: Taken, *, now: datetime) -> dict[str, Any]:
    """`BatchOut`."""
    queue, leases = taken.queue, taken.leases
    version = version_in_force(queue.policy_id, now) if queue.policy_id else None
    forms = {str(each.pk): asked_spec(each, queue, now) for each in {lease.form_version for lease in leases}}
    return {
        "leases": [
            lease_written(lease, spec=forms[str(lease.form_version_id)] if queue.prelabel == "shown" else None)
            for lease in leases
        ],
        "forms": forms,
        "schemas": {version: form_schema(spec) for version, spec in forms.items()},
        "waiting": taken.waiting,
        "decided_today": taken.decided_today,
        "policy_version_id": version.pk if version else None,
    }


def _prelabel_written(said: Prelabel | None) -> dict[str, Any] | None:
    return None if said is None else {"answer": dict(said.answer), "model": said.model, "score": said.score}
