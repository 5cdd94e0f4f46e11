"""Do the intervals hold what they promise?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from evenkeel.measure import figure

from ...scoring import SCORES, Line, Run, Score

_WEEK = 7


@SCORES.register
class Coverage(Score):
    slug = "coverage"
    title = "Coverage of intervals"
    why = (
        "Each week, each site, team and queue: does the 95 % interval of accuracy hold the share that auditors would have "
        "found had they seen every decision? And does it hold what was really right, auditors' own errors included?"
    )

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        kinds: tuple[Literal["site", "team", "market"], ...] = ("site", "team", "market")
        for kind in kinds:
            held = really = n = 0
            for week in range(run.days // _WEEK):
                since, until = week * _WEEK, (week + 1) * _WEEK
                found = figure(
                    "accuracy", since=run.date_of(since), until=run.date_of(until), programme=run.programme,
                    by="queue" if kind == "market" else kind,
                )  # fmt: skip
                for place, id_ in enumerate(run.ids(kind)):
                    estimate = found.get(id_)
                    if estimate is None or not estimate.has_interval:
                        continue
                    share = run.share_right(run.between(since, until) & (run.place(kind) == place))
                    n += 1
                    held += estimate.low <= run.as_judged(share) <= estimate.high
                    really += estimate.low <= share <= estimate.high
            yield Line(score=cls.slug, name=f"{kind} by week, as judged", n=n, hits=held, goal="0.94 to 0.96")
            yield Line(
                score=cls.slug, name=f"{kind} by week, what was right", n=n, hits=really, goal="uncorrected: below"
            )
