"""A set of labels, counted: everything that a study metric may ask of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from evenkeel.kernel import Agreement, Majority, agreement, majority_vote

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class LabelSet:
    """Labels by item, and by worker against the experts' answers; classes are in the order of their names.

    `counts` is (items, classes). `truth` has one class an item, -1 without an expert's answer. `tally` is (workers,
    classes + 1, classes): how often a worker gave a class to items whose true class is the row; the last row holds items
    without an expert's answer. `repeats` are answers beyond a person's first to an item; of the second answers,
    `second_same` of `second_pairs` were like the first.
    """

    classes: tuple[str, ...]
    counts: IntArray
    truth: IntArray
    workers: tuple[str, ...]
    tally: IntArray
    repeats: int = 0
    second_pairs: int = 0
    second_same: int = 0

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]], *, experts: Mapping[str, str]) -> LabelSet:
        """From plain rows with item, label and perhaps worker and replicate. For examples and tests."""
        classes = tuple(sorted({row["label"] for row in rows} | set(experts.values())))
        items = tuple(sorted({row["item"] for row in rows} | set(experts)))
        workers = tuple(sorted({row.get("worker", "") for row in rows}))
        counts = np.zeros((len(items), len(classes)), dtype=np.int64)
        tally = np.zeros((len(workers), len(classes) + 1, len(classes)), dtype=np.int64)
        truth = np.array([classes.index(experts[item]) if item in experts else -1 for item in items], dtype=np.int64)
        answers: dict[tuple[str, str], dict[int, str]] = {}
        for row in rows:
            item, label = items.index(row["item"]), classes.index(row["label"])
            counts[item, label] += 1
            tally[workers.index(row.get("worker", "")), truth[item], label] += 1
            answers.setdefault((row["item"], row.get("worker", "")), {})[row.get("replicate", 1)] = row["label"]
        pairs = [(said[1], said[2]) for said in answers.values() if 1 in said and 2 in said]
        return cls(
            classes=classes,
            counts=counts,
            truth=truth,
            workers=workers,
            tally=tally,
            repeats=sum(row.get("replicate", 1) > 1 for row in rows),
            second_pairs=len(pairs),
            second_same=sum(first == second for first, second in pairs),
        )

    @property
    def n_labels(self) -> int:
        return int(self.counts.sum())

    @cached_property
    def sizes(self) -> IntArray:
        """Labels by item."""
        sizes: IntArray = self.counts.sum(axis=1)
        return sizes

    @cached_property
    def agreement(self) -> Agreement:
        """All coefficients at once; each metric takes its own."""
        return agreement(self.counts)

    @cached_property
    def majority(self) -> Majority:
        """The vote on each item; a tie is no decision."""
        return majority_vote(self.counts) if self.classes else majority_vote(np.zeros((0, 1)))

    @cached_property
    def judged(self) -> npt.NDArray[np.bool_]:
        """The items that have both an expert's answer and labels."""
        return (self.truth >= 0) & (self.sizes > 0)

    @cached_property
    def right(self) -> IntArray:
        """Labels by item that are like the expert's; 0 where there is no expert."""
        picked = (
            np.take_along_axis(self.counts, np.maximum(self.truth, 0)[:, None], axis=1)[:, 0] if len(self.counts) else 0
        )
        right: IntArray = np.where(self.truth >= 0, picked, 0)
        return right

    @cached_property
    def confusion(self) -> IntArray:
        """All people together against the experts: true class by given class."""
        together: IntArray = self.tally[:, :-1, :].sum(axis=0)
        return together
