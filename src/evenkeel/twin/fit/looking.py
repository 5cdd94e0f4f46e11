"""What auditors' own mistakes do to what their audits say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .seen import Floats, Seen


@dataclass(frozen=True, kw_only=True)
class Looks:
    """By clause a: of the audits that say a, `floor` find an error though there is none, and `slope` times the true share
    of errors find one that is. `turns` is what the number of audits that say a is multiplied by to give those that are a.
    """

    floor: Floats
    slope: Floats
    turns: Floats


def fit_looks(seen: Seen, *, sensitivity: float, specificity: float) -> Looks:
    """Estimate them from what is taken for what, to the first order in auditors' mistakes.

    Assumes that an auditor's mistakes go where everybody's go: her false alarms to other clauses as wrong answers do, and
    what she waves through to the answer given.
    """
    clauses = len(seen.clauses)
    cell = seen.audits["audited"] * clauses + seen.audits["decided"]
    table = np.bincount(cell, weights=seen.weights, minlength=clauses**2).reshape(clauses, clauses)
    share = np.maximum(table.sum(axis=1) / table.sum(), 1e-12)
    wrong = 1 - np.diag(table) / np.maximum(table.sum(axis=1), 1e-12)
    goes = table.copy()
    np.fill_diagonal(goes, 0.0)
    goes = goes / np.maximum(goes.sum(axis=1, keepdims=True), 1e-12)
    mistaken = ((share * (1 - wrong) * (1 - specificity)) @ goes) / share
    missed = ((share * wrong * (1 - sensitivity)) @ goes) / share
    stay = wrong * sensitivity + (1 - wrong) * specificity
    say = stay + mistaken + missed
    return Looks(floor=mistaken / say, slope=sensitivity / say, turns=np.maximum(1 - mistaken - missed, 0.0) / stay)
