"""The same person on the same item again: kept, and numbered from 1."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Numbered:
    """The number of each label among those by the same worker about the same item; which ones are repeats."""

    replicate: npt.NDArray[np.int32]
    is_repeat: npt.NDArray[np.bool_]

    @classmethod
    def of_nothing(cls) -> Numbered:
        """No labels, no numbers."""
        return cls(np.zeros(0, np.int32), np.zeros(0, np.bool_))


def number_repeats(
    item_ix: array[int],
    worker_ix: array[int],
    *,
    given: array[int] | None = None,
    before: Mapping[tuple[int, int], int] | None = None,
) -> Numbered:
    """Number the repeats of each (item, worker) pair in order of the file.

    `given` are numbers from the file (0 = none): a pair keeps them when they are all there and all different; otherwise
    its rows are numbered in their order. `before` says, by pair, the highest number that the programme has already;
    numbering goes on from there.
    """
    if not len(item_ix):
        return Numbered.of_nothing()
    items = np.frombuffer(item_ix, dtype=np.int32).astype(np.int64)
    workers = np.frombuffer(worker_ix, dtype=np.int32).astype(np.int64)
    width = 1 + max(int(workers.max()), *(worker for _item, worker in before or ()), 0)
    pair = items * width + workers
    del items, workers
    if given is None and not before and _are_different(pair):
        return Numbered(np.ones(len(pair), np.int32), np.zeros(len(pair), np.bool_))
    said = np.zeros(len(pair), np.int64) if given is None else np.frombuffer(given, dtype=np.int32).astype(np.int64)
    # By pair, then by the number given, then by place in the file.
    order = np.lexsort((said, pair))
    sorted_pair, sorted_said = pair[order], said[order]
    starts = np.flatnonzero(np.r_[True, sorted_pair[1:] != sorted_pair[:-1]])
    lengths = np.diff(np.r_[starts, len(pair)])
    rank = np.arange(len(pair)) - np.repeat(starts, lengths) + 1
    same_as_last = np.r_[False, (sorted_pair[1:] == sorted_pair[:-1]) & (sorted_said[1:] == sorted_said[:-1])]
    keeps = ~np.logical_or.reduceat(same_as_last | (sorted_said == 0), starts)
    numbers = np.where(np.repeat(keeps, lengths), sorted_said, rank)
    replicate = np.empty(len(pair), np.int32)
    replicate[order] = numbers
    is_repeat = np.empty(len(pair), np.bool_)
    is_repeat[order] = rank > 1
    if before:
        known = {item * width + worker: top for (item, worker), top in before.items()}
        touched = np.isin(pair, np.fromiter(known, np.int64, len(known)))
        offset = np.zeros(len(pair), np.int32)
        offset[touched] = [known[int(key)] for key in pair[touched]]
        replicate += offset
        is_repeat |= touched
    return Numbered(replicate, is_repeat)


def _are_different(pair: npt.NDArray[np.int64]) -> bool:
    """Whether no pair occurs twice: the usual case, told with one sort and little memory."""
    ordered = np.sort(pair)
    return not bool((ordered[1:] == ordered[:-1]).any())
