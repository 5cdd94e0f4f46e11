"""Does the watch see what is there, and nothing else?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, time

from evenkeel.measure import Signal, began_on, promised_a_week

from ...scoring import SCORES, Bools, Line, Planted, Run, Score

# A signal belongs to a change that began at most so many days after its first flagged day, or ended as many before.
_EARLY, _LATE = 2, 10
# Changes that begin nearer to the end than this are not asked for.
_TIME_TO_SEE = 14
_WEEK = 7
# What holds less of the work of a signal's place cannot have moved it.
_PART = 0.02
# What carries less of a fall is not what it is about, however near: another clause, a small market.
_CARRIED = 0.2
_BEFORE = 28
# Planted, and no fault: other work, of which accuracy may rise or fall.
MIXES = {"mix_shift", "spam_campaign"}
# Planted, and no reason for accuracy to move.
STILL = {"action_idle", "gold_leak", "model_regression", "tool_latency"}


@SCORES.register
class Alarms(Score):
    slug = "alarms"
    title = "Signals"
    why = (
        "Which planted faults raise a signal about their place, after how many days, by kind; and how many signals a week are "
        "about nothing, beside what the budget allows."
    )

    @classmethod
    def lines(cls, run: Run) -> Iterator[Line]:
        signals = signals_of(run)
        faults = [event for event in run.events if event.is_fault and event.from_day <= run.days - _TIME_TO_SEE]
        delays: defaultdict[str, list[int]] = defaultdict(list)
        sought: defaultdict[str, int] = defaultdict(int)
        repeats: list[int] = []
        for fault in faults:
            seen = [signal for signal in signals if tells_of(run, signal, fault)]
            sought[fault.kind] += 1
            if seen:
                delays[fault.kind].append(max(run.day_of(seen[0].raised_at.date()) - fault.from_day, 0))
                repeats.append(len(seen) - 1)
        every = [days for some in delays.values() for days in some]
        yield Line(score=cls.slug, name="faults seen", n=len(faults), hits=len(every))
        for kind, n in sorted(sought.items()):
            yield Line(score=cls.slug, name=f"seen: {kind}", n=n, hits=len(delays[kind]))
        yield Line(score=cls.slug, name="days until seen", n=len(every), value=_mean(every), unit=" days")
        for kind, some in sorted(delays.items()):
            yield Line(score=cls.slug, name=f"days until seen: {kind}", n=len(some), value=_mean(some), unit=" days")
        yield Line(score=cls.slug, name="further signals of a fault", n=len(repeats), value=_mean(repeats))
        yield from _about_nothing(run, signals)


def _about_nothing(run: Run, signals: list[Signal]) -> Iterator[Line]:
    end = datetime.combine(run.date_of(run.days), time(), UTC)
    promised, since = promised_a_week(run.programme, now=end)
    if since is None or not promised:
        return
    weeks = (run.days - run.day_of(since)) / _WEEK
    others = [signal for signal in signals if not any(is_about(run, signal, event) for event in run.events)]
    a_week = len(others) / weeks
    yield Line(score="alarms", name="signals a week", n=1, value=len(signals) / weeks)
    yield Line(score="alarms", name="signals about nothing, a week", n=1, value=a_week)
    yield Line(score="alarms", name="what the budget allows, a week", n=1, value=promised)
    yield Line(score="alarms", name="about nothing, of the budget", n=1, value=a_week / promised, goal="0.8 to 1.2")


def signals_of(run: Run) -> list[Signal]:
    """The run's signals, in the order in which they were raised."""
    rows = Signal.objects.filter(programme=run.programme).prefetch_related("members__series")
    return list(rows.order_by("raised_at"))


def tells_of(run: Run, signal: Signal, fault: Planted) -> bool:
    """Whether a signal is about a fault: a fall at its time, of which the fault carries a part."""
    return signal.side < 0 and fault.is_fault and is_about(run, signal, fault)


def rows_of(run: Run, signal: Signal) -> Bools:
    """The truth's rows of what a signal or an investigation is about."""
    where = {}
    for kind, id_ in (("organisation", signal.organisation_id), ("site", signal.site_id), ("team", signal.team_id),
                      ("market", signal.queue_id)):  # fmt: skip
        if id_ is not None:
            where[kind] = run.names(kind)[run.ids(kind).index(id_)]
    if signal.label is not None:
        where["clause"] = signal.label
    return run.mask(where)


def is_about(run: Run, signal: Signal, event: Planted) -> bool:
    """Whether a planted change can be what moved it: a fault that carries its fall, another mix, or the end of something."""
    if event.kind in STILL or not (_is_near(run, signal, event) and _is_here(run, signal, event)):
        return False
    return signal.side > 0 or event.kind in MIXES or (event.is_fault and _carries(run, signal, event))


def _carries(run: Run, signal: Signal, fault: Planted) -> bool:
    """Whether the errors to be expected of the fault's cell more than before it are a part of what the signal tells of.

    In points of the signal's place, over the fault's days from when the signal says that it began until it was raised.
    """
    began, raised = run.day_of(began_on(signal)[0]), run.day_of(signal.raised_at.date())
    days = run.between(max(min(began, run.day_of(signal.first_on)), fault.from_day), raised + 1)
    place = rows_of(run, signal)
    cell = place & run.mask(fault.blames)
    before = cell & run.between(fault.from_day - _BEFORE, fault.from_day)
    n = run.columns["n"]
    share = float(n[cell & days].sum()) / max(float(n[place & days].sum()), 1.0)
    worse = run.as_judged(run.share_hoped(before)) - run.as_judged(run.share_hoped(cell & days))
    return bool(share * worse >= _CARRIED * abs(float(signal.change["value"])))


def _is_here(run: Run, signal: Signal, event: Planted) -> bool:
    place = rows_of(run, signal)
    n = run.columns["n"]
    # A change of mix moves every clause of its market.
    where = {name: value for name, value in event.blames.items() if event.is_fault or name != "clause"}
    return float(n[place & run.mask(where)].sum()) >= _PART * float(n[place].sum())


def _is_near(run: Run, signal: Signal, event: Planted) -> bool:
    first, last = run.day_of(signal.first_on), run.day_of(signal.last_on)
    return last >= event.from_day - _EARLY and event.is_on(max(first, event.from_day), after=_LATE)


def _mean(values: list[int]) -> float | None:
    return sum(values) / len(values) if values else None
