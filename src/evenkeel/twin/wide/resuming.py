"""A run by acts that was broken off: which rows it stands on, and which of its days are lived."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from evenkeel.people import Person
from evenkeel.work import Item, Programme, Queue

from .install import Installed
from .plan import Plan

_UNDER_WAY = "under-way.json"
_IDS = ("organisation", "site", "team", "worker", "auditor")


def note(folder: Path, plan: Plan, known: Sequence[Installed]) -> None:
    """Keep what the run stands on, within the transaction that makes it: without a commit it points at nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {"plan": digest_of(plan), "programmes": [_told(each) for each in known]}
    (folder / _UNDER_WAY).write_text(json.dumps(told, default=str))


def installed_before(folder: Path, plan: Plan) -> tuple[Installed, ...] | None:
    """What an unfinished run of this very plan installed here; None where there is none, or nothing of it was committed."""
    kept = folder / _UNDER_WAY
    if not kept.exists():
        return None
    told = json.loads(kept.read_text())
    programmes = Programme.objects.in_bulk([UUID(each["programme"]) for each in told["programmes"]])
    if not programmes:
        kept.unlink()
        folder.rmdir()
        return None
    if told["plan"] != digest_of(plan):
        return None
    return tuple(_installed(each, programmes[UUID(each["programme"])]) for each in told["programmes"])


def _told(known: Installed) -> dict[str, Any]:
    return {
        "programme": known.programme.pk,
        "queues": [queue.pk for queue in known.queues],
        "owner": known.owner.pk,
        "people": [person.pk for person in known.people],
        "audits_as": [person.pk for person in known.audits_as],
        "form_version": known.form_version,
        "audit_plan": known.plan,
        "policy_versions": known.policy_versions,
        **{name: getattr(known, name) for name in _IDS},
    }


def _installed(told: Mapping[str, Any], programme: Programme) -> Installed:
    return Installed(
        programme=programme, queues=_in_order(Queue, told["queues"]), owner=Person.objects.get(pk=told["owner"]),
        people=_in_order(Person, told["people"]), audits_as=_in_order(Person, told["audits_as"]),
        form_version=UUID(told["form_version"]), plan=UUID(told["audit_plan"]),
        policy_versions=tuple((int(day), UUID(pk)) for day, pk in told["policy_versions"]),
        **{name: tuple(UUID(pk) for pk in told[name]) for name in _IDS},
    )  # fmt: skip


def has_lived(known: Installed, day: int) -> bool:
    """Whether a day's transaction was committed: its items are there. A day without any is as good done twice."""
    return Item.objects.filter(programme=known.programme, key__startswith=f"{day}-").exists()


def forget(folder: Path) -> None:
    """The run is whole."""
    (folder / _UNDER_WAY).unlink(missing_ok=True)


def is_under_way(folder: Path) -> bool:
    """Whether a run in this folder of truth was broken off."""
    return (folder / _UNDER_WAY).exists()


def digest_of(plan: Plan) -> str:
    """The same for the same plan."""
    told = asdict(plan)
    # Scenarios of one programme wrote their log before there could be several.
    if not plan.programmes:
        del told["programmes"]
    return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()


def _in_order(table: Any, ids: list[str]) -> tuple[Any, ...]:
    found = table.objects.in_bulk([UUID(pk) for pk in ids])
    return tuple(found[UUID(pk)] for pk in ids)
