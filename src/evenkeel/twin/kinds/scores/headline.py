"""Is the headline unbiased?"""

from __future__ import annotations

from collections.abc import Iterator

from evenkeel.measure import figure

from ...scoring import SCORES, Line, Run, Score


@SCORES.register
class Headline(Score):
    slug = "headline"
    title = "The headline figure"
    why = "Accuracy over the whole run against what auditors would have found in everything: targeted audits must not move it."

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        said = figure("accuracy", since=run.date_of(0), until=run.date_of(run.days), programme=run.programme)
        share = run.share_right(run.between(0, run.days))
        error = 100 * (said.value - run.as_judged(share))
        yield Line(
            score=cls.slug, name="error of the whole run", n=1, value=error, unit=" points", goal="mean below 0.1"
        )
        yield Line(
            score=cls.slug, name="half width of its interval", n=1, value=50 * (said.high - said.low), unit=" points"
        )
