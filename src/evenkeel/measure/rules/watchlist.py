"""Who has which metric watched where: lines of a list, the nearest of which holds. Plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

# From the widest to the nearest; what lies nearer to a series says who answers for it.
ORDER = ("everywhere", "programme", "organisation", "queue", "site", "team")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A metric watched (or left alone) at a place and in everything within it."""

    metric: str
    kind: str
    place_id: UUID | None
    owner_id: UUID | None = None
    is_on: bool = True
    origin: Literal["programme", "target", "list"] = "list"


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a series is: the programme, and the queue, organisation, site, team or answer that it is about."""

    programme: UUID
    queue: UUID | None = None
    organisation: UUID | None = None
    site: UUID | None = None
    team: UUID | None = None
    label: str | None = None

    def at(self, kind: str) -> UUID | str | None:
        """Its place of a kind; of an answer the answer."""
        found: UUID | str | None = getattr(self, kind, None)
        return found


class Watchlist:
    """The lines by metric and place, so that a series finds its own at once."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines: defaultdict[str, dict[tuple[str, UUID | str | None], list[Line]]] = defaultdict(dict)
        for line in lines:
            self._lines[line.metric].setdefault((line.kind, line.place_id), []).append(line)

    @property
    def metrics(self) -> list[str]:
        """The metrics that some line has watched."""
        return sorted(
            metric
            for metric, places in self._lines.items()
            if any(line.is_on for lines in places.values() for line in lines)
        )

    def holds(self, metric: str, spot: Spot) -> tuple[bool, UUID | None]:
        """Whether a series is watched, and who answers for it by the list.

        Left alone wins at the same place or wider, unless a line nearer to the series has it watched by name: a target or a
        programme does not undo what somebody switched off.
        """
        is_on, owner = False, None
        for line in self._near(metric, spot):
            if not line.is_on:
                is_on = False
            elif line.origin == "list" or not self._is_off(metric, spot):
                is_on = True
            if line.is_on and line.owner_id is not None:
                owner = line.owner_id
        return is_on, owner

    def is_left(self, metric: str, spot: Spot) -> bool:
        """Whether somebody has it left alone, here or around."""
        return self._is_off(metric, spot)

    def _near(self, metric: str, spot: Spot) -> list[Line]:
        """The lines whose place holds the series, the widest first; at one place what is left alone comes last."""
        places = self._lines.get(metric, {})
        found: list[Line] = []
        for kind in ORDER:
            key = (kind, None if kind == "everywhere" else spot.at(kind))
            if kind == "everywhere" or key[1] is not None:
                found += sorted(places.get(key, ()), key=lambda line: (not line.is_on, line.origin == "list"))
        return found

    def _is_off(self, metric: str, spot: Spot) -> bool:
        return any(not line.is_on for line in self._near(metric, spot))
