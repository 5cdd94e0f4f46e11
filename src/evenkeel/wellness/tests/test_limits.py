"""Limits of exposure: what counts, until when, and that nobody can ask about somebody else."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

import evenkeel.wellness
from evenkeel.ground.access import Actor, visible
from evenkeel.ground.errors import Invalid, Refused
from evenkeel.people import Organisation, Worker, add_organisation, add_site, add_team, add_worker
from evenkeel.wellness import drop_limit, may_take, own_minutes_today, record_exposure, set_limit
from evenkeel.wellness.jobs import tell_totals
from evenkeel.wellness.models import Exposure, ExposureLimit, ExposureTotal
from evenkeel.wellness.rules import Limit, day_of, reached_limit
from evenkeel.wellness.scopes import LIMIT_VIEW

SYSTEM = Actor.system("test")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def vendor(db: None) -> Organisation:
    return add_organisation(SYSTEM, name="Vendor", now=NOW)


@pytest.fixture
def worker(vendor: Organisation) -> Worker:
    site = add_site(SYSTEM, organisation=vendor, name="Manila", time_zone="Asia/Manila", now=NOW)
    team = add_team(SYSTEM, site=site, name="One", now=NOW)
    return add_worker(SYSTEM, organisation=vendor, code="w1", name="Ada", team=team, now=NOW)


def test_without_a_limit_everything_may_be_taken(worker: Worker) -> None:
    record_exposure(worker.id, seconds=100_000, severity=4, now=NOW)
    assert may_take(worker.id, severity=4, now=NOW)


def test_a_limit_counts_its_severity_and_worse(vendor: Organisation, worker: Worker) -> None:
    set_limit(SYSTEM, organisation=vendor, severity_from=2, minutes_a_day=2, now=NOW)
    record_exposure(worker.id, seconds=60, severity=1, now=NOW)
    record_exposure(worker.id, seconds=60, severity=2, now=NOW)
    assert may_take(worker.id, severity=3, now=NOW)
    record_exposure(worker.id, seconds=60, severity=4, now=NOW)
    assert not may_take(worker.id, severity=2, now=NOW)
    assert may_take(worker.id, severity=1, now=NOW)


def test_the_day_is_that_of_the_site(vendor: Organisation, worker: Worker) -> None:
    set_limit(SYSTEM, organisation=vendor, severity_from=1, minutes_a_day=1, now=NOW)
    record_exposure(worker.id, seconds=60, severity=1, now=NOW)
    midnight = datetime(2026, 3, 2, 16, tzinfo=UTC)  # 0:00 on the 3rd in Manila
    assert not may_take(worker.id, severity=1, now=midnight - timedelta(seconds=1))
    assert may_take(worker.id, severity=1, now=midnight)


def test_another_organisations_limit_is_not_hers(worker: Worker) -> None:
    other = add_organisation(SYSTEM, name="Other", now=NOW)
    set_limit(SYSTEM, organisation=other, severity_from=1, minutes_a_day=0, now=NOW)
    assert may_take(worker.id, severity=1, now=NOW)


def test_a_limit_of_nothing_lets_nothing_through(vendor: Organisation, worker: Worker) -> None:
    limit = set_limit(SYSTEM, organisation=vendor, severity_from=3, minutes_a_day=0, now=NOW)
    assert not may_take(worker.id, severity=3, now=NOW)
    drop_limit(SYSTEM, limit=limit, now=NOW)
    assert may_take(worker.id, severity=3, now=NOW)


def test_setting_a_limit_again_replaces_it(vendor: Organisation) -> None:
    for minutes in (5, 7):
        set_limit(SYSTEM, organisation=vendor, severity_from=3, minutes_a_day=minutes, now=NOW)
    assert ExposureLimit.objects.get().minutes_a_day == 7


@pytest.mark.parametrize(("severity", "minutes"), [(0, 5), (5, 5), (1, -1), (1, 1441)])
def test_a_limit_that_makes_no_sense_is_refused(vendor: Organisation, severity: int, minutes: int) -> None:
    with pytest.raises(Invalid):
        set_limit(SYSTEM, organisation=vendor, severity_from=severity, minutes_a_day=minutes, now=NOW)


def test_only_those_who_may_set_limits_do(vendor: Organisation) -> None:
    with pytest.raises(Refused):
        set_limit(Actor(name="Ada"), organisation=vendor, severity_from=1, minutes_a_day=5, now=NOW)


def test_ordinary_content_is_not_noted(worker: Worker) -> None:
    record_exposure(worker.id, seconds=60, severity=0, now=NOW)
    assert not Exposure.objects.exists()


def test_the_ledger_only_grows(worker: Worker) -> None:
    record_exposure(worker.id, seconds=60, severity=1, now=NOW)
    for statement in ("UPDATE wellness_exposure SET seconds = 0", "DELETE FROM wellness_exposure"):
        with (
            pytest.raises(DatabaseError, match="facts"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_her_own_total_is_hers_to_see(worker: Worker) -> None:
    record_exposure(worker.id, seconds=90, severity=2, now=NOW)
    assert own_minutes_today(Actor(name="Ada", worker_id=worker.id), now=NOW) == pytest.approx(1.5)
    assert own_minutes_today(Actor(name="Nobody"), now=NOW) is None


def test_nobody_can_ask_about_somebody_elses_dose() -> None:
    with pytest.raises(LookupError, match="no reach"):
        visible(Actor(name="Ada"), LIMIT_VIEW, Exposure.objects.all())
    takes_a_worker = [
        name
        for name in dir(evenkeel.wellness)
        if not name.startswith("_")
        and callable(getattr(evenkeel.wellness, name))
        and "worker_id" in inspect.signature(getattr(evenkeel.wellness, name)).parameters
    ]
    # One answers yes or no, the other only writes.
    assert takes_a_worker == ["may_take", "record_exposure"]


@given(seconds=st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5_000)), max_size=8), severity=st.integers(1, 4))
def test_more_exposure_never_opens_what_was_shut(seconds: list[tuple[int, int]], severity: int) -> None:
    limits = [Limit(severity_from=1, minutes_a_day=60), Limit(severity_from=3, minutes_a_day=20)]
    totals: dict[int, float] = {}
    was_shut = False
    for of, how_long in seconds:
        totals[of] = totals.get(of, 0) + how_long
        is_shut = reached_limit(severity, limits, totals) is not None
        assert is_shut or not was_shut
        was_shut = is_shut


@pytest.mark.parametrize(("on", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)])
def test_a_day_with_a_clock_change_has_the_hours_it_has(on: date, hours: int) -> None:
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    since, until = day_of(noon, "Europe/Berlin")
    assert until - since == timedelta(hours=hours)
    assert since <= noon < until


def test_only_groups_of_five_are_told_of(vendor: Organisation) -> None:
    site = add_site(SYSTEM, organisation=vendor, name="Manila", time_zone="Asia/Manila", now=NOW)
    teams = [add_team(SYSTEM, site=site, name=name, now=NOW) for name in ("One", "Two", "Three")]
    for number in range(13):
        team = teams[0 if number < 6 else 1 + number % 2]
        person = add_worker(SYSTEM, organisation=vendor, code=f"w{number}", name=f"W{number}", team=team, now=NOW)
        record_exposure(person.id, seconds=60, severity=3 if number == 0 else 1, now=NOW)
    tell_totals(NOW)
    assert not ExposureTotal.objects.exists()
    tell_totals(NOW + timedelta(days=1))
    tell_totals(NOW + timedelta(days=1))
    # Six of one team; the seven of the two small ones together, as their site's.
    found = {(total.team_id, total.people): total for total in ExposureTotal.objects.all()}
    assert set(found) == {(teams[0].pk, 6), (None, 7)}
    assert found[teams[0].pk, 6].severe_seconds == 60
    assert found[None, 7].seconds == 420
