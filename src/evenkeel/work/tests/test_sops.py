"""SOP checks: a table compiled once, asked at submit, told once, kept."""

from __future__ import annotations

from typing import Any

import pytest

from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.policy import compile_rows, publish_sop, read_rows
from evenkeel.work import Decision, decide, take_batch
from evenkeel.work.models import SopFinding
from evenkeel.work.sops import Stopped

from .factories import NOW, SYSTEM, after, as_actor, make_person, make_policy, make_programme, make_queue

TABLE = """
# what it does | when | what is said
block | label is Yes and answer.comment is missing | Say which part breaks the rule.
warn  | label is No and item.language is en | English is rarely safe here. Look once more.
"""


@pytest.mark.parametrize(
    ("when", "about", "is_met"),
    [
        ("label is Yes, No", {"label": "no"}, True),
        ("label is not Yes", {"label": "Yes"}, False),
        ("label is not Yes", {}, True),
        ("item.reports is at least 20", {"item": {"reports": "20"}}, True),
        ("item.reports is above 20", {"item": {"reports": 20}}, False),
        ("item.reports is below 20", {"item": {"reports": None}}, False),
        ("item.reports is at most 2.5", {"item": {"reports": 2}}, True),
        ("active_s is below 1", {"active_s": 0.4}, True),
        ("answer.tags contains gore", {"answer": {"tags": ["mild gore", "war"]}}, True),
        ('item.title is "war and peace"', {"item": {"title": "War and Peace"}}, True),
        (
            "answer.ruling.severity is 3 and label is spam",
            {"answer": {"ruling": {"severity": 3.0}}, "label": "spam"},
            True,
        ),
        ("answer.why is missing", {"answer": {"why": []}}, True),
        ("answer.why is said", {"answer": "why"}, False),
        ("item.seen is true", {"item": {"seen": True}}, True),
    ],
)
def test_a_condition_is_met_or_not_and_never_fails(when: str, about: dict[str, Any], is_met: bool) -> None:
    rules = compile_rows([{"effect": "warn", "when": when, "message": "Look."}])
    assert bool(rules.met_by(about)) is is_met


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"effect": "stop", "when": "label is Yes", "message": "No."}, "Row 1: It starts with warn or block"),
        ({"effect": "warn", "when": "", "message": "No."}, "1 to 8 comparisons"),
        ({"effect": "warn", "when": "label", "message": "No."}, "is no comparison"),
        ({"effect": "warn", "when": "content.text is gore", "message": "No."}, "There is no field “content.text”"),
        ({"effect": "warn", "when": "label is", "message": "No."}, "“is” needs a value"),
        ({"effect": "warn", "when": "label is missing now", "message": "No."}, "“is missing” takes no value"),
        ({"effect": "warn", "when": "active_s is above fast", "message": "No."}, "needs one number"),
        ({"effect": "warn", "when": "label is Yes", "message": " "}, "1 to 300 characters"),
        ("warn", "a text"),
    ],
)
def test_a_row_that_does_not_fit_is_named(row: Any, says: str) -> None:
    with pytest.raises(Invalid) as wrong:
        compile_rows([row])
    assert says in wrong.value.fields["rows"][0]


def test_a_line_needs_three_columns() -> None:
    with pytest.raises(Invalid) as wrong:
        read_rows("\nwarn | label is Yes\n")
    assert wrong.value.fields["rows"][0].startswith("Line 2: three columns")


@pytest.mark.django_db
def test_a_block_stops_a_warning_is_told_once_and_both_are_kept(django_assert_num_queries: Any) -> None:
    policy = make_policy()
    with pytest.raises(Invalid):
        publish_sop(SYSTEM, policy=policy, rows=[{"effect": "warn", "when": "?", "message": "?"}], now=NOW)
    table = publish_sop(SYSTEM, policy=policy, rows=read_rows(TABLE), now=NOW)
    with pytest.raises(NotNow):
        publish_sop(SYSTEM, policy=policy, rows=read_rows(TABLE), now=NOW)
    programme = make_programme()
    queue = make_queue(programme, policy=policy, items=2)
    actor = as_actor(make_person("moderator"))
    first, second = take_batch(actor, queue=queue, now=NOW)

    def said(lease: Any, key: str, label: str, **more: str) -> Decision:
        answer = {"label": label, **more}
        return decide(actor, lease_id=lease.id, answer=answer, client_key=key * 12, now=after(seconds=9))

    # Blocked, as often as it is tried, and kept once a key.
    for _time in range(2):
        with pytest.raises(Stopped) as stopped:
            said(first, "a", "Yes")
        assert (stopped.value.code, stopped.value.status) == ("sop-blocked", 422)
        assert stopped.value.fields == {"label": ["Say which part breaks the rule."]}
    assert said(first, "b", "Yes", comment="The second sentence.").label == "Yes"
    # Warned; the same key again is the same request; the same answer under another key goes ahead.
    item = second.task.item
    assert item.language in ("", "en")
    type(item).objects.filter(pk=item.pk).update(language="en")
    for _time in range(2):
        with pytest.raises(Stopped) as stopped:
            said(second, "c", "No")
        assert stopped.value.code == "sop-warned"
    made = said(second, "d", "No")
    assert said(second, "d", "No") == made
    kept = SopFinding.objects.order_by("id").values_list("rule", "effect", "label", "decision", "client_key", "sop")
    assert list(kept) == [
        (1, "block", "Yes", None, "a" * 12, table.pk),
        (2, "warn", "No", None, "c" * 12, table.pk),
        (2, "warn", "No", made.pk, "d" * 12, table.pk),
    ]
    # An empty table ends the checks.
    publish_sop(SYSTEM, policy=policy, rows=[], what_changed="None needed", now=after(seconds=10))
    more = make_queue(programme, policy=policy, items=1)
    (lease,) = take_batch(actor, queue=more, now=after(seconds=10))
    assert (
        decide(actor, lease_id=lease.id, answer={"label": "Yes"}, client_key="e" * 12, now=after(seconds=11)).label
        == "Yes"
    )
