"""Does the watch see what is there, and nothing else?"""

from __future__ import annotations

from collections.abc import Iterator

from evenkeel.measure import Signal

from ...scoring import SCORES, Bools, Line, Planted, Run, Score

# A signal belongs to a fault that began at most so many days after its first flagged day, or ended as many before.
_EARLY, _LATE = 2, 10
# Faults that begin nearer to the end than this are not asked for.
_TIME_TO_SEE = 14
_WEEK = 7


@SCORES.register
class Alarms(Score):
    slug = "alarms"
    title = "Signals"
    why = "Which planted faults raise a signal about their place, after how many days; and how many signals are about nothing."

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        signals = list(
            Signal.objects.filter(programme=run.programme).prefetch_related("members__series").order_by("raised_at")
        )
        faults = [event for event in run.events if event.is_fault and event.from_day <= run.days - _TIME_TO_SEE]
        delays: list[int] = []
        repeats: list[int] = []
        for fault in faults:
            seen = [signal for signal in signals if tells_of(run, signal, fault)]
            if seen:
                delays.append(run.day_of(seen[0].raised_at.date()) - fault.from_day)
                repeats.append(len(seen) - 1)
        yield Line(score=cls.slug, name="faults seen", n=len(faults), hits=len(delays))
        yield Line(score=cls.slug, name="further signals of a fault", n=len(repeats), value=_mean(repeats))
        yield Line(
            score=cls.slug, name="days until seen", n=len(delays), value=_mean(delays), unit=" days",
        )  # fmt: skip
        other = [signal for signal in signals if not any(_is_near(run, signal, event) for event in run.events)]
        weeks = run.days / _WEEK
        yield Line(
            score=cls.slug,
            name="signals about nothing, a week",
            n=1,
            value=len(other) / weeks,
            goal="the budget, within 20 %",
        )


def tells_of(run: Run, signal: Signal, fault: Planted) -> bool:
    """Whether a signal is about a fault: at its time, of a fall, and about a place that holds part of it."""
    if signal.side > 0 or not _is_near(run, signal, fault):
        return False
    here = run.between(fault.from_day, fault.until_day or run.days) & run.mask(fault.where)
    return bool((here & rows_of(run, signal)).any())


def rows_of(run: Run, signal: Signal) -> Bools:
    """The truth's rows of what a signal or an investigation is about."""
    found = run.between(0, run.days)
    for kind, id_ in (("organisation", signal.organisation_id), ("site", signal.site_id), ("team", signal.team_id),
                      ("market", signal.queue_id)):  # fmt: skip
        if id_ is not None:
            found &= run.place(kind) == run.ids(kind).index(id_)  # type: ignore[arg-type]
    return found


def _is_near(run: Run, signal: Signal, event: Planted) -> bool:
    first, last = run.day_of(signal.first_on), run.day_of(signal.last_on)
    return last >= event.from_day - _EARLY and event.is_on(max(first, event.from_day), after=_LATE)


def _mean(values: list[int]) -> float | None:
    return sum(values) / len(values) if values else None
