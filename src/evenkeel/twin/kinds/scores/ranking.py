"""Are vendors and sites ranked by how good they are, and not by what they were given to do?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt

from evenkeel.kernel import kendall_tau
from evenkeel.measure import evaluate

from ...scoring import SCORES, Line, Run, Score

# A rank correlation of fewer places says nothing.
_FEWEST = 3


@SCORES.register
class Ranking(Score):
    slug = "ranking"
    title = "Ranking of vendors and sites"
    why = (
        "Accuracy over the whole run with everybody's mix of clauses (adjusted) and as it is (plain), against each place's "
        "true accuracy on the whole mix: how many pairs stand in the right order, of all and of those the intervals tell apart?"
    )

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        kinds: tuple[Literal["organisation", "site"], ...] = ("organisation", "site")
        for kind in kinds:
            found = evaluate(
                "accuracy", since=run.date_of(0), until=run.date_of(run.days), by=[kind], programme=run.programme,
                adjust="mix", mix_of=["label"],
            )  # fmt: skip
            true = dict(zip(map(str, run.ids(kind)), skill(run, kind), strict=True))
            cells = [cell for cell in found.cells if cell.adjusted is not None and str(cell.values[0]) in true]
            real = [true[str(cell.values[0])] for cell in cells]
            plain = [cell.estimate for cell in cells]
            fair = [cell.adjusted.estimate for cell in cells if cell.adjusted is not None]
            if len(real) >= _FEWEST:
                tau = kendall_tau(real, [each.value for each in fair])
                yield Line(score=cls.slug, name=f"{kind}: rank correlation, adjusted", n=1, value=tau.value)
            for name, said in (("adjusted", fair), ("plain", plain)):
                pairs = list(combinations(range(len(real)), 2))
                right = [bool((said[a].value - said[b].value) * (real[a] - real[b]) > 0) for a, b in pairs]
                yield Line(score=cls.slug, name=f"{kind}: pairs in order, {name}", n=len(pairs), hits=sum(right))
                apart = [
                    is_right for (a, b), is_right in zip(pairs, right, strict=True)
                    if said[a].low > said[b].high or said[b].low > said[a].high
                ]  # fmt: skip
                yield Line(
                    score=cls.slug, name=f"{kind}: pairs told apart, {name}", n=len(apart), hits=sum(apart),
                    goal="at least 0.95",
                )  # fmt: skip


def skill(run: Run, kind: Literal["organisation", "site"]) -> npt.NDArray[np.float64]:
    """Each place's share of right answers, had it everybody's mix of true clauses: sum over clauses of share times accuracy."""
    shape = (len(run.names(kind)), len(run.names("clause")))
    cell = np.ravel_multi_index((run.place(kind), run.columns["clause"].astype(np.int64)), shape)
    n, right = (
        np.bincount(cell, weights=run.columns[name], minlength=shape[0] * shape[1]).reshape(shape)
        for name in ("n", "right")
    )
    done = n > 0
    share = np.where(done, right / np.maximum(n, 1), 0.0)
    weight = np.where(done, n.sum(axis=0), 0.0)
    found: npt.NDArray[np.float64] = (share * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)
    return found
