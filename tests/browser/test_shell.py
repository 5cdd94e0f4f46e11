"""The frame around every page, and people's pages, as somebody at a desk or on a telephone meets them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from evenkeel.ground.access import Actor
from evenkeel.people import (
    Organisation,
    Person,
    Role,
    Worker,
    add_organisation,
    add_person,
    add_site,
    add_team,
    add_worker,
    give_grant,
    notify,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass
class House:
    """A small house: its administrator, a vendor with people."""

    ada: Person
    bo: Person
    north: Organisation
    nina: Worker


@pytest.fixture
def house(transactional_db: None) -> House:
    system = Actor.system("test")
    ours = add_organisation(system, name="Harbour Labs", is_house=True, now=NOW)
    north = add_organisation(system, name="North Partners", now=NOW)
    for name in ("South Partners", "Westerly Data"):
        add_organisation(system, name=name, now=NOW)
    add_site(system, organisation=ours, name="Amsterdam", time_zone="Europe/Amsterdam", now=NOW)
    oslo = add_site(system, organisation=north, name="Oslo", time_zone="Europe/Oslo", now=NOW)
    add_site(system, organisation=north, name="Manila", time_zone="Asia/Manila", now=NOW)
    day = add_team(system, site=oslo, name="Day shift", now=NOW)
    add_team(system, site=oslo, name="Night shift", now=NOW)
    ada = add_person(
        system, organisation=ours, email="ada@example.org", name="Ada Lindqvist", password="x" * 14, now=NOW
    )
    bo = add_person(system, organisation=north, email="bo@north.example", name="Bo Iversen", password="x" * 14, now=NOW)
    role = {role.slug: role for role in Role.objects.all()}
    give_grant(system, person=ada, role=role["administrator"], now=NOW)
    give_grant(system, person=bo, role=role["vendor_manager"], target=north, now=NOW)
    give_grant(system, person=bo, role=role["lead"], target=day, until=NOW + timedelta(days=3650), now=NOW)
    nina = add_worker(
        system, organisation=north, code="n-001", name="Nina Haugen", team=day, languages=["nb", "en"],
        started_on=date(2024, 5, 2), now=NOW,
    )  # fmt: skip
    for number in range(2, 12):
        add_worker(system, organisation=north, code=f"n-{number:03}", name=f"Worker {number:03}", team=day, now=NOW)
    notify([ada], title="Accuracy of the Oslo day shift fell below its limit", url="/people/workers/", now=NOW)
    return House(ada=ada, bo=bo, north=north, nina=nina)


@pytest.fixture
def pages(house: House) -> dict[str, str]:
    """The main pages by a name for their pictures."""
    return {
        "home": "/",
        "search": "/search/?q=ni",
        "organisations": "/people/organisations/",
        "organisation": f"/people/organisations/{house.north.pk}/",
        "organisation-workers": f"/people/organisations/{house.north.pk}/workers/",
        "organisation-accounts": f"/people/organisations/{house.north.pk}/accounts/",
        "workers": "/people/workers/",
        "worker": f"/people/workers/{house.nina.pk}/",
        "accounts": "/people/accounts/",
        "account": f"/people/accounts/{house.bo.pk}/",
        "grants": "/people/grants/",
        "roles": "/people/roles/",
        "role": f"/people/roles/{Role.objects.get(slug='lead').pk}/",
        "trail": "/people/trail/",
        "profile": "/people/profile/",
        "notices": "/people/notices/",
        "tokens": "/people/tokens/",
        "password": "/accounts/password/change/",
        "factors": "/accounts/2fa/",
        "sessions": "/accounts/sessions/",
        "missing": "/nothing/here/",
    }


Enter = Callable[[Person], Page]


def test_the_main_pages_are_accessible_in_light_and_dark_and_fit_a_telephone(
    log_in: Enter, house: House, pages: dict[str, str], axe: Callable[..., None], screenshot: Callable[[str], None]
) -> None:
    page = log_in(house.ada)
    for name, url in pages.items():
        page.goto(url)
        axe()
        # Two looks a page see all four: light and wide, dark and narrow.
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{url} is wider than a telephone"
        axe(again=True)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 860})
        screenshot(name)


def test_the_theme_is_kept_in_the_profile(log_in: Enter, house: House) -> None:
    page = log_in(house.ada)
    page.goto("/")
    page.get_by_role("button", name="Profile menu of Ada Lindqvist").click()
    with page.expect_response(lambda response: response.url.endswith("/people/profile/")):
        page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Profile menu of Ada Lindqvist").click()
    with page.expect_response(lambda response: response.url.endswith("/people/profile/")):
        page.get_by_role("button", name="Compact").click()
    page.goto("/people/workers/")
    expect(page.locator("html")).to_have_attribute("data-density", "compact")


def test_search_finds_by_part_of_a_name_and_leads_there(log_in: Enter, house: House) -> None:
    page = log_in(house.ada)
    page.goto("/")
    page.keyboard.press("/")
    expect(page.locator("#site-search")).to_be_focused()
    page.keyboard.type("haug")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Nina Haugen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nina Haugen")


def test_a_vendor_is_added_and_given_a_site_a_team_and_somebody_by_keyboard_alone(log_in: Enter, house: House) -> None:
    page = log_in(house.ada)
    keys = page.keyboard
    page.goto("/people/organisations/")

    def reach(name: str, role: str = "button") -> None:
        """Tab to something, as somebody without a mouse does."""
        target = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
        for _ in range(80):
            if target.evaluate("element => element === document.activeElement"):
                return
            keys.press("Tab")
        raise AssertionError(f"{name} cannot be reached by Tab")

    reach("Add a vendor")
    keys.press("Enter")
    reach("Name", "textbox")
    keys.type("North Partners")
    keys.press("Enter")
    # Taken: the dialog is open again and says so, with the focus on the explanation.
    expect(page.get_by_role("alert")).to_contain_text("There is one already")
    reach("Name", "textbox")
    keys.press("ControlOrMeta+a")
    keys.type("Easter Isles")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Easter Isles")
    reach("Add a site")
    keys.press("Enter")
    reach("Name", "textbox")
    keys.type("Hanga Roa")
    reach("Time zone", "combobox")
    keys.type("Pacific/E")
    reach("Add")
    keys.press("Enter")
    expect(page.get_by_text("The site Hanga Roa is added.")).to_be_visible()
    expect(page.get_by_text("Pacific/Easter").first).to_be_visible()
    reach("Accounts", "link")


def test_a_dialog_gives_the_focus_back_and_escape_closes_it(log_in: Enter, house: House) -> None:
    page = log_in(house.ada)
    page.goto("/people/organisations/")
    opener = page.get_by_role("button", name="Add a vendor")
    opener.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()


def test_on_a_telephone_the_menu_is_a_drawer(log_in: Enter, house: House) -> None:
    page = log_in(house.ada)
    page.set_viewport_size(PHONE)
    page.goto("/")
    menu = page.get_by_role("navigation", name="Main")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).click()
    expect(menu).to_be_visible()
    menu.get_by_role("link", name="Workers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Workers")


def test_a_notice_is_counted_and_read_by_opening_it(log_in: Enter, house: House) -> None:
    page = log_in(house.ada)
    page.goto("/")
    page.get_by_role("link", name="Notifications: 1 unread").click()
    page.get_by_role("link", name=re.compile("Accuracy of the Oslo")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Workers")
    expect(page.get_by_role("link", name="Notifications: 0 unread")).to_be_visible()


def test_a_role_is_given_shown_with_its_reasons_and_ended_after_a_question(log_in: Enter, house: House) -> None:
    page = log_in(house.ada)
    page.goto(f"/people/accounts/{house.bo.pk}/")
    page.get_by_role("button", name="Give a role").click()
    page.get_by_label("Role", exact=True).select_option(label="Data scientist")
    page.get_by_label("Where").select_option(label="North Partners")
    page.get_by_role("button", name="Give it").click()
    expect(page.get_by_text("Bo Iversen is Data scientist now.")).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("Data scientist, North Partners")).first).to_be_visible()
    page.get_by_role("button", name="End Data scientist").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("The role is ended.")).to_be_visible()


def test_a_token_is_shown_once(log_in: Enter, house: House) -> None:
    page = log_in(house.ada)
    page.goto("/people/tokens/")
    page.get_by_role("button", name="Make a token").click()
    page.get_by_label("Name", exact=True).fill("Nightly export")
    page.get_by_label("See workers").check()
    page.get_by_role("button", name="Make it").click()
    secret = page.locator("[data-secret]").inner_text()
    assert re.fullmatch(r"ek_[\w-]{43}", secret)
    page.goto("/people/tokens/")
    expect(page.get_by_role("rowheader", name="Nightly export")).to_be_visible()
    assert secret not in page.content()
