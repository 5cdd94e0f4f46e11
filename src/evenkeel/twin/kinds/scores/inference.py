"""Does weighing people by how they err find the truth more often than counting heads?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from evenkeel.kernel import count_labels, infer_truth, majority_vote

from ...scoring import SCORES, Line, Run, Score

_ITEMS, _EACH, _PEOPLE = 2000, 3, 40


@SCORES.register
class Inference(Score):
    slug = "inference"
    title = "Truth of items that several people saw"
    why = (
        "Items shown to three of forty of the run's people (of all, where they are fewer), who err by clause as they did in "
        "the run: how often does the inferred answer hold, and how often the majority's (of a tie a part)? Drawn beside the "
        "log, where an item has one."
    )

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        if len(np.unique(run.columns["worker"])) < _EACH:
            return
        items, raters, labels, truth = overlap(run, np.random.default_rng([int(run.told["plan"]["seed"]), 7]))
        classes = len(run.names("clause"))
        found = infer_truth(items, raters, labels, n_classes=classes)
        votes = majority_vote(count_labels(items, labels, n_items=_ITEMS, n_classes=classes))
        # A tie is a guess among those that are tied: to take the first would favour the clause that is first, and common.
        guessed = np.where(votes.is_tied, votes.shares[np.arange(_ITEMS), truth], votes.winner == truth)
        hits = {"inferred answers that are right": found.truth.labels == truth, "of majority votes": guessed}
        for name, is_right in hits.items():
            yield Line(score=cls.slug, name=name, n=_ITEMS, hits=float(is_right.sum()))
        gain = 100 * float(hits["inferred answers that are right"].mean() - hits["of majority votes"].mean())
        yield Line(score=cls.slug, name="inferred over majority", n=1, value=gain, unit=" points", goal="not below 0")


def overlap(run: Run, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Items, people and answers, one row an answer, and each item's true clause.

    Assumes that people err independently given the clause, each with the share of right answers on it that the run had
    (Jeffreys' half a case where she saw few), and take what is wrong for any other clause by its share.
    """
    clauses = len(run.names("clause"))
    worker, clause = run.columns["worker"].astype(np.int64), run.columns["clause"].astype(np.int64)
    people = len(run.told["workers"])
    n, right = (
        np.bincount(worker * clauses + clause, weights=run.columns[name], minlength=people * clauses).reshape(
            -1, clauses
        )
        for name in ("n", "right")
    )
    there = np.flatnonzero(n.sum(axis=1) > 0)
    # A small programme has fewer.
    some = rng.choice(there, min(_PEOPLE, len(there)), replace=False)
    skill = (right[some] + 0.5) / (n[some] + 1)
    share = n.sum(axis=0) / n.sum()
    truth = rng.choice(clauses, _ITEMS, p=share)
    raters = np.argsort(rng.random((_ITEMS, len(some))), axis=1)[:, :_EACH].ravel()
    items = np.repeat(np.arange(_ITEMS), _EACH)
    is_right = rng.random(len(items)) < skill[raters, truth[items]]
    others = np.tile(share, (clauses, 1))
    np.fill_diagonal(others, 0.0)
    edges = np.cumsum(others / others.sum(axis=1, keepdims=True), axis=1)
    wrong = (rng.random((len(items), 1)) >= edges[truth[items], :-1]).sum(axis=1)
    return items, raters, np.where(is_right, truth[items], wrong), truth
