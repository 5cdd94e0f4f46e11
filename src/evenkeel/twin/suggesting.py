"""What a classifier says of listings before people see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from evenkeel.work import NewPrediction, Queue, add_predictions

from .organisation import SYSTEM
from .scenario import LABELS, Classifier, Scenario
from .world import SUGGESTIONS

# Surer where it is right, as models are.
_SURE = ((14.0, 2.0), (7.0, 3.0))


def suggest(
    scenario: Scenario, queue: Queue, *, keys: Sequence[str], truths: Sequence[str], day: int, now: datetime
) -> None:
    """Keep beside each item what the version in force says of it; nothing where the scenario has no classifier."""
    model = next((each for each in reversed(scenario.classifiers) if each.from_day <= day), None)
    if model is None or not keys:
        return
    said = [_said(scenario, model, key=key, truth=truth) for key, truth in zip(keys, truths, strict=True)]
    add_predictions(SYSTEM, programme=queue.programme, predictions=said, now=now)


def _said(scenario: Scenario, model: Classifier, *, key: str, truth: str) -> NewPrediction:
    rng = np.random.default_rng([scenario.seed, SUGGESTIONS, int(key.removeprefix("L-"))])
    is_right = rng.random() < model.accuracy[truth]
    # What a model misses it mostly takes for harmless; what is harmless it takes for spam.
    label = truth if is_right else LABELS[0] if truth != LABELS[0] else LABELS[1]
    score = round(float(rng.beta(*_SURE[0 if is_right else 1])), 3)
    return NewPrediction(item_key=key, answer={"label": label}, model=model.name, score=score)
