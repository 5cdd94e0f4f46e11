"""What one item's answers say: how much they differ, what most people say, whether experts say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from math import log2
from typing import Any


def figures_of(people: Mapping[str, int], experts: Mapping[str, int]) -> dict[str, Any]:
    """The fields of `ItemFigures` from the counts of labels. A tie is no majority, so experts differ from it.

    `disagreement` is the share of pairs of answers that differ, `entropy` -sum p log2 p in bits.
    """
    counts = {label: n for label, n in sorted(people.items()) if n > 0}
    n = sum(counts.values())
    pairs = n * (n - 1)
    top = max(counts.values(), default=0)
    leaders = [label for label, count in counts.items() if count == top]
    majority = leaders[0] if len(leaders) == 1 else ""
    said = sorted(label for label, count in experts.items() if count > 0)
    expert = said[0] if said else ""
    return {
        "n": n,
        "counts": counts,
        "disagreement": 1 - sum(c * (c - 1) for c in counts.values()) / pairs if pairs else 0.0,
        "entropy": -sum(c / n * log2(c / n) for c in counts.values()) + 0.0 if n else 0.0,
        "majority_label": majority,
        "majority_share": top / n if n else None,
        "is_tied": len(leaders) > 1,
        "expert_label": expert,
        "differs": bool(expert) and n > 0 and majority != expert,
    }
