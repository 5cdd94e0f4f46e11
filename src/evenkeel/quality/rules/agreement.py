"""Agreement of a programme's labels cut every way that the explorer shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from evenkeel.kernel import Agreement, Estimate, agreement, agreement_by_class, count_labels, pairwise_agreement, wilson

IntArray = npt.NDArray[np.int64]
# Behind a figure that is shown to whoever may not see single people's stand so many people at least.
FEWEST_PEOPLE = 5
MOST_PAIRED = 40
EXAMPLES, EXAMPLES_OF_ALL = 12, 200


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Labels in columns, running numbers into the names. `places` holds other columns to cut by, -1 where it is empty."""

    items: Sequence[str]
    people: Sequence[str]
    classes: Sequence[str]
    item: IntArray
    person: IntArray
    label: IntArray
    places: Mapping[str, tuple[Sequence[str], IntArray]] = field(default_factory=dict)

    def where(self, chosen: npt.NDArray[np.bool_]) -> Labels:
        """The same with some of the rows."""
        return Labels(
            items=self.items, people=self.people, classes=self.classes,
            item=self.item[chosen], person=self.person[chosen], label=self.label[chosen],
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One figure of the explorer. `items` counts those with two answers or more; `examples` are the most divided ones."""

    by: str
    key: str = ""
    other: str = ""
    items: int
    labels: int
    people: int
    percent: Estimate
    alpha: Estimate
    ac1: Estimate
    examples: tuple[str, ...] = ()


def cuts(said: Labels, *, level: float = 0.95) -> Iterator[Cut]:
    """All figures: of everything, class by class, place by place, and pair by pair of people.

    Assumes exchangeable answers within a cut; a person's repeats on an item count as they are, but for pairs. Class by class
    is that class against all others; pairs are of the forty people with most answers, on the items they share.
    """
    whole = _table(said)
    yield _cut("all", agreement(whole, level=level), said, whole)
    if len(said.classes) > 1:
        for name, (at, found) in zip(said.classes, enumerate(agreement_by_class(whole, level=level)), strict=True):
            divided = np.minimum(whole[:, at], whole.sum(axis=1) - whole[:, at])
            people = int(np.unique(said.person[np.isin(said.item, np.flatnonzero(whole[:, at]))]).size)
            yield _cut("class", found, said, whole, key=name, divided=divided, people=people)
    for by, (names, place) in said.places.items():
        for at, name in enumerate(names):
            part = said.where(place == at)
            if part.item.size:
                table = _table(part)
                yield _cut(by, agreement(table, level=level), part, table, key=name)
    yield from _pairs(said, level)


def clause_cuts(said: Labels, cited: Sequence[str], *, level: float = 0.95) -> Iterator[Cut]:
    """Clause by clause, against every other answer. `said.classes` are clauses where an answer cites one, else its label;
    `cited` are those among them that are clauses.

    Assumes as `cuts` does: exchangeable answers within a clause, a person's repeats counting as they are.
    """
    if not cited:
        return
    whole, chosen = _table(said), set(cited)
    for name, (at, found) in zip(said.classes, enumerate(agreement_by_class(whole, level=level)), strict=True):
        if name not in chosen:
            continue
        divided = np.minimum(whole[:, at], whole.sum(axis=1) - whole[:, at])
        people = int(np.unique(said.person[np.isin(said.item, np.flatnonzero(whole[:, at]))]).size)
        yield _cut("clause", found, said, whole, key=name, divided=divided, people=people)


def _table(said: Labels) -> IntArray:
    return count_labels(said.item, said.label, n_items=len(said.items), n_classes=len(said.classes))


def _cut(
    by: str,
    found: Agreement,
    said: Labels,
    table: IntArray,
    *,
    key: str = "",
    divided: IntArray | None = None,
    people: int | None = None,
) -> Cut:
    split = table.sum(axis=1) - table.max(axis=1, initial=0) if divided is None else divided
    worst = [
        at for at in np.argsort(-split, kind="stable")[: EXAMPLES_OF_ALL if by == "all" else EXAMPLES] if split[at] > 0
    ]
    return Cut(
        by=by,
        key=key,
        items=int((table.sum(axis=1) > 1).sum()),
        labels=int(table.sum()),
        people=int(np.unique(said.person).size) if people is None else people,
        percent=found.percent,
        alpha=found.alpha,
        ac1=found.ac1,
        examples=tuple(said.items[at] for at in worst),
    )


def _pairs(said: Labels, level: float) -> Iterator[Cut]:
    n = np.bincount(said.person, minlength=len(said.people))
    chosen = np.sort(np.argsort(-n, kind="stable")[:MOST_PAIRED])
    chosen = chosen[n[chosen] > 0]
    part = said.where(np.isin(said.person, chosen))
    person = np.searchsorted(chosen, part.person)
    found = pairwise_agreement(part.item, person, part.label, n_raters=len(chosen), n_classes=len(said.classes))
    unknown = Estimate.unknown(method="none", level=level)
    for one in range(len(chosen)):
        for two in range(one + 1, len(chosen)):
            shared = int(found.n[one, two])
            share = float(found.percent[one, two])
            if shared and isfinite(share):
                yield Cut(
                    by="pair",
                    key=said.people[chosen[one]],
                    other=said.people[chosen[two]],
                    items=shared,
                    labels=2 * shared,
                    people=2,
                    percent=wilson(share * shared, float(shared), level=level),
                    alpha=_plain(float(found.kappa[one, two]), shared, level),
                    ac1=unknown,
                )


def _plain(kappa: float, n: int, level: float) -> Estimate:
    """Cohen's kappa of a pair, without an interval: the share beside it has one."""
    if not isfinite(kappa):
        return Estimate.unknown(method="cohen", level=level, n=n)
    return Estimate(kappa, float("nan"), float("nan"), n, float(n), "cohen", level)


def shown(cut_people: int, *, sees_people: bool) -> bool:
    """Whether a figure may be shown: to whoever sees single people's figures always, else from five people on."""
    return sees_people or cut_people >= FEWEST_PEOPLE


def number_of(values: Sequence[Any]) -> tuple[list[str], IntArray]:
    """Values as running numbers into their sorted names; empty ones are -1.

    >>> number_of(["b", None, "a"])
    (['a', 'b'], array([ 1, -1,  0]))
    """
    names = sorted({str(each) for each in values if each not in (None, "")})
    place = {name: at for at, name in enumerate(names)}
    return names, np.array(
        [place.get(str(each), -1) if each not in (None, "") else -1 for each in values], dtype=np.int64
    )
