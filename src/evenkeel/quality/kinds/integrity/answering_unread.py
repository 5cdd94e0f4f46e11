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
class AnsweringUnread(Detector):
    slug = "answering_unread"
    title = _("Answering without looking")
    why = _(
        "Answers that came sooner than the item's text can be read: active time on the item against its length at the "
        "speed of somebody who skims. What is wrong is easily seen at times; a large share of such answers is not."
    )
    assumes = _(
        "Days are independent; the time was measured at our desk. Items without text are left out, and of a long text only "
        "its beginning counts. An ordinary person, however fast, stays below the tolerated share."
    )
    else_explains = (
        _("The same items came again and were known."),
        _("The text is a template of which one word matters."),
        _("A suggested label was shown and agreed to."),
        _("The desk's clock ran on another item."),
    )
    parameters = (
        Parameter(name="share", title=_("Share of such answers that is tolerated"), default=0.10),
        Parameter(name="decisions", title=_("Fewest decisions to judge by"), default=50),
    )
    table = "readings"
    evidence = {
        "share": _("Share answered sooner than read"), "decisions": _("Decisions"), "days": _("Days")
    }  # fmt: skip
    # Ann answers 9 to 11 of 20 unread on each of six days, Ben 1 or 2: against a tolerated 2.
    example = Example(
        rows={
            "worker": ["ann"] * 6 + ["ben"] * 6,
            "n": [20] * 12,
            "unread": [9, 10, 11, 10, 9, 11, 1, 2, 1, 2, 1, 2],
        },
        chances={"ann": 0.0, "ben": 0.9622},
    )
    measured = Measured(false_looks=0.54, found=1.0)

    @classmethod
    def judge(cls, rows: Columns) -> Judged:
        workers, who = coded(rows["worker"])
        n, unread = column(rows, "n"), column(rows, "unread")
        chances = mean_excess(who, unread - cls.bound("share") * n, n_people=len(workers))
        every = summed(who, n, len(workers))
        chances[every < cls.bound("decisions")] = float("nan")
        return Judged(
            workers=workers,
            chances=chances,
            evidence={
                "share": summed(who, unread, len(workers)) / every,
                "decisions": every,
                "days": summed(who, (n > 0).astype(float), len(workers)),
            },
        )
