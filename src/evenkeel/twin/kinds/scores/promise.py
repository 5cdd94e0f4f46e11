"""What was promised: how much is decided in time, and how surely a place below its target is known to be."""

from __future__ import annotations

from collections.abc import Iterator

from evenkeel.measure import TargetHere, figure, targets

from ...scoring import SCORES, Line, Run, Score

_WEEK = 7


@SCORES.register
class Promise(Score):
    slug = "promise"
    title = "What was promised"
    why = (
        "Where items come in by their own clock: the share decided within what was promised. Where the programme has a target "
        "of accuracy: how many weeks of sites are called missed, of those that auditors of everything would call so, and how "
        "many of those called missed are not."
    )

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        if run.told["plan"]["arrivals"]["items_a_day"]:
            said = figure("within_target", since=run.date_of(0), until=run.date_of(run.days), programme=run.programme)
            if said.is_known:
                yield Line(score=cls.slug, name="decided in time", n=1, value=100 * said.value, unit=" %")
        held = [each for each in targets(metric="accuracy") if each.kind == "programme"]
        if held:
            yield from _missed(run, held[0])


def _missed(run: Run, target: TargetHere) -> Iterator[Line]:
    weeks = below = called = missed = false = 0
    for week in range(run.days // _WEEK):
        since, until = week * _WEEK, (week + 1) * _WEEK
        found = figure(
            "accuracy", since=run.date_of(since), until=run.date_of(until), programme=run.programme, by="site"
        )
        days = run.between(since, until)
        for place, id_ in enumerate(run.ids("site")):
            estimate = found.get(id_)
            if estimate is None:
                continue
            is_below = run.as_judged(run.share_hoped(days & (run.place("site") == place))) < target.value
            is_called = target.standing(estimate).state == "missed"
            weeks, below, called = weeks + 1, below + is_below, called + is_called
            missed, false = missed + (is_below and is_called), false + (is_called and not is_below)
    yield Line(score=Promise.slug, name="weeks of a site called below target", n=weeks, hits=called)
    yield Line(score=Promise.slug, name="of those below it, called so", n=below, hits=missed)
    yield Line(score=Promise.slug, name="of those called so, not below it", n=called, hits=false)
