"""What the product's own acts say of a floor whose truth is known: the headline under targeted plans, auditors who err.

    scripts/bench quality_acts              both, one programme a design and 4 with auditors who err
    scripts/bench quality_acts -- 6 20      so many of each

Everything between the decisions and the published figure is done as people and jobs do it: `start_plan`, `draw_due` day by
day, `take_audit` and `give_verdict` one by one, `set_check_rule`, `take_check` and `answer_check`, the log, the roll-ups,
`measure.figure`. The decisions themselves are rows of a made-up floor. A file of SQLite in a folder that is thrown away.

Headline: each programme has 1,200 decisions over three days, three queues of unlike difficulty, and a plan with a salt of its
own. Its figure must be the one that the same odds and salt give by the rules alone, to ten digits; then those rules draw the
same decisions with 1,000 more salts, which no floor could audit by hand. "Random" is the error of as many hours of audits drawn
at random.

Auditors who err: each programme has 300 decisions of which 92 % are right, all audited by people who find right what is right,
and wrong what is wrong, nine times of ten; a tenth of the verdicts "right" and half of the others are audited again, and an
expert who does not err settles what differs and a quarter of what agrees.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
DAYS, A_DAY, BEFORE, SALTS = 3, 400, 200, 1_000
WRONG, SECONDS = np.array([0.02, 0.15, 0.35]), np.array([45, 60, 90])
DESIGNS: dict[str, dict[str, Any]] = {
    "random": {"rate": 0.1},
    "widths": {"rate": 0.03, "layers": [{"kind": "widths", "whole": 2, "queue": 0, "organisation": 0}]},
    "risk": {"rate": 0.04, "layers": [{"kind": "risk", "a_day": 25}]},
}


def main(what: list[str]) -> None:
    """The two tables."""
    with tempfile.TemporaryDirectory(prefix="evenkeel-bench.", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
        os.environ["EVENKEEL_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'acts.sqlite3'}"
        os.environ["EVENKEEL_DATA_DIR"] = folder
        import django

        django.setup()
        logging.disable(logging.WARNING)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        began = time.process_time()
        people = _people()
        headline(people, int(what[0]) if what else 1)
        corrected(people, int(what[1]) if len(what) > 1 else 4)
        print(f"\n{time.process_time() - began:.0f} s of CPU, load average {os.getloadavg()[0]:.1f}")


def _people() -> dict[str, Any]:
    from evenkeel.work.tests.factories import make_person, worker_of

    return {
        "moderators": [worker_of(make_person("moderator")) for _n in range(12)],
        "auditors": [make_person("qa_specialist") for _n in range(3)],
        "expert": make_person("quality_manager"),
    }


def headline(people: dict[str, Any], each: int) -> None:
    """A line a design: what acts and rules say, and what the rules say of many more salts."""
    print(
        "| design | programmes | audits each | figure by acts and by rules differ by | bias over 1,000 salts | unweighted | "
        "error | random, as many hours |\n|---|---:|---:|---:|---:|---:|---:|---:|",
        flush=True,
    )
    for name, design in DESIGNS.items():
        audits, apart, off, naive, hours, random = [], 0.0, list[float](), list[float](), list[float](), 0.0
        for number in range(each):
            floor = _Floor(f"{name} {number}", people, seed=number)
            plan = floor.started(design, salt=number)
            floor.run(plan)
            audits.append(plan.draws.count())
            apart = max(apart, abs(floor.figure("accuracy").value - floor.by_rules(plan, plan.salt)[0]))
            many = np.array([floor.by_rules(plan, salt) for salt in range(10_000, 10_000 + SALTS // each)])
            off += (many[:, 0] - floor.truth).tolist()
            naive += (many[:, 1] - floor.truth).tolist()
            hours.append(float(many[:, 2].mean()))
            equal = many[:, 2].mean() * 3600 / floor.seconds
            random += floor.truth * (1 - floor.truth) * (1 / equal - 1 / len(floor.right)) / each
        found = 100 * np.array(off)
        print(
            f"| {name} | {each} | {np.mean(audits):.0f} | {apart:.0e} | {found.mean():+.3f} ± "
            f"{found.std(ddof=1) / sqrt(len(found)):.3f} | {100 * np.mean(naive):+.2f} | {sqrt((found**2).mean()):.2f} | "
            f"{100 * sqrt(random):.2f} |",
            flush=True,
        )


class _Floor:
    """A programme with decisions of known truth: 28 days before its plan starts, and the days that the plan draws from."""

    def __init__(self, name: str, people: dict[str, Any], *, seed: int):
        from evenkeel.work.tests.factories import make_form, make_programme, make_queue

        rng = np.random.default_rng(seed)
        self.people, self.programme = people, make_programme(name=name)
        form = make_form(self.programme)
        self.queues = [make_queue(self.programme, form=form, name=f"Queue {n}") for n in range(3)]
        self._decide(rng, form, days=range(-7, 0), a_day=BEFORE)
        self.keys, self.right, self.queue = self._decide(rng, form, days=range(DAYS), a_day=A_DAY)
        self.truth, self.seconds = float(self.right.mean()), float(SECONDS[self.queue].mean())
        self.is_right = dict(zip(self.keys, self.right.tolist(), strict=True))

    def _decide(self, rng: Any, form: Any, *, days: range, a_day: int) -> tuple[list[Any], Any, Any]:
        from evenkeel.ground.ids import uuid7
        from evenkeel.work import Decision, Item

        items, decisions, rights, queues = [], [], [], []
        for day in days:
            queue = rng.choice(3, size=a_day, p=[0.75, 0.2, 0.05])
            right = rng.random(a_day) >= WRONG[queue]
            risk = rng.lognormal(0, 0.5, a_day) * np.where(right, 1.0, 1.8)
            for at in range(a_day):
                item = Item(
                    programme=self.programme, key=f"{day}-{at}", kind="text", content={"text": "A post."},
                    attributes={"risk": float(risk[at]), "reach": 1}, created_at=START,
                )  # fmt: skip
                worker = self.people["moderators"][int(rng.integers(12))]
                items.append(item)
                decisions.append(
                    Decision(
                        id=uuid7(), programme=self.programme, queue=self.queues[queue[at]], item=item, worker=worker,
                        form_version=form, organisation_id=worker.organisation_id, label="No", answer={},
                        origin="desk", decided_at=START + day * DAY + timedelta(seconds=60 * at),
                    )
                )  # fmt: skip
            rights.append(right)
            queues.append(queue)
        Item.objects.bulk_create(items, batch_size=500)
        Decision.objects.bulk_create(decisions, batch_size=500)
        return [each.pk for each in decisions], np.concatenate(rights), np.concatenate(queues)

    def started(self, design: dict[str, Any], *, salt: int) -> Any:
        from evenkeel.quality import start_plan
        from evenkeel.work.tests.factories import SYSTEM

        return start_plan(SYSTEM, programme=self.programme, name="Plan", salt=salt, now=START, **design)

    def run(self, plan: Any) -> None:
        """Draw and audit day by day; auditors answer what is right."""
        from evenkeel.quality import draw_due

        for day in range(1, DAYS + 1):
            now = START + day * DAY + timedelta(hours=1)
            draw_due(now)
            self.audit(self.people["auditors"][0], now, judge=lambda key: self.is_right[key])
        plan.refresh_from_db()

    def audit(self, auditor: Any, now: datetime, *, judge: Any) -> None:
        """Take and judge until nothing waits. `judge` says of a decision whether this auditor finds it right."""
        from evenkeel.quality import give_verdict, take_audit
        from evenkeel.work.tests.factories import as_actor

        actor = as_actor(auditor)
        while (task := take_audit(actor, programme=self.programme, now=now)) is not None:
            decision = task.draw.decision
            took = int(SECONDS[[queue.pk for queue in self.queues].index(decision.queue_id)]) * 1000
            give_verdict(
                actor, task_id=task.pk, answer={"label": "No" if judge(decision.pk) else "Yes"},
                client_key=f"v-{task.pk}", active_ms=took, now=now,
            )  # fmt: skip

    def figure(self, slug: str) -> Any:
        """The published figure, after the log and the roll-ups."""
        from evenkeel.ground.log import flush
        from evenkeel.measure import roll_up
        from evenkeel.measure.queries.figures import figure

        now = START + (DAYS + 1) * DAY
        flush(now)
        roll_up(now)
        since = START.date()
        return figure(slug, since=since, until=(START + (DAYS + 1) * DAY).date(), programme=self.programme.pk)

    def by_rules(self, plan: Any, salt: int) -> tuple[float, float, float]:
        """The same figure from stored odds and a salt alone; the plain share of the audited; the hours that takes."""
        from evenkeel.quality.rules.odds import drawn

        if not hasattr(self, "_odds"):
            self._odds = self._stored(plan)
        hits, weights = [], []
        for table, odds, places in self._odds:
            _u, found = drawn(table, odds, salt=salt)
            hits.append(places[found])
            weights.append(1 / odds.pi[found])
        at, w = np.concatenate(hits), np.concatenate(weights)
        right = self.right[at]
        return float((w * right).sum() / w.sum()), float(right.mean()), float(SECONDS[self.queue[at]].sum()) / 3600

    def _stored(self, plan: Any) -> list[Any]:
        """Tables of decisions with the odds that the plan kept for their day, and their places among all."""
        import pyarrow as pa

        from evenkeel.quality.drawing import book_of, decision_tables

        place, book, found = {str(key): at for at, key in enumerate(self.keys)}, book_of(plan), []
        for table in decision_tables(plan, from_=None, until=None):
            for version, day, rows in book.parts(table):
                part = table.take(pa.array(rows))
                places = np.array([place[str(key)] for key in part["id"].to_pylist()])
                odds = book.odds(version, day)
                assert odds is not None
                found.append((part, odds.of(part), places))
        return found


def corrected(people: dict[str, Any], programmes: int) -> None:
    """One line: how often the two intervals held the truth, and how far off the figures were."""
    from evenkeel.quality import draw_due, set_check_rule
    from evenkeel.work.tests.factories import SYSTEM

    global A_DAY, DAYS, WRONG  # a smaller floor, alike in all queues
    A_DAY, DAYS, WRONG = 300, 1, np.array([0.08] * 3)
    rng, off, holds, cases = np.random.default_rng(7), list[list[float]](), list[list[bool]](), 0
    for number in range(programmes):
        floor = _Floor(f"Erring {number}", people, seed=100 + number)
        plan = floor.started({"rate": 1.0}, salt=number)
        set_check_rule(
            SYSTEM, plan=plan, share_right=0.1, share_wrong=0.5, settle_agreed=0.25, salt=number, now=START
        )  # fmt: skip
        now = START + DAY + timedelta(hours=1)
        draw_due(now)
        floor.audit(
            people["auditors"][0], now, judge=lambda key, f=floor: bool(f.is_right[key]) == (rng.random() < 0.9)
        )
        cases += _again(floor, people, now, rng)
        figures = [floor.figure("accuracy"), floor.figure("accuracy_corrected")]
        off.append([100 * (each.value - floor.truth) for each in figures])
        holds.append([each.low <= floor.truth <= each.high for each in figures])
    found, held = np.array(off), np.array(holds)
    print(
        f"\n| auditors who err | programmes | settled each | holds the truth | off, points |\n|---|---:|---:|---:|---:|\n"
        f"| accuracy as judged | {programmes} | | {held[:, 0].sum()} | {found[:, 0].mean():+.2f} |\n"
        f"| auditors' errors taken out | {programmes} | {cases / programmes:.0f} | {held[:, 1].sum()} | "
        f"{found[:, 1].mean():+.2f} |"
    )


def _again(floor: Any, people: dict[str, Any], now: datetime, rng: Any) -> int:
    """Second audits by somebody who errs as often, and cases by the expert who does not; how many were settled."""
    from evenkeel.quality import answer_check, take_check
    from evenkeel.work.tests.factories import as_actor

    settled = 0
    for person, sure in ((people["auditors"][1], 0.9), (people["expert"], 1.0)):
        actor = as_actor(person)
        while (check := take_check(actor, programme=floor.programme, now=now)) is not None:
            says = bool(floor.is_right[check.draw.decision_id]) == (rng.random() < sure)
            answer = {"label": "No" if says else "Yes"}
            key = f"{check.stage}-{check.pk}"
            settled += check.stage == "expert"
            answer_check(actor, check_id=check.pk, answer=answer, client_key=key, active_ms=60_000, now=now)
    return settled


if __name__ == "__main__":
    main(sys.argv[1:])
