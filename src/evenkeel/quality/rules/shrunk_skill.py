"""Many people's shares of right answers, few answers each: every share leans on everybody's, the more the fewer there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from evenkeel.kernel import Estimate, shrink, wilson

# A prior is learnt from so many people at least, and is worth so many answers at most: with few answers everybody looks
# alike, and nobody's own figure would move any more.
FEWEST_PEOPLE, MOST_STRENGTH = 8, 60.0


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Somebody's answers of one kind: how many, and their right and effective number where they carry weights."""

    worker_id: UUID
    key: str
    answers: int
    right: float
    effective: float


def weighted_tally(worker_id: UUID, key: str, *, answers: int, w: float, wy: float, ww: float) -> Tally:
    """A tally of weighted answers: Kish's effective number (sum w)^2 / sum w^2, at the weighted share of right ones.

    >>> weighted_tally(UUID(int=1), "", answers=3, w=12.0, wy=10.0, ww=102.0).effective.__round__(2)
    1.41

    Reference: Kish (1965) Survey Sampling, 11.7.
    """
    effective = w * w / ww if ww > 0 else 0.0
    share = min(wy / w, 1.0) if w > 0 else 0.0
    return Tally(worker_id=worker_id, key=key, answers=answers, right=share * effective, effective=effective)


def shrunk_skill(tallies: Sequence[Tally], *, level: float = 0.95) -> dict[tuple[UUID, str], Estimate]:
    """By person and kind: the share of right answers, drawn towards everybody's of that kind. `n` counts her own answers.

    Assumes people of a kind exchangeable before their answers are seen (beta-binomial, empirical Bayes). A kind that fewer
    than eight people met leans on all kinds; where fewer than eight people are known at all, each has Wilson's interval.

    >>> few = [Tally(worker_id=UUID(int=1), key="Spam", answers=3, right=3, effective=3)]
    >>> [round(each.low, 2) for each in shrunk_skill(few).values()]
    [0.44]
    """
    told = [each for each in tallies if each.effective > 0]
    if len({each.worker_id for each in told}) < FEWEST_PEOPLE:
        return {(each.worker_id, each.key): _plain(each, level) for each in told}
    numbers = {key: at for at, key in enumerate(sorted({each.key for each in told}))}
    found = shrink(
        [each.right for each in told],
        [each.effective for each in told],
        groups=[numbers[each.key] for each in told],
        level=level,
        minimum_people=FEWEST_PEOPLE,
        most_strength=MOST_STRENGTH,
    )
    return {
        (each.worker_id, each.key): Estimate(
            float(found.mean[at]),
            float(found.low[at]),
            float(found.high[at]),
            each.answers,
            each.effective,
            "beta_binomial_posterior",
            level,
        )
        for at, each in enumerate(told)
    }


def _plain(each: Tally, level: float) -> Estimate:
    share = wilson(each.right, each.effective, level=level)
    return Estimate(share.value, share.low, share.high, each.answers, each.effective, share.method, level)
