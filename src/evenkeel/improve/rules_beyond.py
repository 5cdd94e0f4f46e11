"""What reaches into a place from beyond: what the rest of the work has shown to change, and what it carries here. Plain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import nan

from evenkeel.kernel import Cause, Estimate, Explanation

from .rules import ROWS_SHOWN, Counts, Key, Line, has_other_rate

# What carries less of a change is not what an alarm is about, however surely it is there.
CARRIED = 0.2


def is_inside(key: Key, names: Sequence[str], place: Mapping[str, str]) -> bool:
    """Whether a cell lies in a place.

    >>> is_inside(("Manila", "Scam"), ("site", "expected_label"), {"site": "Manila"})
    True
    """
    return all(key[names.index(name)] == value for name, value in place.items())


def reaching_into(elsewhere: Explanation, *, names: Sequence[str], before: Counts, now: Counts) -> list[Cause]:
    """Causes of what changed `elsewhere` that carry a fifth of a place's change, as that place has them, largest first.

    `before` and `now` are the place's own cells. The days of an alarm were chosen by the place alone: of what lies outside the
    choice says nothing, so what is found there needs no further proof here. What a cause carries is its factor there, times
    what the same work led to here.
    """
    rise = _sum(now)[0] - _sum(now)[1] * _rate(before)
    causes = [*elsewhere.causes, *([elsewhere.everywhere] if elsewhere.everywhere else [])]
    found = [_here(cause, names, before, now, rise) for cause in causes if not cause.where or has_other_rate(cause)]
    return sorted(
        (each for each in found if each.excess * rise >= CARRIED * rise**2 > 0), key=lambda one: -abs(one.excess)
    )


def with_reaching(lines: Sequence[Line], reaching: Sequence[Cause], *, most: int = ROWS_SHOWN) -> list[Line]:
    """The lines of a place with what reaches into it: before the causes that explain less, and before all that is unproven."""
    own = [line for line in lines if line.is_cause]
    beyond = [Line(driver=cause, is_cause=True, also=(), is_beyond=True) for cause in reaching]
    strongest = max((abs(line.driver.excess) for line in own), default=0.0)
    before = [line for line in beyond if abs(line.driver.excess) >= strongest]
    named = {line.driver.where for line in beyond}
    rest = [line for line in lines if not line.is_cause and line.driver.where not in named]
    return [*before, *own, *(line for line in beyond if line not in before), *rest][:most]


def _here(cause: Cause, names: Sequence[str], before: Counts, now: Counts, rise: float) -> Cause:
    then, today = (_sum(_of(cause, names, counts)) for counts in (before, now))
    expected = today[1] * then[0] / then[1] if then[1] else 0.0
    excess = expected * (cause.rate_ratio.value - 1)
    share = excess / rise if rise else nan
    unknown = Estimate(share, nan, nan, int(today[1]), today[1], "beyond")
    return replace(
        cause, baseline_events=then[0], baseline_n=then[1], current_events=today[0], current_n=today[1], expected=expected,
        excess=excess, share=unknown, also_known_as=(),
    )  # fmt: skip


def _of(cause: Cause, names: Sequence[str], counts: Counts) -> Counts:
    return {key: found for key, found in counts.items() if is_inside(key, names, dict(cause.where))}


def _sum(counts: Counts) -> tuple[float, float]:
    return sum(errors for errors, _n in counts.values()), sum(n for _errors, n in counts.values())


def _rate(counts: Counts) -> float:
    errors, n = _sum(counts)
    return errors / n if n else 0.0
