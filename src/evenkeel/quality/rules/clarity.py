"""How clear a policy's clauses are: do experts who read the same case name the same clause?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evenkeel.kernel import Estimate, wilson

BOUND = 0.8
FEWEST_CASES = 5
CLEAR, UNCLEAR, OPEN = "clear", "unclear", "open"


def clause_agreement(cases: Sequence[Sequence[str]], *, level: float = 0.95) -> dict[str, Estimate]:
    """For each clause: given that one expert names it, the chance that another one does (specific agreement).

    Assumes cases drawn alike and experts exchangeable; a case with fewer than two answers tells nothing. `cases` holds the
    clause that each expert named, case by case. With c of m experts naming it on a case, the value is sum c (c - 1) / sum
    c (m - 1); Wilson's interval on (sum w)^2 / sum w^2 cases, w = c (m - 1): a case counts once, however many experts
    answered, which is never too narrow. `n` counts the cases on which anybody named the clause.

    >>> found = clause_agreement([["threat"] * 3, ["threat", "threat", "insult"], ["insult", "none", "none"]])
    >>> {clause: (round(each.value, 2), each.n) for clause, each in found.items()}
    {'insult': (0.0, 2), 'none': (0.5, 1), 'threat': (0.8, 2)}

    Reference: Fleiss (1981) Statistical Methods for Rates and Proportions, 13.2; Cicchetti, Feinstein (1990) J. Clinical
    Epidemiology 43; Kish (1965) Survey Sampling, 11.7 (effective size).
    """
    told = [list(case) for case in cases if len(case) >= 2]
    found = {}
    for clause in sorted({each for case in told for each in case}):
        named = np.array([case.count(clause) for case in told], dtype=np.float64)
        weights = named * np.array([len(case) - 1 for case in told], dtype=np.float64)
        total, alike = float(weights.sum()), float((named * (named - 1)).sum())
        effective = total**2 / float((weights**2).sum())
        share = wilson(alike / total * effective, effective, level=level)
        found[clause] = Estimate(
            share.value, share.low, share.high, int((named > 0).sum()), effective, "specific_agreement_wilson", level
        )
    return found


def standing_of(found: Estimate, *, bound: float = BOUND) -> str:
    """`unclear` when the whole interval lies below the bound, `clear` when it lies above, else `open`: not known yet.

    A clause is called neither on fewer than five cases.

    >>> standing_of(wilson(8, 40)), standing_of(wilson(39, 40)), standing_of(wilson(2, 3))
    ('unclear', 'clear', 'open')
    """
    if not found.has_interval or found.n < FEWEST_CASES:
        return OPEN
    if found.high < bound:
        return UNCLEAR
    return CLEAR if found.low >= bound else OPEN
