"""Disputes counted by group, with intervals; groups that tell of single people say nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evenkeel.kernel import Estimate, median, wilson

from .disputes import PEOPLE_NEEDED


@dataclass(frozen=True, kw_only=True)
class Group:
    """Disputes of one group. `rate`: raised by findings; `overturned`: of those that a person settled; `hours` to settle.

    `is_hidden`: fewer than five people's decisions are behind it, or it is hidden along so that those cannot be worked out.
    """

    key: str
    raised: int
    settled: int
    rate: Estimate
    overturned: Estimate
    hours: Estimate
    is_hidden: bool = False


def grouped(
    disputes: Iterable[Mapping[str, Any]], *, by: str, findings: Mapping[str, int] | None = None
) -> list[Group]:
    """Disputes by the value of `by`, most first.

    A dispute has `worker_id`, `outcome` (None while open), `by_time`, `hours` (None while open) and `by`. `findings` are the
    findings that could be disputed by group; a group without a count has no rate. What time ended tells of no finding, so it
    is in `raised` and `settled` and not in `overturned`. Wilson for shares, the median's order-statistic interval for hours.

    >>> fell = {"outcome": "overturned", "by_time": False, "hours": 5.0, "site": "x"}
    >>> rows = [fell | {"worker_id": n, "outcome": "overturned" if n < 2 else "upheld"} for n in range(8)]
    >>> (found,) = grouped(rows, by="site", findings={"x": 80})
    >>> found.raised, found.overturned.value, found.rate.value
    (8, 0.25, 0.1)
    """
    cells: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for each in disputes:
        cells[str(each[by] or "")].append(each)
    hidden = _hidden({key: {each["worker_id"] for each in rows} for key, rows in cells.items()})
    found = [_group(key, rows, (findings or {}).get(key), is_hidden=key in hidden) for key, rows in cells.items()]
    return sorted(found, key=lambda group: (group.is_hidden, -group.raised, group.key))


def _hidden(people: Mapping[str, set[Any]]) -> set[str]:
    """Groups of too few people, and the smallest others until those hidden are enough people together: whoever takes the
    groups shown from the whole must not be left with one."""
    hidden = {key for key, who in people.items() if len(who) < PEOPLE_NEEDED}
    for key in sorted(people.keys() - hidden, key=lambda key: (len(people[key]), key)):
        if not hidden or len(set().union(*(people[each] for each in hidden))) >= PEOPLE_NEEDED:
            break
        hidden.add(key)
    return hidden


def _group(key: str, rows: list[Mapping[str, Any]], findings: int | None, *, is_hidden: bool) -> Group:
    settled = [each for each in rows if each["outcome"] is not None]
    judged = [each for each in settled if not each["by_time"]]
    unknown = Estimate.unknown(method="withheld")
    if is_hidden:
        return Group(key=key, raised=0, settled=0, rate=unknown, overturned=unknown, hours=unknown, is_hidden=True)
    fallen = sum(each["outcome"] == "overturned" for each in judged)
    return Group(
        key=key,
        raised=len(rows),
        settled=len(settled),
        # Some findings were disputed after the days that were counted: never more than all.
        rate=wilson(min(len(rows), findings), findings) if findings else Estimate.unknown(method="wilson"),
        overturned=wilson(fallen, len(judged)) if judged else Estimate.unknown(method="wilson"),
        hours=median([each["hours"] for each in judged]) if judged else Estimate.unknown(method="median"),
    )
