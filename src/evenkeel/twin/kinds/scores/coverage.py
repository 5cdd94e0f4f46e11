"""Do the intervals hold what they promise?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from evenkeel.measure import figure

from ...scoring import SCORES, Line, Run, Score

_WEEK = 7
_GOAL = "0.94 to 0.96"


@SCORES.register
class Coverage(Score):
    slug = "coverage"
    title = "Coverage of intervals"
    why = (
        "Each week, each site, team and queue: does the published 95 % interval of accuracy hold what was to be expected of "
        "how people decided there, as auditors would judge it? Does the one for exactly these decisions hold what auditors "
        "would have found in all of them? And what was really right, auditors' own errors included?"
    )

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        kinds: tuple[Literal["site", "team", "market"], ...] = ("site", "team", "market")
        for kind in kinds:
            hoped = held = wide = really = n = 0
            for week in range(run.days // _WEEK):
                since, until = week * _WEEK, (week + 1) * _WEEK
                process, these = (
                    figure(
                        "accuracy", since=run.date_of(since), until=run.date_of(until), programme=run.programme,
                        by="queue" if kind == "market" else kind, aim=aim,
                    )
                    for aim in ("process", "these")
                )  # fmt: skip
                days = run.between(since, until)
                for place, id_ in enumerate(run.ids(kind)):
                    estimate = process.get(id_)
                    if estimate is None or not estimate.has_interval:
                        continue
                    exact, rows = these[id_], days & (run.place(kind) == place)
                    share, hope = run.share_right(rows), run.as_judged(run.share_hoped(rows))
                    n += 1
                    hoped += estimate.low <= hope <= estimate.high
                    held += exact.low <= run.as_judged(share) <= exact.high
                    wide += estimate.low <= run.as_judged(share) <= estimate.high
                    really += exact.low <= share <= exact.high
            yield Line(score=cls.slug, name=f"{kind} by week, how they decide", n=n, hits=hoped, goal=_GOAL)
            yield Line(score=cls.slug, name=f"{kind} by week, these decisions", n=n, hits=held, goal=_GOAL)
            for name, hits, said in (
                ("published on these decisions", wide, "wider than needed: above"),
                ("what was right", really, "uncorrected: below"),
            ):
                yield Line(score=cls.slug, name=f"{kind} by week, {name}", n=n, hits=hits, goal=said)
