"""Signals by plain values: limits from a budget, changes that are one, doubtful data, quiet hours, messages."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from evenkeel.measure.rules.budgets import Kept, Share, rates
from evenkeel.measure.rules.candidates import candidates
from evenkeel.measure.rules.doubts import doubts_of
from evenkeel.measure.rules.engine import Course, chart_of, judge, rounded, runs_of
from evenkeel.measure.rules.grouping import Seen, grouped, tie_of
from evenkeel.measure.rules.live import Moment, same_hour
from evenkeel.measure.rules.messages import Told, payload
from evenkeel.measure.rules.quiet import leaves_at
from evenkeel.measure.rules.watchlist import Line, Spot, Watchlist

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 30, 14, 2, tzinfo=UTC)
PROGRAMME, QUEUE, OTHER_QUEUE, VENDOR, OTHER, SITE, SISTER, TEAM, MATE, FAR = (UUID(int=n) for n in range(1, 11))


# ---------------------------------------------------------------- the engine


def made_up(series: int, points: int, *, seed: int, rho: float = 0.002) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    n = np.round(rng.uniform(200, 3600, (series, 1)) * rng.uniform(0.8, 1.2, (series, points)))
    p = rng.beta(0.05 * (1 / rho - 1), 0.95 * (1 / rho - 1), n.shape)
    return rng.binomial(n.astype(int), p) / n, n


def test_a_series_among_others_is_judged_as_if_it_were_alone() -> None:
    from evenkeel.kernel import alarm_chances, alarms

    values, sizes = made_up(2, 60, seed=5)
    values[1, 50:] += 0.05
    courses = [
        Course(key=n, values=values[n][: 60 - n], sizes=sizes[n][: 60 - n], baseline=35 + 5 * n, rate=2.5 / 1400)
        for n in range(2)
    ]
    together = judge(courses)
    for course in courses:
        chart = chart_of(course)
        said = alarms(chart, false_alarms=rounded(course.rate))
        alone = runs_of(chart, said, baseline=course.baseline, by_chance=alarm_chances(chart, said))
        assert [(run.side, run.first, run.last) for run in together.get(course.key, [])] == [
            (run.side, run.first, run.last) for run in alone
        ]
    assert any(run.side == 1 and run.first == 50 for run in together[1])


def test_figures_without_a_sample_size_have_a_chart_of_their_own() -> None:
    usual = np.tile([100.0, 104.0, 97.0, 101.0, 99.0], 6)
    course = Course(key="backlog", values=np.append(usual, [102.0, 180.0]), sizes=None, baseline=30, rate=0.002)
    assert [(run.side, run.first) for run in judge([course])["backlog"]] == [(1, 31)]


def test_the_budget_is_kept_within_a_fifth_while_nothing_changes() -> None:
    days, baseline, series = 240, 84, 400
    values, sizes = made_up(series, baseline + days, seed=21)
    owners = [UUID(int=n + 1) for n in range(2)]
    allowed = rates(
        [Share(key=n, grain="day", organisation_id=None, owner_id=owners[n % 2]) for n in range(series)],
        organisations={None: 6.0},
        people=dict.fromkeys(owners, 2.5),
    )
    raised = promised = 0.0
    for first in range(baseline, baseline + days, 60):
        columns = [*range(baseline), *range(first, first + 60)]
        courses = [
            Course(key=n, values=values[n][columns], sizes=sizes[n][columns], baseline=baseline, rate=allowed[n])
            for n in range(series)
        ]
        promised += sum(rounded(course.rate) * 60 for course in courses)
        raised += sum(len(runs) for runs in judge(courses).values())
    # Either owner's budget of 2.5 binds before the organisation's 6.
    assert promised == pytest.approx(5 * days / 7, rel=0.05)
    assert raised / promised == pytest.approx(1, abs=0.2)


# ---------------------------------------------------------------- budgets and the list


def test_a_small_install_is_no_laxer_than_a_textbook_chart() -> None:
    found = rates([Share(key="one", grain="day", organisation_id=None, owner_id=None)])
    assert found["one"] == 1 / 200


def test_the_smaller_of_two_budgets_binds() -> None:
    she, he = UUID(int=1), UUID(int=2)
    shares = [Share(key=n, grain="day", organisation_id=None, owner_id=(she, he)[n % 2]) for n in range(400)]
    found = rates(shares, organisations={None: 6.0}, people={she: 2.0, he: 9.0})
    assert (found[0], found[1]) == pytest.approx((2 / 200 / 7, 6 / 400 / 7))


def test_a_week_of_the_budget_is_spread_over_the_points_of_a_week() -> None:
    shares = [Share(key=(grain, n), grain=grain, organisation_id=None, owner_id=None)
              for grain in ("day", "week", "hour") for n in range(100)]  # fmt: skip
    found = rates(shares)
    assert found["week", 0] == pytest.approx(7 * found["day", 0]) == pytest.approx(168 * found["hour", 0])


def test_noise_beyond_what_luck_allows_is_a_budget_that_was_not_kept() -> None:
    assert Kept(per_week=0.5, weeks=8, raised=9, noise=8, open=0).is_kept
    assert not Kept(per_week=0.5, weeks=8, raised=9, noise=9, open=0).is_kept


def test_what_was_left_alone_stays_so_unless_a_nearer_line_has_it_watched() -> None:
    lines = [
        Line(metric="accuracy", kind="everywhere", place_id=None, origin="programme"),
        Line(metric="accuracy", kind="organisation", place_id=VENDOR, is_on=False),
        Line(metric="accuracy", kind="team", place_id=TEAM, owner_id=UUID(int=99)),
        Line(metric="handle_time", kind="queue", place_id=QUEUE, owner_id=UUID(int=98), origin="target"),
    ]
    found = Watchlist(lines)
    assert found.metrics == ["accuracy", "handle_time"]
    assert found.holds("accuracy", Spot(programme=PROGRAMME)) == (True, None)
    assert found.holds("accuracy", Spot(programme=PROGRAMME, organisation=VENDOR, site=SITE)) == (False, None)
    at_team = Spot(programme=PROGRAMME, organisation=VENDOR, site=SITE, team=TEAM)
    assert found.holds("accuracy", at_team) == (True, UUID(int=99))
    assert found.holds("handle_time", Spot(programme=PROGRAMME, queue=QUEUE)) == (True, UUID(int=98))
    assert not found.holds("handle_time", Spot(programme=PROGRAMME))[0]


# ---------------------------------------------------------------- grouping


def seen(key: int, kind: str, *, on: int = 0, metric: str = "accuracy", side: int = -1, p: float = 0.001,
         **spot: Any) -> Seen:  # fmt: skip
    return Seen(
        key=UUID(int=1000 + key), metric=metric, guard="handle_time" if metric == "accuracy" else "", kind=kind,
        spot=Spot(programme=PROGRAMME, **spot), side=side, first_on=DAY + timedelta(days=on), p=p,
    )  # fmt: skip


TEAM_A = seen(1, "team", organisation=VENDOR, site=SITE, team=TEAM, p=1e-6)
TEAM_B = seen(2, "team", on=3, organisation=VENDOR, site=SITE, team=MATE, p=1e-5)


def test_a_fault_at_two_teams_of_a_site_is_one_signal() -> None:
    (group,) = grouped([TEAM_B, TEAM_A])
    assert group.lead == TEAM_A
    assert group.members == [(TEAM_B, "place")]


def test_the_site_leads_where_it_shows_what_its_teams_show() -> None:
    site = seen(3, "site", on=1, organisation=VENDOR, site=SITE, p=1e-4)
    (group,) = grouped([TEAM_B, TEAM_A, site])
    assert group.lead == site
    assert {member.key for member, _tie in group.members} == {TEAM_A.key, TEAM_B.key}


def test_faults_of_two_partners_in_one_week_stay_two() -> None:
    # The programme shows both, and must not tie them together.
    programme = seen(4, "programme", on=1, p=1e-3)
    far = seen(5, "organisation", on=2, organisation=OTHER, p=1e-4)
    found = grouped([TEAM_A, far, programme], siblings={PROGRAMME: {"organisation": 6, "queue": 3}})
    assert [group.lead for group in found] == [TEAM_A, far]


def test_a_change_at_most_partners_is_the_programmes() -> None:
    some = [seen(10 + n, "organisation", on=n, organisation=UUID(int=50 + n)) for n in range(3)]
    assert len(grouped(some, siblings={PROGRAMME: {"organisation": 4}})) == 1
    assert len(grouped(some, siblings={PROGRAMME: {"organisation": 9}})) == 3


def test_a_metric_and_its_guard_are_one_and_so_are_two_metrics_that_move_at_once() -> None:
    guard = seen(6, "team", on=6, metric="handle_time", side=1, organisation=VENDOR, site=SITE, team=TEAM)
    other = seen(7, "site", on=2, metric="appeal_rate", side=1, organisation=VENDOR, site=SITE)
    later = seen(8, "site", on=6, metric="appeal_rate", side=1, organisation=VENDOR, site=SITE)
    assert tie_of(guard, TEAM_A) == "guard"
    assert tie_of(other, TEAM_A) == "metric"
    assert tie_of(later, TEAM_A) is None
    assert tie_of(seen(9, "team", side=1, organisation=VENDOR, site=SITE, team=TEAM), TEAM_A) is None


def test_while_somebody_is_at_work_on_it_what_shows_later_at_its_site_is_hers() -> None:
    later = seen(11, "team", on=20, organisation=VENDOR, site=SITE, team=MATE)
    elsewhere = seen(12, "team", on=20, organisation=VENDOR, site=SISTER, team=FAR)
    assert tie_of(later, TEAM_A) is None
    assert tie_of(later, TEAM_A, is_open=True) == "place"
    assert tie_of(elsewhere, TEAM_A, is_open=True) is None
    assert tie_of(seen(13, "queue", on=20, queue=QUEUE), TEAM_A, is_open=True) is None


def test_an_answer_that_falls_everywhere_is_no_part_of_what_a_team_did_that_week() -> None:
    scam, nudity = (seen(14 + n, "label", on=2 + 3 * n, label=label) for n, label in enumerate(("scam", "nudity")))
    assert tie_of(scam, TEAM_A) == "place"
    assert tie_of(nudity, TEAM_A) is None
    assert tie_of(nudity, scam) is None
    assert tie_of(nudity, seen(16, "programme")) == "place"
    assert len(grouped([scam, nudity], siblings={PROGRAMME: {"label": 4}})) == 1


# ---------------------------------------------------------------- the data


def week_days(n: int = 100, *, days: int = 42, last: date = date(2026, 3, 29)) -> dict[date, int]:
    every = [last - timedelta(days=back) for back in range(days)]
    return {day: n for day in every if day.weekday() < 5}


def test_a_day_with_a_gap_is_told_and_a_weekend_is_not() -> None:
    days = week_days() | {date(2026, 3, 24): 9}
    assert [(found.kind, found.since_on) for found in doubts_of(days, today=date(2026, 3, 30))] == [
        ("gap", date(2026, 3, 24))
    ]
    assert doubts_of(week_days(), today=date(2026, 3, 30)) == []
    del days[date(2026, 3, 24)]
    assert [found.rows for found in doubts_of(days, today=date(2026, 3, 30))] == [0]


def test_figures_are_late_after_twice_the_longest_pause() -> None:
    days = week_days()
    assert doubts_of(days, today=date(2026, 4, 2)) == []
    assert [found.kind for found in doubts_of(days, today=date(2026, 4, 6))] == ["late"]
    assert [found.kind for found in doubts_of({}, today=DAY)] == ["no_n"]


def test_work_that_became_little_for_good_is_no_gap() -> None:
    days = week_days() | {date(2026, 3, 16) + timedelta(days=n): 5 for n in range(14)}
    assert doubts_of(days, today=date(2026, 3, 30)) == []


# ---------------------------------------------------------------- the floor


def looks(*, days: int, latest: tuple[float, float]) -> list[Moment]:
    past = [
        Moment(at=NOW - timedelta(days=back, minutes=minute), value=100 + (back * 7) % 13)
        for back in range(1, days + 1)
        for minute in (0, 20)
    ]
    return past + [Moment(at=NOW - timedelta(minutes=5 * n), value=value) for n, value in enumerate(reversed(latest))]


def test_a_queue_is_compared_with_the_same_hour_of_earlier_days() -> None:
    usual = same_hour(looks(days=20, latest=(104.0, 108.0)), now=NOW, rate=1e-4)
    assert usual is not None
    assert (usual.run, usual.days) == (None, 20)
    full = same_hour(looks(days=20, latest=(300.0, 310.0)), now=NOW, rate=1e-4)
    assert full is not None
    assert full.run is not None
    assert full.run.side == 1


def test_one_odd_count_or_a_week_without_a_past_is_not_told() -> None:
    found = same_hour(looks(days=20, latest=(105.0, 310.0)), now=NOW, rate=1e-4)
    assert found is not None
    assert found.run is None
    assert same_hour(looks(days=6, latest=(300.0, 310.0)), now=NOW, rate=1e-4) is None


# ---------------------------------------------------------------- messages


def test_quiet_hours_over_midnight_wait_for_the_morning_at_the_readers_own() -> None:
    settings = {"digest_hour": 8, "quiet_from": 20, "quiet_until": 7, "zone": "Asia/Manila"}
    # Noon in UTC is eight in the evening in Manila.
    at = leaves_at(datetime(2026, 3, 2, 12, tzinfo=UTC), rhythm="at_once", **settings)  # type: ignore[arg-type]
    assert at == datetime(2026, 3, 2, 23, tzinfo=UTC)
    loud = leaves_at(datetime(2026, 3, 2, 1, tzinfo=UTC), rhythm="at_once", **settings)  # type: ignore[arg-type]
    assert loud == datetime(2026, 3, 2, 1, tzinfo=UTC)
    daily = leaves_at(datetime(2026, 3, 2, 1, tzinfo=UTC), rhythm="daily", **settings)  # type: ignore[arg-type]
    assert daily == datetime(2026, 3, 3, 0, tzinfo=UTC)


TOLD = Told(
    signal_id="s-1", title="Accuracy fell: <Team> & co", metric="accuracy", where="Team", programme="Programme", side=-1,
    first_on=DAY, change="−4 pts", also_in=["Site"], owner="Ada", raised_at=NOW, url="https://example.org/s/1",
)  # fmt: skip


def test_each_receiver_gets_the_shape_that_it_knows() -> None:
    plain = json.loads(payload("webhook", [TOLD], heading="One"))
    assert (plain["event"], plain["signals"][0]["url"]) == ("signal.raised", "https://example.org/s/1")
    slack = json.loads(payload("slack", [TOLD, TOLD], heading="Two"))
    assert slack["text"] == "Two"
    assert "&lt;Team&gt; &amp; co" in slack["blocks"][1]["text"]["text"]
    card = json.loads(payload("teams", [TOLD], heading="One"))["attachments"][0]["content"]
    assert (card["type"], card["actions"][0]["url"]) == ("AdaptiveCard", "https://example.org/s/1")


def test_what_happened_within_the_interval_of_the_beginning_comes_first() -> None:
    changes = [(DAY - timedelta(days=1), "near"), (DAY, "on the day"), (DAY - timedelta(days=30), "long ago")]
    found = candidates(changes, began_on=DAY, earliest=DAY, latest=DAY)
    assert [(one.change, one.is_within) for one in found] == [("on the day", True), ("near", False)]
