"""Scores of the classifier in force, for a share of the items: what monitoring of models keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .day import Work
from .differing import model_on, separation
from .ids import new_ids

_SCORES = 13
_MODEL = "classifier"
# A score is there before people see the item.
_AHEAD_US = 3_600_000_000


def prediction_rows(work: Work, decisions: Mapping[str, Any]) -> dict[str, Any]:
    """One row a logged score: as a probability by the version's own separation, with what people then decided."""
    import pyarrow as pa

    plan = work.plan
    rng = np.random.default_rng([plan.seed, _SCORES, work.day])
    row = np.flatnonzero(rng.random(len(work)) < plan.prelabels.logged)
    score = 1 / (1 + np.exp(-work.score[row] * separation(plan, work.day)))
    at, taken = work.at[row] - _AHEAD_US, pa.array(row)
    return {
        "id": new_ids(at, rng),
        "sign": np.ones(len(row), np.int64),
        "at": at,
        "decision_id": decisions["id"].take(taken),
        **{name: decisions[name].take(taken) for name in ("programme_id", "queue_id", "item_id", "market")},
        "model": pa.array([_MODEL] * len(row), pa.string()),
        "version": pa.array([model_on(plan, work.day).name] * len(row), pa.string()),
        "score": score,
        "violates": score >= 0.5,
        "decided_violates": work.label[row] > 0,
    }
