"""A real Chromium against a real server, for tests marked `browser`.

The fixtures are functions to call: `log_in(person)`, `axe()`, `screenshot("queues")` all act on `browser_page`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from evenkeel.ground.tests.chromium import violations
from evenkeel.people import Person

# What a theme or a width can break on a page whose structure is known to be right.
LOOKS = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
DESKTOP = (1280, 860)
PHONE = (390, 844)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def browser_page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A fresh page on the running site. It fails the test afterwards if a script or the security policy complained."""
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": DESKTOP[0], "height": DESKTOP[1]},
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
    yield page
    # The last answer must be complete before the tables are emptied under the server.
    page.goto("about:blank")
    context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


def _is_complaint(message: ConsoleMessage) -> bool:
    # A refusal (4xx) is an answer that a test may be about; the browser reports it as an error.
    return message.type == "error" and "the server responded with a status of 4" not in message.text


@pytest.fixture
def log_in(browser_page: Page, live_server: LiveServer) -> Callable[[Person], Page]:
    """`log_in(person)`: the page belongs to that person from now on, without a way through the log-in form."""

    def as_person(person: Person) -> Page:
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        browser_page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        browser_page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return browser_page

    return as_person


@pytest.fixture
def axe(browser_page: Page) -> Callable[..., None]:
    """`axe()`: the page as it stands has no accessibility violation; otherwise each is named with its element.

    `axe(again=True)` asks a page that was asked before what another theme and another width can change.
    """

    def has_no_violation(again: bool = False) -> None:
        found = violations(browser_page, rules=LOOKS if again else ())
        assert not found, _as_text(browser_page.url, found)

    return has_no_violation


def _as_text(url: str, violations: list[dict[str, Any]]) -> str:
    lines = [f"{url} has {len(violations)} accessibility violation(s):"]
    for violation in violations:
        lines.append(f"- {violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"][:5]:
            lines.append(f"    {json.dumps(node['target'])}  {node['html'][:160]}")
            lines.append("    " + str(node.get("failureSummary", "")).replace("\n", "\n    "))
        if len(violation["nodes"]) > 5:
            lines.append(f"    and {len(violation['nodes']) - 5} more")
    return "\n".join(lines)


@pytest.fixture
def screenshot(browser_page: Page) -> Callable[[str], None]:
    """`screenshot("queues")`: pictures of the page, light and dark, wide and on a phone, in EVENKEEL_SCREENSHOTS if set."""

    def take(name: str) -> None:
        said = os.environ.get("EVENKEEL_SCREENSHOTS")
        if not said:
            return
        folder = Path(said)
        folder.mkdir(parents=True, exist_ok=True)
        for size, (width, height) in {"desktop": DESKTOP, "phone": PHONE}.items():
            browser_page.set_viewport_size({"width": width, "height": height})
            for theme in ("light", "dark"):
                browser_page.emulate_media(color_scheme=theme)
                browser_page.screenshot(path=folder / f"{name}-{size}-{theme}.png", full_page=True)
        browser_page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        browser_page.emulate_media(color_scheme="light")

    return take
