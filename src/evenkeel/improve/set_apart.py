"""What a baseline leaves out: earlier changes that are known, on the days on which they were there.

A baseline that holds the end of another fault makes its recovery look like a cause, and hides the same fault when it returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.measure import Apart, Signal, dated_by

from .models import Investigation
from .rules_apart import Known, left_out

_PLACES = ("queue", "organisation", "site", "team")
# What turned out to be no change of the work stays in.
_NO_CHANGE = ("noise", "data_problem")


def known_for(investigation: Investigation) -> list[Known]:
    """The parts of its baseline that were known to be unusual when it was opened, in order of time.

    Earlier signals of the metric, until they were closed, and earlier investigations by hand, over their own window: each at
    the causes that were named, else at its place. A known change leaves out what was before it. Of a signal's own change the
    days on which it may or may not have begun.
    """
    found = [*_unsure(investigation), *_of_signals(investigation), *_by_hand(investigation)]
    return left_out(found, place=_place(investigation), since=investigation.baseline_since, until=investigation.since)


def known_elsewhere(investigation: Investigation) -> list[Known] | None:
    """The same of the whole programme, which a signal's investigation is compared with; None where no signal asks.

    What a signal tells of may have begun elsewhere on the same days: they are for neither window there either.
    """
    if investigation.signal is None:
        return None
    unsure = [replace(each, where={}) for each in _unsure(investigation)]
    found = [*unsure, *_of_signals(investigation), *_by_hand(investigation)]
    return left_out(found, place={}, since=investigation.baseline_since, until=investigation.since)


def to_json(known: Sequence[Known]) -> list[dict[str, Any]]:
    """As a recipe keeps it."""
    return [
        {"since": each.since.isoformat(), "until": each.until.isoformat(), "where": dict(each.where), "what": each.what}
        for each in known
    ]


def from_json(said: Iterable[Mapping[str, Any]]) -> list[Apart]:
    """As measure takes it."""
    return [
        Apart(
            since=date.fromisoformat(each["since"]), until=date.fromisoformat(each["until"]), where=dict(each["where"])
        )
        for each in said
    ]  # fmt: skip


def sure_until(apart: Sequence[Mapping[str, Any]], *, place: Mapping[str, str], since: date) -> date:
    """Where a baseline ends that leaves out, of the whole place, the days up to the changed window."""
    ends = [
        date.fromisoformat(each["since"]) for each in apart
        if each["until"] == since.isoformat() and all(place.get(name) == value for name, value in each["where"].items())
    ]  # fmt: skip
    return min([since, *ends])


def _unsure(investigation: Investigation) -> Iterable[Known]:
    """Between the earliest day of its signal's change and its window, which begins once the change is surely there."""
    signal = investigation.signal
    if signal is None:
        return
    dated = dated_by(signal, until=investigation.until)
    if dated.earliest < investigation.since <= dated.latest:
        what = _("days on which it may have begun")
        yield Known(since=dated.earliest, until=investigation.since, where=_place(investigation), what=what)


def _of_signals(investigation: Investigation) -> Iterable[Known]:
    earlier = Signal.objects.filter(
        programme=investigation.programme_id, metric=investigation.metric, raised_at__lt=investigation.opened_at,
        first_on__lt=investigation.since,
    ).exclude(disposition__kind__in=_NO_CHANGE)  # fmt: skip
    if investigation.signal_id is not None:
        earlier = earlier.exclude(pk=investigation.signal_id)
    rows = earlier.select_related("disposition", "investigation").prefetch_related("investigation__drivers")
    for signal in rows.order_by("raised_at"):
        began = date.fromisoformat(signal.dated["on"]) if signal.dated else signal.first_on
        began = min(began, signal.first_on)
        if hasattr(signal, "disposition") and signal.disposition.kind == "known_change":
            since, until = investigation.baseline_since, began
        else:
            closed = signal.closed_at
            until = max(closed.date(), signal.last_on) + timedelta(days=1) if closed else investigation.since
            since = began
        own = getattr(signal, "investigation", None)
        for where in _cells(own, _place(signal)):
            yield Known(since=since, until=until, where=where, what=signal.where_name)


def _by_hand(investigation: Investigation) -> Iterable[Known]:
    earlier = Investigation.objects.filter(
        programme=investigation.programme_id, metric=investigation.metric, signal=None,
        opened_at__lt=investigation.opened_at, since__lt=investigation.since,
    ).exclude(pk=investigation.pk)  # fmt: skip
    for own in earlier.prefetch_related("drivers").order_by("opened_at"):
        # Where no cause was named, nothing is known to have been wrong.
        for where in _causes(own):
            yield Known(since=own.since, until=own.until, where=where | _place(own), what=own.where_name)


def _cells(own: Investigation | None, place: dict[str, str]) -> list[dict[str, str]]:
    return [cell | place for cell in (_causes(own) if own is not None else [])] or [place]


def _causes(own: Investigation) -> list[dict[str, str]]:
    """The cells of its causes that moved as the whole did."""
    change = own.scan.get("change") or 0.0
    return [
        {part["dimension"]: part["value"] for part in driver.cell}
        for driver in own.drivers.all()
        if driver.is_cause and driver.excess * change > 0
    ]


def _place(of: Signal | Investigation) -> dict[str, str]:
    place = {name: str(id_) for name in _PLACES if (id_ := getattr(of, f"{name}_id")) is not None}
    return place if of.label is None else place | {"expected_label": of.label}
