import numpy as np
from django.utils.translation import gettext_lazy as _

from evenkeel.kernel import mean_excess
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
class LateRush(Detector):
    slug = "late_rush"
    title = _("Rush at the end of the shift")
    why = _(
        "In the last three quarters of an hour of a shift, answers come much sooner than before on the same day, and more so "
        "than everybody's: a target is being met."
    )
    assumes = _(
        "Times are compared within queue and kind of item, and within the day. Everybody's usual change towards the end "
        "(their median) and a further tolerated one are taken off; days are independent."
    )
    else_explains = (
        _("Other items come at that hour."),
        _("Breaks fall into the earlier hours and slow them."),
        _("She leaves hard items for the next shift, as was asked of her."),
    )
    parameters = (
        Parameter(name="faster", title=_("Further speeding up that is tolerated, as a share of time"), default=0.20),
        Parameter(name="late", title=_("Fewest late decisions a day"), default=5),
        Parameter(name="early", title=_("Fewest earlier decisions a day"), default=20),
    )
    table = "shift_ends"
    evidence = {"faster": _("Shorter at the end of the shift than before"), "days": _("Days")}
    # On six days Ann takes a half to two thirds off, Ben nothing, Cem hardly anything; the median is Cem's.
    example = Example(
        rows={
            "worker": ["ann"] * 6 + ["ben"] * 6 + ["cem"] * 6,
            "late_n": [10] * 18,
            "early_n": [60] * 18,
            "change": [-0.9, -1.1, -1.0, -0.8, -1.2, -1.0, *[0.1, -0.1] * 3, *[-0.1, 0.0] * 3],
        },
        chances={"ann": 0.0, "ben": 0.9991, "cem": 0.9999},
    )
    measured = Measured(false_looks=0.0, found=0.98)

    @classmethod
    def judge(cls, rows: Columns) -> Judged:
        is_enough = (column(rows, "late_n") >= cls.bound("late")) & (column(rows, "early_n") >= cls.bound("early"))
        workers, who = coded(np.asarray(rows["worker"], dtype=str)[is_enough])
        change = column(rows, "change")[is_enough]
        days = summed(who, np.ones(len(who)), len(workers))
        means = summed(who, change, len(workers)) / np.maximum(days, 1)
        usual = float(np.median(means)) if len(means) else 0.0
        bound = usual + np.log1p(-cls.bound("faster"))
        chances = mean_excess(who, bound - change, n_people=len(workers))
        return Judged(workers=workers, chances=chances, evidence={"faster": -np.expm1(means), "days": days})
