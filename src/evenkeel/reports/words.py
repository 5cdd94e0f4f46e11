"""Figures of a board in words: what changed, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.templatetags.wording import value_text
from evenkeel.kernel import Estimate
from evenkeel.measure import EXTRAS, FigureMetric, Glance, Standing, TargetHere, day_metric, difference

PERIODS: Mapping[int, Any] = {
    1: gettext_lazy("today"),
    7: gettext_lazy("7 days"),
    28: gettext_lazy("4 weeks"),
    91: gettext_lazy("13 weeks"),
    364: gettext_lazy("52 weeks"),
}
DIMENSIONS: Mapping[str, Any] = {
    "programme": gettext_lazy("Programme"),
    "queue": gettext_lazy("Queue"),
    "organisation": gettext_lazy("Organisation"),
    "site": gettext_lazy("Site"),
    "team": gettext_lazy("Team"),
    "worker": gettext_lazy("Person"),
    **{name: extra.title for name, extra in EXTRAS.items()},
}
COMPARES: Mapping[str, Any] = {
    "none": gettext_lazy("nothing"),
    "before": gettext_lazy("the period before"),
    "year": gettext_lazy("52 weeks earlier"),
}
FAIRS: Mapping[str, Any] = {
    "none": gettext_lazy("as it is"),
    "queue": gettext_lazy("with everybody’s mix of queues"),
    "label": gettext_lazy("with everybody’s mix of answers"),
    "language": gettext_lazy("with everybody’s mix of languages"),
    "shrunk": gettext_lazy("leaning on everybody, where thin"),
}
DRAWINGS: Mapping[str, Any] = {
    "line": gettext_lazy("Line"),
    "bars": gettext_lazy("Bars"),
    "table": gettext_lazy("Table"),
    "pivot": gettext_lazy("Pivot"),
}


@dataclass(frozen=True, kw_only=True)
class Moved:
    """How a figure stands to the period before: its change, in words whether that is good, and its two parts."""

    change: Estimate | None
    kind: str
    sign: str
    share: str
    words: str
    tone: str
    mix: str
    rate: str


@dataclass(frozen=True, kw_only=True)
class Stands:
    """A target beside a figure: what it is and where it was set, and in words and tone how the figure stands against it."""

    value: float
    where: str
    words: str
    tone: str
    bands: str


def stands(target: TargetHere | None, standing: Standing | None) -> Stands | None:
    """How a figure stands against its target; None without one."""
    if target is None or standing is None:
        return None
    kind = day_metric(target.metric).unit
    said = {name: value_text(getattr(target, name), kind=kind) for name in ("warning", "critical")}
    words, tone = _STATES[standing.band or standing.state]
    return Stands(
        value=target.value,
        where=target.where,
        words=str(words),
        tone=tone,
        bands=_("Warning from %(warning)s, critical from %(critical)s.") % said,
    )


# What surely lies in a band says so; a figure whose interval reaches across its target tells nothing yet.
_STATES: Mapping[str, tuple[Any, str]] = {
    "met": (gettext_lazy("met"), "good"),
    "missed": (gettext_lazy("missed"), "warn"),
    "warning": (gettext_lazy("missed, warning"), "warn"),
    "critical": (gettext_lazy("missed, critical"), "bad"),
    "cannot_tell": (gettext_lazy("cannot tell yet"), "quiet"),
}


def fills(kind: type[FigureMetric], n: int) -> str:
    """Why a figure is not known, as a tile says it: nothing was counted, or a part of what it is made of is missing."""
    if n:
        return _("Counted, but something that it is made of is not on record. %(why)s") % {"why": kind.why}
    if not kind.population:
        return _("Nothing counted in this time.")
    return _("Nothing counted in this time. What counts: %(population)s") % {"population": kind.population}


def moved(glance: Glance) -> Moved | None:
    """What changed since the period before; None where either side is not known."""
    kind = day_metric(glance.ask.metric)
    found = change_of(kind, glance.before, glance.now)
    if found is None:
        return None
    of = change_kind(kind)
    parts = ["", ""]
    if glance.mix is not None and glance.rate is not None:
        parts = [f"{_sign(part, of)}{value_text(part, kind=of)}" for part in (glance.mix, glance.rate)]
    words, tone = _judged(kind, found)
    return Moved(
        change=found if kind.unit != "count" else None,
        kind=of,
        sign=_sign(found.value, of),
        share=_relative(glance.before.value, glance.now.value) if kind.unit == "count" else "",
        words=words,
        tone=tone,
        mix=parts[0],
        rate=parts[1],
    )


def change_of(kind: type[FigureMetric], before: Estimate | None, now: Estimate) -> Estimate | None:
    """The difference of two periods with its interval; None where either is unknown, or too thin to be compared."""
    if before is None or not isfinite(before.value) or not isfinite(now.value):
        return None
    if kind.unit == "count":
        return Estimate(now.value - before.value, 0.0, 0.0, now.n, float(now.n), "counted") if before.n else None
    return None if before.is_thin() or now.is_thin() else difference(before, now)


def change_kind(kind: type[FigureMetric]) -> str:
    """How a change of the metric reads."""
    return "points" if kind.unit == "percent" else kind.unit


def _sign(change: float, kind: str) -> str:
    """What grew says so; points of a share do by themselves, and what falls has its minus."""
    return "+" if change > 0 and kind != "points" else ""


def _relative(before: float, now: float) -> str:
    change = (now - before) / before
    return f"{'+' if change > 0 else ''}{value_text(change, kind='percent', digits=0)}"


def _judged(kind: type[FigureMetric], change: Estimate) -> tuple[str, str]:
    if kind.unit == "count" or kind.better == "neither":
        return "", "quiet"
    if not change.has_interval or change.low <= 0 <= change.high:
        return _("no clear change"), "quiet"
    is_good = (change.value > 0) == (kind.better == "up")
    return (_("better"), "good") if is_good else (_("worse"), "bad")
