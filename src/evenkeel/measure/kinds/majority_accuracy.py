from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from evenkeel.kernel import area_under_curve, cohen_kappa, confusion, majority_vote, wilson
from evenkeel.quality import EXPERT_ANSWERS
from evenkeel.work import DECISIONS

from ..labels import LabelSet
from ..metric import Example, Finding, StudyMetric, metric, standard_error


@metric
class MajorityAccuracy(StudyMetric):
    subject = "agreement"
    slug = "majority_accuracy"
    title = _("Majority against experts")
    why = _(
        "Share of items on which the answer given most often is the expert's. A tie is no answer, so it does not count as "
        "right. Where safety is judged, a minority may see what the majority misses: look at the distribution too."
    )
    formula = "items with majority = expert / items with both; Wilson"
    guard = "label_accuracy"
    grain = _("item that experts have answered")
    population = _("Items with labels that experts have answered too.")
    facts = (DECISIONS, EXPERT_ANSWERS)
    # a right, b wrong, c tied, d right.
    example = Example(
        rows=[
            {"item": item, "label": label}
            for item, labels in {"a": "xxy", "b": "xxy", "c": "xy", "d": "y"}.items()
            for label in labels
        ],
        experts={"a": "x", "b": "y", "c": "x", "d": "y"},
        value=0.5,
        n=4,
    )

    @classmethod
    def evaluate(cls, labels: LabelSet) -> Finding:
        judged = labels.judged
        winner, truth = labels.majority.winner[judged], labels.truth[judged]
        hits = int((winner == truth).sum())
        return Finding(
            estimate=wilson(hits, len(truth)),
            detail={"ties": int((winner < 0).sum()), **_kappa(labels), **_separation(labels)},
        )


def _kappa(labels: LabelSet) -> dict[str, Any]:
    """Cohen's kappa of majority and expert. It needs an answer on every item, so a tie goes to the first class by name."""
    judged = labels.judged
    if not judged.any():
        return {}
    winner = majority_vote(labels.counts[judged], ties="first").winner
    found = cohen_kappa(confusion(labels.truth[judged], winner, n_classes=len(labels.classes)))
    return {"kappa": found.to_dict(), "kappa_standard_error": standard_error(found)}


def _separation(labels: LabelSet) -> dict[str, Any]:
    """Where experts use two classes: how well the share of the rarer one among people's answers tells them apart."""
    judged = labels.judged
    used = np.unique(labels.truth[judged])
    if len(used) != 2:
        return {}
    # What is looked for is usually the rare one.
    totals = labels.counts.sum(axis=0)
    positive = int(min(reversed(used), key=lambda number: totals[number]))
    share = labels.counts[judged, positive] / labels.sizes[judged]
    found = area_under_curve(share, labels.truth[judged] == positive)
    return {"auc": found.to_dict(), "auc_class": labels.classes[positive]}
