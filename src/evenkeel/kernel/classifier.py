"""A classifier as one more rater: its probabilities calibrated on the people's posterior, then added as evidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import FloatArray, distributions, floats
from .calibration import fit_temperature


@dataclass(frozen=True, slots=True)
class ClassifierEvidence:
    """`evidence` (items, classes) for `dawid_skene(evidence=...)`; `power` below 1 says the classifier was too sure."""

    evidence: FloatArray
    power: float


def classifier_evidence(probabilities: npt.ArrayLike, posterior: npt.ArrayLike) -> ClassifierEvidence:
    """What a classifier tells of each item besides the people, on the scale of a log-likelihood.

    Assumes that the classifier did not learn from these items' labels (out-of-fold probabilities), and errs independently
    of people given the class. `probabilities` and `posterior` are (items, classes); the posterior is the people's alone,
    and items in which they are unsure count less. p^t, made to sum to 1, is fitted to the posterior by its likelihood
    (t, a temperature); evidence is log p^t less log of its mean, because the prior is counted already. Rows of nan tell
    nothing. Raises BadRows for rows that are no probabilities.

    >>> said = classifier_evidence([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]], [[0.9, 0.1], [0.1, 0.9], [0.6, 0.4]])
    >>> bool(said.evidence[0, 0] > said.evidence[0, 1]), said.evidence.shape
    (True, (3, 2))

    Reference: Goh, Tkachenko, Mueller (2022) CROWDLAB, arXiv 2210.06812; Guo et al. (2017) ICML.
    """
    p, people = floats(probabilities), floats(posterior)
    if p.ndim != 2 or p.shape != people.shape:
        raise ValueError("probabilities and posterior must have the same rows and columns")
    distributions(p, name="probabilities")
    unknown = np.asarray(np.isnan(p).all(axis=1), dtype=bool)
    rows = np.where(unknown[:, None], 1 / max(p.shape[1], 1), p)
    rows = np.maximum(rows, 1e-6)
    is_told = np.asarray(np.isfinite(people).all(axis=1), dtype=bool)
    both = ~unknown & is_told
    sure = both & (people.max(axis=1, initial=0.0) > 0.5)
    power = fit_temperature(rows[sure], people[sure].argmax(axis=1)) if sure.any() else 1.0
    mended = rows**power
    mended /= mended.sum(axis=1, keepdims=True)
    prior = mended[both].mean(axis=0) if both.any() else np.full(p.shape[1], 1 / max(p.shape[1], 1))
    evidence = np.log(mended) - np.log(prior)
    evidence[unknown] = 0.0
    return ClassifierEvidence(evidence, power)
