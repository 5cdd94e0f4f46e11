"""Nobody without the right to single people's figures gets one by subtraction, wherever she asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evenkeel.ground import clock
from evenkeel.ground.access import Actor
from evenkeel.measure import Ask, evaluate, figure, glances, roll_up, series, series_by
from evenkeel.people import Role, give_grant
from evenkeel.work.tests import factories

from .floor import NOW, Floor, day

FIRST = date(2026, 1, 1)
SPAN: dict[str, Any] = {"since": FIRST, "until": FIRST + timedelta(days=28)}


@pytest.fixture
def small(db: None) -> Floor:
    """Six people of each organisation work in queue A every day for four weeks; one of them, once, in B, and alone on a day."""
    floor = Floor.make(workers=12)
    rows = [floor.decision(worker, at=day(7 * week)) for worker in range(12) for week in range(4)]
    rows += [floor.decision(0, 1, at=day(0), queue=1), floor.decision(0, 2, at=day(1)), floor.decision(1, 2, at=day(3))]
    floor.write(decisions=rows)
    roll_up(now=NOW)
    return floor


@pytest.fixture
def specialist(small: Floor) -> Actor:
    """Somebody who sees figures, and none of single people."""
    return factories.as_actor(factories.make_person("qa_specialist"), now=NOW)


def manager() -> Actor:
    return factories.as_actor(factories.make_person("quality_manager"), now=NOW)


def test_a_filter_that_leaves_one_person_out_gets_no_answer(small: Floor, specialist: Actor) -> None:
    a, b = small.queues
    assert figure("decided", actor=specialist, **SPAN).value == 51
    assert figure("decided", queue=b, actor=specialist, **SPAN).method == "withheld"
    assert figure("decided", queue=a, actor=specialist, **SPAN).method == "withheld", "51 less this is one person's"
    assert figure("decided", queue=[a.pk, b.pk], actor=specialist, **SPAN).value == 51
    assert figure("decided", organisation=small.vendor, actor=specialist, **SPAN).value == 25
    assert figure("decided", organisation=small.house, queue=a, actor=specialist, **SPAN).method == "withheld"
    assert (
        evaluate("decided", by=["organisation"], queue=a, actor=specialist, **SPAN).total.estimate.method == "withheld"
    )
    assert figure("decided", queue=a, actor=manager(), **SPAN).value == 50


def test_a_cut_hides_what_sums_of_its_rows_would_give_away(small: Floor, specialist: Actor) -> None:
    crossed = evaluate("decided", by=["queue", "organisation"], actor=specialist, **SPAN)
    assert {cell.names for cell in crossed.cells} == set()
    assert crossed.hidden == 3
    assert {cell.values[0] for cell in evaluate("decided", by=["team"], actor=specialist, **SPAN).cells} == {
        team.pk for team in small.teams
    }


def test_a_day_with_few_at_work_is_no_point_of_a_series(small: Floor, specialist: Actor) -> None:
    days = [point.day for point in series("decided", actor=manager(), **SPAN)]
    assert [(each - FIRST).days for each in days] == [0, 1, 3, 7, 14, 21]
    # One was at work on the second day and one on the fourth: the smallest other is left out, or the total less the rest
    # would be these two.
    told = [point.day for point in series("decided", actor=specialist, **SPAN)]
    assert [(each - FIRST).days for each in told] == [7, 14, 21]
    assert len(series("decided", actor=specialist, step_days=7, **SPAN)) == 6, "in weeks nothing is of few"
    by = series_by("decided", by="team", actor=specialist, **SPAN)
    assert {(point.day - FIRST).days for points in by.values() for point in points} == {7, 14, 21}


def test_a_tile_hides_points_and_the_period_before(small: Floor, specialist: Actor) -> None:
    today = FIRST + timedelta(days=27)
    tile, manager_tile = (
        glances([Ask(metric="decided", days=7)], today=today, actor=actor)[0] for actor in (specialist, manager())
    )
    assert len(manager_tile.points) > len(tile.points) > 0
    assert sum(point.estimate.n for point in tile.points) == 36
    # Two were at work on the days before, and twelve on these.
    later = glances([Ask(metric="decided", days=7)], today=FIRST + timedelta(days=13), actor=specialist)[0]
    assert (later.now.value, later.before.value) == (12, 15)
    lone = glances([Ask(metric="decided", days=1)], today=FIRST + timedelta(days=2), actor=specialist)[0]
    assert (lone.is_withheld, lone.before.method) == (True, "withheld")


def test_a_period_before_with_few_people_is_not_told(small: Floor, specialist: Actor) -> None:
    week = FIRST + timedelta(days=7)
    said = evaluate(
        "decided",
        since=week,
        until=week + timedelta(days=1),
        compare=(FIRST + timedelta(days=1), week),
        actor=specialist,
    )
    assert said.total.estimate.value == 12
    assert said.total.before is not None
    assert (said.total.before.method, said.total.mix) == ("withheld", None)


def test_whoever_sees_the_people_of_one_team_is_no_exception_elsewhere(small: Floor) -> None:
    person = factories.make_person("qa_specialist")
    give_grant(factories.SYSTEM, person=person, role=Role.objects.get(slug="lead"), target=small.teams[0], now=NOW)
    actor = factories.as_actor(person, now=NOW)
    assert figure("decided", queue=small.queues[1], actor=actor, **SPAN).method == "withheld"


def test_three_people_ask_the_api(small: Floor) -> None:
    url = "/api/v1/measure/metrics/decided/evaluation"
    asked = {"since": "2026-01-01", "until": "2026-01-29", "queue_id": str(small.queues[0].pk)}
    said: dict[str, Any] = {}
    for role in ("quality_manager", "qa_specialist", "moderator"):
        client = Client()
        client.force_login(factories.make_person(role))
        answer = client.get(url, asked)
        said[role] = answer.json()["total"]["estimate"] if answer.status_code == 200 else answer.status_code
    assert said["quality_manager"]["value"] == 50
    assert (said["qa_specialist"]["value"], said["qa_specialist"]["method"]) == (None, "withheld")
    assert said["moderator"] == 403


def test_a_programmes_page_withholds_groups_of_few_and_what_would_give_them_away(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    floor = Floor.make(workers=12)
    at = NOW - timedelta(days=1)
    # Team of the house: six people; the partner's: two of its six worked.
    workers = [0, 2, 4, 6, 8, 10, 1, 3]
    floor.write(
        decisions=[floor.decision(worker, at=at) for worker in workers],
        audits=[floor.audit(worker, at=at) for worker in workers for _audit in range(5)],
    )
    roll_up(now=NOW)

    def shown(role: str) -> str:
        client.force_login(factories.make_person(role, name="Quin"))
        return client.get(reverse("measure:programme", args=[floor.programme.pk])).content.decode()

    page = shown("qa_specialist")
    assert "Fewer than 5 people" in page
    assert "n 40" in page  # all eight together
    assert "n 10" not in page  # two of one team
    assert "n 30" not in page  # six of the other: taken from the eight they would give the two away
    assert "n 10" in shown("lead")
    # A programme of six alone, beside one of four: together they are shown, so neither is.
    other = Floor.make(workers=4, name="Other")
    other.write(decisions=[other.decision(worker, at=at) for worker in range(4)])
    roll_up(now=NOW)
    assert "n 40" not in shown("qa_specialist")
