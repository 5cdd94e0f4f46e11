"""Explore: a question is a value, its answer is measure's, it is saved and shared, and nobody sees more than she may."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import parse_qs
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenkeel.ground.changes import Change, changes_between, marks
from evenkeel.ground.errors import Invalid, NotFound, Refused
from evenkeel.measure import Said, day_metric, define, evaluate, figure, redefine, roll_up
from evenkeel.policy import publish_version
from evenkeel.reports import acts
from evenkeel.reports.charts import chart_of
from evenkeel.reports.files import csv_of
from evenkeel.reports.jobs import mail_due
from evenkeel.reports.queries.answers import answer
from evenkeel.reports.queries.saved import saved
from evenkeel.reports.rules.questions import Question, read
from evenkeel.reports.rules.rhythm import next_moment
from evenkeel.work.tests import factories

from .test_dashboards import client_of
from .world import NOW, TODAY, World, actor_of

METRICS = [day_metric(slug) for slug in ("accuracy", "decided", "handle_time", "turnaround_with_open")]


def test_a_question_comes_back_from_its_address() -> None:
    queue, team = uuid4(), uuid4()
    asked = Question(
        metric="decided", by=("queue", "team"), narrowed={"queue": (queue,), "team": (team, uuid4())},
        since=date(2026, 1, 1), last=date(2026, 1, 31), compare="year", drawing="pivot",
    )  # fmt: skip
    found = read(parse_qs(asked.query()), metrics=METRICS)
    assert found.question == asked
    assert found.faults == {}
    assert read(asked.said(), metrics=METRICS).question == asked
    assert read({}, metrics=METRICS).question == Question()
    deep = Question(
        by=("programme", "queue", "site", "team", "language"), narrowed={"language": ("en",)}, drawing="table"
    )
    assert read(parse_qs(deep.query()), metrics=METRICS).question == deep
    fair = Question(by=("team",), fair="queue", drawing="bars")
    assert read(parse_qs(fair.query()), metrics=METRICS).question == fair
    assert (fair.cut("queue").fair, fair.cut().fair, fair.cut("site").fair) == ("none", "none", "queue")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"metric": "beauty"}, "metric"),
        ({"by": "colour"}, "by"),
        ({"by": ["queue", "team", "site", "programme", "organisation", "worker"]}, "by"),
        ({"by": ["queue", "worker", "language"]}, "by"),
        ({"by": "state"}, "by"),
        ({"language": "en", "state": "production"}, "state"),
        ({"language": "e" * 200}, "language"),
        ({"metric": "turnaround_with_open", "drawing": "line"}, "drawing"),
        ({"days": "0"}, "days"),
        ({"days": "¹"}, "days"),
        ({"days": "99999"}, "days"),
        ({"since": "2026-02-31", "last": "2026-03-01"}, "since"),
        ({"since": "2026-03-02", "last": "2026-03-01"}, "last"),
        ({"since": "1026-03-02", "last": "2026-03-01"}, "since"),
        ({"compare": "god"}, "compare"),
        ({"drawing": "pivot"}, "drawing"),
        ({"queue": "no id"}, "queue"),
        ({"since": "2026-03-02"}, "last"),
        ({"by": "queue", "fair": "magic"}, "fair"),
        ({"by": "queue", "fair": "queue"}, "fair"),
        ({"fair": "shrunk"}, "fair"),
        ({"metric": "decided", "by": "queue", "fair": "label"}, "fair"),
    ],
)
def test_what_cannot_be_understood_is_named(sent: dict[str, object], field: str) -> None:
    found = read(sent, metrics=METRICS)
    assert list(found.faults) == [field]
    assert read(found.question.said(), metrics=METRICS).faults == {}


def test_periods_are_half_open_and_compare_like_with_like() -> None:
    asked = Question(days=28, compare="before")
    assert asked.span(TODAY) == (date(2026, 2, 3), date(2026, 3, 3))
    assert asked.compared(TODAY) == (date(2026, 1, 6), date(2026, 2, 3))
    year = Question(since=date(2026, 3, 2), last=date(2026, 3, 2), compare="year").compared(TODAY)
    assert year == (date(2025, 3, 3), date(2025, 3, 4))


@pytest.mark.django_db
def test_an_answer_is_what_measure_says(world: World) -> None:
    actor = actor_of(factories.make_person("quality_manager"))
    asked = Question(by=("queue", "organisation"), drawing="pivot", compare="before")
    found = answer(asked, actor=actor, today=TODAY)
    since, until = asked.span(TODAY)
    assert found.evaluated == evaluate(
        "accuracy", since=since, until=until, by=("queue", "organisation"), actor=actor, compare=asked.compared(TODAY)
    )
    assert found.pivot is not None
    for queue, _name in found.pivot.rows:
        assert found.pivot.row_totals[queue] == figure("accuracy", since=since, until=until, queue=queue)
    lines = list(csv.reader(io.StringIO(csv_of(found).lstrip("\ufeff"))))
    assert lines[0][3:7] == ["queue", "organisation", "queue_id", "organisation_id"]
    assert len(lines) == 1 + len(found.evaluated.cells) + 1
    assert float(lines[-1][lines[0].index("value")]) == found.evaluated.total.estimate.value
    fair = answer(Question(by=("organisation",), fair="queue", drawing="bars"), actor=actor, today=TODAY)
    said = evaluate(
        "accuracy", since=since, until=until, by=["organisation"], adjust="mix", mix_of=["queue"], actor=actor
    )
    assert fair.evaluated.cells == said.cells
    lines = list(csv.reader(io.StringIO(csv_of(fair).lstrip("\ufeff"))))
    assert float(lines[1][lines[0].index("adjusted")]) == said.cells[0].adjusted.estimate.value  # type: ignore[union-attr]


@pytest.mark.django_db
def test_questions_take_few_queries(world: World) -> None:
    actor = actor_of(factories.make_person("quality_manager"))
    most = [
        (Question(), 2),
        (Question(by=("queue",), compare="before", drawing="bars"), 3),
        (Question(by=("queue",)), 3),
        (Question(by=("queue", "site"), drawing="pivot"), 7),
    ]
    for asked, count in most:
        with CaptureQueriesContext(connection) as queries:
            answer(asked, actor=actor, today=TODAY)
        assert len(queries) == count, asked


@pytest.mark.django_db
def test_lines_carry_limits_and_what_happened(world: World) -> None:
    manager = actor_of(factories.make_person("quality_manager"))
    policy = factories.make_policy("Harassment")
    queue = world.floor.queues[0]
    queue.policy = policy
    queue.save()
    publish_version(
        factories.SYSTEM, policy=policy, body_markdown="# More", what_changed="More", now=NOW.replace(month=2, day=20)
    )
    found = answer(Question(days=91), actor=manager, today=TODAY)
    told = changes_between(manager, since=found.since, until=found.until, programmes=[world.floor.programme.pk])
    assert "Harassment, version 2" in [change.title for change in told]
    assert changes_between(manager, since=found.since, until=found.until, programmes=[uuid4()]) == []
    chart = chart_of(found, changes=told, cell_url=lambda cell: "", day_url=lambda since, last: f"/{since}/{last}")
    assert chart is not None
    assert [event.x for event in chart.events if "version 2" in event.label] == [date(2026, 2, 20)]  # type: ignore[attr-defined]
    assert any(point.flag for point in chart.points)  # type: ignore[attr-defined]
    outsider = actor_of(factories.make_person("vendor_manager", organisation=factories.make_vendor()))
    assert changes_between(outsider, since=found.since, until=found.until) == []


def test_changes_of_one_day_are_one_mark() -> None:
    at = NOW.replace(hour=1)
    found = marks([Change(at=at, title="A", url="/a"), Change(at=NOW, title="B")])
    assert [(event.x, event.label, event.href) for event in found] == [(NOW.date(), "2 changes: A; B", "/a")]


@pytest.mark.django_db
def test_people_are_shown_to_whoever_may_see_people(world: World) -> None:
    specialist = actor_of(factories.make_person("qa_specialist"))
    with pytest.raises(Refused):
        answer(Question(by=("worker",)), actor=specialist, today=TODAY)
    # Six people decided in each queue, three of each organisation: crossed, all are too few.
    crossed = answer(Question(by=("queue", "organisation"), drawing="pivot"), actor=specialist, today=TODAY)
    assert crossed.evaluated.cells == ()
    assert crossed.evaluated.hidden == 4
    assert crossed.pivot is not None
    assert not crossed.pivot.row_totals
    assert not crossed.pivot.column_totals
    partner = actor_of(factories.make_person("vendor_manager", organisation=world.floor.vendor))
    own = answer(Question(by=("organisation",), drawing="bars"), actor=partner, today=TODAY)
    assert [cell.names for cell in own.evaluated.cells] == [("Vendor",)]


@pytest.mark.django_db
def test_an_exploration_is_shared_with_whom_it_says(world: World) -> None:
    team = world.floor.teams[0]
    owner = actor_of(factories.make_person("lead", team=team, name="Ada"))
    mate = actor_of(factories.make_person("lead", target=team))
    colleague = actor_of(factories.make_person("lead"))
    moderator = actor_of(factories.make_person("moderator", team=team))
    stranger = actor_of(factories.make_person("vendor_manager", organisation=world.floor.vendor))
    kept = acts.save_exploration(owner, name="Mine", question=Question(), now=NOW)

    def readers() -> list[bool]:
        everybody = (owner, mate, colleague, moderator, stranger)
        return [saved(actor).filter(pk=kept.pk).exists() for actor in everybody]

    assert readers() == [True, False, False, False, False]
    acts.change_exploration(owner, exploration=kept, audience="team", now=NOW)
    assert readers() == [True, True, False, False, False]
    acts.change_exploration(owner, exploration=kept, audience="organisation", now=NOW)
    assert readers() == [True, True, True, False, False]
    with pytest.raises(Refused):
        acts.change_exploration(mate, exploration=kept, name="Ours", now=NOW)
    with pytest.raises(Refused):
        acts.save_exploration(moderator, name="No", question=Question(), now=NOW)
    alone = actor_of(factories.make_person("data_scientist"))
    with pytest.raises(Invalid) as wrong:
        acts.save_exploration(alone, name="A", question=Question(), audience="team", now=NOW)
    assert "audience" in wrong.value.fields
    with pytest.raises(NotFound):
        acts.subscribe(stranger, exploration=kept, rhythm="daily", hour=8, now=NOW)


@pytest.mark.django_db
def test_the_page_for_owner_colleague_and_stranger(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    queue = world.floor.queues[1]
    client = client_of(factories.make_person("quality_manager"), monkeypatch)
    page = client.get("/reports/explore/?by=queue&compare=before&drawing=bars").content.decode()
    assert "Queue A" in page
    assert f"/measure/programmes/{world.floor.programme.pk}/audits/" in page
    narrowed = client.get(f"/reports/explore/?queue={queue.pk}&days=91").content.decode()
    assert "Queue B" in narrowed
    assert "take away" in narrowed
    for address in ("by=team&by=queue&drawing=pivot", "by=team&days=91", "by=worker&drawing=table", "metric=decided&by=site",
                    "metric=handle_time", "since=2019-01-01&last=2019-02-01", "by=queue&by=team&by=site"):  # fmt: skip
        assert client.get(f"/reports/explore/?{address}").status_code == 200, address
    old = client.get("/reports/explore/?since=2019-01-01&last=2019-02-01").content.decode()
    assert "Accuracy has data from" in old
    assert "leaning on everybody" in client.get("/reports/explore/?by=team&fair=shrunk").content.decode().lower()
    personal = client.get("/reports/explore/?by=worker").content.decode()
    assert "metric=accuracy_of_people" in personal
    assert "could not be understood" in client.get("/reports/explore/?metric=beauty").content.decode()
    file = client.get("/reports/explore/?by=queue&format=csv")
    assert file["Content-Type"].startswith("text/csv")
    assert file.content.decode().count("\n") == 4
    kept = client.post("/reports/explorations/new/", {"name": "Kept", "audience": "organisation", "asked": "by=queue"})
    assert "Saved by" in client.get(kept["Location"]).content.decode()

    colleague = client_of(factories.make_person("lead", target=world.floor.teams[0]), monkeypatch)
    assert colleague.get(kept["Location"]).status_code == 200
    assert colleague.post(f"{kept['Location']}deletion/").status_code == 404
    stranger = client_of(factories.make_person("vendor_manager", organisation=factories.make_vendor()), monkeypatch)
    assert stranger.get(kept["Location"]).status_code == 404
    text = stranger.get(f"/reports/explore/?queue={queue.pk}").content.decode()
    assert "Queue B" not in text
    assert "something that you may not see" in text
    moderator = client_of(factories.make_person("moderator"), monkeypatch)
    assert moderator.get("/reports/explore/").status_code == 403
    assert client.post(f"{kept['Location']}deletion/").status_code == 302


# ---------------------------------------------------------------- by mail


@pytest.mark.parametrize(
    ("zone", "rhythm", "expected"),
    [
        ("UTC", "daily", "2026-03-03T08:00:00+00:00"),
        ("Asia/Singapore", "daily", "2026-03-03T00:00:00+00:00"),
        ("America/New_York", "daily", "2026-03-02T13:00:00+00:00"),
        ("UTC", "weekly", "2026-03-09T08:00:00+00:00"),
        ("America/New_York", "monthly", "2026-04-01T12:00:00+00:00"),
    ],
)
def test_a_mail_is_due_by_the_clock_of_a_site(zone: str, rhythm: str, expected: str) -> None:
    assert next_moment(NOW, rhythm=rhythm, hour=8, zone=zone).isoformat() == expected


@pytest.mark.django_db
def test_an_exploration_comes_by_mail_as_long_as_its_reader_may(
    world: World, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = factories.make_person("lead", team=world.floor.teams[0])
    other = factories.make_person("lead")
    owner = actor_of(other)
    asked = Question(by=("queue",), compare="before", drawing="bars")
    kept = acts.save_exploration(owner, name="By queue", question=asked, audience="organisation", now=NOW)
    mailing = acts.subscribe(actor_of(person), exploration=kept, rhythm="daily", hour=10, now=NOW)
    due = mailing.next_at
    assert due.isoformat() == "2026-03-02T10:00:00+00:00"

    # What is queued is done at once; that the queue does its work is another test's affair.
    monkeypatch.setattr("evenkeel.reports.jobs.enqueue", lambda function, **said: function(**said))

    def pass_time(now: datetime) -> None:
        mail_due(now)

    pass_time(due - timedelta(minutes=1))
    assert mailoutbox == []
    pass_time(due)
    pass_time(due + timedelta(minutes=1))
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([person.email], "By queue")]
    text = str(mailoutbox[0].body)
    # Whole days: up to yesterday.
    assert "2 Feb 2026 to 1 Mar 2026" in text
    assert "Queue A: " in text
    assert f"/reports/mailings/{mailing.pk}/" in text
    name, content, _kind = mailoutbox[0].attachments[0]
    assert name == "accuracy-2026-03-01.csv"
    assert str(content).count("\n") == 4

    # Nothing ran for three days: one mail, not three.
    pass_time(due + timedelta(days=3, hours=2))
    assert len(mailoutbox) == 2
    # No longer shared, no longer sent; shared again, but the right is gone.
    acts.change_exploration(owner, exploration=kept, audience="private", now=NOW)
    pass_time(due + timedelta(days=5))
    acts.change_exploration(owner, exploration=kept, audience="organisation", now=NOW)
    grants = person.role_grants
    grants.update(until=due + timedelta(days=5))
    pass_time(due + timedelta(days=6))
    grants.update(until=None)
    person.is_active = False
    person.save()
    pass_time(due + timedelta(days=7))
    assert len(mailoutbox) == 2
    person.is_active = True
    person.save()
    mailing.refresh_from_db()
    acts.end_mailing(actor_of(person), mailing=mailing, now=NOW)
    pass_time(due + timedelta(days=9))
    assert len(mailoutbox) == 2


@pytest.mark.django_db
def test_a_mailing_is_ended_by_its_reader_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person = factories.make_person("lead")
    actor = actor_of(person)
    kept = acts.save_exploration(actor, name="Mine", question=Question(), now=NOW)
    client = client_of(person, monkeypatch)
    page = client.post(f"/reports/explorations/{kept.pk}/mailing/", {"rhythm": "weekly", "hour": "7"}, follow=True)
    assert "every Monday" in page.content.decode()
    address = f"/reports/mailings/{kept.mailings.get().pk}/"
    assert client_of(factories.make_person("administrator"), monkeypatch).post(address).status_code == 404
    assert client.get(address).status_code == 200
    client.post(address)
    assert not kept.mailings.exists()


@pytest.mark.django_db
def test_a_metric_is_cut_and_narrowed_by_what_it_is_kept_by(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(factories.make_person("quality_manager"), monkeypatch)
    deep = "by=programme&by=queue&by=organisation&by=team&by=language"
    for address in ("by=language", f"{deep}&compare=before", "by=tenure&drawing=line", "by=language&by=queue&drawing=pivot",
                    "language=en&by=queue", "language=en&days=91", "by=policy_version&metric=handle_time",
                    "metric=turnaround_with_open", "metric=utilisation&by=site",
                    "metric=handle_time_median&by=site"):  # fmt: skip
        assert client.get(f"/reports/explore/?{address}").status_code == 200, address
    page = client.get("/reports/explore/?metric=utilisation&by=queue").content.decode()
    assert "“Utilisation” is not kept by queue." in page
    assert client.get(f"/reports/explore/?{deep}&format=csv").content.decode().count("organisation_id") == 1


@pytest.mark.django_db
def test_what_people_define_is_chosen_by_those_who_may_read_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Said(
        title="Quick share", why="How many are quick.", fact="decisions", figure="share(active_ms < 9 s)",
        better="up", guard="accuracy", rows=[{"active_ms": 5_000}, {"active_ms": 10_000}], expected=0.5,
    )  # fmt: skip
    define(factories.SYSTEM, slug="quick_share", said=said, organisation=world.floor.vendor, now=NOW)
    roll_up(now=NOW)
    manager = factories.make_person("quality_manager")
    client = client_of(manager, monkeypatch)
    page = client.get("/reports/explore/?metric=quick_share&by=organisation").content.decode()
    assert 'value="quick_share" selected' in page
    assert "Vendor" in page
    actor = actor_of(manager)
    mine = acts.begin_dashboard(actor, name="Mine", now=NOW)
    acts.add_tile(actor, dashboard=mine, question=Question(metric="quick_share"), now=NOW)
    assert 'value="quick_share"' in client.get(f"{mine.get_absolute_url()}?edit=1").content.decode()
    assert 'value="quick_share"' in client.get("/reports/exports/").content.decode()
    with CaptureQueriesContext(connection) as queries:
        client.get("/reports/explore/?metric=quick_share&by=organisation")
    asked = [each["sql"] for each in queries if "measure_definitionversion" in each["sql"]]
    assert len(asked) == 1
    other = client_of(factories.make_person("vendor_manager", organisation=factories.make_vendor()), monkeypatch)
    assert "There is no metric “quick_share”" in other.get("/reports/explore/?metric=quick_share").content.decode()


@pytest.mark.django_db
def test_a_saved_question_about_a_version_keeps_its_figure(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Said(
        title="Quick share", why="How many are quick.", fact="decisions", figure="share(active_ms < 9300 ms)",
        better="up", guard="accuracy", rows=[{"active_ms": 5_000}, {"active_ms": 10_000}], expected=0.5,
    )  # fmt: skip
    made = define(factories.SYSTEM, slug="quick_share", said=said, organisation=world.floor.vendor, now=NOW)
    roll_up(now=NOW)
    client = client_of(factories.make_person("quality_manager"), monkeypatch)
    sent = {"name": "Quick then", "audience": "private", "asked": "metric=quick_share@1&days=28&drawing=line"}
    saved = client.post("/reports/explorations/new/", sent)["Location"]
    before = figure("quick_share", since=TODAY - timedelta(days=27), until=TODAY + timedelta(days=1))
    anew = replace(
        said, figure="share(active_ms < 1 s)", rows=[{"active_ms": 500}, {"active_ms": 10_000}], note="Less."
    )
    redefine(factories.SYSTEM, definition=made, said=anew, now=NOW)
    roll_up(now=NOW)
    then = client.get(f"{saved}?format=csv").content.decode()
    assert str(before.value) in then
    assert (
        str(before.value) not in client.get("/reports/explore/?metric=quick_share&days=28&format=csv").content.decode()
    )
    page = client.get(saved).content.decode()
    assert 'value="quick_share@1" selected' in page
    assert "Quick share, version 1" in page
    refused = client.get("/reports/explore/?metric=quick_share@7").content.decode()
    assert "There is no metric “quick_share@7”" in refused
    other = client_of(factories.make_person("vendor_manager", organisation=factories.make_vendor()), monkeypatch)
    assert "There is no metric “quick_share@1”" in other.get("/reports/explore/?metric=quick_share@1").content.decode()
