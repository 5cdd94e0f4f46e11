"""What this room writes to the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid5

from evenkeel.ground.log import Fact, fact, source
from evenkeel.ground.log.facts import Column
from evenkeel.kernel import LogHistogram

from .models import Appeal, AppealRuling, Decision, OpenCount
from .rules.cited import cited_clause

DECISIONS = fact(
    Fact(
        name="decisions",
        why="One row a decision. Taking one back, or correcting it, appends the same row with sign -1: sums come out right.",
        at="decided_at",
        columns={
            "id": Column(kind="id", why="the decision"),
            "sign": Column(kind="whole", why="1; -1 when it was taken back or corrected"),
            "decided_at": Column(kind="moment", why="when"),
            "programme_id": Column(kind="id", why="programme", is_dimension=True),
            "queue_id": Column(kind="id", why="queue; empty where an import names none", is_dimension=True),
            "item_id": Column(kind="id", why="item"),
            "worker_id": Column(kind="id", why="who decided", is_dimension=True, is_personal=True),
            "organisation_id": Column(kind="id", why="her organisation then", is_dimension=True),
            "site_id": Column(kind="id", why="her site then", is_dimension=True),
            "team_id": Column(kind="id", why="her team then", is_dimension=True),
            "form_version_id": Column(kind="id", why="the form's version", is_dimension=True),
            "policy_version_id": Column(kind="id", why="the policy's version in force", is_dimension=True),
            "label": Column(kind="text", why="the answer to the main question", is_dimension=True),
            "replicate": Column(kind="whole", why="1; 2 and up when the same person answered the same item again"),
            "origin": Column(
                kind="text", why="desk, api, import, twin, tier, appeal, amended or planted", is_dimension=True
            ),
            "active_ms": Column(kind="whole", why="active time on the item"),
            "shown_at": Column(kind="moment", why="when the item was on screen"),
            "first_act_ms": Column(kind="whole", why="from then to the first key or click"),
            "submit_ms": Column(kind="whole", why="from then to the sending, breaks included"),
            "media_acts": Column(kind="text", why="what was done with its media, each with how often, as JSON"),
            "shift_s": Column(kind="whole", why="how long the shift had lasted"),
            "exposure_s": Column(kind="whole", why="difficult content seen that day before it", is_personal=True),
            "client_build": Column(kind="text", why="the version of what she decided in"),
            "prelabel_seen": Column(kind="yes_no", why="whether a suggested label was seen first; empty without one"),
            "prelabel_followed": Column(kind="yes_no", why="whether the answer is what was suggested"),
            "violates": Column(
                kind="yes_no", why="whether the answer says that it breaks the policy", is_dimension=True
            ),
            "enqueued_at": Column(
                kind="moment", why="when the item came into the queue; empty for rulings and imports"
            ),
            "turnaround_s": Column(kind="number", why="seconds from then to the decision"),
            "in_time": Column(kind="yes_no", why="whether it was decided by its target; empty without one"),
            "language": Column(kind="text", why="the item's language", is_dimension=True),
            "market": Column(kind="text", why="the item's market", is_dimension=True),
            "item_kind": Column(kind="text", why="text, image, video ...", is_dimension=True),
            "source": Column(kind="text", why="how it was found: proactive, reported ...", is_dimension=True),
            "severity": Column(kind="whole", why="the queue's severity then", is_dimension=True),
            "tenure_days": Column(kind="whole", why="days since her first day"),
            "views": Column(kind="number", why="how often the item was seen, as it came"),
            "item_pi": Column(
                kind="number", why="the odds with which the item was drawn from the platform; empty when not"
            ),
            "tool": Column(kind="text", why="the other tool it was made in; empty for here", is_dimension=True),
            "clause": Column(
                kind="text", why="the clause it cites, as violation/clause; empty when it cites none", is_dimension=True
            ),
        },
    )
)

APPEALS = fact(
    Fact(
        name="appeals",
        why="One row when a user's appeal comes in, one more when it is ruled on. Only appealed cases are seen here.",
        at="at",
        columns={
            "id": Column(kind="id", why="the appeal"),
            "at": Column(kind="moment", why="when it came in, or was ruled on"),
            "received_at": Column(kind="moment", why="when it came in"),
            "is_decided": Column(kind="yes_no", why="whether this row is the ruling"),
            "is_reversed": Column(kind="yes_no", why="whether the decision was overturned; empty until ruled on"),
            "turnaround_s": Column(kind="whole", why="seconds from coming in to the ruling"),
            "decision_id": Column(kind="id", why="the decision that was appealed"),
            "programme_id": Column(kind="id", why="programme", is_dimension=True),
            "queue_id": Column(kind="id", why="its queue; empty for imports", is_dimension=True),
            "item_id": Column(kind="id", why="item"),
            "worker_id": Column(kind="id", why="who had decided", is_dimension=True, is_personal=True),
            "organisation_id": Column(kind="id", why="her organisation then", is_dimension=True),
            "site_id": Column(kind="id", why="her site then", is_dimension=True),
            "team_id": Column(kind="id", why="her team then", is_dimension=True),
            "policy_version_id": Column(kind="id", why="the policy's version then", is_dimension=True),
            "label": Column(kind="text", why="the answer that was appealed", is_dimension=True),
            "corrected_label": Column(kind="text", why="the answer that replaced it", is_dimension=True),
            "ruler_id": Column(kind="id", why="who ruled", is_personal=True),
        },
    )
)


OPEN_ITEMS = fact(
    Fact(
        name="open_items",
        why="What stood open in each queue at the end of a day: one row a queue, and one more for each step of age.",
        at="at",
        columns={
            "id": Column(kind="id", why="the row"),
            "sign": Column(kind="whole", why="1"),
            "at": Column(kind="moment", why="when it was counted"),
            "programme_id": Column(kind="id", why="programme", is_dimension=True),
            "queue_id": Column(kind="id", why="queue", is_dimension=True),
            "is_whole": Column(kind="yes_no", why="whether the row is the queue's sum, or one step of age"),
            "items": Column(kind="whole", why="how many were open"),
            "overdue": Column(kind="whole", why="how many of them were past their target"),
            "age_s": Column(kind="number", why="how long these have waited, to within 1 %; in a sum, the oldest"),
        },
    )
)


def decision_row(decision: Decision, *, sign: int = 1) -> dict[str, Any]:
    """A decision as a row of the log; with sign -1 when it was taken back."""
    # By its dictionary: a foreign key's descriptor is a function of its own, asked for every value.
    said = decision.__dict__
    return {
        **{name: said[name] for name in _AS_STORED},
        "sign": sign,
        "origin": "planted" if decision.planted else decision.origin,
        "media_acts": json.dumps(decision.media_acts, sort_keys=True) if decision.media_acts else None,
        "turnaround_s": decision.turnaround_s,
        "in_time": decision.in_time,
        "clause": cited_clause(decision.answer),
    }


_AS_STORED = tuple(
    name
    for name in DECISIONS.columns
    if name not in ("sign", "origin", "media_acts", "turnaround_s", "in_time", "clause")
)


def appeal_row(appeal: Appeal, *, at: datetime, ruling: AppealRuling | None = None) -> dict[str, Any]:
    """An appeal as a row of the log: as it came in, or as it was ruled on."""
    decision = appeal.decision
    correction = ruling.correction if ruling else None
    return {
        "id": appeal.pk,
        "at": at,
        "received_at": appeal.received_at,
        "is_decided": ruling is not None,
        "is_reversed": None if ruling is None else ruling.outcome == AppealRuling.OVERTURNED,
        "turnaround_s": None if ruling is None else int((at - appeal.received_at).total_seconds()),
        "decision_id": decision.pk,
        "programme_id": appeal.programme_id,
        "queue_id": appeal.queue_id,
        "item_id": appeal.item_id,
        "worker_id": appeal.worker_id,
        "organisation_id": appeal.organisation_id,
        "site_id": appeal.site_id,
        "team_id": appeal.team_id,
        "policy_version_id": decision.policy_version_id,
        "label": decision.label,
        "corrected_label": correction.label if correction else None,
        "ruler_id": ruling.worker_id if ruling else None,
    }


def open_rows(counted: OpenCount) -> Iterator[dict[str, Any]]:
    """What stood open in a queue at the end of a day as rows of the log: the sum, and each step of age."""
    same = {"sign": 1, "at": counted.at, "programme_id": counted.queue.programme_id, "queue_id": counted.queue_id}
    whole = {"is_whole": True, "items": counted.items, "overdue": counted.overdue, "age_s": counted.oldest_s}
    yield {"id": counted.pk, **same, **whole}
    ages = LogHistogram.from_list(counted.ages)
    middles = ages.middles()
    for step, (items, age_s) in enumerate(zip(ages.counts.tolist(), middles.tolist(), strict=True)):
        if items:
            yield {
                "id": uuid5(counted.pk, str(step)),
                **same,
                "is_whole": False,
                "items": items,
                "overdue": None,
                "age_s": age_s,
            }


@source(DECISIONS)
def decisions_that_stand() -> Iterator[dict[str, Any]]:
    """Every decision that was neither taken back nor corrected."""
    standing = Decision.objects.filter(taken_back=None, correction=None).order_by("pk")
    yield from map(decision_row, standing.iterator(chunk_size=5_000))


@source(APPEALS)
def appeals_that_stand() -> Iterator[dict[str, Any]]:
    """Every appeal as it came in, and once more as it was ruled on."""
    rows = Appeal.objects.select_related("decision", "ruling__correction").order_by("pk")
    for appeal in rows.iterator(chunk_size=2_000):
        yield appeal_row(appeal, at=appeal.received_at)
        ruling = getattr(appeal, "ruling", None)
        if ruling is not None:
            yield appeal_row(appeal, at=ruling.ruled_at, ruling=ruling)


@source(OPEN_ITEMS)
def open_items_counted() -> Iterator[dict[str, Any]]:
    """What stood open at the end of every day."""
    for counted in OpenCount.objects.select_related("queue").order_by("pk").iterator(chunk_size=2_000):
        yield from open_rows(counted)
