"""Is the headline unbiased?"""

from __future__ import annotations

from collections.abc import Iterator

from evenkeel.ground.log import all_facts, connect, read
from evenkeel.measure import figure

from ...scoring import SCORES, Line, Run, Score


@SCORES.register
class Headline(Score):
    slug = "headline"
    title = "The headline figure"
    why = (
        "Accuracy over the whole run against what auditors would have found in everything: audits aimed at rare answers and "
        "new people must not move it. Beside it, what the share of right audits would be off by if nobody remembered the odds."
    )

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        said = figure("accuracy", since=run.date_of(0), until=run.date_of(run.days), programme=run.programme)
        aim = run.as_judged(run.share_right(run.between(0, run.days)))
        yield Line(
            score=cls.slug, name="error of the whole run", n=1, value=100 * (said.value - aim), unit=" points",
            goal="mean below 0.1",
        )  # fmt: skip
        yield Line(
            score=cls.slug, name="half width of its interval", n=1, value=50 * (said.high - said.low), unit=" points"
        )
        yield Line(
            score=cls.slug, name="error of a plain share", n=1, value=100 * (_plain_share(run) - aim), unit=" points"
        )


def _plain_share(run: Run) -> float:
    """The share of audits that found the decision right, every audit alike."""
    connection = connect()
    rows = read(all_facts()["audits"], connection=connection)
    rows = rows.filter(rows.programme_id == str(run.programme))
    right = rows.is_right.cast("int64") * rows.sign
    found = connection.to_pyarrow(rows.aggregate(n=rows.sign.sum(), right=right.sum())).to_pylist()[0]
    return float(found["right"] / found["n"]) if found["n"] else float("nan")
