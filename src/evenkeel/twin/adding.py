"""Whether the product's sums over a run are the generator's own: decisions, time, what was acted on, audits, accuracy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from evenkeel.measure import figure, parts_by

from .scoring import Run, runs_in

_PLACES = {"site": "site", "team": "team", "queue": "market"}
# The last shift of a run ends on the next day by UTC.
_LATE = timedelta(days=2)
_LAST_DIGITS = 1e-12


@dataclass(frozen=True, kw_only=True)
class Added:
    """A sum at a place, as the product has it and as the generator counted it."""

    what: str
    by: str
    place: str
    product: float
    generator: float
    programme: str = ""

    @property
    def is_equal(self) -> bool:
        """Counts and sums to the last bit; of accuracy, a quotient, to the last digits of floating point."""
        apart = abs(self.product - self.generator)
        return apart <= _LAST_DIGITS if self.what == "accuracy" else not apart


def added(folder: Path) -> Iterator[Added]:
    """Every sum of a wide run whose install is open and rolled up; `folder` is its data folder. Raises `NoTruth`.

    Of every programme: of the whole of it, and of every site, team and queue. In a run by acts which decisions are audited
    is the product's own affair, so that there is nothing to compare.
    """
    for run in runs_in(folder):
        for each in _added(run):
            yield replace(each, programme=str(run.told["plan"]["title"]))


def _added(run: Run) -> Iterator[Added]:
    since, until = run.date_of(0), run.date_of(run.days) + _LATE
    window: dict[str, Any] = {"since": since, "until": until, "programme": run.programme}
    everything = np.zeros(len(run.columns["day"]), dtype=np.int64)
    yield from _sums(run, window, by=None, ids=[None], names=["everything"], place=everything)
    for by, kind in _PLACES.items():
        yield from _sums(run, window, by=by, ids=run.ids(kind), names=run.names(kind), place=run.place(kind))  # type: ignore[arg-type]
    said = figure("accuracy", **window).value
    weight, right = (float(run.columns[name].sum()) for name in ("weight", "weight_right"))
    yield Added(what="accuracy", by="", place="everything", product=said, generator=right / weight)


def _sums(
    run: Run, window: Mapping[str, Any], *, by: Any, ids: list[Any], names: list[str], place: Any
) -> Iterator[Added]:
    columns = {
        name: np.bincount(place, weights=run.columns[name], minlength=len(ids))
        for name in ("n", "active_s", "acted_on", "audited", "weight", "weight_right")
    }
    time, acted, audits = (parts_by(name, by=by, **window) for name in ("handle_time", "action_rate", "accuracy"))
    for number, (id_, name) in enumerate(zip(ids, names, strict=True)):
        asked = (
            ("decisions", time, "n", "n"), ("active seconds", time, "wy", "active_s"),
            ("acted on", acted, "wy", "acted_on"), ("audits", audits, "n", "audited"),
            ("one over the odds", audits, "w", "weight"), ("of it found right", audits, "wy", "weight_right"),
        )  # fmt: skip
        for what, parts, part, column in asked:
            product = float(getattr(parts[id_], part)) if id_ in parts else 0.0
            yield Added(what=what, by=by or "", place=name, product=product, generator=float(columns[column][number]))
