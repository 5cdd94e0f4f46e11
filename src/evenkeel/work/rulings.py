"""Decisions that are made apart from the desk: by a tier, in a restricted lane, on appeal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from evenkeel.ground import log
from evenkeel.people import Worker
from evenkeel.policy import version_in_force
from evenkeel.wellness import record_exposure

from .facts import DECISIONS, decision_row
from .models import Decision, FormVersion, Item, Queue
from .queries.asked import asked_spec, item_parts, marks_parts
from .rules.circumstances import days_since, said_by_item, violates
from .rules.forms import clean_answer

# Nobody looks at one item longer than this without a pause; a page that stood open overnight is no work.
_LONGEST = timedelta(minutes=15)


def make_ruling(
    worker: Worker,
    *,
    item: Item,
    queue: Queue | None,
    task_id: UUID | None,
    form_version: FormVersion,
    answer: Mapping[str, Any],
    origin: str,
    severity: int,
    since: datetime | None,
    corrects: Decision | None = None,
    is_planted: bool = False,
    now: datetime,
) -> Decision:
    """Write a decision, its fact and the exposure it cost; inside the caller's act. `since`: when she took it on.

    It is held to the form as its queue asks it, the guideline's clauses and the item's parts included, exactly as at the
    desk. `Invalid` when the answer does not fit.
    """
    cleaned, label = cleaned_ruling(form_version, queue, item, answer, now, *([since] if since else []))
    took = max(timedelta(0), min(now - since, _LONGEST)) if since is not None else None
    policy_version = version_in_force(queue.policy_id, now) if queue is not None and queue.policy_id else None
    made = Decision.objects.create(
        programme_id=item.programme_id,
        queue=queue,
        task_id=task_id,
        item=item,
        worker=worker,
        organisation_id=worker.organisation_id,
        site_id=worker.site_id,
        team_id=worker.team_id,
        form_version=form_version,
        policy_version=policy_version,
        label=label,
        answer=cleaned,
        origin=origin,
        decided_at=now,
        active_ms=None if took is None else int(took.total_seconds() * 1000),
        corrects=corrects,
        planted=is_planted or None,
        severity=severity,
        tenure_days=days_since(worker.started_on, now),
        **_of_item(item, None if is_planted else violates(form_version.spec, label), is_planted=is_planted),
    )
    log.append(DECISIONS, [decision_row(made)])
    record_exposure(worker.pk, seconds=took.total_seconds() if took else 0, severity=severity, now=now)
    return made


def _of_item(item: Item, says: bool | None, *, is_planted: bool) -> dict[str, Any]:
    # What was planted tells of people, and nothing of its item: not even that somebody found harm in it.
    if is_planted:
        return {"language": item.language, "item_kind": item.kind}
    return {"violates": says, **said_by_item(language=item.language, kind=item.kind, attributes=item.attributes)}


def cleaned_ruling(
    form_version: FormVersion, queue: Queue | None, item: Item, answer: Mapping[str, Any], *moments: datetime
) -> tuple[dict[str, Any], str]:
    """An answer that was given away from the desk, checked as the desk's are, and its label."""
    parts = item_parts(item) if marks_parts(form_version) else None
    return clean_answer(asked_spec(form_version, queue, *moments), answer, parts=parts)
