"""Dashboards: the right one opens, its figures are those of `measure`, in few queries; one's own can be arranged."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenkeel.ground.errors import Invalid, Refused
from evenkeel.measure import Standing, evaluate, figure, is_by_day, metrics, set_target
from evenkeel.people import Person
from evenkeel.reports import acts
from evenkeel.reports.board import Board, boards, boards_for
from evenkeel.reports.models import Dashboard
from evenkeel.reports.queries.tiles import shown_on
from evenkeel.reports.rules.questions import Question
from evenkeel.work.tests import factories

from .world import NOW, TODAY, World, actor_of

pytestmark = pytest.mark.django_db


def client_of(person: Person, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("evenkeel.ground.clock.now", lambda: NOW)
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("kind", list(boards), ids=lambda kind: kind.slug)
def test_a_shipped_board_names_what_there_is(kind: type[Board]) -> None:
    assert kind.tiles
    assert all(tile.metric in metrics for tile in kind.tiles)
    assert str(kind.why).endswith(".")


def test_the_board_that_suits_opens_first(world: World) -> None:
    team = world.floor.teams[0]
    first = {
        "moderator": factories.make_person("moderator"),
        "lead": factories.make_person("lead", target=team),
        "regional_manager": factories.make_person("lead", target=team.site),
        "vendor_manager": factories.make_person("vendor_manager", organisation=world.floor.vendor),
        "strategist": factories.make_person("quality_manager"),
        "executive": factories.make_person("data_scientist", is_worker=False),
    }
    assert {slug: boards_for(actor_of(person))[0].slug for slug, person in first.items()} == {
        slug: slug for slug in first
    }
    assert boards_for(actor_of(factories.make_person())) == []


@pytest.mark.parametrize("board", ["strategist", "vendor_manager"])
def test_tiles_tell_what_measure_tells(world: World, board: str) -> None:
    actor = actor_of(factories.make_person("quality_manager"))
    shown = shown_on(boards[board], actor=actor, today=TODAY)
    for each in shown:
        glance = each.glance
        said = figure(glance.ask.metric, since=glance.since, until=glance.until, actor=actor)
        assert str(glance.now) == str(said)  # nan is not nan
        evaluated = evaluate(
            glance.ask.metric, since=glance.since, until=glance.until, by=[glance.ask.split_by], actor=actor,
            compare=(glance.since - (glance.until - glance.since), glance.since),
        )  # fmt: skip
        compared, compared_places = evaluated.total, evaluated.cells
        assert str(glance.before) == str(compared.before)
        if compared.mix is None or len(compared_places) < 2:
            assert glance.mix is None
        else:
            assert glance.mix == pytest.approx(compared.mix, abs=1e-12)
            assert glance.rate == pytest.approx(compared.rate, abs=1e-12)
        # What nothing feeds yet is as of no moment.
        assert glance.as_of == NOW if glance.now.n else glance.as_of in (NOW, None)
        guard = metrics[glance.ask.metric].guard
        assert glance.guard == (guard if is_by_day(metrics[guard]) else "")


def test_a_fall_stands_outside_its_limits(world: World) -> None:
    actor = actor_of(factories.make_person("quality_manager"))
    shown = shown_on(boards["strategist"], actor=actor, today=TODAY)
    month = next(each.glance for each in shown if (each.glance.ask.metric, each.glance.ask.days) == ("accuracy", 28))
    assert month.now.value < month.before.value
    assert month.limits is not None
    assert month.limits.is_news
    assert len(month.points) - 1 in month.limits.outside


def test_twelve_tiles_take_as_many_queries_as_one(world: World) -> None:
    person = factories.make_person("quality_manager")
    actor = actor_of(person)
    small = acts.begin_dashboard(actor, name="Small", now=NOW)
    large = acts.begin_dashboard(actor, name="Large", now=NOW)
    acts.add_tile(actor, dashboard=small, question=Question(), now=NOW)
    for metric in ("accuracy", "decided", "handle_time") * 4:
        acts.add_tile(actor, dashboard=large, question=Question(metric=metric), now=NOW)

    def queries(dashboard: Dashboard) -> int:
        with CaptureQueriesContext(connection) as asked:
            shown_on(dashboard, actor=actor, today=TODAY)
        return len(asked)

    # Tiles, own metrics, course, split, freshness in two, targets.
    assert queries(small) == queries(large) == 7


def test_a_tile_stands_against_the_nearest_target(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person = factories.make_person("quality_manager")
    actor, queue = actor_of(person), world.floor.queues[1]
    bands: Any = {"metric": "accuracy", "why": "Agreed.", "since_on": TODAY - timedelta(days=30), "now": NOW}
    everywhere = set_target(factories.SYSTEM, value=0.6, warning=0.5, critical=0.4, **bands)
    strict = set_target(factories.SYSTEM, on=queue, value=0.99, warning=0.98, critical=0.97, **bands)
    mine = acts.begin_dashboard(actor, name="Mine", now=NOW)
    acts.add_tile(actor, dashboard=mine, question=Question(), now=NOW)
    acts.add_tile(actor, dashboard=mine, question=Question(narrowed={"queue": (queue.pk,)}), now=NOW)
    acts.add_tile(actor, dashboard=mine, question=Question(metric="handle_time"), now=NOW)
    whole, part, untold = shown_on(mine, actor=actor, today=TODAY)
    assert [each.target and each.target.target_id for each in (whole, part)] == [everywhere.pk, strict.pk]
    assert (untold.target, untold.standing) == (None, None)
    assert whole.standing == Standing(state="met")
    assert part.standing == Standing(state="missed", band="critical")
    client = client_of(person, monkeypatch)
    page = client.get(mine.get_absolute_url()).content.decode()
    assert "missed, critical" in page
    assert "Warning from 98.0 %, critical from 97.0 %" in page.replace("\u202f", " ").replace("\xa0", " ")
    told = client.get(f"/api/v1/reports/dashboards/{mine.pk}").json()["tiles"]
    assert told[0]["target"]["state"] == "met"
    assert told[2]["target"] is None


def test_my_own_figures_are_mine_without_any_right_to_figures(world: World) -> None:
    worker = world.floor.workers[0]
    person = factories.make_person("moderator", is_worker=False)
    worker.person = person
    worker.save()
    actor = actor_of(person)
    shown = shown_on(boards["moderator"], actor=actor, today=TODAY)
    week = next(each.glance for each in shown if each.glance.ask.metric == "decided")
    assert week.now.value == figure("decided", since=week.since, until=week.until, worker=worker.pk).value > 0
    # What is held against a person leaves out what counts for the policy, as a figure and as a guard-rail.
    assert not {"accuracy"} & {name for each in shown for name in (each.glance.ask.metric, each.glance.guard)}
    copy = acts.begin_dashboard(actor, name="Mine", copy_of=boards["moderator"], now=NOW)
    assert [each.glance.now for each in shown_on(copy, actor=actor, today=TODAY)] == [each.glance.now for each in shown]
    # Somebody else's name on a tile of mine gives nothing away.
    copy.tiles.update(narrowed={"worker": [str(world.floor.workers[1].pk)]})
    assert all(not each.glance.now.n for each in shown_on(copy, actor=actor, today=TODAY))


def test_a_split_names_what_there_is_to_split_by(world: World) -> None:
    """Everything is of one programme and of two queues: the queues tell mix from rate, the programme cannot."""
    actor = actor_of(factories.make_person("quality_manager"))
    by = {slug: shown_on(boards[slug], actor=actor, today=TODAY) for slug in ("strategist", "lead")}
    split = {
        slug: next(s.glance for s in shown if (s.glance.ask.metric, s.glance.ask.days) == ("accuracy", 28))
        for slug, shown in by.items()
    }
    assert (split["strategist"].mix, split["strategist"].rate) == (None, None)
    assert split["lead"].rate is not None


def test_every_figure_says_how_fresh_it_is(world: World) -> None:
    """Those made of two others too: decisions an hour are as fresh as the decisions and the hours."""
    actor = actor_of(factories.make_person("quality_manager"))
    shown = shown_on(boards["lead"], actor=actor, today=TODAY)
    fresh = {each.glance.ask.metric: each.glance.as_of for each in shown}
    assert fresh["throughput"] == fresh["decided"] == NOW


def test_my_figures_open_what_was_found_about_my_work(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = world.floor.workers[0]
    worker.person = factories.make_person("moderator", is_worker=False)
    worker.save()
    client = client_of(worker.person, monkeypatch)
    text = client.get("/reports/dashboards/").content.decode()
    # The tile's four weeks end today.
    found = f"/quality/mine/?decided_from={TODAY - timedelta(days=27)}&amp;decided_to={TODAY}"
    assert found in text
    assert "/work/mine/" in text
    assert client.get(found.replace("&amp;", "&")).status_code == 200


def test_a_figure_of_fewer_than_five_people_is_withheld(world: World) -> None:
    """A QA specialist sees no single people's figures, so none of a team of three either."""
    actor = actor_of(factories.make_person("qa_specialist"))
    mine = acts.begin_dashboard(actor, name="Mine", now=NOW)
    acts.add_tile(actor, dashboard=mine, question=Question(), now=NOW)
    everything = shown_on(mine, actor=actor, today=TODAY)[0].glance
    assert not everything.is_withheld
    assert everything.guard_now.n
    few = Question(narrowed={"organisation": (factories.make_vendor().pk,)})
    acts.add_tile(actor, dashboard=mine, question=few, now=NOW)
    withheld = shown_on(mine, actor=actor, today=TODAY)[1].glance
    assert withheld.is_withheld
    assert withheld.now.method == withheld.guard_now.method == "withheld"
    assert withheld.points == ()


def test_a_dashboard_is_arranged(world: World) -> None:
    actor = actor_of(factories.make_person("quality_manager"))
    mine = acts.begin_dashboard(actor, name="Mine", copy_of=boards["strategist"], now=NOW)
    first, second, third, *rest = mine.tiles.all()
    acts.move_tile(actor, tile=third, steps=-1, now=NOW)
    acts.move_tile(actor, tile=first, steps=-1, now=NOW)
    acts.remove_tile(actor, tile=second, now=NOW)
    assert [tile.pk for tile in mine.tiles.all()] == [first.pk, third.pk, *(tile.pk for tile in rest)]
    with pytest.raises(Invalid, match="no such tile"):
        acts.order_tiles(actor, dashboard=mine, order=[second.pk], now=NOW)
    with pytest.raises(Invalid, match="name is taken"):
        acts.begin_dashboard(actor, name="Mine ", now=NOW)
    with pytest.raises(Invalid) as wrong:
        acts.add_tile(actor, dashboard=mine, question=Question(metric="labels", days=3), split_by="worker", now=NOW)
    assert set(wrong.value.fields) == {"metric", "days", "split_by"}


def test_another_persons_dashboard_is_not_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hers = actor_of(factories.make_person("quality_manager"))
    other = factories.make_person("administrator")
    mine = acts.begin_dashboard(hers, name="Mine", copy_of=boards["strategist"], now=NOW)
    client = client_of(other, monkeypatch)
    tile = mine.tiles.all()[0]
    assert client.get(mine.get_absolute_url()).status_code == 404
    for path in (f"dashboards/{mine.pk}/name/", f"dashboards/{mine.pk}/order/", f"tiles/{tile.pk}/removal/"):
        assert client.post(f"/reports/{path}", {"name": "x"}).status_code == 404
    with pytest.raises(Refused):
        acts.rename_dashboard(actor_of(other), dashboard=mine, name="Yours", now=NOW)


def test_pages_for_owner_colleague_and_stranger(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    manager = factories.make_person("quality_manager")
    client = client_of(manager, monkeypatch)
    page = client.get("/reports/dashboards/").content.decode()
    assert "Quality system" in page
    assert "mix" in page
    assert "Make it mine" in page
    begun = client.post("/reports/dashboards/new/", {"name": "My board", "copy_of": "executive"})
    assert begun.status_code == 302
    own = client.get(begun["Location"])
    assert own.status_code == 200
    assert "Add a tile" in own.content.decode()
    assert "My board" in client.get("/reports/dashboards/").content.decode()
    sent = {"metric": "decided", "days": "7", "split_by": "queue", "whose": "all"}
    board = Dashboard.objects.get()
    client.post(f"/reports/dashboards/{board.pk}/tiles/", sent)
    assert board.tiles.count() == 6
    assert client.post(f"/reports/dashboards/{board.pk}/tiles/", {**sent, "metric": "nonsense"}).status_code == 302
    assert board.tiles.count() == 6

    moderator = client_of(factories.make_person("moderator"), monkeypatch)
    assert "My figures" in moderator.get("/reports/dashboards/").content.decode()
    assert moderator.get("/reports/dashboards/?board=executive").status_code == 404
    # What nothing feeds yet says what would.
    assert "Answers to golden items mixed into the work." in page
    nobody = client_of(factories.make_person(is_worker=False), monkeypatch)
    assert "Nothing to show yet" in nobody.get("/reports/dashboards/").content.decode()
    stranger = client_of(factories.make_person("vendor_manager", organisation=factories.make_vendor()), monkeypatch)
    text = stranger.get("/reports/dashboards/").content.decode()
    assert "Partners" in text
    assert "Not known yet" in text


def test_the_api_for_owner_colleague_and_stranger(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(factories.make_person("quality_manager"), monkeypatch)
    root, json = "/api/v1/reports", "application/json"
    assert [each["slug"] for each in client.get(f"{root}/dashboards").json()][:2] == ["strategist", "executive"]
    told = client.get(f"{root}/boards/strategist").json()["tiles"]
    assert told[0]["figure"]["n"] > 0
    told = client.get(f"{root}/boards/lead").json()["tiles"]
    change = told[1]["figure"]["value"] - told[1]["before"]["value"]
    assert told[1]["mix"] + told[1]["rate"] == pytest.approx(change)
    begun = client.post(f"{root}/dashboards", {"name": "Mine", "copy_of": "executive"}, json).json()
    mine = f"{root}/dashboards/{begun['id']}"
    order = [tile["id"] for tile in begun["tiles"]][::-1]
    assert [tile["id"] for tile in client.put(f"{mine}/order", {"tiles": order}, json).json()["tiles"]] == order
    added = client.post(f"{mine}/tiles", {"metric": "decided", "days": 7, "split_by": "site"}, json).json()
    assert (added["tiles"][-1]["metric"], added["tiles"][-1]["split_by"]) == ("decided", "site")
    wrong = client.post(f"{mine}/tiles", {"metric": "beauty", "days": 0}, json)
    assert wrong.status_code == 422
    assert set(wrong.json()["fields"]) == {"metric", "days"}
    assert client.delete(f"{root}/tiles/{order[0]}").status_code == 204

    question = {"metric": "accuracy", "by": ["queue"], "compare": "before"}
    body = {"name": "Shared", "audience": "organisation", "question": question}
    kept = client.post(f"{root}/explorations", body, json).json()
    assert kept["asked"] == {"metric": "accuracy", "by": ["queue"], "days": 28, "compare": "before", "drawing": "bars"}
    changed = client.put(f"{root}/explorations/{kept['id']}", {**body, "name": "Ours"}, json).json()
    assert changed["name"] == "Ours"

    colleague = client_of(factories.make_person("lead"), monkeypatch)
    assert [each["name"] for each in colleague.get(f"{root}/explorations").json()] == ["Ours"]
    stranger = client_of(factories.make_person("vendor_manager", organisation=world.floor.vendor), monkeypatch)
    assert stranger.get(f"{root}/explorations/{kept['id']}").status_code == 404
    for other in (colleague, stranger):
        assert other.get(mine).status_code == 404
        assert other.delete(f"{root}/explorations/{kept['id']}").status_code == 404
    assert client_of(factories.make_person("moderator"), monkeypatch).get(f"{root}/explorations").status_code == 403
    assert client.delete(f"{root}/explorations/{kept['id']}").status_code == 204
    assert client.delete(mine).status_code == 204
