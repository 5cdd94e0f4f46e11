"""Opening, coding, closing: what is done, what is refused, who hears of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from evenkeel.ground import events, trail
from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.improve import (
    EvidenceCase,
    Investigation,
    Windows,
    add_note,
    close_investigation,
    code_case,
    draw_evidence,
    hand_over,
    open_from_signal,
    open_investigation,
    open_investigations,
    reopen_investigation,
    restate,
)
from evenkeel.improve.models import CaseCoding, InvestigationNote
from evenkeel.people import end_grant
from evenkeel.people.models import Notice, RoleGrant
from evenkeel.work import add_programme
from evenkeel.work.tests import factories

from .story import FAULT, FIRST, LAST, NOW, SYSTEM, Story, actor_of

pytestmark = pytest.mark.django_db
WINDOWS = Windows(baseline_since=FIRST, since=FAULT, until=LAST + timedelta(days=1))
SUMMARY = "The team had not read the new clause on gift cards."


@pytest.fixture
def lead(story: Story) -> Actor:
    return actor_of(story.person("lead", name="Lena"))


def opened(story: Story, actor: Actor, **said: Any) -> Investigation:
    asked: dict[str, Any] = {"title": "Why?", "programme": story.programme, "windows": WINDOWS, "now": NOW}
    return open_investigation(actor, **asked | said)


def test_a_signal_has_one_investigation(story: Story, lead: Actor) -> None:
    signal = story.signal()
    made = open_from_signal(lead, signal=signal, now=NOW)
    assert (made.team, made.organisation, made.owner_id) == (story.team_b, story.vendor, lead.person_id)
    assert made.title == "Accuracy of Northline B fell"
    assert (made.since, made.until) == (FAULT, NOW.date() + timedelta(days=1))
    assert made.since - made.baseline_since == timedelta(days=28)
    again = open_from_signal(actor_of(story.manager), signal=signal, now=NOW + timedelta(minutes=1))
    assert again == made
    assert Investigation.objects.count() == 1


def test_of_an_answers_signal_the_places_are_searched_where_it_fell(story: Story, lead: Actor) -> None:
    made = open_from_signal(lead, signal=story.signal(label="Scam"), now=NOW)
    recipe = made.runs.get().recipe
    assert (recipe["label"], recipe["alarm"]["chance"]) == ("Scam", 0.0027)
    assert made.current["n"] == 60
    first = made.drivers.get(rank=1)
    assert (first.title, first.is_cause, first.current_errors) == ("Northline B", True, 20)
    assert {case.verdict.label for case in made.cases.select_related("verdict") if case.verdict} == {"Scam"}


def test_of_a_signal_whose_figure_moved_the_other_way_since_nothing_is_named(story: Story, lead: Actor) -> None:
    signal = story.signal()
    signal.side = 1
    signal.save()
    made = open_from_signal(lead, signal=signal, now=NOW)
    assert made.scan["verdict"] == "chance"
    assert made.drivers.exists()
    assert not made.drivers.filter(is_cause=True).exists()


def test_what_is_asked_by_hand_is_not_compared_with_the_rest(story: Story, lead: Actor) -> None:
    run = opened(story, lead, team=story.team_b).runs.get()
    assert run.recipe["apart_elsewhere"] is None
    assert run.data["elsewhere"] == ""
    assert "beyond" not in run.result


def test_a_closed_signal_is_looked_at_up_to_its_last_day(story: Story, lead: Actor) -> None:
    signal = story.signal()
    signal.closed_at = NOW
    made = open_from_signal(lead, signal=signal, now=NOW)
    assert made.until == signal.last_on + timedelta(days=1)


def test_the_statement_says_it_in_plain_words(story: Story, lead: Actor) -> None:
    made = opened(story, lead, team=story.team_b)
    assert made.statement.startswith("Accuracy of Northline B fell from 9")
    assert ", n 210) to 6" in made.statement
    assert "Compared: 9 Feb 2026 to 22 Feb 2026 with 23 Feb 2026 to 26 Feb 2026." in made.statement
    assert "Most of it sits in Scam listing: 1" in made.statement
    assert opened(story, lead, statement=" As Bea told us. ").statement == "As Bea told us."


def test_it_may_be_narrowed(story: Story, lead: Actor) -> None:
    by_team = opened(story, lead, team=story.team_b, queue=story.queue)
    assert (by_team.site, by_team.organisation) == (story.site, story.vendor)
    assert by_team.where_name == "Northline B in New listings"
    by_site = opened(story, lead, site=story.site)
    assert (by_site.organisation, by_site.where_name) == (story.vendor, "Manila")
    by_vendor, everybody = opened(story, lead, organisation=story.vendor), opened(story, lead)
    assert by_vendor.current["n"] == by_site.current["n"] == 2 * by_team.current["n"]
    assert everybody.current["n"] == 3 * by_team.current["n"]
    assert everybody.where_name == "Listings"
    assert opened(story, lead, queue=story.other_queue).current["n"] == 0


@pytest.mark.parametrize(
    ("windows", "field"),
    [
        (Windows(baseline_since=FAULT, since=FIRST, until=LAST), "since"),
        (Windows(baseline_since=FIRST, since=FIRST, until=LAST), "since"),
        (Windows(baseline_since=FIRST, since=LAST, until=LAST), "since"),
        (Windows(baseline_since=FIRST - timedelta(days=90), since=FAULT, until=LAST), "baseline_since"),
    ],
)
def test_bad_windows_are_refused(story: Story, lead: Actor, windows: Windows, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        opened(story, lead, windows=windows)
    assert list(refused.value.fields) == [field]
    assert not Investigation.objects.exists()


def test_what_does_not_fit_is_refused(story: Story, lead: Actor) -> None:
    elsewhere = factories.make_queue(add_programme(SYSTEM, name="Other", now=NOW))
    stranger = story.person("moderator")
    for said, field in (
        ({"title": "  "}, "title"),
        ({"metric": "fleiss_kappa"}, "metric"),
        ({"queue": elsewhere}, "queue"),
        ({"owner": stranger}, "owner"),
    ):
        with pytest.raises(Invalid) as refused:
            opened(story, lead, **said)
        assert list(refused.value.fields) == [field]
    with pytest.raises(Invalid):
        opened(story, SYSTEM)  # nobody would own it
    assert not Investigation.objects.exists()


def test_who_may_open_what(story: Story) -> None:
    vendor_lead = actor_of(story.person("lead", organisation=story.vendor))
    stranger = actor_of(story.person("lead", organisation=factories.make_vendor()))
    team_lead = actor_of(story.person("lead", target=story.team_a))
    specialist = actor_of(story.person("qa_specialist"))
    assert opened(story, vendor_lead, organisation=story.vendor).organisation == story.vendor
    assert opened(story, vendor_lead, team=story.team_b).team == story.team_b
    assert opened(story, team_lead, team=story.team_a).team == story.team_a
    for actor, said in (
        (vendor_lead, {}),
        (vendor_lead, {"queue": story.queue}),
        (vendor_lead, {"team": story.desk}),
        (stranger, {}),
        (stranger, {"organisation": story.vendor}),
        (team_lead, {"team": story.team_b}),
        (team_lead, {"site": story.site}),
        (specialist, {}),
    ):
        with pytest.raises(Refused):
            opened(story, actor, **said)
    signal = story.signal()
    for actor in (stranger, team_lead, specialist):
        with pytest.raises(Refused):
            open_from_signal(actor, signal=signal, now=NOW)
    assert open_from_signal(vendor_lead, signal=signal, now=NOW).organisation == story.vendor
    # An investigation that is there already is no way round the question.
    with pytest.raises(Refused):
        open_from_signal(stranger, signal=signal, now=NOW)


def test_the_cases_of_a_vendors_investigation_are_its_own(story: Story, lead: Actor) -> None:
    made = opened(story, lead, organisation=story.vendor)
    organisations = made.cases.values_list("verdict__draw__decision__organisation", flat=True)
    assert set(organisations) == {story.vendor.pk}


def test_cases_are_coded_and_the_latest_word_counts(story: Story, lead: Actor) -> None:
    made = opened(story, lead)
    case = made.cases.first()
    assert case is not None
    code_case(lead, case=case, cause="attention", now=NOW)
    code_case(lead, case=case, cause="knowledge_gap", comment=" New clause. ", now=NOW + timedelta(minutes=1))
    assert [(coding.cause, coding.comment) for coding in case.codings.all()] == [
        ("attention", ""),
        ("knowledge_gap", "New clause."),
    ]
    with pytest.raises(Invalid) as refused:
        code_case(lead, case=case, cause="moon", now=NOW)
    assert list(refused.value.fields) == ["cause"]
    with pytest.raises(Invalid):
        code_case(lead, case=case, cause="attention", comment="x" * 301, now=NOW)
    with pytest.raises(Invalid):
        code_case(SYSTEM, case=case, cause="attention", now=NOW)  # an opinion has an author
    assert CaseCoding.objects.count() == 2


def test_what_was_said_stays_on_record(story: Story, lead: Actor) -> None:
    made = opened(story, lead)
    case = made.cases.first()
    assert case is not None
    coding = code_case(lead, case=case, cause="attention", now=NOW)
    note = add_note(lead, investigation=made, body="Asked the team.", now=NOW)
    for row in (case, coding, note):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()


def test_closing_needs_a_cause_and_a_sentence(story: Story, lead: Actor) -> None:
    made = opened(story, lead)
    for cause, summary, field in (("moon", SUMMARY, "cause"), ("tool", "Too short.", "summary")):
        with pytest.raises(Invalid) as refused:
            close_investigation(lead, investigation=made, cause=cause, summary=summary, now=NOW)
        assert list(refused.value.fields) == [field]
    closing = close_investigation(lead, investigation=made, cause="knowledge_gap", summary=f" {SUMMARY} ", now=NOW)
    assert (closing.summary, closing.by_id) == (SUMMARY, lead.person_id)
    assert not open_investigations(lead).exists()


def acts_on(story: Story, made: Investigation, lead: Actor) -> list[Callable[[], object]]:
    case = made.cases.first()
    assert case is not None
    return [
        lambda: draw_evidence(lead, investigation=made, now=NOW),
        lambda: code_case(lead, case=case, cause="tool", now=NOW),
        lambda: restate(lead, investigation=made, statement="In other words, then.", now=NOW),
        lambda: hand_over(lead, investigation=made, owner=story.manager, now=NOW),
        lambda: close_investigation(lead, investigation=made, cause="tool", summary=SUMMARY, now=NOW),
    ]


def test_a_closed_investigation_refuses_changes_until_it_is_open_again(story: Story, lead: Actor) -> None:
    made = opened(story, lead)
    with pytest.raises(NotNow):
        reopen_investigation(lead, investigation=made, now=NOW)
    close_investigation(lead, investigation=made, cause="tool", summary=SUMMARY, now=NOW)
    before = len(trail.history(made))
    # The page that the person looks at was loaded before somebody else closed it.
    stale = Investigation.objects.get(pk=made.pk)
    for refused_act in acts_on(story, stale, lead):
        with pytest.raises(NotNow):
            refused_act()
    assert len(trail.history(made)) == before
    add_note(lead, investigation=made, body="It came back at another site.", now=NOW)
    opened_again = reopen_investigation(lead, investigation=made, now=NOW)
    assert opened_again.is_open
    (entry,) = [entry for entry in trail.history(made) if entry.verb == "reopened"]
    assert SUMMARY in entry.detail_json
    for act in acts_on(story, made, lead):
        act()


def test_every_act_asks_whether_she_may(story: Story, lead: Actor) -> None:
    made = opened(story, lead)
    for stranger in (
        actor_of(story.person("qa_specialist")),
        actor_of(story.person("lead", organisation=story.vendor)),  # it is about everybody, so not hers
        actor_of(story.person("lead", target=story.team_b)),
        actor_of(story.person("moderator")),
    ):
        for act in acts_on(story, made, stranger):
            with pytest.raises(Refused):
                act()
        with pytest.raises(Refused):
            add_note(stranger, investigation=made, body="Hello.", now=NOW)
        with pytest.raises(Refused):
            reopen_investigation(stranger, investigation=made, now=NOW)


def test_it_is_handed_over_to_somebody_who_may_work_on_it(story: Story, lead: Actor) -> None:
    made = opened(story, lead, organisation=story.vendor)
    colleague = story.person("lead", name="Tom")
    given = hand_over(lead, investigation=made, owner=colleague, now=NOW)
    assert given.owner == colleague
    assert Notice.objects.filter(person=colleague, title__startswith="This investigation is yours now").exists()
    for nobody in (story.person("qa_specialist"), story.person("lead", organisation=factories.make_vendor())):
        with pytest.raises(Invalid):
            hand_over(lead, investigation=made, owner=nobody, now=NOW)
    vendor_lead = story.person("lead", organisation=story.vendor)
    hand_over(lead, investigation=made, owner=vendor_lead, now=NOW)
    assert actor_of(vendor_lead).person_id == Investigation.objects.get(pk=made.pk).owner_id


def test_its_owner_and_the_signals_hear_of_it(story: Story, lead: Actor) -> None:
    made = open_from_signal(lead, signal=story.signal(), now=NOW)

    def heard(person_id: UUID | None) -> list[str]:
        return list(Notice.objects.filter(person=person_id).order_by("id").values_list("title", flat=True))

    assert heard(story.manager.pk) == ["An investigation was opened: Accuracy of Northline B fell"]
    assert heard(lead.person_id) == [], "nobody is told of what she did herself"
    add_note(actor_of(story.manager), investigation=made, body="Ask Bea.", now=NOW)
    assert heard(lead.person_id) == ["Quality manager wrote a note: Accuracy of Northline B fell"]
    close_investigation(lead, investigation=made, cause="tool", summary=SUMMARY, now=NOW)
    assert heard(story.manager.pk)[-1] == "The investigation was closed: Accuracy of Northline B fell"
    assert Notice.objects.filter(url=made.get_absolute_url()).count() == 3


def test_a_note_needs_words(story: Story, lead: Actor) -> None:
    made = opened(story, lead)
    for body in ("", "  \n", "x" * 5_001):
        with pytest.raises(Invalid):
            add_note(lead, investigation=made, body=body, now=NOW)
    assert not InvestigationNote.objects.exists()


def test_others_are_told_after_the_change(
    story: Story, lead: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    heard: list[tuple[str, dict[str, Any]]] = []
    names = ("opened", "handed_over", "closed", "reopened")
    for name in names:
        events.on(f"investigation.{name}")(lambda name=name, **facts: heard.append((name, facts)))
    with django_capture_on_commit_callbacks(execute=True):
        made = opened(story, lead)
        hand_over(lead, investigation=made, owner=story.manager, now=NOW)
        close_investigation(lead, investigation=made, cause="tool", summary=SUMMARY, now=NOW)
        reopen_investigation(lead, investigation=made, now=NOW)
        assert heard == []
    assert [name for name, _facts in heard] == list(names)
    assert {facts["investigation_id"] for _name, facts in heard} == {made.pk}


def test_the_trail_tells_the_whole_history(story: Story, lead: Actor) -> None:
    made = opened(story, lead)
    case = EvidenceCase.objects.filter(investigation=made)[0]
    code_case(lead, case=case, cause="tool", now=NOW + timedelta(minutes=1))
    restate(lead, investigation=made, statement="In other words, then.", now=NOW + timedelta(minutes=2))
    draw_evidence(lead, investigation=made, now=NOW + timedelta(minutes=3))
    assert [entry.verb for entry in trail.history(made)] == ["looked again", "restated", "coded a case", "opened"]


def test_who_lost_her_role_works_on_it_no_more(story: Story) -> None:
    person = story.person("lead")
    made = opened(story, actor_of(person))
    end_grant(SYSTEM, grant=RoleGrant.objects.get(person=person), now=NOW)
    with pytest.raises(Refused):
        add_note(actor_of(person), investigation=made, body="Still here.", now=NOW)
