"""Policies: versions, which one counts, and text that is safe to show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from evenkeel.ground.access import Actor, may
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.policy import (
    POLICY_VIEW,
    Policy,
    add_policy,
    publish_version,
    version_html,
    version_in_force,
    versions_in_force,
)
from evenkeel.policy.rules import BODY_LIMIT, to_html

SYSTEM = Actor.system("test")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def policy(db: None) -> Policy:
    return add_policy(SYSTEM, name="Harassment", now=NOW)


def test_the_newest_version_is_in_force_from_its_moment_on(policy: Policy) -> None:
    assert version_in_force(policy, NOW) is None
    first = publish_version(SYSTEM, policy=policy, body_markdown="One.", now=NOW)
    later = NOW + timedelta(days=1)
    second = publish_version(SYSTEM, policy=policy, body_markdown="Two.", what_changed="All.", now=later)
    assert (first.number, second.number) == (1, 2)
    assert version_in_force(policy, later - timedelta(seconds=1)) == first
    assert version_in_force(policy.id, later) == second
    assert versions_in_force([policy.id], later) == {policy.id: second}


def test_a_second_version_says_what_changed(policy: Policy) -> None:
    publish_version(SYSTEM, policy=policy, body_markdown="One.", now=NOW)
    with pytest.raises(Invalid) as refused:
        publish_version(SYSTEM, policy=policy, body_markdown="Two.", now=NOW)
    assert "what_changed" in refused.value.fields


def test_the_same_text_is_no_new_version(policy: Policy) -> None:
    publish_version(SYSTEM, policy=policy, body_markdown="One.\nTwo.", now=NOW)
    with pytest.raises(NotNow, match="in force already"):
        publish_version(SYSTEM, policy=policy, body_markdown="One.\r\nTwo.\r\n", what_changed="Nothing.", now=NOW)


@pytest.mark.parametrize("body", ["", "  \n ", "x" * (BODY_LIMIT + 1)])
def test_a_version_has_a_text_of_sensible_length(policy: Policy, body: str) -> None:
    with pytest.raises(Invalid) as refused:
        publish_version(SYSTEM, policy=policy, body_markdown=body, now=NOW)
    assert "body_markdown" in refused.value.fields


def test_a_name_is_given_once(policy: Policy) -> None:
    for name in ("Harassment", "  "):
        with pytest.raises(Invalid):
            add_policy(SYSTEM, name=name, now=NOW)


def test_only_those_who_may_publish(policy: Policy) -> None:
    with pytest.raises(Refused):
        publish_version(Actor(name="Ada"), policy=policy, body_markdown="One.", now=NOW)


def test_a_published_version_never_changes(policy: Policy) -> None:
    publish_version(SYSTEM, policy=policy, body_markdown="One.", now=NOW)
    with pytest.raises(DatabaseError, match="facts"), connection.cursor() as cursor:
        cursor.execute("UPDATE policy_policyversion SET body_markdown = 'x'")


def test_the_system_reads_every_policy(policy: Policy) -> None:
    assert may(SYSTEM, POLICY_VIEW, policy)
    assert not may(Actor(name="Ada"), POLICY_VIEW, policy)


def test_markdown_becomes_html(policy: Policy) -> None:
    made = publish_version(
        SYSTEM, policy=policy, body_markdown="# Rule\n\nBe *kind*.\n\n| a | b |\n|--|--|\n| 1 | 2 |", now=NOW
    )
    html = version_html(made)
    assert '<h2 id="said-rule">Rule</h2>' in html
    assert "<em>kind</em>" in html
    assert "<td>1</td>" in html


def test_headings_fit_under_the_page() -> None:
    html = to_html("## A\n\n### B\n\n## A", heading_from=3)
    assert '<h3 id="said-a">' in html
    assert '<h4 id="said-b">' in html
    assert '<h3 id="said-a-2">' in html


@pytest.mark.parametrize(
    "evil",
    [
        "<script>x()</script>",
        "[x](javascript:x())",
        "![x](https://elsewhere.example/pixel.png)",
        '<a href="https://x" onclick="x()">x</a>',
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "| a |\n|:-:|\n| b |",
    ],
)
def test_nothing_that_runs_loads_or_styles_gets_through(evil: str) -> None:
    html = to_html(evil)
    for sign in ("<script", "javascript:", "<img", "<a onclick", "data:text", "style="):
        assert sign not in html.replace("&lt;a", "").replace("[x](javascript:x())", "").replace("[x](data:text", "")
