"""Logging in, forgotten passwords, second factors and passkeys in a real browser, under the real policy."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import override_settings
from playwright.sync_api import Page, ViewportSize, expect

from evenkeel.ground.access import Actor
from evenkeel.people import Person, Role, add_organisation, add_person, give_grant

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PASSWORD = "even keel and steady"
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def ada(transactional_db: None) -> Person:
    system = Actor.system("test")
    house = add_organisation(system, name="Harbour Labs", is_house=True, now=NOW)
    made = add_person(
        system, organisation=house, email="ada@example.org", name="Ada Lindqvist", password=PASSWORD, now=NOW
    )
    give_grant(system, person=made, role=Role.objects.get(slug="administrator"), now=NOW)
    return made


def log_in_by_form(page: Page, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Mail address").fill("ada@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()


def code_for(secret: str) -> str:
    """What an authenticator app shows now, by the server's own reckoning."""
    _before, now, _after = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, now)))


def test_logging_in_leads_to_where_one_wanted_to_go(
    browser_page: Page, ada: Person, axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    page = browser_page
    page.goto("/people/workers/")
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next=/people/workers/"))
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        axe()
    screenshot("login")
    page.get_by_label("Mail address").fill("ada@example.org")
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    screenshot("login-wrong")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Workers")


def test_logging_out_ends_it(browser_page: Page, ada: Person) -> None:
    page = browser_page
    log_in_by_form(page)
    page.get_by_role("button", name="Profile menu of Ada Lindqvist").click()
    page.get_by_role("button", name="Log out").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.goto("/people/workers/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_a_forgotten_password_is_set_anew_by_mail(
    browser_page: Page, ada: Person, axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    page = browser_page
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Forgotten your password?").click()
    axe()
    screenshot("password-reset")
    page.get_by_label("Mail address").fill("ada@example.org")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at your mail")
    axe()
    link = re.search(r"https?://\S+/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert link is not None
    page.goto(link[0])
    expect(page).not_to_have_url(re.compile(re.escape(link[0])), timeout=1000)
    axe()
    screenshot("password-new")
    page.get_by_label("New password", exact=True).fill("another keel, just as even")
    page.get_by_label("New password, again").fill("another keel, just as even")
    page.get_by_role("button", name="Save the password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The new password holds")
    log_in_by_form(page, "another keel, just as even")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Lindqvist")
    page.context.clear_cookies()
    page.goto(link[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work any more")


def test_an_authenticator_app_is_set_up_and_asked_for(
    browser_page: Page, ada: Person, axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    page = browser_page
    log_in_by_form(page)
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Set up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    axe()
    screenshot("reauthenticate")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
    axe()
    screenshot("totp")
    assert page.locator(".qr").evaluate("picture => picture.complete && picture.naturalWidth > 0")
    secret = page.locator("[data-secret]").inner_text()
    page.get_by_label("Code").fill(code_for(secret))
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    axe()
    screenshot("recovery-codes")
    codes = page.get_by_role("list", name="Recovery codes").get_by_role("listitem").all_inner_texts()
    assert len(set(codes)) == 10
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("10 codes left")).to_be_visible()
    axe()
    screenshot("factors-in-use")
    page.goto("/accounts/2fa/recovery-codes/")
    assert codes[0] not in page.content(), "they are shown once"

    page.context.clear_cookies()
    log_in_by_form(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
    axe()
    screenshot("second-factor")
    page.goto("/")
    expect(page).to_have_url(re.compile("/accounts/"))
    page.goto("/accounts/2fa/authenticate/")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Incorrect code")
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Lindqvist")
    page.goto("/accounts/2fa/")
    expect(page.get_by_text("9 codes left")).to_be_visible()


@pytest.fixture
def key(browser_page: Page) -> Iterator[None]:
    """A key in the browser that always says yes."""
    devices = browser_page.context.new_cdp_session(browser_page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield
    devices.send("WebAuthn.disable")


@pytest.mark.usefixtures("key")
def test_a_passkey_is_added_and_opens_without_a_password(
    browser_page: Page, ada: Person, axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    page = browser_page
    log_in_by_form(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    axe()
    screenshot("passkey-add")
    page.get_by_label("Name of this key").fill("My laptop")
    page.get_by_label("Log in with it alone").check()
    page.get_by_role("button", name="Add this key").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("rowheader", name="My laptop")).to_be_visible()
    axe()
    screenshot("passkeys")

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Lindqvist")

    page.context.clear_cookies()
    log_in_by_form(page)
    page.get_by_role("button", name="Use a passkey or key").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Lindqvist")


def test_without_a_key_it_says_so_and_the_button_can_be_pressed_again(browser_page: Page, ada: Person) -> None:
    page = browser_page
    page.goto("/accounts/login/")
    # A browser without any key, and somebody who presses "Cancel".
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')) }"
    )
    button = page.get_by_role("button", name="Log in with a passkey")
    button.click()
    expect(page.get_by_text("No passkey was used.")).to_be_visible()
    expect(button).to_be_enabled()


def test_every_browser_in_which_one_is_logged_in_is_listed_and_can_be_ended(
    browser_page: Page, ada: Person, axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    page = browser_page
    log_in_by_form(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Lindqvist")
    first = page.context.cookies()
    page.context.clear_cookies()
    log_in_by_form(page)
    page.goto("/accounts/sessions/")
    expect(page.get_by_role("row")).to_have_count(3)
    axe()
    screenshot("sessions-two")
    page.get_by_role("button", name="Log out everywhere else").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.context.clear_cookies()
    page.context.add_cookies(first)  # type: ignore[arg-type]
    page.goto("/people/workers/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_the_demo_shows_its_people(
    browser_page: Page, ada: Person, data_dir: Path, axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    from django.conf import settings

    people = [
        {"role": "Administrator", "email": "ada@example.org", "password": PASSWORD},
        {"role": "Moderator", "email": "mo@example.org", "password": "demo"},
    ]
    (data_dir / "demo-logins.json").write_text(json.dumps(people))
    with override_settings(EVENKEEL=replace(settings.EVENKEEL, demo=True)):
        page = browser_page
        page.goto("/accounts/login/")
        axe()
        page.set_viewport_size(PHONE)
        axe()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        screenshot("login-demo")
        page.get_by_role("button", name="Log in as Administrator").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Lindqvist")


def test_nobody_signs_up(browser_page: Page, transactional_db: None, axe: Callable[[], None]) -> None:
    browser_page.goto("/accounts/signup/")
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Accounts are given, not made")
    axe()
