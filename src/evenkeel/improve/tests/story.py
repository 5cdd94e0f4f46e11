"""A month of audited decisions in which one vendor's team, from one day on, takes scams for allowed. Written in bulk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.db import transaction

from evenkeel.ground import log
from evenkeel.ground.access import Actor
from evenkeel.measure import Signal, roll_up
from evenkeel.measure.models import Series
from evenkeel.people import Organisation, Person, Site, Team, Worker, add_site, add_team, add_worker
from evenkeel.policy import version_in_force
from evenkeel.quality import AUDITS, Draw, SamplingPlan, Verdict, start_plan
from evenkeel.quality.facts import audit_row
from evenkeel.work import Decision, FormVersion, Item, Programme, Queue
from evenkeel.work.tests import factories

LABELS = ("Allowed", "Spam", "Scam")
SPEC = factories.SPEC | {
    "fields": [
        factories.SPEC["fields"][0]
        | {
            "choices": [
                {"value": label, "title": f"{label} listing", "key": str(n)} for n, label in enumerate(LABELS, 1)
            ]
        },
        factories.SPEC["fields"][1],
    ]
}
FIRST = date(2026, 2, 9)
FAULT = date(2026, 2, 23)
LAST = date(2026, 2, 26)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SYSTEM = factories.SYSTEM
_numbers = count(1)


@dataclass
class Story:
    """What the tests work with."""

    house: Organisation
    vendor: Organisation
    site: Site
    desk: Team
    team_a: Team
    team_b: Team
    workers: list[Worker]
    programme: Programme
    queue: Queue
    other_queue: Queue
    form: FormVersion
    plan: SamplingPlan
    auditor: Worker
    verdicts: list[Verdict]

    @classmethod
    def make(cls, *, people: int = 5) -> Story:
        """A house with a desk, a vendor with a site of two teams, a queue each for texts and pictures."""
        house, vendor = factories.make_house(), factories.make_vendor("Northline")
        site = add_site(SYSTEM, organisation=vendor, name="Manila", time_zone="Asia/Manila", now=factories.NOW)
        desk = factories.make_team(house)
        team_a, team_b = (add_team(SYSTEM, site=site, name=f"Northline {letter}", now=factories.NOW) for letter in "AB")
        programme = factories.make_programme("Listings", partners=[vendor])
        form = factories.make_form(programme, SPEC)
        queue, other = (
            factories.make_queue(programme, name=name, form=form, policy=factories.make_policy())
            for name in ("New listings", "Pictures")
        )
        plan = start_plan(
            SYSTEM, programme=programme, queue=queue, name="Random audits", rate=0.25, now=factories.NOW - timedelta(30)
        )
        workers = [
            add_worker(
                SYSTEM,
                organisation=team.site.organisation,
                code=f"{team.name}-{number}",
                name=f"{team.name} {number}",
                team=team,
                now=factories.NOW,
            )
            for team in (desk, team_a, team_b)
            for number in range(people)
        ]
        auditor = factories.worker_of(factories.make_person("qa_specialist", name="Marta"))
        return cls(house, vendor, site, desk, team_a, team_b, workers, programme, queue, other, form, plan, auditor, [])

    @classmethod
    def told(
        cls, *, people: int = 5, is_faulty: bool = True, one_in: int = 11, later: timedelta = timedelta(0)
    ) -> Story:
        """With its audits: each person three a day; one in so many wrong; with the fault, team B's scams from FAULT on.

        `later` moves everything from FIRST to LAST.
        """
        story = cls.make(people=people)

        def answer(worker: Worker, day: date, truth: str, number: int) -> str:
            if is_faulty and worker.team_id == story.team_b.pk and day >= FAULT + later and truth == "Scam":
                return "Allowed"
            return "Spam" if number % one_in == 0 and truth != "Spam" else truth

        days = [FIRST + later + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
        story.audit(story.workers, days, answer)
        return story

    def audit(
        self,
        workers: Sequence[Worker],
        days: Sequence[date],
        answer: Callable[[Worker, date, str, int], str],
        *,
        a_day: int = 3,
        at: datetime | None = None,
        queue: Queue | None = None,
    ) -> list[Verdict]:
        """Each worker's audited decisions, `a_day` of them, one for each label in turn; `answer` says what she decided."""
        turns = [(worker, day, number) for day in days for worker in workers for number in range(a_day)]
        policy = version_in_force(self.queue.policy_id or UUID(int=0), datetime(2027, 1, 1, tzinfo=UTC))
        made = []
        for place, (worker, day, turn) in enumerate(turns, len(self.verdicts) + 1):
            number, truth = next(_numbers), LABELS[turn % 3]
            decided_at = datetime(day.year, day.month, day.day, 10, turn, tzinfo=UTC)
            item = Item(programme=self.programme, key=f"L-{number:06d}", kind="text", created_at=decided_at)
            item.content = {"text": f"Listing {number}: a bicycle, pay by gift card."}
            decision = Decision(
                programme=self.programme, queue=queue or self.queue, item=item, worker=worker,
                organisation_id=worker.organisation_id, site_id=worker.site_id, team_id=worker.team_id,
                form_version=self.form, policy_version=policy, label=answer(worker, day, truth, place),
                origin="twin", decided_at=decided_at, active_ms=20_000,
            )  # fmt: skip
            draw = Draw(plan=self.plan, decision=decision, pi=0.25, u=0.1, drawn_at=decided_at + timedelta(hours=1))
            is_right = decision.label == truth
            made.append(
                Verdict(
                    draw=draw, auditor=self.auditor, label=truth, is_right=is_right,
                    error_class="" if is_right else "wrong_selection", client_key=f"story-{number:06d}",
                    audited_at=at or decided_at + timedelta(hours=3),
                )
            )  # fmt: skip
        self._write(made)
        return made

    def _write(self, made: list[Verdict]) -> None:
        with transaction.atomic():
            Item.objects.bulk_create([verdict.draw.decision.item for verdict in made])
            Decision.objects.bulk_create([verdict.draw.decision for verdict in made])
            Draw.objects.bulk_create([verdict.draw for verdict in made])
            Verdict.objects.bulk_create(made)
            log.append(AUDITS, [audit_row(verdict) for verdict in made])
        log.flush(NOW)
        roll_up(now=NOW)
        self.verdicts += made

    def signal(self, team: Team | None = None, **said: Any) -> Signal:
        """An open signal: accuracy fell in a team (team B), or with queue=... or label=... elsewhere."""
        team = self.team_b if team is None and not said else team
        kind, target = (
            ("team", team) if team else ("queue", said["queue"]) if "queue" in said else ("label", self.programme)
        )
        place = {"organisation": team.site.organisation, "site": team.site, "team": team} if team else said
        series = Series.objects.create(
            metric="accuracy", kind=kind, programme=self.programme, target_id=target.pk, baseline_from_on=FIRST, **place
        )
        estimate = {"value": 0.9, "low": 0.8, "high": 0.95, "n": 50, "n_effective": 50.0, "method": "w", "level": 0.95}
        return Signal.objects.create(
            series=series, programme=self.programme, where_name=str(said.get("label", target)), metric="accuracy", side=-1,
            rule="beyond", first_on=FAULT, last_on=FAULT + timedelta(days=1), before=estimate, after=estimate, change=estimate,
            owner=self.manager, raised_at=NOW, **place,
        )  # fmt: skip

    @property
    def manager(self) -> Person:
        """The quality manager, who owns signals."""
        known = Person.objects.filter(name="Quality manager").first()
        return known or factories.make_person("quality_manager", name="Quality manager")

    def person(
        self, *roles: str, organisation: Organisation | None = None, target: Any = None, name: str = ""
    ) -> Person:
        """Somebody with these roles."""
        return factories.make_person(roles, organisation, target, name=name)


def actor_of(person: Person) -> Actor:
    """The person as she may act at NOW."""
    return factories.as_actor(person, now=NOW)
