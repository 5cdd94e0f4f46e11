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
class AlwaysAgreeing(Detector):
    slug = "always_agreeing"
    title = _("Auditors who always agree")
    why = _(
        "An auditor finds far fewer errors than other auditors find in the same plans and queues. Every error that is waved "
        "through makes published accuracy too high."
    )
    assumes = _(
        "Draws are handed to auditors without regard to what is in them. What others find in the same plan and queue is "
        "what was to be found; half of it is tolerated."
    )
    else_explains = (
        _("She audits better people, by the rules of assignment."),
        _("Her audits are in a language in which the work is better."),
        _("Others find errors where there are none."),
    )
    parameters = (
        Parameter(name="share", title=_("Share of the usual findings that is tolerated"), default=0.5),
        Parameter(name="others", title=_("Fewest audits of others in a plan and queue"), default=30),
    )
    table = "findings"
    evidence = {"found": _("Errors found"), "expected": _("Others would have found"), "audits": _("Audits")}
    # Ben and Cem find one in ten; Ann finds one in 300 where thirty were to be found.
    example = Example(
        rows={
            "worker": ["ann", "ben", "cem"],
            "cell": ["q", "q", "q"],
            "n": [300, 300, 300],
            "found": [1, 44, 45],
        },
        chances={"ann": 0.0, "ben": 1.0, "cem": 1.0},
    )
    measured = Measured(false_looks=0.0, found=0.88)

    @classmethod
    def judge(cls, rows: Columns) -> Judged:
        workers, who = coded(rows["worker"])
        cells, at = coded(rows["cell"])
        n, found = column(rows, "n"), column(rows, "found")
        others_n = summed(at, n, len(cells))[at] - n
        others_found = summed(at, found, len(cells))[at] - found
        is_known = others_n >= cls.bound("others")
        expected = np.where(is_known, n * others_found / np.maximum(others_n, 1), 0.0)
        seen = summed(who, np.where(is_known, found, 0.0), len(workers))
        total = summed(who, expected, len(workers))
        chances = count_excess(seen, total * cls.bound("share"), below=True)
        audits = summed(who, np.where(is_known, n, 0.0), len(workers))
        return Judged(workers=workers, chances=chances, evidence={"found": seen, "expected": total, "audits": audits})
