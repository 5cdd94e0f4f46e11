import numpy as np
from django.utils.translation import gettext_lazy as _

from evenkeel.kernel import count_excess
from evenkeel.quality.rules.integrity import (
    Columns,
    Detector,
    Example,
    Judged,
    Measured,
    Parameter,
    coded,
    column,
    detector,
    summed,
)


@detector
class Copying(Detector):
    slug = "copying"
    title = _("Copying from a neighbour")
    why = _(
        "Two people of a site give the same wrong answer to the same items within minutes, far more often than their errors "
        "meet by chance. Right answers agree because they are right; wrong ones have no such reason."
    )
    assumes = _(
        "What is right is what experts said, else what most others said. Errors of two people meet more often than their "
        "shares say because hard items are hard for both: how much more is taken from pairs who could not have copied, and as "
        "much again is tolerated. The smallest of a person's chances counts, times the pairs she was in."
    )
    else_explains = (
        _("Both were trained by the same person, wrongly."),
        _("They talked a case over, as they should."),
        _("The guideline says what most others do not follow."),
    )
    parameters = (
        Parameter(name="times", title=_("Times the usual that is tolerated"), default=2.0),
        Parameter(name="controls", title=_("Fewest shared errors of pairs apart, to know the usual"), default=10),
    )
    table = "pairs"
    evidence = {
        "same_wrong": _("Same wrong answers within minutes"),
        "expected": _("As many were to be expected"),
        "shared": _("Items shared within minutes"),
    }
    # Pairs apart meet in 40 errors where their shares say 20: twice. Ann and Ben meet in 12 where 1 · 2 · 2 are tolerated.
    example = Example(
        rows={
            "worker": ["ann", "cem", "ann", "cem"],
            "neighbour": ["ben", "ben", "cem", "dee"],
            "is_near": [True, True, False, False],
            "n": [50, 50, 1000, 1000],
            "same_wrong": [12, 3, 20, 20],
            "expected": [1.0, 1.0, 10.0, 10.0],
        },
        chances={"ann": 0.0009, "cem": 0.7619},
    )
    measured = Measured(false_looks=0.0, found=0.47)

    @classmethod
    def judge(cls, rows: Columns) -> Judged:
        is_near = np.asarray(rows["is_near"], dtype=bool)
        seen, expected, n = (column(rows, name) for name in ("same_wrong", "expected", "n"))
        workers, who = coded(np.asarray(rows["worker"], dtype=str)[is_near])
        apart, apart_expected = float(seen[~is_near].sum()), float(expected[~is_near].sum())
        if apart < cls.bound("controls") or apart_expected <= 0:
            return Judged(workers=workers, chances=np.full(len(workers), np.nan))
        seen, expected, n = seen[is_near], expected[is_near], n[is_near]
        usual = max(apart / apart_expected, 1.0)
        each = count_excess(seen, expected * usual * cls.bound("times"))
        pairs = summed(who, np.isfinite(each).astype(float), len(workers))
        least = np.full(len(workers), np.inf)
        np.minimum.at(least, who, np.where(np.isnan(each), np.inf, each))
        # The pair that counts: of the least chance, and of those the first.
        order = np.lexsort((-np.arange(len(who)), -each))
        at = np.zeros(len(workers), dtype=np.int64)
        at[who[order]] = order
        chances = np.where(np.isfinite(least), np.minimum(least * pairs, 1.0), np.nan)
        return Judged(
            workers=workers,
            chances=chances,
            evidence={"same_wrong": seen[at], "expected": (expected * usual)[at], "shared": n[at]},
        )
