"""A floor of work for tests: two organisations, two queues, people in teams; facts are written straight into the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from evenkeel.ground import log
from evenkeel.ground.ids import uuid7
from evenkeel.people import TIME, Organisation, Team, Worker, add_worker
from evenkeel.quality import AUDITS, EXPERT_ANSWERS
from evenkeel.work import DECISIONS, Item, Programme, Queue
from evenkeel.work.tests import factories

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
Row = dict[str, Any]


def day(number: int) -> datetime:
    """Noon of a day of the test's history."""
    return datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)


@dataclass
class Floor:
    """What the tests work with."""

    house: Organisation
    vendor: Organisation
    programme: Programme
    queues: list[Queue]
    teams: list[Team]
    workers: list[Worker]
    items: list[Item]
    written: list[Row] = field(default_factory=list)

    @classmethod
    def make(cls, *, workers: int = 4, items: int = 6, name: str = "Programme") -> Floor:
        """A programme with two queues; every second worker is the vendor's."""
        # Another floor may stand there already: one that a module's tests share.
        is_second = Organisation.objects.filter(name="Vendor").exists()
        house, vendor = factories.make_house(), factories.make_vendor("" if is_second else "Vendor")
        programme = factories.make_programme(f"{name} 2" if is_second else name, partners=[vendor])
        form = factories.make_form(programme)
        teams = [factories.make_team(house), factories.make_team(vendor)]
        return cls(
            house=house,
            vendor=vendor,
            programme=programme,
            queues=[factories.make_queue(programme, name=f"Queue {letter}", form=form) for letter in "AB"],
            teams=teams,
            workers=[
                add_worker(
                    factories.SYSTEM,
                    organisation=(house, vendor)[place % 2],
                    code=f"{'d' if is_second else 'c'}{place:03d}",
                    name=f"Worker {place:03d}",
                    team=teams[place % 2],
                    now=NOW,
                )
                for place in range(workers)
            ],
            items=factories.make_items(items, programme),
        )

    def decision(
        self,
        worker: int = 0,
        item: int = 0,
        label: str = "No",
        *,
        at: datetime = NOW,
        sign: int = 1,
        queue: int | None = 0,
        active_ms: int | None = 20_000,
        replicate: int = 1,
        id_: str = "",
    ) -> Row:
        """A row of the decisions' log."""
        by = self.workers[worker]
        return dict.fromkeys(DECISIONS.columns) | {
            "id": id_ or str(uuid7()), "sign": sign, "decided_at": at, "programme_id": self.programme.id,
            "queue_id": None if queue is None else self.queues[queue].id, "item_id": self.items[item].id,
            "worker_id": by.id, "organisation_id": by.organisation_id, "site_id": by.site_id, "team_id": by.team_id,
            "form_version_id": None, "policy_version_id": None, "label": label, "replicate": replicate, "origin": "desk",
            "active_ms": active_ms,
        }  # fmt: skip

    def audit(
        self,
        worker: int = 0,
        item: int = 0,
        *,
        is_right: bool = True,
        pi: float = 0.1,
        at: datetime = NOW,
        sign: int = 1,
        queue: int | None = 0,
        label: str = "No",
    ) -> Row:
        """A row of the audits' log."""
        by = self.workers[worker]
        return dict.fromkeys(AUDITS.columns) | {
            "id": str(uuid7()), "sign": sign, "audited_at": at + timedelta(hours=5), "decided_at": at, "draw_id": None,
            "plan_id": None, "pi": pi, "plans": None, "decision_id": None, "programme_id": self.programme.id,
            "queue_id": None if queue is None else self.queues[queue].id, "item_id": self.items[item].id,
            "worker_id": by.id, "organisation_id": by.organisation_id, "site_id": by.site_id, "team_id": by.team_id,
            "policy_version_id": None, "auditor_id": None, "decided_label": label if is_right else "Yes",
            "audited_label": label, "is_right": is_right, "error_class": "" if is_right else "over_enforcement",
        }  # fmt: skip

    def time(self, worker: int = 0, *, seconds: float = 3600.0, state: str = "production", at: datetime = NOW) -> Row:
        """A row of the clock's log; a break belongs to no queue."""
        by = self.workers[worker]
        is_work = state == "production"
        return {
            "id": str(uuid7()), "sign": 1, "day": at.date(), "began_at": at, "ended_at": at + timedelta(seconds=seconds),
            "seconds": seconds, "state": state, "origin": "desk", "worker_id": by.id,
            "organisation_id": by.organisation_id, "site_id": by.site_id, "team_id": by.team_id,
            "programme_id": self.programme.id if is_work else None, "queue_id": self.queues[0].id if is_work else None,
        }  # fmt: skip

    def expert(self, item: int, label: str, *, sign: int = 1, at: datetime = NOW) -> Row:
        """A row of the experts' log."""
        return {
            "id": str(uuid7()), "sign": sign, "said_at": at, "programme_id": self.programme.id,
            "item_id": self.items[item].id, "label": label,
        }  # fmt: skip

    def write(
        self,
        *,
        decisions: Iterable[Row] = (),
        audits: Iterable[Row] = (),
        experts: Iterable[Row] = (),
        times: Iterable[Row] = (),
        now: datetime = NOW,
    ) -> None:
        """Write rows into the log and flush them to their files."""
        with transaction.atomic():
            log.append(DECISIONS, decisions)
            log.append(AUDITS, audits)
            log.append(EXPERT_ANSWERS, experts)
            log.append(TIME, times)
        log.flush(now)

    def labels(self, said: Sequence[str]) -> list[Row]:
        """One label a character: a string an item, a character a worker ("N", "Y", "U"; "." = none)."""
        names = {"N": "No", "Y": "Yes", "U": "Unsure"}
        return [
            self.decision(worker, item, names[letter], queue=None, active_ms=None)
            for item, letters in enumerate(said)
            for worker, letter in enumerate(letters)
            if letter != "."
        ]
