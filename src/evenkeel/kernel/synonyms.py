"""Cells that hold the same rows: a site's only team, a language spoken in one market. The simplest name is the one to say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from .arrays import FloatArray
from .coded import Cell
from .scan import Side

SAME = 0.95  # Jaccard of the rows, from which two cells are one
MOST_IMPLIED = 8


def synonyms(side: Side, n: FloatArray, cell: Cell, ranks: Sequence[float]) -> list[Cell]:
    """All cells of up to three conditions with the present rows of `cell` (Jaccard of n >= .95), the best name first.

    The best has the fewest conditions, then the coarsest dimensions: `ranks` is lower for what stands higher. Of the others
    only those that say nothing superfluous. Every condition of a synonym holds for nearly all rows of the cell, so only
    such conditions are combined.
    """
    rows = side.rows(cell)
    total = float(n[rows].sum())
    if not cell or total == 0:
        return [cell]
    implied = list(cell)
    known = {place for place, _ in cell}
    for place in sorted(
        (place for place in range(len(side.codes)) if place not in known), key=lambda place: ranks[place]
    ):
        held = np.bincount(side.codes[place][rows], weights=n[rows])
        if held.max() >= SAME * total:
            implied.append((place, int(held.argmax())))
    # A value that nearly everybody has narrows nothing.
    everybody = float(n.sum())
    useful = [part for part in implied if part in cell or float(n[side.rows((part,))].sum()) < SAME * everybody]
    found = list[Cell]()
    for order in (1, 2, 3):
        for chosen in combinations(sorted(useful[:MOST_IMPLIED]), order):
            is_superfluous = any(set(one) < set(chosen) for one in found)
            if not is_superfluous and (chosen == cell or _jaccard(side, n, chosen, rows, total) >= SAME):
                found.append(chosen)
    found.sort(key=lambda one: (len(one), sum(ranks[place] for place, _ in one), one))
    return found or [cell]


def level_ranks(names: Sequence[str], sizes: Sequence[int], hierarchies: Sequence[Sequence[str]]) -> list[float]:
    """Where each dimension stands: by its place in a declared hierarchy, else by how many values it has."""
    declared = {name: place for chain in hierarchies for place, name in enumerate(chain)}
    return [float(declared.get(name, 0)) + size / (max(sizes) + 1) for name, size in zip(names, sizes, strict=True)]


def _jaccard(
    side: Side, n: FloatArray, cell: Cell, rows: np.ndarray[tuple[int], np.dtype[np.int64]], total: float
) -> float:
    others = side.rows(cell)
    size = float(n[others].sum())
    if min(size, total) < SAME * max(size, total):
        return 0.0
    both = float(n[np.intersect1d(others, rows, assume_unique=True)].sum())
    return both / (size + total - both)
