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
class GoldRecognition(Detector):
    slug = "gold_recognition"
    title = _("Golden items that are recognised")
    why = _(
        "Somebody is right on golden items far more often than on ordinary work that is audited, more so than everybody: the "
        "golden items are known, and the figures made from them are worth nothing. It may be the item's fault."
    )
    assumes = _(
        "Odds of being right on golden items against audited ones, as many times as all others' in common, and twice that is "
        "tolerated; exact given the counts. The time taken is shown beside it and judges nothing."
    )
    else_explains = (
        _("Golden items were taken from what she does best."),
        _("Golden items leaked: then many people stand here."),
        _("Her audits were aimed at what is hard."),
    )
    parameters = (
        Parameter(name="times", title=_("Times everybody's odds that is tolerated"), default=2.0),
        Parameter(name="golds", title=_("Fewest golden items"), default=20),
        Parameter(name="audits", title=_("Fewest audits"), default=20),
    )
    table = "golds"
    evidence = {
        "gold_share": _("Right on golden items"),
        "audit_share": _("Right on audited work"),
        "golds": _("Golden items"),
        "audits": _("Audits"),
        "slower": _("Time on golden items, longer than usual by"),
    }
    # The others are about as good on either; Ann is right on 60 of 60 golden items and on 40 of 60 audited ones.
    example = Example(
        rows={
            "worker": ["ann", "ben", "cem", "dee"],
            "golds": [60, 60, 60, 60],
            "gold_right": [60, 51, 51, 50],
            "audits": [60, 60, 60, 60],
            "audit_right": [40, 50, 51, 50],
            "slower": [0.4, 0.0, np.nan, 0.1],
        },
        chances={"ann": 0.0001, "ben": 0.9982, "cem": 0.9992, "dee": 0.9996},
    )
    measured = Measured(false_looks=0.0, found=0.31)

    @classmethod
    def judge(cls, rows: Columns) -> Judged:
        workers, who = coded(rows["worker"])
        golds, gold_right, audits, audit_right = (
            summed(who, column(rows, name), len(workers)) for name in ("golds", "gold_right", "audits", "audit_right")
        )
        is_enough = (golds >= cls.bound("golds")) & (audits >= cls.bound("audits"))
        tables = tuple(np.where(is_enough, each, 0.0) for each in (gold_right, golds, audit_right, audits))
        usual = np.maximum(others_odds(*tables), 1.0) * cls.bound("times")
        chances = odds_excess(*tables, odds=usual)
        slower = np.full(len(workers), np.nan)
        slower[who] = column(rows, "slower")
        with np.errstate(invalid="ignore", divide="ignore"):
            shares = {"gold_share": gold_right / golds, "audit_share": audit_right / audits}
        return Judged(
            workers=workers,
            chances=chances,
            evidence={**shares, "golds": golds, "audits": audits, "slower": slower},
        )
