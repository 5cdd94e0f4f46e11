"""When one model took over from another, from the days on which each of them said something. Plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

# A model that is silent for longer has stopped: some run once a week.
SILENT = timedelta(days=14)
# On the day of a change both may speak, and on the next one where it is made by and by.
OVERLAP = timedelta(days=1)


# (model, first day, last day)
Run = tuple[str, date, date]


@dataclass(frozen=True, kw_only=True)
class Takeover:
    """From a day on a model says what others said before; `beside` are those that go on. Without either it is the first."""

    on: date
    model: str
    after: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def takeovers(seen: Iterable[tuple[date, str]]) -> list[Takeover]:
    """Every beginning of a model, in order of time: after whom it came, and who went on beside it.

    A model begins on its first day, and anew after more than two weeks of silence. It came after those whose last day lies
    within the two weeks before its first day, or a day later, and after whom nobody came yet.

    >>> from datetime import date
    >>> days = [(date(2026, 3, day), "toxic 1.4") for day in (1, 2, 3)] + [(date(2026, 3, day), "toxic 1.5") for day in (3, 4)]
    >>> takeovers(days)[1]
    Takeover(on=datetime.date(2026, 3, 3), model='toxic 1.5', after=('toxic 1.4',), beside=())
    """
    runs = sorted(_runs(seen), key=lambda run: (run[1], run[0]))
    found: list[Takeover] = []
    replaced: set[Run] = set()
    for run in runs:
        model, first, _last = run
        others = {
            each for each in runs if each[0] != model and each[1] < first and each[2] >= first - SILENT
        } - replaced
        after = {each for each in others if each[2] <= first + OVERLAP}
        replaced |= after
        beside = {each[0] for each in others - after}
        found.append(
            Takeover(
                on=first, model=model, after=tuple(sorted({each[0] for each in after})), beside=tuple(sorted(beside))
            )
        )
    return found


def _runs(seen: Iterable[tuple[date, str]]) -> list[Run]:
    """Every stretch without a long silence."""
    days: defaultdict[str, list[date]] = defaultdict(list)
    for day, model in sorted(set(seen)):
        days[model].append(day)
    runs = []
    for model, its in days.items():
        first = last = its[0]
        for day in its[1:]:
            if day - last > SILENT:
                runs.append((model, first, last))
                first = day
            last = day
        runs.append((model, first, last))
    return runs
