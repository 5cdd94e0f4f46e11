"""The browser tests' own equipment: it logs in, it sees what is wrong, and it keeps threads apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread

import pytest
from django.db import connection, transaction
from playwright.sync_api import Page

from evenkeel.ground.access import Actor
from evenkeel.people import Organisation, Person, add_organisation, add_person

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def person(transactional_db: None) -> Person:
    actor = Actor.system("test")
    house = add_organisation(actor, name="House", is_house=True, now=NOW)
    return add_person(actor, organisation=house, email="ada@example.org", name="Ada Example", now=NOW)


def test_a_stranger_is_sent_to_the_log_in(browser_page: Page) -> None:
    browser_page.goto("/")
    assert "/accounts/login/" in browser_page.url


def test_a_person_is_let_in(log_in: Callable[[Person], Page], person: Person) -> None:
    page = log_in(person)
    page.goto("/")
    assert "/accounts/login/" not in page.url
    assert page.get_by_role("main").is_visible()


def test_a_fault_of_accessibility_is_named(browser_page: Page, axe: Callable[[], None]) -> None:
    browser_page.set_content('<html lang="en"><title>x</title><main><h1>x</h1><img src="data:,"></main></html>')
    with pytest.raises(AssertionError, match="image-alt"):
        axe()
    browser_page.set_content('<html lang="en"><title>x</title><main><h1>x</h1><p>Fine.</p></main></html>')
    axe()


def test_the_server_has_a_connection_of_its_own(browser_page: Page, transactional_db: None) -> None:
    """Two threads that shared one would share its transaction: the other one would see what is not committed."""
    seen: list[int] = []

    def count() -> None:
        seen.append(Organisation.objects.count())
        connection.close()

    with transaction.atomic():
        Organisation.objects.create(name="Not yet", created_at=NOW)
        other = Thread(target=count)
        other.start()
        other.join()
    assert seen == [0]
