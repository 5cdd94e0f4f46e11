"""Signals: which there are, and what is said about one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from evenkeel.ground import trail
from evenkeel.ground.access import Actor, visible
from evenkeel.kernel import Estimate

from .. import scopes
from ..metric import metrics
from ..models import Acknowledgement, Disposition, Signal

if TYPE_CHECKING:
    from datetime import datetime


def signals(actor: Actor) -> QuerySet[Signal]:
    """The signals that the actor may see, newest first."""
    rows = visible(actor, scopes.SIGNAL_VIEW, Signal.objects.all())
    return rows.select_related("programme", "owner__organisation", "disposition", "acknowledgement").order_by(
        "-raised_at"
    )


def open_signals_of(actor: Actor, *, limit: int = 5) -> list[Signal]:
    """The open signals that a person owns."""
    return list(signals(actor).filter(owner=actor.person_id, closed_at=None)[:limit])


def state_of(signal: Signal) -> tuple[str, str]:
    """Its state in a word, and the tone of the word."""
    if signal.closed_at is not None:
        disposition = disposition_of(signal)
        return (disposition.get_kind_display().split(":")[0] if disposition else _("Closed")), "quiet"
    if acknowledgement_of(signal) is not None:
        return _("In hand"), "info"
    return _("Open"), "warn"


def disposition_of(signal: Signal) -> Disposition | None:
    """What it was, once somebody has said so."""
    return getattr(signal, "disposition", None)


def acknowledgement_of(signal: Signal) -> Acknowledgement | None:
    """Who looks after it, once somebody does."""
    return getattr(signal, "acknowledgement", None)


def headline(signal: Signal) -> str:
    """What happened, in a few words: "Accuracy of Harassment fell"."""
    said = {"metric": metrics[signal.metric].title, "where": signal.where_name}
    return _("%(metric)s of %(where)s fell") % said if signal.side < 0 else _("%(metric)s of %(where)s rose") % said


def change_of(signal: Signal) -> Estimate:
    """The size of the change with its interval."""
    return Estimate.from_dict(signal.change)


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
    }
    return [
        Step(at=entry.at, who=entry.actor_name, what=words.get(entry.verb, entry.verb))
        for entry in reversed(trail.history(signal))
    ]
