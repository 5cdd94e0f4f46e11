"""Targets on plain values: whether the bands make sense, which target is the nearest, how a figure stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from evenkeel.kernel import Estimate

State = Literal["met", "missed", "cannot_tell"]
Band = Literal["", "warning", "critical"]
# From the widest to the nearest.
ORDER = ("everywhere", "organisation", "site", "team", "programme", "queue")
NOWHERE = UUID(int=0)
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a figure stands against its target. `band` is the worst band in which its whole interval lies."""

    state: State
    band: Band = ""


def faults_of(*, better: str, unit: str, value: float, warning: float, critical: float) -> dict[str, str]:
    """What does not fit in the numbers of a target, by field."""
    said = {"value": value, "warning": warning, "critical": critical}
    faults = {name: _("Write a number.") for name, number in said.items() if not isfinite(number)}
    if faults:
        return faults
    if unit == "percent":
        faults |= {
            name: _("A share lies between 0 % and 100 %.") for name, number in said.items() if not 0 <= number <= 1
        }
    if better == "neither":
        return faults | {"metric": _("Neither more nor less of it is better, so it cannot be missed.")}
    sign = 1 if better == "up" else -1
    if sign * warning > sign * value:
        faults["warning"] = _("It lies on the worse side of the target, or on it.")
    if sign * critical > sign * warning:
        faults["critical"] = _("It lies on the worse side of the warning, or on it.")
    return faults


def standing(found: Estimate, *, better: str, value: float, warning: float, critical: float) -> Standing:
    """Met when the whole interval is on the good side of the target, missed when all of it is on the bad one.

    In between, or without an interval, nobody can tell yet: a figure is never compared naked. A counted figure is its own
    interval. Assumes that `better` is up or down.
    """
    if not (found.is_known and found.has_interval):
        return Standing(state="cannot_tell")
    worst, best = (found.low, found.high) if better == "up" else (-found.high, -found.low)
    sign = 1 if better == "up" else -1
    if worst >= sign * value:
        return Standing(state="met")
    if best >= sign * value:
        return Standing(state="cannot_tell")
    band: Band = "critical" if best < sign * critical else "warning" if best < sign * warning else ""
    return Standing(state="missed", band=band)


def nearest(lines: Iterable[T], place: Mapping[str, UUID | None]) -> T | None:
    """The target that holds at a place: of those that cover it the one that stands last in `ORDER`.

    A line has `kind` and `place_id`; `place` names what the figure was narrowed to, with all that lies above it.
    """
    holding: list[Any] = [line for line in lines if _covers(line, place)]
    return max(holding, key=lambda line: ORDER.index(line.kind), default=None)


def _covers(line: Any, place: Mapping[str, UUID | None]) -> bool:
    return bool(line.kind == "everywhere" or place.get(line.kind) == line.place_id)
