"""Loops over labels for the extra `fast`; loaded only where `machine_code.pays`. The plain paths say what they compute."""

from __future__ import annotations

from math import exp, inf, log

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, IntArray
from .machine_code import compiled, prefetcher

ShortArray = npt.NDArray[np.int32]

# Between the two a product of probabilities is brought back to 1; below the second logarithms are summed instead.
SMALL, TINY = 1e-30, 1e-250
TOGETHER = 8  # factors multiplied before looking
FEW = 24  # rows of one item that are sorted in place
AHEAD, LINE = 32, 8  # how many labels ahead a row is asked for; numbers in a line of the cache
TOGETHER_IN_CORE = 4  # numbers that one instruction handles: states are padded to a multiple, with zeros

prefetch = prefetcher()


@compiled
def runs(
    item: IntArray, rater: IntArray, label: IntArray, n_items: int, n_classes: int
) -> tuple[ShortArray, ShortArray]:
    """Rows in the order of items: where each item's rows begin, and their places (person and class given), sorted.

    Sorted within the item, so that sums do not hang on the order of the rows that came in.
    """
    starts = np.zeros(n_items + 1, dtype=np.int32)
    for row in range(item.size):
        starts[item[row] + 1] += 1
    for one in range(n_items):
        starts[one + 1] += starts[one]
    places = np.empty(item.size, dtype=np.int32)
    for row in range(item.size):
        one = item[row]
        places[starts[one]] = rater[row] * n_classes + label[row]
        starts[one] += 1
    for one in range(n_items, 0, -1):
        starts[one] = starts[one - 1]
    starts[0] = 0
    for one in range(n_items):
        begin, end = starts[one], starts[one + 1]
        if end - begin > FEW:
            places[begin:end] = np.sort(places[begin:end])
        else:
            for row in range(begin + 1, end):
                now, at = places[row], row
                while at > begin and places[at - 1] > now:
                    places[at] = places[at - 1]
                    at -= 1
                places[at] = now
    return starts, places


@compiled
def tally(item: IntArray, label: IntArray, counts: IntArray) -> IntArray:
    """Labels by item and class, added to `counts`."""
    for row in range(item.size):
        counts[item[row], label[row]] += 1
    return counts


@compiled
def vote(
    starts: ShortArray,
    places: ShortArray,
    states: IntArray,
    n_classes: int,
    sorts: int,
    width: int,
    table: FloatArray,
    row_size: int,
) -> FloatArray:
    """Adds to `table` the labels expected of people if the vote shares were the truth. Gives the states' sums."""
    sums, share = np.zeros(width), np.zeros(width)
    for one in range(starts.size - 1):
        begin, end = starts[one], starts[one + 1]
        if begin == end:
            continue
        share[:] = 0.0
        known = states[one] if states.size else -1
        for row in range(begin, end):
            _ask_ahead(row, places, table, row_size)
            label = places[row] % n_classes if known < 0 else known
            for state in range(label * sorts, (label + 1) * sorts):
                share[state] += 1.0
        for state in range(width):
            share[state] /= (end - begin) * sorts
            sums[state] += share[state]
        _tell(begin, end, places, share, table, row_size)
    return sums


@compiled
def tell(
    starts: ShortArray, places: ShortArray, posterior: FloatArray, width: int, table: FloatArray, row_size: int
) -> FloatArray:
    """As `vote`, for any posterior."""
    sums, share = np.zeros(width), np.zeros(width)
    for one in range(starts.size - 1):
        begin, end = starts[one], starts[one + 1]
        if begin < end:
            for row in range(begin, end):
                _ask_ahead(row, places, table, row_size)
            for state in range(posterior.shape[1]):
                share[state] = posterior[one, state]
                sums[state] += share[state]
            _tell(begin, end, places, share, table, row_size)
    return sums


@compiled
def expect(
    starts: ShortArray,
    places: ShortArray,
    states: IntArray,
    sorts: int,
    shares: FloatArray,
    table: FloatArray,
    row_size: int,
    posterior: FloatArray,
) -> tuple[float, FloatArray]:
    """One pass: each item's posterior, and at once what it says of people, so that it need not be kept.

    A row of the flat `table` holds P(given | state) by state, then what is told, which is added to. Where `posterior` has
    rows it is filled too. Gives the log-likelihood and the states' sums over items with labels. Probabilities are
    multiplied, not their logarithms summed, and brought back to 1 before they vanish.
    """
    width = shares.size
    p, sums, likelihood = np.empty(width), np.zeros(width), 0.0
    is_kept = posterior.shape[0] > 0
    for one in range(starts.size - 1):
        begin, end = starts[one], starts[one + 1]
        if begin == end and not is_kept:
            continue
        known = states[one] if states.size else -1
        for state in range(width):
            p[state] = shares[state]
        if known >= 0:
            for state in range(width):
                p[state] = shares[state] if state // sorts == known else 0.0
        scale, is_lost, since = 0.0, False, 0
        for row in range(begin, end):
            # As `_ask_ahead` and, below, `_tell`; written out, for calls would cost a third of the pass.
            if row + AHEAD < places.size:
                soon = np.int64(places[row + AHEAD]) * row_size
                for line in range(soon, soon + row_size, LINE):
                    prefetch(table, line)
            here = np.uint64(places[row]) * np.uint64(row_size)
            for state in range(width):
                p[state] *= table[here + np.uint64(state)]
            since += 1
            if since == TOGETHER:
                since, top = 0, 0.0
                for state in range(width):
                    top = max(top, p[state])
                if top < TINY:
                    is_lost = True
                    break
                if top < SMALL:
                    scale += log(top)
                    for state in range(width):
                        p[state] /= top
        total = 0.0
        for state in range(width):
            total += p[state]
        if is_lost or total < TINY:
            total, scale = _by_logarithms(begin, end, places, known, sorts, shares, table, row_size, p)
        if begin < end:
            likelihood += log(total) + scale if total > 0 else -inf
        if total > 0:
            for state in range(width):
                p[state] /= total
        elif known >= 0:
            for state in range(known * sorts, (known + 1) * sorts):
                p[state] = 1.0 / sorts
        if is_kept:
            for state in range(posterior.shape[1]):
                posterior[one, state] = p[state]
        if begin < end:
            for state in range(width):
                sums[state] += p[state]
            for row in range(begin, end):
                here = np.uint64(places[row]) * np.uint64(row_size) + np.uint64(width)
                for state in range(width):
                    table[here + np.uint64(state)] += p[state]
    return likelihood, sums


@compiled
def _ask_ahead(row: int, places: ShortArray, table: FloatArray, row_size: int) -> None:
    if row + AHEAD < places.size:
        soon = np.int64(places[row + AHEAD]) * row_size
        for line in range(soon, soon + row_size, LINE):
            prefetch(table, line)


@compiled
def _tell(begin: int, end: int, places: ShortArray, p: FloatArray, table: FloatArray, row_size: int) -> None:
    for row in range(begin, end):
        here = np.uint64(places[row]) * np.uint64(row_size) + np.uint64(p.size)
        for state in range(p.size):
            table[here + np.uint64(state)] += p[state]


@compiled
def _by_logarithms(
    begin: int,
    end: int,
    places: ShortArray,
    known: int,
    sorts: int,
    shares: FloatArray,
    table: FloatArray,
    row_size: int,
    p: FloatArray,
) -> tuple[float, float]:
    """One item where the product of probabilities would vanish: into `p`, with its sum and the logarithm taken out."""
    top = -inf
    for state in range(shares.size):
        p[state] = -inf
        if known < 0 or state // sorts == known:
            p[state] = log(shares[state])
            for row in range(begin, end):
                p[state] += log(table[places[row] * row_size + state])
        top = max(top, p[state])
    if top == -inf:
        top = 0.0
    total = 0.0
    for state in range(shares.size):
        p[state] = exp(p[state] - top)
        total += p[state]
    return total, top


@compiled
def lean(told: FloatArray, strength: float) -> FloatArray:
    """People's matrices (person, given, true) from expected labels, as `people_models.Shrinkage` learns them."""
    people, width, _ = told.shape
    matrix = np.empty((people, width, width))
    right, labels, total = np.zeros(people), np.zeros(people), np.empty(width)
    for one in range(people):
        for given in range(width):
            right[one] += told[one, given, given]
            for true in range(width):
                labels[one] += told[one, given, true]
    everybody = labels.sum()
    pooled = right.sum() / everybody if everybody > 0 else 1.0
    for one in range(people):
        rate = (right[one] + pooled) / (labels[one] + 1)
        wrong = (1 - rate) / max(width - 1, 1)
        weight = strength if labels[one] > 0 else 0.0
        total[:] = 0.0
        for given in range(width):
            for true in range(width):
                matrix[one, given, true] = told[one, given, true] + weight * wrong
            matrix[one, given, given] = told[one, given, given] + weight * rate
            for true in range(width):
                total[true] += matrix[one, given, true]
        # Divided, not multiplied by what 1 / total would be: that is infinite where people have all but ruled a class out.
        for given in range(width):
            for true in range(width):
                matrix[one, given, true] = matrix[one, given, true] / total[true] if total[true] != 0 else 0.0
    return matrix
