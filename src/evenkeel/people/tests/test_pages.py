"""People's pages as the administrator, a manager of North, one of South, a moderator and nobody meet them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenkeel.ground import trail
from evenkeel.people import Person, Role, actor_for, add_worker, give_grant, note_look, notify
from evenkeel.people.models import ApiToken, Look, Notice, Organisation, RoleGrant, Site, Team, Worker

from .conftest import NOW, SYSTEM, Cast


def client_of(person: Person | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def get(person: Person | None, url: str, **said: str) -> Any:
    return client_of(person).get(url, said)


def post(person: Person | None, url: str, **said: Any) -> Any:
    return client_of(person).post(url, said)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


# ------------------------------------------------------------------ lists


@pytest.mark.parametrize("page", ["organisations", "workers", "accounts", "grants"])
def test_a_list_shows_what_is_within_reach_and_no_more(page: str, cast: Cast) -> None:
    url = f"/people/{page}/"
    everything = text(get(cast.admin, url))
    assert "North" in everything
    assert "South" in everything
    norths = text(get(cast.north.manager, url))
    assert "North" in norths
    assert "South" not in norths
    assert "North" not in text(get(cast.south.manager, url))
    assert "North" not in text(get(cast.moderator, url)), "without a right the list is empty"
    assert get(None, url)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", ["organisations", "workers", "accounts", "grants"])
def test_an_export_holds_what_the_list_holds(page: str, cast: Cast) -> None:
    def exported(person: Person) -> str:
        answer = get(person, f"/people/{page}/", export="csv")
        return b"".join(answer.streaming_content).decode() if answer.streaming else str(answer.content.decode())

    assert "North" in exported(cast.admin)
    assert "South" in exported(cast.admin)
    assert "South" not in exported(cast.north.manager)


def test_the_menu_shows_what_one_may_open(cast: Cast) -> None:
    assert "Who may do what" in text(get(cast.admin, "/people/profile/"))
    assert "Trail" not in text(get(cast.north.manager, "/people/profile/"))
    assert "Organisations" not in text(get(cast.moderator, "/people/profile/"))


def test_workers_are_filtered_by_state(cast: Cast) -> None:
    cast.north.worker.left_on = NOW.date()
    cast.north.worker.save()
    assert "North worker" not in text(get(cast.admin, "/people/workers/", left="False"))
    assert "North worker" in text(get(cast.admin, "/people/workers/", left="True"))


# ------------------------------------------------------------------ organisations


def test_a_vendor_is_added_and_a_taken_name_comes_back_with_the_reason(cast: Cast) -> None:
    answer = post(cast.admin, "/people/organisations/", name="West")
    made = Organisation.objects.get(name="West")
    assert answer["Location"] == f"/people/organisations/{made.pk}/"
    wrong = post(cast.admin, "/people/organisations/", name="West")
    assert wrong.status_code == 422
    assert "There is one already" in text(wrong)
    refused = post(cast.north.manager, "/people/organisations/", name="East")
    assert refused.status_code == 403
    assert "None of your roles allows this: Add vendors." in text(refused)
    assert not Organisation.objects.filter(name="East").exists()


def test_sites_and_teams_are_added_on_their_organisations_page(cast: Cast) -> None:
    home = f"/people/organisations/{cast.north.organisation.pk}/"
    assert "Add a site" in text(get(cast.north.manager, home))
    assert post(cast.north.manager, f"{home}sites/", name="Manila", time_zone="Asia/Manila")["Location"] == home
    site = Site.objects.get(name="Manila")
    assert post(cast.north.manager, f"/people/sites/{site.pk}/teams/", name="Night")["Location"] == home
    assert Team.objects.filter(site=site, name="Night").exists()
    for url, said in (
        (f"{home}sites/", {"name": "", "time_zone": "UTC"}),
        (f"/people/sites/{site.pk}/teams/", {"name": "Night"}),
    ):
        wrong = post(cast.north.manager, url, **said)
        assert wrong.status_code == 422
        assert "field-error" in text(wrong)
        # Somebody reloads the address of the form.
        assert get(cast.north.manager, url)["Location"] == home


def test_who_sees_an_organisation_may_not_yet_change_it(cast: Cast) -> None:
    viewer = Role.objects.create(name="Viewer", scopes=["people:organisation:view"])
    give_grant(SYSTEM, person=cast.moderator, role=viewer, target=cast.north.organisation, now=NOW)
    home = f"/people/organisations/{cast.north.organisation.pk}/"
    assert "Add a site" not in text(get(cast.moderator, home))
    assert post(cast.moderator, f"{home}sites/", name="Manila", time_zone="UTC").status_code == 403


@pytest.mark.parametrize("side", ["", "workers/", "accounts/", "sites/"])
def test_a_strangers_organisation_is_not_there(side: str, cast: Cast) -> None:
    answer = get(cast.south.manager, f"/people/organisations/{cast.north.organisation.pk}/{side}")
    assert answer.status_code == 404
    assert "North" not in text(answer)


# ------------------------------------------------------------------ workers


def test_a_worker_is_added_changed_skilled_and_leaves(cast: Cast) -> None:
    north, manager = cast.north, cast.north.manager
    url = f"/people/organisations/{north.organisation.pk}/workers/"
    said = {
        "code": "w7",
        "name": "Nina",
        "team": str(north.team.pk),
        "languages": ["nb", "en"],
        "started_on": "2026-01-07",
    }
    answer = post(manager, url, **said)
    worker = Worker.objects.get(code="w7")
    home = f"/people/workers/{worker.pk}/"
    assert answer["Location"] == home
    assert (worker.languages, worker.site) == (["nb", "en"], north.site)
    assert post(manager, url, **said).status_code == 422
    assert post(manager, home, name="Nina Haugen", team="", languages="nb")["Location"] == home
    assert post(manager, f"{home}skills/", skill="Scams", since="2026-01-08")["Location"] == home
    assert "Scams" in text(get(manager, home))
    assert post(manager, f"{home}skills/", skill="Scams", since="2026-01-08").status_code == 422
    assert post(manager, f"{home}leaving/", left_on="2026-01-01").status_code == 422
    assert post(manager, f"{home}leaving/", left_on="2026-02-01")["Location"] == home
    shown = text(get(manager, home))
    assert "Nina Haugen" in shown
    assert "Note her last day" not in shown
    assert [entry.verb for entry in trail.history(worker)] == ["left", "skilled", "changed", "added"]


def test_a_worker_who_has_left_is_erased_in_two_steps_by_an_administrator_alone(cast: Cast) -> None:
    home = f"/people/workers/{cast.north.worker.pk}/"
    assert "note it first" in text(get(cast.admin, f"{home}erasure/"))
    assert "Erase" not in text(get(cast.admin, home))
    assert post(cast.north.manager, f"{home}leaving/", left_on="2026-02-01")["Location"] == home
    assert "Erase" in text(get(cast.admin, home))
    assert "Erase" not in text(get(cast.north.manager, home))
    for stranger in (cast.north.manager, cast.south.manager):
        assert get(stranger, f"{home}erasure/").status_code == 404
        assert post(stranger, f"{home}erasure/", code="w1", reason="Asked.").status_code == 404
    assert "What it touches" in text(get(cast.admin, f"{home}erasure/"))
    assert post(cast.admin, f"{home}erasure/", code="w2", reason="Asked.").status_code == 422
    assert Worker.objects.filter(name="North worker").exists()
    assert post(cast.admin, f"{home}erasure/", code="w1", reason="Asked.")["Location"] == "/people/workers/"
    assert not Worker.objects.filter(name="North worker").exists()
    assert "Erased person" in text(get(cast.north.manager, "/people/workers/"))


def test_a_team_of_another_organisation_is_no_choice(cast: Cast) -> None:
    url = f"/people/organisations/{cast.north.organisation.pk}/workers/"
    wrong = post(cast.admin, url, code="w7", name="Nina", team=str(cast.south.team.pk))
    assert wrong.status_code == 422
    assert "South team" not in text(wrong)


@pytest.mark.parametrize("step", ["", "skills/", "leaving/"])
def test_a_strangers_worker_is_not_there(step: str, cast: Cast) -> None:
    url = f"/people/workers/{cast.north.worker.pk}/{step}"
    for answer in (get(cast.south.manager, url), post(cast.south.manager, url, name="x"), get(cast.moderator, url)):
        assert answer.status_code == 404


# ------------------------------------------------------------------ accounts and rights


def test_an_account_is_given_and_shows_its_roles_with_reasons(cast: Cast) -> None:
    url = f"/people/organisations/{cast.north.organisation.pk}/accounts/"
    answer = post(cast.north.manager, url, name="Nina", email="nina@north.example", time_zone="Europe/Oslo")
    made = Person.objects.get(email="nina@north.example")
    home = f"/people/accounts/{made.pk}/"
    assert answer["Location"] == home
    assert "No role yet" in text(get(cast.north.manager, home))
    assert post(cast.north.manager, url, name="Nina", email="nina@north.example", time_zone="UTC").status_code == 422
    watcher = Role.objects.create(name="Watcher", scopes=["people:worker:view"])
    where = f"team:{cast.north.team.pk}"
    assert post(cast.north.manager, f"{home}grants/", role=str(watcher.pk), where=where, until="")["Location"] == home
    shown = text(get(cast.north.manager, home))
    assert "See workers" in shown
    assert "Watcher, North team" in shown
    assert "she sees North alone" in shown


def test_a_role_is_given_only_where_the_giver_may(cast: Cast) -> None:
    home = f"/people/accounts/{cast.north.manager.pk}/"
    lead = str(cast.roles["lead"].pk)
    assert "Everywhere in her organisation" in text(get(cast.admin, home))
    assert "South team" not in text(get(cast.admin, home)), "a place of another organisation is no choice for her"
    wrong = post(cast.admin, f"{home}grants/", role=lead, where=f"team:{cast.south.team.pk}")
    assert wrong.status_code == 422
    wrong = post(cast.admin, f"{home}grants/", role=lead, where=f"planet:{cast.south.team.pk}")
    assert wrong.status_code == 422
    assert "Give a role" not in text(get(cast.north.manager, home)), "nobody gives herself anything"
    early = post(cast.admin, f"{home}grants/", role=lead, where="", until="2020-01-01")
    assert early.status_code == 422
    assert RoleGrant.objects.filter(person=cast.north.manager).count() == 1


def test_what_is_not_possible_is_said_on_the_page_one_came_from(cast: Cast) -> None:
    home = f"/people/accounts/{cast.north.manager.pk}/"
    client = client_of(cast.admin)
    said = {"role": str(cast.roles["vendor_manager"].pk), "where": f"organisation:{cast.north.organisation.pk}"}
    answer = client.post(f"{home}grants/", said, headers={"Referer": f"http://testserver{home}"}, follow=True)
    assert answer.redirect_chain == [(f"http://testserver{home}", 302)]
    assert "She has this role there already." in text(answer)


def test_a_grant_ends_by_those_who_may_and_is_kept(cast: Cast) -> None:
    grant = RoleGrant.objects.get(person=cast.north.manager)
    url = f"/people/grants/{grant.pk}/ending/"
    assert post(cast.south.manager, url).status_code == 404
    assert post(cast.moderator, url).status_code == 404
    assert get(cast.admin, url)["Location"] == f"/people/accounts/{cast.north.manager.pk}/"
    grant.refresh_from_db()
    assert grant.until is None, "looking at the address ends nothing"
    post(cast.admin, url)
    shown = text(get(cast.admin, f"/people/accounts/{cast.north.manager.pk}/"))
    assert "ended" in shown
    assert "What she may do, and why" not in shown


@pytest.mark.parametrize("step", ["", "invitation/", "closing/", "opening/", "grants/"])
def test_a_strangers_account_is_not_there(step: str, cast: Cast) -> None:
    url = f"/people/accounts/{cast.north.manager.pk}/{step}"
    for answer in (get(cast.south.manager, url), post(cast.south.manager, url), post(cast.moderator, url)):
        assert answer.status_code == 404
    assert Person.objects.get(pk=cast.north.manager.pk).is_active


def test_an_account_is_closed_opened_and_invited(cast: Cast) -> None:
    home = f"/people/accounts/{cast.north.manager.pk}/"
    north = client_of(cast.north.manager)
    assert north.get("/people/profile/").status_code == 200
    post(cast.admin, f"{home}closing/")
    assert north.get("/people/profile/").status_code == 302, "her open sessions end with the account"
    assert "Open it again" in text(get(cast.admin, home))
    post(cast.admin, f"{home}opening/")
    assert "a link to set a password" in text(client_of(cast.admin).post(f"{home}invitation/", follow=True)).lower()


def test_roles_say_what_they_allow(cast: Cast) -> None:
    assert "Vendor manager" in text(get(cast.north.manager, "/people/roles/"))
    page = text(get(cast.north.manager, f"/people/roles/{cast.roles['lead'].pk}/"))
    assert "See workers" in page
    assert "everybody" in page
    assert get(cast.moderator, "/people/roles/").status_code == 403
    assert get(cast.admin, f"/people/roles/{cast.north.site.pk}/").status_code == 404


# ------------------------------------------------------------------ the trail


def test_the_trail_is_narrowed_by_who_what_thing_and_day(cast: Cast) -> None:
    post(cast.admin, "/people/organisations/", name="West")
    assert "Ada Admin" in text(get(cast.admin, "/people/trail/", who="ada"))
    assert "Nothing there" in text(get(cast.admin, "/people/trail/", who="nobody"))
    assert "West" in text(get(cast.admin, "/people/trail/", kind="people.organisation", who="ada"))
    assert "West" not in text(get(cast.admin, "/people/trail/", kind="people.team"))
    assert "Nothing there" in text(get(cast.admin, "/people/trail/", until="2001-01-01"))
    # Old links and nonsense are passed over.
    assert get(cast.admin, "/people/trail/", **{"from": "2026-02-31", "after": "x_y"}).status_code == 200


def test_the_trail_is_turned_by_the_last_row(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from evenkeel.people.pages import trail as pages

    monkeypatch.setattr(pages, "_SIZE", 5)
    seen: list[str] = []
    url = "/people/trail/"
    client = client_of(cast.admin)
    while url:
        page = client.get(url)
        seen += [str(entry.pk) for entry in page.context["entries"]]
        further = page.context["further"]
        url = f"/people/trail/?{further}" if further else ""
    assert sorted(seen) == sorted(str(entry.pk) for entry in trail.entries())
    assert len(seen) == len(set(seen)) > 10


def test_the_trail_is_for_those_who_may_read_it(cast: Cast) -> None:
    assert get(cast.north.manager, "/people/trail/").status_code == 403
    assert get(None, "/people/trail/").status_code == 302
    reader = Role.objects.create(name="Reader", scopes=["people:trail:view"])
    give_grant(SYSTEM, person=cast.north.manager, role=reader, now=NOW)
    shown = text(get(cast.north.manager, "/people/trail/"))
    assert "North team" in shown
    assert "South" not in shown


# ------------------------------------------------------------------ one's own


def test_a_profile_is_saved_and_what_is_wrong_comes_back(cast: Cast) -> None:
    said = {"name": "Mo", "language": "en", "time_zone": "Asia/Manila", "theme": "dark", "density": "compact"}
    assert post(cast.moderator, "/people/profile/", **said)["Location"] == "/people/profile/"
    cast.moderator.refresh_from_db()
    assert (cast.moderator.name, cast.moderator.theme, cast.moderator.time_zone) == ("Mo", "dark", "Asia/Manila")
    assert post(cast.moderator, "/people/profile/", **said | {"time_zone": "Mars/Base"}).status_code == 422


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_theme_leads_back_to_our_own_pages_only(next_: str, cast: Cast) -> None:
    answer = post(cast.moderator, "/people/profile/", theme="dark", next=next_)
    assert answer["Location"] == "/people/profile/"
    assert (
        post(cast.moderator, "/people/profile/", theme="light", next="/people/notices/")["Location"]
        == "/people/notices/"
    )


def test_times_are_shown_in_ones_own_zone(cast: Cast) -> None:
    notify([cast.moderator], title="New", url="/", now=NOW)
    Person.objects.filter(pk=cast.moderator.pk).update(time_zone="Asia/Manila")
    assert "17:00" in text(get(cast.moderator, "/people/notices/"))


def test_notices_are_ones_own_counted_and_read(cast: Cast) -> None:
    notify([cast.moderator, cast.admin], title="A signal", url="/people/profile/", now=NOW)
    notify([cast.moderator], title="Elsewhere", url="https://evil.example/", now=NOW - timedelta(hours=1))
    client = client_of(cast.moderator)
    page = client.get("/people/notices/")
    assert page.context["shell"].notice_count == 2
    first, second = Notice.objects.filter(person=cast.moderator).order_by("-at")
    assert client.get(f"/people/notices/{first.pk}/")["Location"] == "/people/profile/"
    assert client.get(f"/people/notices/{second.pk}/")["Location"] == "/people/notices/", "never off the site"
    assert client.get("/people/notices/").context["shell"].notice_count == 0
    other = Notice.objects.get(person=cast.admin)
    assert client.get(f"/people/notices/{other.pk}/").status_code == 404
    client_of(cast.admin).post("/people/notices/")
    other.refresh_from_db()
    assert other.read_at is not None


def test_a_token_is_made_shown_once_and_ended(cast: Cast) -> None:
    client = client_of(cast.north.manager)
    said = {"name": "Export", "days": "30", "scopes": ["people:worker:view"]}
    made = client.post("/people/tokens/", said)
    secret = made.context["issued"].secret
    assert secret in text(made)
    assert "no-store" in made["Cache-Control"]
    assert secret not in text(client.get("/people/tokens/"))
    assert "Read the trail" not in text(made), "what one may not do is not offered"
    wrong = client.post("/people/tokens/", {"name": "Export", "days": "30", "scopes": ["people:trail:view"]})
    assert wrong.status_code == 422
    token = ApiToken.objects.get()
    url = f"/people/tokens/{token.pk}/revocation/"
    assert post(cast.south.manager, url).status_code == 404
    assert post(cast.admin, url).status_code == 404
    assert client.post(url)["Location"] == "/people/tokens/"
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert "Ended" in text(client.get("/people/tokens/"))


# ------------------------------------------------------------------ who looked


def _who_works(cast: Cast) -> Worker:
    return add_worker(SYSTEM, organisation=cast.house, code="mo", name="Mo", person=cast.moderator, now=NOW)


def test_who_looked_is_read_by_whom_it_is_about_and_by_readers_of_the_trail(cast: Cast) -> None:
    worker = _who_works(cast)
    viewer = actor_for(cast.admin, now=NOW)
    for hours in (0, 1, 25):
        note_look(viewer, workers=[worker.pk], what="Accuracy in Listings", now=NOW + timedelta(hours=hours))
    assert Look.objects.filter(worker=worker).count() == 2, "once a day"
    own = text(get(cast.moderator, "/people/looks/"))
    assert cast.admin.name in own
    assert "Accuracy in Listings" in own
    assert "Accuracy in Listings" not in text(get(cast.north.manager, "/people/looks/"))
    one = f"/people/workers/{worker.pk}/looks/"
    assert "Accuracy in Listings" in text(get(cast.admin, one))
    assert get(cast.south.manager, one).status_code == 404
    assert get(cast.moderator, one).status_code == 404


def test_ones_own_look_and_the_systems_are_not_noted(cast: Cast) -> None:
    worker = _who_works(cast)
    note_look(actor_for(cast.moderator, now=NOW), workers=[worker.pk], what="Mine", now=NOW)
    note_look(SYSTEM, workers=[worker.pk], what="A job's", now=NOW)
    note_look(actor_for(cast.admin, now=NOW), workers=[], what="Nobody's", now=NOW)
    assert not Look.objects.exists()
