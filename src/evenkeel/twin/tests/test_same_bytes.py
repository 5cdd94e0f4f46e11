"""What the shipped scenarios write does not change under whoever has written down their figures."""

from __future__ import annotations

from hashlib import sha256
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

import pytest

from evenkeel.twin.events import EVENTS
from evenkeel.twin.wide.day import audit, live_a_day
from evenkeel.twin.wide.install import Installed
from evenkeel.twin.wide.plan import Plan
from evenkeel.twin.wide.reading import read_plan
from evenkeel.twin.wide.resuming import digest_of
from evenkeel.twin.wide.rows import tables_of
from evenkeel.twin.wide.staff import Staff, hire

_ONE = UUID(int=7)
_DAY = 30


def known_of(plan: Plan, staff: Staff) -> Installed:
    """The rows that facts point at, without a database."""

    def ids(word: str, count: int) -> tuple[UUID, ...]:
        return tuple(uuid5(_ONE, f"{word} {place}") for place in range(count))

    def row(pk: UUID) -> Any:
        return SimpleNamespace(pk=pk, organisation_id=_ONE)

    return Installed(
        programme=row(_ONE), queues=tuple(row(pk) for pk in ids("queue", len(plan.markets))),
        organisation=ids("organisation", len(plan.sites)), site=ids("site", len(plan.sites)),
        team=ids("team", len(staff.teams)), worker=ids("worker", len(staff)),
        auditor=ids("auditor", plan.audits.auditors), form_version=_ONE,
        policy_versions=((0, _ONE), (28, uuid5(_ONE, "second"))), plan=_ONE, owner=row(_ONE),
    )  # fmt: skip


def digest_of_a_day(plan: Plan) -> str:
    """Of everything that a day writes but for floating-point columns, whose last digit is the processor's own."""
    events = [EVENTS[event.kind](event) for event in plan.events]
    staff = hire(plan, events)
    work = live_a_day(plan, staff, events, _DAY)
    found = sha256(digest_of(plan)[:16].encode())
    for name, table in sorted(tables_of(work, audit(work, events), known_of(plan, staff)).items()):
        exact = [field.name for field in table.schema if str(field.type) not in ("double", "float")]
        found.update(f"{name} {table.select(exact).to_pydict()}".encode())
    return found.hexdigest()[:16]


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("small", "1baf1b6d8618bd03"),
        ("whole", "5e74aa6e07412825"),
        ("forty", "5837961890cb5379"),
        ("large", "2283124f3c408579"),
        ("year", "e06521240e53210f"),
    ],
)
def test_a_scenario_writes_what_it_has_always_written(name: str, digest: str) -> None:
    assert digest_of_a_day(read_plan(name).thinned(0.02)) == digest
