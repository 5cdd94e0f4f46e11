"""Signals: which there are, and what is said about one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground import trail
from evenkeel.ground.access import Actor, visible
from evenkeel.ground.templatetags.wording import interval_text, value_text
from evenkeel.kernel import Estimate

from .. import scopes
from ..metric import metrics
from ..models import Acknowledgement, Disposition, Signal, Snooze
from ..rules.watchlist import Spot

if TYPE_CHECKING:
    from datetime import datetime


def signals(actor: Actor, *, now: datetime | None = None) -> QuerySet[Signal]:
    """The signals that the actor may see, newest first; with `now` each knows whether it is asleep."""
    rows = visible(actor, scopes.SIGNAL_VIEW, Signal.objects.all())
    if now is not None:
        rows = with_sleep(rows, now=now)
    return rows.select_related("programme", "owner__organisation", "disposition", "acknowledgement").order_by(
        "-raised_at"
    )


def with_sleep(rows: QuerySet[Signal], *, now: datetime) -> QuerySet[Signal]:
    """Signals that know whether they are asleep: the newest snooze counts."""
    newest = Snooze.objects.filter(signal=OuterRef("pk")).order_by("-at").values("until")[:1]
    return rows.annotate(asleep_until=Subquery(newest)).annotate(
        is_asleep=Case(When(asleep_until__gt=now, then=Value(True)), default=Value(False))
    )


@dataclass(frozen=True, kw_only=True)
class RaisedSignal:
    """A signal in a line: when it was raised, what happened, where it stands, and its page."""

    at: datetime
    title: str
    state: str
    tone: str
    url: str


def raised_signals(actor: Actor, *, since: datetime, now: datetime, limit: int) -> list[RaisedSignal]:
    """The newest signals raised on since <= t <= now that the actor may see, newest first; one query."""
    rows = signals(actor, now=now).filter(raised_at__gte=since, raised_at__lte=now)[:limit]
    return [
        RaisedSignal(
            at=row.raised_at, title=headline(row), state=state_of(row)[0], tone=state_of(row)[1],
            url=reverse("measure:signal", args=[row.pk]),
        )
        for row in rows
    ]  # fmt: skip


def open_signals_of(actor: Actor, *, limit: int = 5, now: datetime | None = None) -> list[Signal]:
    """The open signals that a person owns; with `now` those that are awake."""
    rows = signals(actor, now=now).filter(owner=actor.person_id, closed_at=None)
    return list((rows if now is None else awake(rows))[:limit])


def waiting_for(actor: Actor, *, now: datetime) -> int:
    """How many open signals of hers are awake, counted up to 100."""
    if actor.person_id is None:
        return 0
    rows = with_sleep(Signal.objects.filter(owner=actor.person_id, closed_at=None), now=now)
    return awake(rows)[:100].count()


def awake(rows: QuerySet[Signal]) -> QuerySet[Signal]:
    """Those of `with_sleep` that are not asleep."""
    return rows.filter(Q(is_asleep=False))


def state_of(signal: Signal) -> tuple[str, str]:
    """Its state in a word, and the tone of the word."""
    if signal.closed_at is not None:
        disposition = disposition_of(signal)
        return (disposition.get_kind_display().split(":")[0] if disposition else _("Closed")), "quiet"
    if is_asleep(signal):
        return _("Asleep"), "quiet"
    if acknowledgement_of(signal) is not None:
        return _("In hand"), "info"
    return _("Open"), "warn"


def disposition_of(signal: Signal) -> Disposition | None:
    """What it was, once somebody has said so."""
    return getattr(signal, "disposition", None)


def acknowledgement_of(signal: Signal) -> Acknowledgement | None:
    """Who looks after it, once somebody does."""
    return getattr(signal, "acknowledgement", None)


def is_asleep(signal: Signal) -> bool:
    """Whether it was put to sleep, as of the moment for which it was read (`signals_at`)."""
    return bool(getattr(signal, "is_asleep", False))


def headline(signal: Signal) -> str:
    """What happened, in a few words: "Accuracy of Harassment fell"."""
    said = {"metric": metrics[signal.metric].title, "where": signal.where_name}
    return _("%(metric)s of %(where)s fell") % said if signal.side < 0 else _("%(metric)s of %(where)s rose") % said


def title_of(signal: Signal) -> str:
    """The same, the metric first: what a notice and a message say."""
    title = _("%(metric)s fell: %(where)s") if signal.side < 0 else _("%(metric)s rose: %(where)s")
    return title % {"metric": metrics[signal.metric].title, "where": signal.where_name}


def spot_of(row: Signal) -> Spot:
    """Where a signal is, as the rules take it."""
    return Spot(
        programme=row.programme_id, queue=row.queue_id, organisation=row.organisation_id, site=row.site_id,
        team=row.team_id, label=row.label,
    )  # fmt: skip


def change_of(signal: Signal) -> Estimate:
    """The size of the change with its interval."""
    return Estimate.from_dict(signal.change)


def change_text(signal: Signal) -> str:
    """The same in one line, in the metric's own unit: value and interval."""
    change, unit = change_of(signal), metrics[signal.metric].unit
    kind = "points" if unit == "percent" else unit
    value = value_text(change.value, kind=kind)
    return f"{value} ({interval_text(change.low, change.high, kind=kind)})" if change.has_interval else value


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of a signal's history."""

    at: datetime
    who: str
    what: str


def history_of(signal: Signal) -> list[Step]:
    """What happened to it, oldest first."""
    words = {
        "raised": _("Raised"),
        "acknowledged": _("Taken on"),
        "disposed of": _("Closed"),
        "snoozed": _("Put to sleep"),
        "handed over": _("Handed over"),
        "member joined": _("Seen elsewhere too"),
    }
    return [
        Step(at=entry.at, who=entry.actor_name, what=words.get(entry.verb, entry.verb))
        for entry in reversed(trail.history(signal))
    ]
