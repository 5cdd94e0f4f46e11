"""Does the search name the planted cause when somebody asks it without waiting for a signal?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db import transaction

from evenkeel.ground.access import Actor
from evenkeel.improve import Windows, open_investigation
from evenkeel.people import Person
from evenkeel.work import Programme

from ...scoring import SCORES, Bools, Line, Planted, Run, Score
from .alarms import STILL
from .causes import ALIKE, cell_of

_LONGEST, _BEFORE = 7, 28
_LISTED = 3
# Of a run a quiet stretch: so many days before, and a week looked at, with nothing planted.
_CALM = 14
# Planted, and no fault of anybody's that accuracy could show.
_NULL = STILL | {"mix_shift", "spam_campaign"}


@dataclass(frozen=True, kw_only=True)
class Case:
    """An investigation that somebody opened: `first`, `three` and `shown` (named or not) of a fault; `is_quiet` without one."""

    kind: str
    verdict: str
    first: bool | None = None
    three: bool | None = None
    shown: bool | None = None
    is_quiet: bool | None = None


@SCORES.register
class Asked(Score):
    slug = "asked"
    title = "Causes, asked for by hand"
    why = (
        "Of every planted change an investigation of the whole programme is opened by hand, the 28 days before it against its "
        "first week; and one of a quiet fortnight: is the planted cell named, is it among the three that are listed first, and "
        "is none named where nothing is to blame? "
        "Named parts that are another planted change of these weeks are left out of the ranking."
    )

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        found = list(cases(run))
        faults = [case for case in found if case.first is not None]
        null = [case for case in found if case.is_quiet is not None]
        for name, goal in (("first", "at least 0.90"), ("three", "at least 0.98")):
            said = "planted cause first" if name == "first" else "planted cause in the first three"
            yield Line(
                score=cls.slug, name=said, n=len(faults), hits=sum(getattr(case, name) for case in faults), goal=goal
            )
        shown = sum(bool(case.shown) for case in faults)
        yield Line(score=cls.slug, name="named or shown among three", n=len(faults), hits=shown)
        for kind, n in sorted(Counter(case.kind for case in faults).items()):
            hits = sum(bool(case.first) for case in faults if case.kind == kind)
            yield Line(score=cls.slug, name=f"first: {kind}", n=n, hits=hits)
        yield Line(
            score=cls.slug, name="no cause named without a fault", n=len(null),
            hits=sum(bool(case.is_quiet) for case in null), goal="at least 0.95",
        )  # fmt: skip
        for kind, n in sorted(Counter(case.kind for case in null).items()):
            hits = sum(bool(case.is_quiet) for case in null if case.kind == kind)
            yield Line(score=cls.slug, name=f"none named: {kind}", n=n, hits=hits)


def cases(run: Run) -> Iterator[Case]:
    """One case a planted fault or harmless change, and one of a quiet stretch. What is opened is rolled back."""
    for event in run.events:
        if not event.is_fault and event.kind not in _NULL:
            continue
        until = min(event.until_day or run.days, event.from_day + _LONGEST, run.days)
        yield _case(run, event.kind, event, max(event.from_day - _BEFORE, 0), event.from_day, until)
    calm = next((day for day in range(_CALM, run.days - _LONGEST) if _is_calm(run, day)), None)
    if calm is not None:
        yield _case(run, "nothing", None, calm - _CALM, calm, calm + _LONGEST)


def _is_calm(run: Run, day: int) -> bool:
    end = day + _LONGEST
    return not any(event.from_day < end and day - _CALM < (event.until_day or run.days) for event in run.events)


def _case(run: Run, kind: str, event: Planted | None, first_day: int, since: int, until: int) -> Case:
    programme = Programme.objects.get(pk=run.programme)
    windows = Windows(baseline_since=run.date_of(first_day), since=run.date_of(since), until=run.date_of(until))
    owner = programme.owner or Person.objects.filter(is_active=True).first()
    with transaction.atomic():
        made = open_investigation(
            Actor.system("twin"), title=kind, programme=programme, windows=windows, owner=owner,
            now=datetime.combine(run.date_of(until) + timedelta(days=1), time.min, UTC),
        )  # fmt: skip
        listed = [(driver.cell, driver.is_cause) for driver in made.drivers.all()]
        verdict = str(made.scan["verdict"])
        transaction.set_rollback(True)
    # Something else that was planted and began or ended in these windows is a cause of its own.
    others = [each for each in run.events if each is not event and each.is_on(max(first_day, each.from_day))]
    others = [each for each in others if each.from_day < until and each.kind not in STILL]
    reach = run.between(first_day, until)
    listed = [
        (cell, is_cause) for cell, is_cause in listed
        if not any(_is_alike(run, reach, cell, each.blames) for each in others)
    ]  # fmt: skip
    left = [cell for cell, is_cause in listed if is_cause]
    if event is None or not event.is_fault:
        return Case(kind=kind, verdict=verdict, is_quiet=not any(left))
    alike = [_is_alike(run, run.between(since, until), cell, event.blames) for cell in left]
    is_said = not event.blames and verdict == "everywhere"
    shown = [_is_alike(run, run.between(since, until), cell, event.blames) for cell, _ in listed[:_LISTED]]
    return Case(
        kind=kind, verdict=verdict, first=is_said or alike[:1] == [True], three=is_said or any(alike[:3]),
        shown=is_said or any(shown),
    )  # fmt: skip


def _is_alike(run: Run, reach: Bools, cell: list[dict[str, str]], where: Mapping[str, str]) -> bool:
    """Whether a named cell and a planted one hold nearly the same decisions."""
    n = run.columns["n"]
    named, planted = reach & cell_of(run, cell), reach & run.mask(where)
    return bool(n[named & planted].sum() >= ALIKE * n[named | planted].sum())
