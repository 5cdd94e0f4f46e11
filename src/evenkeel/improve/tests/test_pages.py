"""Every page as its owner, as a colleague with fewer rights, and as a stranger from another vendor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenkeel.ground.search import search
from evenkeel.improve import (
    CAUSES,
    Investigation,
    Windows,
    add_note,
    close_investigation,
    code_case,
    open_investigation,
)
from evenkeel.people import Person, Worker
from evenkeel.quality.models import IntegrityLook, IntegrityRun
from evenkeel.work.tests import factories

from .story import FAULT, FIRST, LAST, NOW, SYSTEM, Story, actor_of

pytestmark = pytest.mark.django_db
WINDOWS = Windows(baseline_since=FIRST, since=FAULT, until=LAST + timedelta(days=1))
SUMMARY = "The team had not read the new clause on gift cards."


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def lead(story: Story) -> Person:
    return story.person("lead", name="Lena Vos")


@pytest.fixture
def specialist(story: Story) -> Person:
    return story.person("qa_specialist", name="Quinn")


@pytest.fixture
def theirs(story: Story) -> Person:
    return story.person("vendor_manager", organisation=story.vendor, name="Bea")


@pytest.fixture
def stranger(story: Story) -> Person:
    return story.person("lead", "vendor_manager", organisation=factories.make_vendor(), name="Stan")


@pytest.fixture
def whole(story: Story) -> Investigation:
    """About everybody's work, so nothing that a vendor may see."""
    return open_investigation(
        SYSTEM, title="Scams slip through", programme=story.programme, windows=WINDOWS, owner=story.manager, now=NOW
    )


@pytest.fixture
def of_vendor(story: Story) -> Investigation:
    """About one vendor's people only."""
    return open_investigation(
        SYSTEM,
        title="Northline and scams",
        programme=story.programme,
        windows=WINDOWS,
        organisation=story.vendor,
        owner=story.manager,
        now=NOW,
    )


def test_the_page_tells_problem_parts_and_cases(story: Story, lead: Person, whole: Investigation) -> None:
    text = client_of(lead).get(whole.get_absolute_url()).text
    for said in (
        "Scams slip through",
        "fell from",
        "The change sits in a part of the work",
        "Northline B × Scam listing" if "Northline B × Scam listing" in text else "Scam listing × Northline B",
        "stands out",
        "Errors beyond what was expected",
        "Decided <strong>Allowed listing</strong>, the audit says <strong>Scam listing</strong>.",
        "pay by gift card",
        "drawn with odds",
        "Opened",
        "Look again",
    ):
        assert said in text, said
    assert text.count('id="case-') == whole.cases.count()


def test_what_detectors_found_odd_stands_beside_the_parts_for_whoever_takes_looks(
    story: Story, lead: Person, of_vendor: Investigation
) -> None:
    run = IntegrityRun.objects.create(week_on=FIRST + timedelta(days=14), people=9, limit=0.01, ran_at=NOW)
    for worker in Worker.objects.filter(team=story.team_b)[:2]:
        IntegrityLook.objects.create(run=run, detector="copying", worker=worker, chance=1e-5, opened_at=NOW)
    said = "Copying from a neighbour: 2"
    assert said in client_of(story.manager).get(of_vendor.get_absolute_url()).text
    assert "Copying" not in client_of(lead).get(of_vendor.get_absolute_url()).text


def test_a_colleague_reads_and_sees_no_single_person(
    story: Story, specialist: Person, lead: Person, of_vendor: Investigation
) -> None:
    by_team = open_investigation(
        SYSTEM,
        title="Team B",
        programme=story.programme,
        windows=WINDOWS,
        team=story.team_b,
        owner=story.manager,
        now=NOW,
    )
    names = [worker.name for worker in story.workers if worker.team_id == story.team_b.pk]
    seen = client_of(lead).get(by_team.get_absolute_url()).text
    assert any(f">{name}" in seen for name in names)
    text = client_of(specialist).get(by_team.get_absolute_url()).text
    assert not any(name in text for name in names)
    assert "fewer than five people stand behind" in text
    for button in ("Look again", "Set the cause", "Add the note", "Hand over", "Put it in other words"):
        assert button not in text
        assert button in seen


def test_a_vendor_sees_what_is_about_its_own_people_only(
    story: Story, theirs: Person, stranger: Person, whole: Investigation, of_vendor: Investigation
) -> None:
    own = client_of(theirs)
    page = own.get(of_vendor.get_absolute_url())
    assert page.status_code == 200
    assert str(story.desk) not in page.text
    assert own.get(whole.get_absolute_url()).status_code == 404
    listed = own.get("/improve/investigations/").text
    assert "Northline and scams" in listed
    assert "Scams slip through" not in listed
    for found in (whole, of_vendor):
        assert client_of(stranger).get(found.get_absolute_url()).status_code == 404
    assert "No investigations yet" in client_of(stranger).get("/improve/investigations/").text


def test_a_moderator_is_kept_out(story: Story, whole: Investigation) -> None:
    moderator = client_of(story.person("moderator"))
    assert moderator.get(whole.get_absolute_url()).status_code == 404
    for path in ("", "new/"):
        assert moderator.get(f"/improve/investigations/{path}").status_code == 403
    assert moderator.get("/improve/causes/").status_code == 403


def test_whoever_is_not_logged_in_is_sent_to_log_in(whole: Investigation) -> None:
    for path in ("/improve/investigations/", "/improve/causes/", whole.get_absolute_url()):
        assert Client().get(path).status_code == 302


def test_the_rows_behind_a_part(
    story: Story, lead: Person, specialist: Person, theirs: Person, stranger: Person, whole: Investigation
) -> None:
    driver = whole.drivers.get(rank=1)
    path = f"/improve/drivers/{driver.pk}/"
    now, before = client_of(lead).get(path).text, client_of(lead).get(f"{path}?window=before").text
    assert now.count("L-0") >= driver.current_n == 20
    assert "wrong choice" in now
    assert "badge good" not in now
    assert "badge good" in before
    assert "Northline B 1" in now, "who decided, for whoever may see figures of people"
    assert "Northline B 1" not in client_of(specialist).get(path).text
    assert client_of(lead).get(f"{path}?export=csv").status_code == 200
    for person in (theirs, stranger):
        assert client_of(person).get(path).status_code == 404


def test_the_rows_of_single_people_are_closed_to_whoever_may_not_see_them(
    story: Story, lead: Person, specialist: Person
) -> None:
    found = open_investigation(
        SYSTEM,
        title="Team B",
        programme=story.programme,
        windows=WINDOWS,
        team=story.team_b,
        owner=story.manager,
        now=NOW,
    )
    alone = next(driver for driver in found.drivers.all() if driver.people < 5)
    assert client_of(specialist).get(f"/improve/drivers/{alone.pk}/").status_code == 404
    assert client_of(lead).get(f"/improve/drivers/{alone.pk}/").status_code == 200


def test_it_is_opened_by_hand(story: Story, lead: Person) -> None:
    client = client_of(lead)
    assert "Open the investigation" in client.get("/improve/investigations/new/").text
    sent = {
        "title": "Scams", "programme": story.programme.pk, "queue": story.queue.pk, "place": f"team:{story.team_b.pk}",
        "baseline_since": FIRST, "since": FAULT, "last": LAST, "statement": "",
    }  # fmt: skip
    response = client.post("/improve/investigations/new/", sent)
    made = Investigation.objects.get()
    assert response.headers["Location"] == made.get_absolute_url()
    assert (made.team, made.queue, made.until, made.owner) == (
        story.team_b, story.queue, LAST + timedelta(days=1), lead,
    )  # fmt: skip


def test_a_form_that_does_not_fit_says_where(story: Story, lead: Person) -> None:
    sent = {
        "title": "Scams", "programme": story.programme.pk, "baseline_since": FAULT, "since": FIRST, "last": LAST,
    }  # fmt: skip
    response = client_of(lead).post("/improve/investigations/new/", sent)
    assert response.status_code == 422
    assert "The baseline begins before the change" in response.text
    assert not Investigation.objects.exists()


def test_the_form_offers_what_may_be_asked(story: Story, lead: Person) -> None:
    path = "/improve/investigations/new/"
    vendor_lead = client_of(story.person("lead", organisation=story.vendor))
    offered = vendor_lead.get(path).text
    assert f"organisation:{story.vendor.pk}" in offered
    assert f"team:{story.team_a.pk}" in offered
    assert "Everybody" not in offered
    assert f"team:{story.desk.pk}" not in offered
    assert f"team:{story.desk.pk}" in client_of(lead).get(path).text
    team_lead = client_of(story.person("lead", target=story.team_a)).get(path).text
    assert f"team:{story.team_a.pk}" in team_lead
    assert "Everybody" not in team_lead
    assert f"team:{story.team_b.pk}" not in team_lead
    sent = {
        "title": "Them", "programme": story.programme.pk, "place": f"team:{story.desk.pk}",
        "baseline_since": FIRST, "since": FAULT, "last": LAST,
    }  # fmt: skip
    assert vendor_lead.post(path, sent).status_code == 422
    assert vendor_lead.post(path, sent | {"place": f"team:{story.team_b.pk}"}).status_code == 302


def test_it_is_opened_from_a_signal(story: Story, lead: Person, specialist: Person, stranger: Person) -> None:
    signal = story.signal()
    page, path = f"/measure/signals/{signal.pk}/", f"/improve/signals/{signal.pk}/investigation/"
    client = client_of(lead)
    assert "Open an investigation" in client.get(page).text
    assert client_of(stranger).post(path).status_code == 404
    assert client_of(specialist).post(path).status_code == 404, "who may not see the signal"
    assert client_of(story.person("vendor_manager")).post(path).status_code == 403, "who may see and not open"
    assert client.get(path).status_code == 405
    response = client.post(path)
    made = Investigation.objects.get()
    assert response.headers["Location"] == made.get_absolute_url()
    told = client.get(page).text
    for words in ("Go to its investigation", "Ranked causes", "All parts and cases"):
        assert words in told
    assert "has an investigation already" in client_of(story.manager).post(path, follow=True).text


def test_each_step_leads_back_to_the_page(story: Story, lead: Person, whole: Investigation) -> None:
    client, url = client_of(lead), whole.get_absolute_url()
    case = whole.cases.all()[0]
    assert "Computed anew; 0 new cases" in client.post(f"{url}evidence/", follow=True).text
    response = client.post(f"/improve/cases/{case.pk}/coding/", {"cause": "attention", "comment": "So many."})
    assert response.headers["Location"] == f"{url}#case-{case.pk}"
    assert "So many." in client.get(url).text
    assert (
        "There is no such cause" in client.post(f"/improve/cases/{case.pk}/coding/", {"cause": "x"}, follow=True).text
    )
    assert "By and by." in client.post(f"{url}notes/", {"body": "By and by."}, follow=True).text
    assert (
        "Told anew, in short."
        in client.post(f"{url}statement/", {"statement": "Told anew, in short."}, follow=True).text
    )
    given = client.post(f"{url}owner/", {"owner": story.manager.pk}, follow=True).text
    assert "Quality manager looks after it now." in given
    closed = client.post(f"{url}closing/", {"cause": "knowledge_gap", "summary": SUMMARY}, follow=True).text
    assert SUMMARY in closed
    assert "Set the cause" not in closed
    assert "Open again" in closed
    assert "Set the cause" in client.post(f"{url}reopening/", follow=True).text


def test_what_does_not_fit_comes_back_with_the_words_typed(lead: Person, whole: Investigation) -> None:
    client, url = client_of(lead), whole.get_absolute_url()
    for path, sent, said in (
        ("closing/", {"cause": "tool", "summary": "Short."}, "Write at least 20 characters."),
        ("closing/", {"cause": "", "summary": SUMMARY}, "This field is required."),
        ("statement/", {"statement": "No."}, "Write at least 10 characters."),
        ("notes/", {"body": " "}, "This field is required."),
        ("owner/", {"owner": lead.organisation_id}, "Select a valid choice."),
    ):
        response = client.post(f"{url}{path}", sent)
        assert response.status_code == 422, path
        assert said in response.text, path
    assert "Short." in client.post(f"{url}closing/", {"cause": "tool", "summary": "Short."}).text


def test_steps_on_a_closed_one_are_answered_with_its_page(story: Story, lead: Person, whole: Investigation) -> None:
    client, url = client_of(lead), whole.get_absolute_url()
    close_investigation(actor_of(story.manager), investigation=whole, cause="tool", summary=SUMMARY, now=NOW)
    response = client.post(f"{url}evidence/", headers={"referer": f"http://testserver{url}"}, follow=True)
    assert "The investigation is closed; open it again first." in response.text


STEPS: tuple[tuple[str, dict[str, str]], ...] = (
    ("evidence/", {}),
    ("statement/", {"statement": "Told anew, in short."}),
    ("notes/", {"body": "Hello."}),
    ("closing/", {"cause": "tool", "summary": SUMMARY}),
    ("reopening/", {}),
)


def test_a_reader_changes_nothing(specialist: Person, theirs: Person, of_vendor: Investigation) -> None:
    case = of_vendor.cases.all()[0]
    for person in (specialist, theirs):
        client = client_of(person)
        for path, sent in STEPS:
            assert client.post(f"{of_vendor.get_absolute_url()}{path}", sent).status_code == 403, path
        assert client.post(f"/improve/cases/{case.pk}/coding/", {"cause": "tool"}).status_code == 403


def test_a_stranger_finds_nothing_to_change(stranger: Person, theirs: Person, whole: Investigation) -> None:
    case = whole.cases.filter(verdict__draw__decision__organisation=theirs.organisation)[0]
    for person in (stranger, theirs):
        client = client_of(person)
        for path, sent in (*STEPS, ("owner/", {"owner": "x"})):
            assert client.post(f"{whole.get_absolute_url()}{path}", sent).status_code == 404, path
        # Even the case of a decision of her own people: the investigation tells of others too.
        assert client.post(f"/improve/cases/{case.pk}/coding/", {"cause": "tool"}).status_code == 404


def test_causes_are_counted_and_open_their_cases(story: Story, lead: Person, whole: Investigation) -> None:
    cases = list(whole.cases.all())
    for place, cause in enumerate(["knowledge_gap", "knowledge_gap", "attention"]):
        code_case(actor_of(lead), case=cases[place], cause=cause, now=NOW)
    text = client_of(lead).get(whole.get_absolute_url()).text
    assert "3 have a cause." in text
    assert "Knowledge gap is the most frequent: 2 of 3 coded cases." in text
    some = client_of(lead).get(f"{whole.get_absolute_url()}?cause=knowledge_gap").text
    assert some.count('id="case-') == 2
    assert client_of(lead).get(f"{whole.get_absolute_url()}?cause=nonsense").status_code == 200


def test_the_catalogue_is_shown(lead: Person) -> None:
    text = client_of(lead).get("/improve/causes/").text
    for cause in CAUSES:
        assert str(cause.title) in text


def test_lists_are_narrowed_and_exported(
    story: Story, lead: Person, whole: Investigation, of_vendor: Investigation
) -> None:
    close_investigation(actor_of(story.manager), investigation=whole, cause="tool", summary=SUMMARY, now=NOW)
    client = client_of(lead)

    def listed(query: str) -> list[bool]:
        text = client.get(f"/improve/investigations/?{query}").text
        return ["Scams slip through" in text, "Northline and scams" in text]

    assert listed("") == [True, True]
    assert listed("state=open") == [False, True]
    assert listed("state=closed") == [True, False]
    assert listed("q=slip") == [True, False]
    assert listed(f"programme={story.programme.pk}") == [True, True]
    exported = b"".join(client.get("/improve/investigations/?export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "Scams slip through" in exported


def test_home_and_programme_show_open_ones(story: Story, lead: Person, theirs: Person, whole: Investigation) -> None:
    mine = client_of(story.manager).get("/").text
    assert "My investigations" in mine
    assert "Scams slip through" in mine
    assert "Scams slip through" not in client_of(lead).get("/").text
    programme = story.programme.get_absolute_url()
    assert "Scams slip through" in client_of(lead).get(programme).text
    assert "Scams slip through" not in client_of(theirs).get(programme).text


def test_search_finds_what_one_may_see(
    story: Story, lead: Person, theirs: Person, whole: Investigation, of_vendor: Investigation
) -> None:
    def titles(person: Person, text: str) -> list[str]:
        return [
            hit.title
            for found in search(actor_of(person), text)
            for hit in found.hits
            if hit.url.startswith("/improve/")
        ]

    assert sorted(titles(lead, "scams")) == ["Northline and scams", "Scams slip through"]
    assert titles(theirs, "scams") == ["Northline and scams"]
    assert titles(story.person("moderator"), "scams") == []


def counted(ask: Callable[[], object]) -> int:
    ask()  # once for caches that the process fills
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ask()
    return len(queries)


def test_queries_do_not_grow_with_cases_notes_or_investigations(
    story: Story, lead: Person, whole: Investigation
) -> None:
    client, url = client_of(lead), whole.get_absolute_url()
    cases = list(whole.cases.all())
    actor = actor_of(lead)
    code_case(actor, case=cases[0], cause="tool", now=NOW)
    add_note(actor, investigation=whole, body="One.", now=NOW)
    one, listed = counted(lambda: client.get(url)), counted(lambda: client.get("/improve/investigations/"))
    for case in cases[1:]:
        code_case(actor, case=case, cause="attention", now=NOW)
    for number in range(5):
        add_note(actor, investigation=whole, body=f"Note {number}.", now=NOW)
        open_investigation(
            actor, title=f"More {number}", programme=story.programme, windows=WINDOWS, owner=story.manager, now=NOW
        )
    assert len(cases) > 15
    assert counted(lambda: client.get(url)) == one <= 45
    assert counted(lambda: client.get("/improve/investigations/")) == listed <= 14
