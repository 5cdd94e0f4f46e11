"""Effects as charts: what was seen beside what would have been, and the effect by weeks from the start."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.changes import Change, changes_between, marks
from evenkeel.ground.charts import Axis, Event, Forest, Point, Reading, Reference, Row, Series, Trend
from evenkeel.kernel import Estimate

from ..models import EffectCheck
from ..queries_actions import Checked, metric_of
from ..rules_plans import Frozen
from ..words_actions import improvement_text


def course(check: EffectCheck, plan: Frozen, *, actor: Actor, programme_id: UUID) -> Trend | None:
    """The weeks of a check and what else changed meanwhile; None where the design has no course (coaching)."""
    said = check.found.get("course") or {}
    if not said.get("day"):
        return None
    metric, scale = metric_of(plan.metric), 0.001 if plan.unit == "duration_ms" else 1.0

    def at(value: float | None) -> float | None:
        return None if value is None else value * scale

    days = [date.fromisoformat(day) for day in said["day"]]
    seen = [Point(x=day, y=at(value)) for day, value in zip(days, said["seen"], strict=True)]
    expected = [
        Point(x=day, y=Reading(at(value), at(low), at(high)))
        for day, value, low, high in zip(days, said["expected"], said["low"], said["high"], strict=True)
    ]
    return Trend(
        title=str(metric.title),
        description=_("What was seen, and what would have been without the action, week by week."),
        series=[Series(name=_("Seen"), points=seen), Series(name=_("Without the action"), points=expected)],
        y=Axis(
            title=str(metric.title),
            format="percent" if plan.is_share else "number",
            unit=_("s") if plan.unit == "duration_ms" else "",
        ),
        events=_meanwhile(days, plan.start, actor, programme_id),
    )


def _meanwhile(days: list[date], start: date, actor: Actor, programme_id: UUID) -> list[Event]:
    """The action's start, and the programme's change log: what fell on the start's day is told with it."""
    began = Change(at=datetime.combine(start, time(), tzinfo=UTC), title=_("Start"))
    if not days:
        return marks([began])
    since, until = min(*days, start), max(*days, start) + timedelta(weeks=1)
    return marks([began, *changes_between(actor, since=since, until=until, programmes=[programme_id])])


def study(check: EffectCheck, plan: Frozen) -> Forest | None:
    """The improvement by weeks from the start; before it, the placebo. None where units are not compared over time."""
    rows = check.found.get("study") or []
    if not rows:
        return None
    return Forest(
        title=_("Improvement by weeks from the start"),
        description=_("Weeks before the start are a placebo: nothing should show there."),
        rows=[
            Row(
                label=_("Week %(n)d") % {"n": row["weeks"]},
                value=Reading(row["value"], row["low"], row["high"], row["n"]),
            )
            for row in rows
        ],
        x=Axis(format="percent" if plan.is_share else "number"),
        reference=Reference(value=0.0, label=_("No effect")),
    )


def effects_of(found: list[Checked], unit: str) -> Forest | None:
    """Measured improvements of actions with one unit, one a row."""
    rows = [each for each in found if each.plan.unit == unit and each.improvement.is_known]
    if not rows:
        return None

    def drawn(estimate: Estimate) -> Reading:
        return Reading(estimate.value, estimate.low, estimate.high, estimate.n)

    return Forest(
        title=_("Measured improvements"),
        description=_("Newest: %(title)s, %(effect)s.")
        % {"title": rows[0].action.title, "effect": improvement_text(rows[0].improvement, unit)},
        rows=[
            Row(label=each.action.title, value=drawn(each.improvement), href=each.action.get_absolute_url())
            for each in rows
        ],
        x=Axis(format="percent" if unit == "percent" else "number"),
        reference=Reference(value=0.0, label=_("No effect")),
    )
