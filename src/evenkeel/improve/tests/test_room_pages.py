"""The room's pages as the owner, a colleague with fewer rights, a vendor's person and a stranger; documents end to end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from evenkeel.improve import Investigation, Windows, code_case, open_investigation
from evenkeel.improve.acts import begin_validation
from evenkeel.improve.coding import second_share
from evenkeel.improve.jobs import make_paper, take_up_papers
from evenkeel.improve.models import BlindCoding, Paper, Validation, Why
from evenkeel.people import Person
from evenkeel.work import open_incident
from evenkeel.work.tests import factories

from .story import FAULT, FIRST, LAST, NOW, SYSTEM, Story, actor_of

pytestmark = pytest.mark.django_db
WINDOWS = Windows(baseline_since=FIRST, since=FAULT, until=LAST + timedelta(days=1))
SIDES = ("", "why/", "validation/", "validation/document/", "recipe/", "documents/")


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def lead(story: Story) -> Person:
    return story.person("lead", name="Lena Vos")


@pytest.fixture
def found(story: Story, lead: Person) -> Investigation:
    made = open_investigation(
        actor_of(lead), title="Scams slip through", programme=story.programme, windows=WINDOWS, now=NOW
    )
    for case in made.cases.all():
        code_case(actor_of(lead), case=case, cause="knowledge_gap", severity=3, now=NOW)
    return made


def test_every_side_is_there_for_whoever_may_see_it_and_for_nobody_else(
    story: Story, lead: Person, found: Investigation
) -> None:
    url = found.get_absolute_url()
    reader = client_of(story.person("qa_specialist", name="Quinn"))
    bea = client_of(story.person("vendor_manager", organisation=story.vendor, name="Bea"))
    stranger = client_of(story.person("lead", organisation=factories.make_vendor(), name="Stan"))
    owner = client_of(lead)
    for side in SIDES:
        assert owner.get(url + side).status_code == 200, side
        assert reader.get(url + side).status_code == 200, side
        assert {bea.get(url + side).status_code, stranger.get(url + side).status_code} == {404}, side
    text = owner.get(f"{url}why/").text
    for said in ("Nearly all of the rise is of one vendor", "Knowledge gap", "Add the answer", "Errors by cause"):
        assert said in text, said
    assert "Add the answer" not in reader.get(f"{url}why/").text
    assert "The change is −" in owner.get(url).text
    assert "accuracy, version" in owner.get(f"{url}recipe/").text
    assert "The same question gave the same answer." in owner.post(f"{url}recipe/runs/").text
    for path, sent in (
        ("why/answers/", {"body": "They had not read it.", "branch": "people"}),
        ("accountability/", {"party": "vendor", "reason": "Only Northline rose, and all of its team."}),
        ("recommendations/", {"kind": "training", "body": "Certify the team anew."}),
    ):
        assert reader.post(url + path, sent).status_code == 403, path
        assert stranger.post(url + path, sent).status_code == 404, path
        assert owner.post(url + path, sent | dict.fromkeys(list(sent)[1:], "")).status_code == 422, path
        assert owner.post(url + path, sent).status_code == 302, path
    why = Why.objects.get()
    text = owner.get(f"{url}why/").text
    for said in (why.body, "Only Northline rose", "Certify the team anew.", "/policy/certifications/"):
        assert said in text, said
    assert reader.post(f"/improve/whys/{why.pk}/striking/").status_code == 403
    assert owner.post(f"/improve/whys/{why.pk}/striking/").status_code == 302
    assert "struck out" in owner.get(f"{url}why/").text


def test_a_vendor_sees_nobody_elses_numbers(story: Story) -> None:
    made = open_investigation(
        SYSTEM, title="Northline", programme=story.programme, windows=WINDOWS, organisation=story.vendor,
        owner=story.manager, now=NOW,
    )  # fmt: skip
    bea = client_of(story.person("vendor_manager", organisation=story.vendor, name="Bea"))
    text = bea.get(f"{made.get_absolute_url()}why/").text
    assert "Who answers for it" in text
    assert f">{story.house}<" not in text


def test_a_case_waits_for_its_second_word_unseen(story: Story, lead: Person, found: Investigation) -> None:
    tom = client_of(story.person("lead", name="Tom"))
    url = found.get_absolute_url()
    share = len(second_share(found))
    hidden = found.cases.count() - share
    assert f"{hidden} have a cause." in tom.get(url).text
    page = tom.get(f"{url}validation/").text
    assert f"{share} cases are to be coded" in page
    assert "Knowledge gap</span>" not in page
    case = second_share(found)[0]
    sent = {"cause": "", "severity": "3", "error_class": "wrong_selection"}
    assert tom.post(f"/improve/cases/{case}/blind-coding/", sent).status_code == 422
    sent["cause"] = "attention"
    assert tom.post(f"/improve/cases/{case}/blind-coding/", sent).status_code == 302
    assert BlindCoding.objects.get().cause == "attention"
    assert client_of(lead).post(f"/improve/cases/{case}/blind-coding/", sent).status_code == 409


def test_a_validator_goes_through_the_screen(story: Story, lead: Person, found: Investigation) -> None:
    quinn = story.person("qa_specialist", name="Quinn")
    client, url = client_of(quinn), found.get_absolute_url()
    assert "You had a hand in this investigation" in client_of(lead).get(f"{url}validation/").text
    assert client_of(lead).post(f"{url}validations/").status_code == 409
    assert client.post(f"{url}validations/").status_code == 302
    held = Validation.objects.get()
    for case in held.sample:
        sent = {"cause": "knowledge_gap", "severity": "3", "error_class": "wrong_selection"}
        assert client.post(f"/improve/cases/{case}/blind-coding/", sent).status_code == 302
    assert "Every case is coded" in client.get(f"{url}validation/").text
    assert client_of(lead).post(f"/improve/validations/{held.pk}/end/").status_code == 409
    assert client.post(f"/improve/validations/{held.pk}/end/").status_code == 302
    assert "Validated by Quinn" in client.get(f"{url}validation/").text
    assert ">validated<" in client_of(lead).get(url).text.replace("\n", "")


def test_a_document_is_made_and_fetched_by_whoever_asked(story: Story, lead: Person, found: Investigation) -> None:
    client, url = client_of(lead), f"{found.get_absolute_url()}documents/"
    begin_validation(actor_of(story.person("qa_specialist", name="Quinn")), investigation=found, now=NOW)
    assert client.post(url, {"format": "exe"}).status_code == 422
    assert client.post(url, {"format": "pdf"}).status_code == 302
    paper = Paper.objects.get()
    page = paper.get_absolute_url()
    assert "waits its turn" in client.get(f"{page}state/").text
    assert client.get(f"{page}file/").status_code == 404
    make_paper(paper_id=str(paper.pk), at=paper.created_at.isoformat())
    paper.refresh_from_db()
    assert (paper.state, paper.steps_done) == ("done", paper.steps)
    assert client.get(f"{page}state/")["HX-Refresh"] == "true"
    response = client.get(f"{page}file/")
    assert response["Content-Disposition"] == 'attachment; filename="scams-slip-through.pdf"'
    assert b"".join(response.streaming_content)[:4] == b"%PDF"  # type: ignore[attr-defined]
    other = client_of(story.manager)
    assert other.get(page).status_code == other.get(f"{page}file/").status_code == 404
    take_up_papers(now=paper.expires_at)
    assert client.get(f"{page}file/").status_code == 404


def test_an_incident_opens_an_investigation(story: Story, lead: Person) -> None:
    incident = open_incident(SYSTEM, programme=story.programme, title="Scams", impact=2, urgency=2, now=NOW)
    client = client_of(lead)
    way = f"/improve/investigations/new/?source=incident&amp;source_id={incident.pk}"
    assert way in client.get(incident.get_absolute_url()).text
    page = client.get(way.replace("&amp;", "&")).text
    assert "Opened from: Scams" in page
    sent = {"title": "Why?", "programme": story.programme.pk, "baseline_since": FIRST, "since": FAULT, "last": LAST}
    made = client.post(way.replace("&amp;", "&"), sent)
    assert made.status_code == 302, made.text
    assert "Go to its investigation" in client.get(incident.get_absolute_url()).text
    assert client.get("/improve/investigations/new/?source=incident&source_id=x").status_code == 404


def test_causes_are_worded_and_costs_set_by_whoever_may(story: Story, lead: Person) -> None:
    manager = client_of(story.manager)
    sent = {
        "slug": "voucher",
        "title": "Voucher clause",
        "why": "Unclear words.",
        "branch": "policy",
        "example": "One.",
    }
    assert client_of(lead).post("/improve/causes/", sent).status_code == 403
    assert manager.post("/improve/causes/", sent | {"title": ""}).status_code == 422
    assert manager.post("/improve/causes/", sent).status_code == 302
    assert "Voucher clause" in client_of(lead).get("/improve/causes/").text
    url = f"/improve/programmes/{story.programme.pk}/error-costs/"
    assert client_of(lead).get(url).status_code == 404
    assert manager.post(url, {"severity": 3, "cost": "4.50", "currency": "eur"}).status_code == 302
    assert "4.50" in manager.get(url).text
