"""A change becomes one signal, with an owner; it is told once, and ends with what it was."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.ground.events import on
from evenkeel.kernel import WeightedParts, weighted_rate, wilson
from evenkeel.measure import Signal, acknowledge, dated_by, dispose, roll_up, watch
from evenkeel.measure.models import Disposition, Series
from evenkeel.measure.queries.watching import target_names, watched
from evenkeel.measure.rules.watching import (
    BASELINE_POINTS,
    Watched,
    chances,
    difference,
    discoveries,
    runs,
    watch_parts,
)
from evenkeel.people.notices import notices_of
from evenkeel.work.tests import factories

from .floor import Floor, day

FIRST = date(2026, 1, 1)
SYSTEM = factories.SYSTEM


def parts(right: int, n: int) -> WeightedParts:
    return WeightedParts.of([1.0] * right + [0.0] * (n - right), weights=[4.0] * n)


def charted(shares: list[float], *, n: int = 100, until: date | None = None) -> Watched:
    days = [(FIRST + timedelta(days=place), parts(round(share * n), n)) for place, share in enumerate(shares)]
    return watch_parts(days, estimate=weighted_rate, baseline_from_on=FIRST, baseline_until_on=until)


# ---------------------------------------------------------------- rules


def test_a_fall_after_the_baseline_is_one_run() -> None:
    steady = [0.95, 0.93, 0.96, 0.94, 0.95, 0.92, 0.96] * 3
    found = runs(charted([*steady, 0.7, 0.72, 0.69]))
    # Beyond the limits from the first day on, so the moving average adds nothing to it.
    assert [(run.side, run.first, run.last) for run in found] == [(-1, 21, 23)]
    assert found[0].rule == "beyond_limits"
    assert found[0].p < 1e-5


def test_a_steady_series_has_no_run() -> None:
    assert runs(charted([0.95, 0.93, 0.96, 0.94, 0.95, 0.92, 0.96] * 6)) == []


def test_no_alarm_before_the_baseline_is_long_enough() -> None:
    short = charted([0.95, 0.93, 0.96, 0.94, 0.95, 0.5])
    assert not short.is_ready
    assert runs(short) == []
    assert short.missing == BASELINE_POINTS["day"] - 6


def test_days_are_put_into_weeks_where_errors_are_rare() -> None:
    weekly = charted([1.0, 1.0, 0.9, 1.0, 1.0, 1.0, 1.0] * 10, n=10)
    assert weekly.grain == "week"
    assert len(weekly.readings) == 11
    assert all(reading.day.weekday() == 0 for reading in weekly.readings)
    # The days before the first Monday lie in the first week.
    assert weekly.readings[0].day == date(2025, 12, 29)


def test_a_frozen_baseline_stays_where_it_was() -> None:
    steady = [0.95, 0.93, 0.96, 0.94, 0.95, 0.92, 0.96] * 3
    until = FIRST + timedelta(days=14)
    frozen = charted([*steady, *[0.7] * 40], until=until)
    assert frozen.baseline == 14
    assert frozen.chart is not None
    assert float(frozen.chart.centre[0]) == pytest.approx(sum(steady[:14]) / 14, abs=1e-3)


def test_points_of_a_few_audits_are_left_out() -> None:
    lone = [(FIRST + timedelta(days=7 * week), parts(2, 2)) for week in range(20)]
    found = watch_parts(lone, estimate=weighted_rate, baseline_from_on=FIRST, baseline_until_on=None)
    assert (found.readings, found.chart) == ((), None)


def test_chance_is_small_far_out_and_one_without_data() -> None:
    found = charted([0.95, 0.93, 0.96, 0.94, 0.95, 0.92, 0.96] * 2 + [0.95, 0.5])
    assert chances(found)[14] > 0.05
    assert chances(found)[15] < 1e-4
    assert chances(charted([])) == []


def test_among_many_charts_a_lone_three_sigma_point_does_not_stand() -> None:
    crowd = {f"series {number}": 0.02 + number / 100 for number in range(90)}
    assert discoveries({**crowd, "one": 0.0027}) == set()
    assert discoveries({"one": 0.0027}) == {"one"}
    assert discoveries({**crowd, "one": 1e-6}) == {"one"}
    assert discoveries({}) == set()


def test_the_difference_of_two_shares_has_newcombes_interval() -> None:
    # Newcombe (1998) Statistics in Medicine 17, table II, method 10: 56/70 - 48/80 is .2000 (.0524, .3339).
    found = difference(wilson(48, 80), wilson(56, 70))
    assert (round(found.value, 4), round(found.low, 4), round(found.high, 4)) == (0.2, 0.0524, 0.3339)


# ---------------------------------------------------------------- the job


@pytest.fixture
def told() -> list[object]:
    heard: list[object] = []

    @on("signal.raised")
    def hear(signal_id: object) -> None:
        heard.append(signal_id)

    return heard


def history(floor: Floor, days: int, *, falls_from: int | None = None, falls_in: int = 0) -> None:
    """A history of audits day by day; from some day on one team is right less often."""
    luck = random.Random(7)
    for number in range(days):
        audits = []
        for worker in range(4):
            is_low = falls_from is not None and number >= falls_from and worker % 2 == falls_in
            audits += [
                floor.audit(
                    worker,
                    is_right=luck.random() < (0.55 if is_low else 0.92),
                    pi=0.25,
                    at=day(number),
                    queue=(worker // 2) % 2,
                )
                for _audit in range(20)
            ]
        floor.write(audits=audits, now=day(number) + timedelta(hours=8))
    roll_up(now=day(days))


def test_a_fall_is_told_once_of_the_team_that_fell(
    floor: Floor, told: list[object], django_capture_on_commit_callbacks: object
) -> None:
    owner = factories.make_person("quality_manager")
    floor.programme.owner = owner
    floor.programme.save()
    history(floor, 24, falls_from=20, falls_in=1)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        watch(now=day(24))
    signal = Signal.objects.get()
    assert (signal.series.kind, signal.side) == ("organisation", -1)
    assert signal.organisation_id == floor.vendor.id
    assert signal.first_on == day(20).date()
    assert signal.change["high"] < 0
    assert signal.owner_id == owner.id
    assert told == [signal.id]
    assert [str(notice.title) for notice in notices_of(owner)] == [f"Accuracy fell: {signal.where_name}"]
    # The programme shows the same fall, and was not told of apart.
    assert "Programme" in signal.also_in
    watch(now=day(24))
    watch(now=day(25))
    assert Signal.objects.count() == 1


def test_an_answer_that_everybody_gets_wrong_has_a_signal_of_its_own(floor: Floor) -> None:
    luck = random.Random(5)
    for number in range(24):
        audits = [
            floor.audit(
                audit % 4, is_right=luck.random() < (0.3 if number >= 20 and audit < 16 else 0.92),
                label="Yes" if audit < 16 else "No", pi=0.25, at=day(number), queue=audit % 2,
            )
            for audit in range(120)
        ]  # fmt: skip
        floor.write(audits=audits, now=day(number) + timedelta(hours=8))
    roll_up(now=day(24))
    watch(now=day(24))
    signal = Signal.objects.get(label="Yes")
    assert (signal.series.kind, signal.side, signal.first_on) == ("label", -1, day(20).date())
    assert signal.where_name == target_names({("label", signal.series.target_id)})["label", signal.series.target_id]
    # The answers that are as they were have charts and no signal.
    assert Series.objects.get(kind="label", label="No").signals.count() == 0
    said = watched(signal.series, today=day(24).date(), rate=signal.rate)
    assert said.readings[-1].estimate.n == 16
    assert dated_by(signal, until=day(24).date()).latest <= day(22).date()


def test_a_quiet_history_raises_nothing(floor: Floor) -> None:
    history(floor, 30)
    watch(now=day(30))
    assert not Signal.objects.exists()
    kinds = sorted(Series.objects.values_list("kind", flat=True))
    # Each organisation has one site with one team: these would tell the same story again.
    assert kinds == ["organisation", "organisation", "programme", "queue", "queue"]
    assert Series.objects.get(kind="programme").baseline_until_on == day(14).date()


def test_what_was_noise_is_not_told_again_but_a_new_fall_is(floor: Floor) -> None:
    manager = factories.make_person("quality_manager")
    history(floor, 24, falls_from=20, falls_in=1)
    watch(now=day(24))
    dispose(factories.as_actor(manager), signal=Signal.objects.get(), kind="noise", reason="One bad week.", now=day(24))
    watch(now=day(24))
    assert Signal.objects.count() == 1
    luck = random.Random(3)
    for number in range(24, 45):
        right = 0.92 if number < 42 else 0.4
        floor.write(
            audits=[
                floor.audit(worker, is_right=luck.random() < right, pi=0.25, at=day(number), queue=worker // 2)
                for worker in range(4)
                for _audit in range(20)
            ],
            now=day(number),
        )
    roll_up(now=day(45))
    watch(now=day(45))
    latest = Signal.objects.order_by("-raised_at")[0]
    assert latest.raised_at == day(45)
    assert latest.first_on >= day(41).date()


def test_a_known_change_starts_a_new_baseline(floor: Floor) -> None:
    manager = factories.make_person("quality_manager")
    history(floor, 40, falls_from=20, falls_in=1)
    watch(now=day(24))
    signal = Signal.objects.select_related("series").get()
    dispose(factories.as_actor(manager), signal=signal, kind="known_change", reason="New guideline.", now=day(24))
    series = Series.objects.get(pk=signal.series_id)
    assert (series.baseline_from_on, series.baseline_until_on) == (signal.first_on, None)
    found = watched(series, today=day(40).date())
    assert found.chart is not None
    assert found.chart.centre[0] < 0.7
    assert runs(found) == []


# ---------------------------------------------------------------- acts


@pytest.fixture
def signal(floor: Floor) -> Signal:
    history(floor, 24, falls_from=20, falls_in=1)
    watch(now=day(24))
    return Signal.objects.get()


def test_whoever_takes_a_signal_on_owns_it(signal: Signal) -> None:
    manager = factories.make_person("quality_manager")
    actor = factories.as_actor(manager)
    acknowledge(actor, signal=signal, now=day(24))
    signal.refresh_from_db()
    assert signal.owner_id == manager.id
    with pytest.raises(NotNow):
        acknowledge(actor, signal=signal, now=day(24))


def test_a_signal_is_closed_once_with_a_reason(signal: Signal) -> None:
    actor = factories.as_actor(factories.make_person("quality_manager"))
    with pytest.raises(Invalid):
        dispose(actor, signal=signal, kind="noise", reason="  ", now=day(24))
    with pytest.raises(Invalid):
        dispose(actor, signal=signal, kind="whatever", reason="Because.", now=day(24))
    dispose(actor, signal=signal, kind="real", reason="A new team started.", now=day(24))
    with pytest.raises(NotNow):
        dispose(actor, signal=signal, kind="real", reason="Again.", now=day(24))
    assert Disposition.objects.count() == 1


def test_who_may_act_on_a_signal(signal: Signal, floor: Floor) -> None:
    for person in (
        factories.make_person("data_scientist"),
        factories.make_person("qa_specialist"),
        factories.make_person("quality_manager", factories.make_vendor("Stranger")),
    ):
        with pytest.raises(Refused):
            acknowledge(factories.as_actor(person), signal=signal, now=day(24))
    own = factories.make_person("quality_manager", floor.vendor)
    acknowledge(factories.as_actor(own), signal=signal, now=day(24))
