"""A metric cut by any dimensions, over one period or against another: the table that pages, API and programs ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model

from evenkeel.ground.access import Actor
from evenkeel.kernel import Estimate
from evenkeel.people import Organisation, Site, Team, Worker
from evenkeel.policy import PolicyVersion
from evenkeel.work import Programme, Queue

from ..base import Aim, FigureMetric, Held
from ..cuts import EXTRAS
from ..metric import day_metric
from ..rules.splitting import split_over, split_scale
from .adjusting import Adjust, Adjusted, adjusted
from .figures import Dimension, Value, asked_for, names_of
from .held import Place, check_kept_by, held_by
from .protecting import protected

TABLES: Mapping[str, type[Model]] = {
    "programme": Programme,
    "queue": Queue,
    "organisation": Organisation,
    "site": Site,
    "team": Team,
    "worker": Worker,
}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One combination of values. `mix` and `rate` are its parts of the whole's change; None without a comparison.

    `adjusted` is the figure made comparable with the other cells', where that was asked for.
    """

    values: tuple[Value, ...]
    names: tuple[str, ...]
    estimate: Estimate
    before: Estimate | None
    mix: float | None
    rate: float | None
    adjusted: Adjusted | None = None

    @property
    def is_thin(self) -> bool:
        """Whether it rests on too little to be ranked."""
        return self.estimate.is_thin()


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """A metric over since <= day < until, cut by `by`; `before` is the period it is compared with.

    `total.mix` + `total.rate` is the whole's change exactly. `hidden` cells tell of too few people to be shown; where those
    alone would be, the next smallest are hidden along, or the difference to the total would give them away.
    """

    metric: str
    by: tuple[Dimension, ...]
    since: date
    until: date
    before: tuple[date, date] | None
    total: Cell
    cells: tuple[Cell, ...]
    hidden: int


def evaluate(
    metric: str,
    *,
    since: date,
    until: date,
    by: Sequence[Dimension] = (),
    compare: tuple[date, date] | None = None,
    adjust: Adjust | None = None,
    mix_of: Sequence[Dimension] = (),
    aim: Aim = "process",
    actor: Actor | None = None,
    version: int | None = None,
    **where: Any,
) -> Evaluated:
    """Evaluate a metric; `where` narrows as for `figure`, `compare` is another period (since, until).

    `aim`: what intervals are for, as in `figure`; those of `adjusted` are for the process always.
    `version` asks for a definition as it was, so that an old report can be made again; `slug@version` means the same.

    `adjust="mix"` sets beside each cell the figure it would have with the mix of work that all cells together have, over the
    dimensions `mix_of`; `adjust="shrunk"` a share that leans on the other cells', the more the less it rests on.
    A handful of queries, on roll-ups. With an `actor` only rows count that she may see; cutting by or narrowing to
    workers asks for `measure:person:view`. Cells come by the size of their weight, largest first. Raises `UnknownKind` or
    ValueError as `figure` does, and ValueError for a dimension that is named twice or that the metric is not kept by.
    """
    if version is not None:
        metric = f"{metric}@{version}"
    kind = day_metric(metric)
    known = (*TABLES, *EXTRAS)
    if len(set(by)) < len(by) or not set(by) <= set(known):
        raise ValueError(f"cut by some of {', '.join(known)}, each once")
    asked = asked_for(since, until, actor, where)
    check_kept_by(kind, [*by, *(name for name, value in where.items() if value is not None)])
    few, is_everything = protected(kind, by, asked)
    now = held_by([kind], by, asked)
    was = held_by([kind], by, asked.over(*compare)) if compare else {}
    was_everything = False
    said = {"metric": metric, "by": tuple(by), "since": since, "until": until, "before": compare}
    unknown = Estimate.unknown(method="withheld")
    if is_everything:
        total = Cell(values=(), names=(), estimate=unknown, before=None, mix=None, rate=None)
        return Evaluated(**said, total=total, cells=(), hidden=len(now))  # type: ignore[arg-type]
    if compare:
        # Fewer people may stand behind the other period than behind this one.
        earlier, was_everything = protected(kind, by, asked.over(*compare))
        was = {} if was_everything else was
        few = few | earlier
    places = sorted(now.keys() | was.keys(), key=lambda place: (-_weight(kind, now.get(place)), str(place)))
    split = _split(kind, places, was, now) if compare and not was_everything else None
    names = {name: _names(name, {place[at] for place in places} - {None}) for at, name in enumerate(by)}
    shown = [place for place in places if place not in few]
    beside = adjusted(kind, adjust, by, mix_of, asked, shown, now) if adjust else {}
    cells = tuple(
        Cell(
            values=place,  # type: ignore[arg-type]
            names=tuple(names[name].get(value, "–") or "–" for name, value in zip(by, place, strict=True)),
            estimate=kind.said(now.get(place, Held()), aim),
            before=kind.said(was.get(place, Held()), aim) if compare else None,
            mix=float(split.mix_by_cell[at]) if split else None,
            rate=float(split.rate_by_cell[at]) if split else None,
            adjusted=beside.get(place),
        )
        for at, place in enumerate(places)
        if place not in few
    )
    total = Cell(
        values=(),
        names=(),
        estimate=kind.said(sum(now.values(), Held()), aim),
        before=(unknown if was_everything else kind.said(sum(was.values(), Held()), aim)) if compare else None,
        mix=split.mix if split else None,
        rate=split.rate if split else None,
    )
    return Evaluated(**said, total=total, cells=cells if by else (), hidden=len(few & set(places)))  # type: ignore[arg-type]


def _weight(kind: type[FigureMetric], held: Held | None) -> float:
    if held is None:
        return 0.0
    slugs = kind.needs()
    if slugs:
        return max(held.of(slug).w for slug in slugs)
    return float(sum(held.sketch(slug).n for slug in kind.sketched_from()))


def _split(
    kind: type[FigureMetric], places: Sequence[Place], was: Mapping[Place, Held], now: Mapping[Place, Held]
) -> Any:
    """The change as mix and rate; None for what is no mean of parts, such as a count or a median."""
    scale = split_scale(kind)
    if scale is None:
        return None
    before, since = ({place: each.of(kind.stored()) for place, each in held.items()} for held in (was, now))
    return split_over(places, before, since, scale=scale)


def _names(dimension: str, values: set[Any]) -> dict[Any, str]:
    if dimension in TABLES:
        return names_of(TABLES[dimension], values)
    if dimension == "policy_version":
        ids = {value: UUID(value) for value in values if value}
        titles = names_of(PolicyVersion, set(ids.values()))
        return {value: titles.get(id_, "–") for value, id_ in ids.items()}
    return {value: str(value) for value in values}
