"""Does the search name the planted cause?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from evenkeel.improve import Investigation

from ...scoring import SCORES, Bools, Line, Planted, Run, Score
from .alarms import MIXES, is_about, rows_of, tells_of

# Two cells are the same when they share so much of the decisions of either: a site is its vendor where the vendor has one.
ALIKE = 0.8
_LISTED = 3
_KINDS = {"organisation": "organisation", "site": "site", "team": "team", "queue": "market", "expected_label": "clause"}


@SCORES.register
class Causes(Score):
    slug = "causes"
    title = "Causes"
    why = (
        "Of the investigations of planted faults: is the planted cell named first, or among the first three; and is it among "
        "the three that are listed first, named or unproven? Of those of signals without a fault (a flood, another mix, "
        "nothing): is no cause named?"
    )

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        first = three = shown = n = quiet = null = 0
        found = Investigation.objects.filter(programme=run.programme, signal__isnull=False).select_related("signal")
        for investigation in found:
            assert investigation.signal is not None
            signal = investigation.signal
            faults = [event for event in run.events if event.is_fault and tells_of(run, signal, event)]
            ranked = list(investigation.drivers.all())
            if not faults and any(is_about(run, signal, event) for event in run.events if event.kind not in MIXES):
                # A rise after an action, or the end of a fault: something planted moved it, and it is no fault.
                continue
            if not faults:
                null += 1
                quiet += not any(driver.is_cause for driver in ranked)
                continue
            n += 1
            right = [
                any(_is_same(run, investigation, driver, fault) for fault in faults) for driver in ranked[:_LISTED]
            ]
            named = [is_right for is_right, driver in zip(right, ranked, strict=False) if driver.is_cause]
            is_global = any(not fault.blames for fault in faults)
            says_global = is_global and investigation.scan.get("verdict") == "everywhere"
            first += named[:1] == [True] or says_global
            three += any(named) or says_global
            shown += any(right) or says_global
        yield Line(score=cls.slug, name="planted cause first", n=n, hits=first, goal="at least 0.90")
        yield Line(score=cls.slug, name="planted cause in the first three", n=n, hits=three, goal="at least 0.98")
        yield Line(score=cls.slug, name="named or shown among three", n=n, hits=shown)
        yield Line(score=cls.slug, name="no cause named without a fault", n=null, hits=quiet, goal="at least 0.95")


def _is_same(run: Run, investigation: Investigation, driver: Any, fault: Planted) -> bool:
    """Whether a driver's cell and the planted one hold nearly the same decisions, within the investigation's reach.

    What is named as reaching beyond the signal's place must be the planted cell there as well.
    """
    reach = run.between(run.day_of(investigation.since), run.day_of(investigation.until))
    assert investigation.signal is not None
    if not driver.is_beyond:
        reach &= rows_of(run, investigation.signal)
    named = reach & cell_of(run, driver.cell)
    planted = reach & run.mask(fault.blames)
    n = run.columns["n"]
    either = float(n[named | planted].sum())
    return either > 0 and float(n[named & planted].sum()) / either >= ALIKE


def cell_of(run: Run, cell: list[dict[str, str]]) -> Bools:
    """The truth's rows of a driver's cell."""
    found = np.ones(len(run.columns["day"]), dtype=bool)
    for part in cell:
        kind = _KINDS.get(part["dimension"])
        if part["dimension"] == "worker":
            found &= run.columns["worker"] == run.told["workers"].index(part["value"])
        elif kind == "clause":
            found &= run.columns["clause"] == run.names("clause").index(part["value"])
        elif kind is not None:
            column = run.place(kind)  # type: ignore[arg-type]
            found &= column == [str(id_) for id_ in run.ids(kind)].index(part["value"])
    return found
