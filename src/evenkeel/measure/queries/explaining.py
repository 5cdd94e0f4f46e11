"""What changed with a signal: the mix of the work or the rate within it, and what happened about the time it began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any

from evenkeel.ground.access import Actor
from evenkeel.ground.changes import Change, changes_between
from evenkeel.kernel import WeightedParts, kitagawa, kitagawa_of_means

from ..base import FigureMetric
from ..metric import Mean, Rate, metrics
from ..models import Signal
from ..rules.candidates import AFTER, BEFORE, Candidate, candidates
from ..rules.splitting import split_over, split_scale
from .figures import Dimension, asked_for, names_of, parts_by
from .held import Asked, held_by
from .protecting import is_protected

# The time before a change against which the time since is set, and the longest time since.
WINDOW = timedelta(days=28)
Cells = dict[Any, WeightedParts]
_DIMENSIONS: tuple[Dimension, ...] = ("queue", "organisation", "site", "team")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One cell of a dimension: how much of the change is its rate, and how much its share of the work."""

    name: str
    rate: float
    mix: float


@dataclass(frozen=True, kw_only=True)
class Split:
    """The change of a figure over one dimension: `change` = `rate` + `mix` exactly, and the cells that carry most of it."""

    dimension: str
    change: float
    rate: float
    mix: float
    parts: Sequence[Part]


def began_on(signal: Signal) -> tuple[date, date, date]:
    """The likeliest day on which the change began, with the earliest and the latest."""
    if not signal.dated:
        return signal.first_on, signal.first_on, signal.first_on
    on, earliest, latest = (date.fromisoformat(signal.dated[name]) for name in ("on", "earliest", "latest"))
    return on, earliest, latest


def splits_of(signal: Signal, *, actor: Actor, until: date) -> list[Split]:
    """The change since the signal's beginning against the four weeks before it, split by queue, organisation, site and team.

    Kitagawa's decomposition over the cells of one dimension at a time, for shares and means with parts of their own; none
    for others, and none by a dimension of which one cell alone was at work. As far as the actor may see.
    """
    kind = metrics[signal.metric]
    if not issubclass(kind, (Rate, Mean)) or not issubclass(kind, FigureMetric):
        return []
    scale = split_scale(kind)
    if scale is None:
        return []
    from_ = began_on(signal)[0]
    where: dict[str, Any] = {"programme": signal.programme_id}
    for name in _DIMENSIONS:
        if (own := getattr(signal, f"{name}_id")) is not None:
            where[name] = own
    if signal.label is not None:
        where["label"] = signal.label
    asked = asked_for(from_ - WINDOW, min(until, from_ + WINDOW), actor, where)
    dimensions = [name for name in _DIMENSIONS if name not in where and name in kind.places]
    told = (
        _protected(kind, dimensions, asked, from_)
        if is_protected(kind, actor)
        else _once(kind, dimensions, asked, from_)
    )
    found = [
        _split(name, before, since, scale=scale, is_share=issubclass(kind, Rate))
        for name, (before, since) in zip(dimensions, told, strict=True)
    ]
    return [split for split in found if split is not None]


Sides = tuple[Cells, Cells]


def _once(kind: type[FigureMetric], dimensions: Sequence[Dimension], asked: Asked, from_: date) -> list[Sides]:
    """Both windows by every dimension, from one reading of all of them together."""
    told: list[Sides] = [({}, {}) for _name in dimensions]
    for key, held in held_by([kind], ("day", *dimensions), asked).items():
        is_since = isinstance(key[0], date) and key[0] >= from_
        for place, cell in enumerate(key[1:]):
            side = told[place][is_since]
            side[cell] = side.get(cell, WeightedParts()) + held.of(kind.stored())
    return told


def _protected(kind: type[FigureMetric], dimensions: Sequence[Dimension], asked: Asked, from_: date) -> list[Sides]:
    """The same for whoever sees no group of few people: each dimension by itself, for what is hidden differs."""
    spans = (asked.over(asked.since, from_), asked.over(from_, asked.until))
    return [
        tuple(  # type: ignore[misc]
            parts_by(kind.slug, since=span.since, until=span.until, by=name, actor=asked.actor, **asked.where)
            for span in spans
        )
        for name in dimensions
    ]


def _split(dimension: Dimension, before: Cells, since: Cells, *, scale: float, is_share: bool) -> Split | None:
    cells = sorted({*before, *since} - {None}, key=str)
    if len(cells) < 2 or not before or not since:
        return None
    found = split_over(cells, before, since, by=kitagawa if is_share else kitagawa_of_means)
    if found is None:
        return None
    names = names_of(_tables()[dimension], set(cells))
    parts = [
        Part(name=names.get(cell, ""), rate=float(rate) * scale, mix=float(mix) * scale)
        for cell, rate, mix in zip(cells, found.rate_by_cell, found.mix_by_cell, strict=True)
    ]
    parts.sort(key=lambda part: -abs(part.rate + part.mix))
    return Split(
        dimension=dimension,
        change=float(found.change) * scale,
        rate=float(found.rate) * scale,
        mix=float(found.mix) * scale,
        parts=parts[:4],
    )


def _tables() -> dict[str, Any]:
    from evenkeel.people import Organisation, Site, Team
    from evenkeel.work import Queue

    return {"queue": Queue, "organisation": Organisation, "site": Site, "team": Team}


def around(signal: Signal) -> tuple[date, date]:
    """The days (since, until) of what may have brought a signal about."""
    _on, earliest, latest = began_on(signal)
    return earliest - BEFORE, latest + AFTER + timedelta(days=1)


def candidates_of(signal: Signal, *, actor: Actor, told: Sequence[Change] | None = None) -> list[Candidate[Change]]:
    """What happened in the signal's programme about the time it began, as far as the actor may see, the likeliest first.

    From what was `told` of more days, where that is at hand.
    """
    on, earliest, latest = began_on(signal)
    since, until = around(signal)
    if told is None:
        told = changes_between(actor, since=since, until=until, programmes=[signal.programme_id])
    days = [(change.at.astimezone(UTC).date(), change) for change in told]
    days = [(day, change) for day, change in days if since <= day < until]
    return candidates(days, began_on=on, earliest=earliest, latest=latest)
