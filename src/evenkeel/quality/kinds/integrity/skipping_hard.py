import numpy as np
from django.utils.translation import gettext_lazy as _

from evenkeel.kernel import odds_excess, others_odds
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
class SkippingHard(Detector):
    slug = "skipping_hard"
    title = _("Skipping the hard ones")
    why = _(
        "Among what somebody skips or gives back are far more items that take long than among what she decides, more so than "
        "with everybody: hard work is left to others."
    )
    assumes = _(
        "An item is hard when whoever decided it took half again as long as she usually does in that queue. Odds of being hard "
        "among the skipped against the decided, as many times as all others' in common, and twice that is tolerated; exact "
        "given the counts."
    )
    else_explains = (
        _("She was told to leave a language or a topic to others."),
        _("Exposure to difficult content is being kept low, as it should be."),
        _("What she skips was broken, and took whoever decided it long for that."),
    )
    parameters = (
        Parameter(name="times", title=_("Times everybody's odds that is tolerated"), default=2.0),
        Parameter(name="skips", title=_("Fewest skipped items"), default=15),
        Parameter(name="decided", title=_("Fewest decided items"), default=100),
    )
    table = "skips"
    evidence = {
        "skipped_hard": _("Hard among the skipped"),
        "decided_hard": _("Hard among the decided"),
        "skips": _("Skipped"),
    }
    # A quarter of everybody's work is hard, and a third of what is skipped; of Ann's skipped items 27 of 30 are.
    example = Example(
        rows={
            "worker": ["ann", "ben", "cem", "dee"],
            "skips": [30, 30, 30, 30],
            "skipped_hard": [27, 10, 10, 10],
            "decided": [400, 400, 400, 400],
            "decided_hard": [100, 100, 100, 100],
        },
        chances={"ann": 0.0, "ben": 1.0, "cem": 1.0, "dee": 1.0},
    )
    measured = Measured(false_looks=0.02, found=0.73)

    @classmethod
    def judge(cls, rows: Columns) -> Judged:
        workers, who = coded(rows["worker"])
        skips, skipped_hard, decided, decided_hard = (
            summed(who, column(rows, name), len(workers))
            for name in ("skips", "skipped_hard", "decided", "decided_hard")
        )
        is_enough = (skips >= cls.bound("skips")) & (decided >= cls.bound("decided"))
        tables = tuple(np.where(is_enough, each, 0.0) for each in (skipped_hard, skips, decided_hard, decided))
        usual = np.maximum(others_odds(*tables), 1.0) * cls.bound("times")
        chances = odds_excess(*tables, odds=usual)
        with np.errstate(invalid="ignore", divide="ignore"):
            shares = {"skipped_hard": skipped_hard / skips, "decided_hard": decided_hard / decided}
        return Judged(workers=workers, chances=chances, evidence={**shares, "skips": skips})
