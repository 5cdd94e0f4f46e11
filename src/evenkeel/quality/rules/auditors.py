"""How auditors agree with each other, on plain values: pairs of answers, and errors where nobody knows the truth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from evenkeel.kernel import Estimate, latent_classes, proportion


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A decision that two auditors judged blind: what each found, whether they said the same, and its weight."""

    group: Hashable
    first_right: bool
    second_right: bool
    agreed: bool
    weight: float = 1.0


def alignment(agreed: int, pairs: int) -> Estimate:
    """The share of an auditor's pairs in which the other said the same; Wilson. Agreement, not accuracy.

    >>> round(alignment(18, 20).value, 2)
    0.9
    """
    return proportion(agreed, pairs)


def has_drifted(before: Estimate, now: Estimate) -> bool:
    """Whether an auditor agrees less than she did: the intervals of two periods do not meet.

    Two 95 % intervals that do not meet are a difference at about 0.6 %; with few pairs it says nothing rather than much.
    """
    return before.is_known and now.is_known and now.high < before.low


@dataclass(frozen=True, kw_only=True)
class Latent:
    """Auditors' errors from doubles alone: how often right is found right, and wrong is found wrong."""

    finds_right: Estimate
    finds_wrong: Estimate
    pairs: int
    warnings: tuple[str, ...]


LEAST_PAIRS = 50


def latent_errors(pairs: Iterable[Pair]) -> Latent | None:
    """Hui and Walter's model over groups of unlike difficulty, one judge a place in the pair; None where it cannot be told.

    Assumes that two auditors err independently given the truth, and alike in all groups. Weights (1 / odds) are scaled to
    the effective number of pairs, so that intervals are not too narrow. Needs two groups of pairs and fifty pairs.

    Reference: Hui, Walter (1980) Biometrics 36.
    """
    rows = list(pairs)
    by_group: dict[Hashable, list[Pair]] = defaultdict(list)
    for pair in rows:
        by_group[pair.group].append(pair)
    if len(by_group) < 2 or len(rows) < LEAST_PAIRS:
        return None
    counts = np.array([_table(group) for group in by_group.values()])
    weights = np.array([pair.weight for pair in rows])
    scale = float(weights.sum() / (weights**2).sum())
    found = latent_classes(counts * scale)
    # Index 1 of the tables is "found wrong", so that the model's sensitivity is about wrong decisions.
    return Latent(
        finds_right=found.specificity[0],
        finds_wrong=found.sensitivity[0],
        pairs=len(rows),
        warnings=found.warnings,
    )


def _table(pairs: Sequence[Pair]) -> list[list[float]]:
    table = [[0.0, 0.0], [0.0, 0.0]]
    for pair in pairs:
        table[not pair.first_right][not pair.second_right] += pair.weight
    return table
