"""A shipped dashboard. Each lives in one file of `reports/kinds/`: for whom, and which figures in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from evenkeel.ground.access import Actor
from evenkeel.ground.catalogue import Catalogue
from evenkeel.measure import FIGURE_VIEW, Dimension

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class BoardTile:
    """A metric over the last so many days."""

    metric: str
    days: int = 28


class Board:
    """The base of every kind. `split_by`: what a change is split by, and what a click breaks a figure down by.

    `is_own`: the figures are of the reader's own work and of nothing else. `order`: of several that suit somebody, the
    lowest opens first.
    """

    slug: ClassVar[str]
    title: ClassVar[StrOrPromise]
    why: ClassVar[StrOrPromise]
    order: ClassVar[int]
    tiles: ClassVar[tuple[BoardTile, ...]]
    split_by: ClassVar[Dimension] = "queue"
    is_own: ClassVar[bool] = False

    @classmethod
    def suits(cls, actor: Actor) -> bool:
        """Whether it is made for what this person does; hers opens by itself."""
        raise NotImplementedError

    @classmethod
    def is_open_to(cls, actor: Actor) -> bool:
        """Whether she may open it. What its figures count is cut to her rights by `measure` in any case."""
        return actor.has(FIGURE_VIEW)


boards: Catalogue[type[Board]] = Catalogue("board", package="evenkeel.reports.kinds")
board = boards.register


def boards_for(actor: Actor) -> list[type[Board]]:
    """The shipped dashboards that a person may open, hers first."""
    found = [kind for kind in boards if kind.is_open_to(actor)]
    return sorted(found, key=lambda kind: (not kind.suits(actor), kind.order))


def reaches_by(actor: Actor, *kinds: str | None) -> bool:
    """Whether she sees figures by a grant on such a thing; None: everywhere."""
    said: Any = {grant.kind for grant in actor.grants_for(FIGURE_VIEW)}
    return bool(said & set(kinds))
