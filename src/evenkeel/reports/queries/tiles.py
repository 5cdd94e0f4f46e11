"""The tiles of a dashboard with their figures and targets: asked of `measure` all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from evenkeel.ground.access import Actor
from evenkeel.measure import (
    Ask,
    FigureMetric,
    Glance,
    Place,
    Standing,
    TargetHere,
    figure_metrics_for,
    glances,
    targets_for,
)

from ..board import Board
from ..models import Dashboard, Tile
from ..rules.questions import Question, read, split_of

_PLACES = ("organisation", "site", "team", "programme", "queue")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A tile with its figure; `tile` is None on a shipped board. `question` is where a click leads: the figure broken down."""

    tile: Tile | None
    glance: Glance
    question: Question
    target: TargetHere | None

    @property
    def exploration_id(self) -> UUID | None:
        """The saved exploration that it was made from."""
        return self.tile.exploration_id if self.tile is not None else None

    @property
    def standing(self) -> Standing | None:
        """How the figure stands against its target; None without one. A figure that is withheld tells nothing."""
        return None if self.target is None else self.target.standing(self.glance.now)


def shown_on(source: type[Board] | Dashboard, *, actor: Actor, today: date) -> list[Shown]:
    """The tiles of a shipped or of one's own dashboard, in their order.

    Metrics that are gone, that the reader may not read, or that are no longer kept by what narrows a tile, are left out.
    """
    kinds = {kind.slug: kind for kind in figure_metrics_for(actor)}
    tiles = [(tile, ask) for tile, ask in _asks(source, actor) if _answers(kinds, ask)]
    asks = [replace(ask, split_by=split_of(kinds[ask.metric], ask.split_by)) for _tile, ask in tiles]
    # Her own figures are hers to see without any role: everything else is cut to her grants.
    mine = [ask for ask in asks if _is_own(ask, actor)]
    others = [ask for ask in asks if not _is_own(ask, actor)]
    hers = iter(glances(mine, today=today, actor=None) if mine else [])
    rest = iter(glances(others, today=today, actor=actor) if others else [])
    wanted = targets_for([(ask.metric, _place(ask)) for ask in asks], on=today, actor=actor) if asks else []
    return [
        Shown(
            tile=tile,
            glance=next(hers) if _is_own(ask, actor) else next(rest),
            question=_question(ask, list(kinds.values())),
            target=target,
        )
        for (tile, _said), ask, target in zip(tiles, asks, wanted, strict=True)
    ]


def is_of_her_own(shown: Shown, actor: Actor) -> bool:
    """Whether the figure is of the reader's own work alone."""
    return _is_own(shown.glance.ask, actor)


def _is_own(ask: Ask, actor: Actor) -> bool:
    said: Any = ask.where.get("worker")
    return actor.worker_id is not None and said == [str(actor.worker_id)]


def _asks(source: type[Board] | Dashboard, actor: Actor) -> list[tuple[Tile | None, Ask]]:
    if isinstance(source, Dashboard):
        return [(tile, _ask(tile)) for tile in source.tiles.all()]
    own = {"worker": [str(actor.worker_id)]} if source.is_own else {}
    return [
        (None, Ask(metric=tile.metric, days=tile.days, where=own, split_by=source.split_by)) for tile in source.tiles
    ]


def _ask(tile: Tile) -> Ask:
    split_by: Any = tile.split_by
    return Ask(metric=tile.metric, days=tile.days, where=dict(tile.narrowed), split_by=split_by)


def _answers(kinds: Mapping[str, type[FigureMetric]], ask: Ask) -> bool:
    kind = kinds.get(ask.metric)
    return kind is not None and kind.is_daily and kind.is_kept_by(ask.where)


def _place(ask: Ask) -> Place:
    """The place whose target holds: what a tile is narrowed to, where that is one thing of its kind."""
    one = {name: values[0] for name in _PLACES if isinstance(values := ask.where.get(name), list) and len(values) == 1}
    return Place(**{name: UUID(str(value)) for name, value in one.items()})


def _question(ask: Ask, kinds: Sequence[type[FigureMetric]]) -> Question:
    said = {"metric": ask.metric, "days": str(ask.days), "compare": "before", **ask.where}
    return read({**said, "by": ask.split_by, "drawing": "bars"}, metrics=kinds).question
