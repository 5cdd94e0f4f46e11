"""The tiles of a dashboard with their figures: asked of `measure` all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from evenkeel.ground.access import Actor
from evenkeel.measure import Ask, Glance, day_metrics, glances

from ..board import Board
from ..models import Dashboard, Tile
from ..rules.questions import Question, read


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a figure should reach, and from where on it is worrying."""

    value: float
    warning: float | None = None
    critical: float | None = None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A tile with its figure; `tile` is None on a shipped board. `question` is where a click leads: the figure broken down."""

    tile: Tile | None
    glance: Glance
    question: Question
    target: Target | None

    @property
    def exploration_id(self) -> UUID | None:
        """The saved exploration that it was made from."""
        return self.tile.exploration_id if self.tile is not None else None


def target_of(tile: Tile | None, *, metric: str, question: Question) -> Target | None:
    """The target that holds for a tile; none are set so far, and a tile without one draws none."""
    return None


def shown_on(source: type[Board] | Dashboard, *, actor: Actor, today: date) -> list[Shown]:
    """The tiles of a shipped or of one's own dashboard, in their order. Metrics that are gone are left out."""
    known = [kind.slug for kind in day_metrics()]
    tiles: list[tuple[Tile | None, Ask]]
    if isinstance(source, Dashboard):
        tiles = [(tile, _ask(tile)) for tile in source.tiles.all() if tile.metric in known]
    else:
        own = {"worker": [str(actor.worker_id)]} if source.is_own else {}
        tiles = [
            (None, Ask(metric=tile.metric, days=tile.days, where=own, split_by=source.split_by))
            for tile in source.tiles
            if tile.metric in known
        ]
    # Her own figures are hers to see without any role: everything else is cut to her grants.
    mine = [ask for _tile, ask in tiles if _is_own(ask, actor)]
    others = [ask for _tile, ask in tiles if not _is_own(ask, actor)]
    hers = iter(glances(mine, today=today, actor=None) if mine else [])
    rest = iter(glances(others, today=today, actor=actor) if others else [])
    found = []
    for tile, ask in tiles:
        glance = next(hers) if _is_own(ask, actor) else next(rest)
        question = _question(ask, known)
        target = target_of(tile, metric=ask.metric, question=question)
        found.append(Shown(tile=tile, glance=glance, question=question, target=target))
    return found


def is_of_her_own(shown: Shown, actor: Actor) -> bool:
    """Whether the figure is of the reader's own work alone."""
    return _is_own(shown.glance.ask, actor)


def _is_own(ask: Ask, actor: Actor) -> bool:
    said: Any = ask.where.get("worker")
    return actor.worker_id is not None and said == [str(actor.worker_id)]


def _ask(tile: Tile) -> Ask:
    split_by: Any = tile.split_by
    return Ask(metric=tile.metric, days=tile.days, where=dict(tile.narrowed), split_by=split_by)


def _question(ask: Ask, known: Sequence[str]) -> Question:
    said = {"metric": ask.metric, "days": str(ask.days), "compare": "before", **ask.where}
    return replace(read(said, metrics=known).question, by=(ask.split_by,), drawing="bars")
