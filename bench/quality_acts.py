"""What the product says of floors whose truth is known, when everything is done as people and jobs do it.

    scripts/bench quality_acts                      all parts
    scripts/bench quality_acts -- headline 5000     so many salts a plan
    scripts/bench quality_acts -- corrected 3       so many floors whose auditors err
    scripts/bench quality_acts -- golds 100         so many people at a gate, and a golden item in eight that leaks

By acts and jobs: `add_items`, `fill_queue`, `take_batch`, `decide_each`, `start_plan`, `draw_due`, `take_audit`,
`give_verdict`, `set_check_rule`, `take_check`, `answer_check`, `propose_gold`, `say_gold`, `set_gold_mix`, `start_gate`,
`record_answers`, `look_for_leaks`, the log, the roll-ups, `measure.evaluate`. A file of SQLite in memory that is thrown away.

Headline: 750 decisions over three days in three queues of unlike difficulty by two vendors who answer each queue alike and
have unlike shares of them. Each plan's sample is audited to the end, and the published figure must be what its odds and salt
give by the rule alone. What is drawn depends on the salt alone: `draw_due` draws the same decisions anew with ten more
salts, then the rule that it calls (`rules.odds.drawn`, on the odds that it stored) with as many as were asked for, which no
floor could audit by hand. "Random" is the error of as many hours of audits drawn at random.

Corrected: 250 decisions of which 92 % are right, all audited by somebody who finds what is right right, and wrong wrong,
nine times of ten. A quarter of the verdicts "right" and all others are audited again by somebody who errs as often; an
expert settles what differs and three tenths of what agrees.

Golds: half of the people answer 95 %, half 75 % of the ordinary golden items right, by a gate that lets 95 % through and stops
75 %; after every answer the job records it and judges. From the middle on, everybody knows the items that leaked.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from math import sqrt
from pathlib import Path
from shutil import copyfile
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench._quality_floor import DAY, DAYS, START, Floor, decide, keep_figures, numbers

BEFORE = 3
PLANS: dict[str, dict[str, Any]] = {
    "random": {"rate": 0.2},
    "widths": {"rate": 0.08, "layers": [{"kind": "widths", "whole": 2, "queue": 0, "organisation": 0}]},
    "risk": {"rate": 0.1, "layers": [{"kind": "risk", "a_day": 40}]},
}


def main(what: list[str]) -> None:
    """The parts that were asked for."""
    home = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
    with tempfile.TemporaryDirectory(prefix="evenkeel-bench.", dir=home, ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
        os.environ["EVENKEEL_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'acts.sqlite3'}"
        os.environ["EVENKEEL_DATA_DIR"] = folder
        import django

        django.setup()
        logging.disable(logging.WARNING)
        from evenkeel.edges.tests.migrated import migrated_sqlite

        copyfile(migrated_sqlite(), Path(folder) / "acts.sqlite3")
        parts: dict[str, tuple[Callable[[int], None], int]] = {
            "headline": (headline, 5_000), "corrected": (corrected, 3), "golds": (golds, 100),
        }  # fmt: skip
        for name in [what[0]] if what else list(parts):
            part, usual = parts[name]
            began, clock = time.process_time(), time.perf_counter()
            part(int(what[1]) if len(what) > 1 else usual)
            cpu, wall = time.process_time() - began, time.perf_counter() - clock
            print(f"\n{name}: {cpu:.0f} s of CPU, {wall:.0f} s, load average {os.getloadavg()[0]:.1f}\n", flush=True)


# ------------------------------------------------------------------ the headline, and two vendors


def headline(salts: int) -> None:
    """A line a plan: what acts and rules say, and what the rules say of many more salts. Then the two vendors."""
    from evenkeel.quality import draw_due

    done = []
    for number, (name, design) in enumerate(PLANS.items()):
        floor = Floor(seed=number)
        for day in range(-BEFORE, 0):
            floor.day(day, 80)
        plan = floor.plan(salt=number, **design)
        for day in range(DAYS):
            floor.day(day, 250)
        floor.settle()
        same = _same_by_job(floor, plan, START + DAYS * DAY)
        for day in range(DAYS):
            # In the evening, so that the odds of the next day know what was found.
            evening = START + day * DAY + timedelta(hours=20)
            draw_due(evening)
            floor.audit(evening)
        plan.refresh_from_db()
        done.append((name, floor, plan, same))
    keep_figures()
    print(
        "| plan | audits by acts | `evaluate` and the rule differ by | salts drawn alike by job and rule | "
        f"bias over {salts:,} salts, points | unweighted | error | random, as many hours | ratio |\n"
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    )
    for name, floor, plan, same in done:
        stored = _stored(plan, floor)
        figure = floor.evaluated("accuracy").total.estimate.value
        apart = abs(figure - _by_rule(floor, stored, plan.salt)[0])
        many = np.array([_by_rule(floor, stored, salt) for salt in range(10_000, 10_000 + salts)])
        off, n = 100 * (many[:, 0] - floor.truth), len(floor.right)
        equal = many[:, 2].mean() / floor.seconds.mean()
        random = 100 * sqrt(floor.truth * (1 - floor.truth) * (1 / equal - 1 / n))
        error = sqrt((off**2).mean())
        print(
            f"| {name} | {plan.draws.count()} of {n} | {apart:.0e} | {same} | {off.mean():+.3f} ± "
            f"{off.std() / sqrt(salts):.3f} | {100 * (many[:, 1].mean() - floor.truth):+.2f} | {error:.2f} | "
            f"{random:.2f} | {error / random:.2f} |",
            flush=True,
        )
    print(
        "\n| two vendors, plan | as audited | with the same mix | 95 % of the difference | covered |\n"
        "|---|---:|---:|---|---:|"
    )
    for name, floor, _plan, _same in done:
        cells = floor.evaluated("accuracy", by=["organisation"], adjust="mix", mix_of=["queue"]).cells
        north, south = sorted(cells, key=lambda cell: cell.names[0])
        one, two = north.adjusted.estimate, south.adjusted.estimate
        apart = one.value - two.value
        # Each interval is about two standard errors to a side; of a difference of independent figures the squares add.
        half = sqrt(((one.high - one.low) / 2) ** 2 + ((two.high - two.low) / 2) ** 2)
        print(
            f"| {name} | {100 * (north.estimate.value - south.estimate.value):+.1f} | {100 * apart:+.1f} | "
            f"{100 * (apart - half):+.1f} to {100 * (apart + half):+.1f} | "
            f"{min(north.adjusted.covered, south.adjusted.covered):.0%} |"
        )


def _same_by_job(floor: Floor, plan: Any, now: datetime) -> str:
    """Have the job draw with other salts, each taken back; how many of them the rule draws alike."""
    from django.db import transaction

    from evenkeel.quality import Draw, SamplingPlan, draw_due

    same, salts = 0, 10
    for salt in range(10_000, 10_000 + salts):
        with transaction.atomic():
            SamplingPlan.objects.filter(pk=plan.pk).update(salt=salt)
            draw_due(now)
            kept = Draw.objects.filter(plan=plan).values_list("decision_id", flat=True)
            by_job = {floor.place[str(key)] for key in kept}
            stored = _stored(SamplingPlan.objects.get(pk=plan.pk), floor)
            same += by_job == set(_drawn(stored, salt)[0].tolist())
            transaction.set_rollback(True)
    return f"{same} of {salts}"


def _stored(plan: Any, floor: Floor) -> list[Any]:
    """Tables of decisions with the odds that the plan kept for their day, and their places among all."""
    import pyarrow as pa

    from evenkeel.quality.drawing import book_of, decision_tables

    book, found = book_of(plan), []
    for table in decision_tables(plan, from_=None, until=None):
        for version, day, rows in book.parts(table):
            part, odds = table.take(pa.array(rows)), book.odds(version, day)
            assert odds is not None
            places = np.array([floor.place[str(key)] for key in part["id"].to_pylist()])
            found.append((part, odds.of(part), places))
    return found


def _drawn(stored: Sequence[Any], salt: int) -> tuple[Any, Any]:
    from evenkeel.quality.rules.odds import drawn

    at, weights = [], []
    for table, odds, places in stored:
        _u, hits = drawn(table, odds, salt=salt)
        at.append(places[hits])
        weights.append(1 / odds.pi[hits])
    return np.concatenate(at), np.concatenate(weights)


def _by_rule(floor: Floor, stored: Sequence[Any], salt: int) -> tuple[float, float, float]:
    """The figure from stored odds and a salt alone; the plain share of the audited; how many seconds that takes."""
    at, w = _drawn(stored, salt)
    right = floor.right[at]
    return float((w * right).sum() / w.sum()), float(right.mean()), float(floor.seconds[at].sum())


# ------------------------------------------------------------------ auditors who err


def corrected(floors: int) -> None:
    """How often the two intervals held the truth, and how far off the figures were."""
    from evenkeel.quality import draw_due, set_check_rule
    from evenkeel.work.tests.factories import SYSTEM

    made, settled = [], 0
    for number in range(floors):
        floor = Floor(seed=100 + number, wrong=(0.08, 0.08, 0.08))
        plan = floor.plan(salt=number, rate=1.0)
        set_check_rule(
            SYSTEM, plan=plan, share_right=0.25, share_wrong=1.0, settle_agreed=0.3, salt=number, now=START
        )  # fmt: skip
        floor.day(0, 250)
        floor.settle()
        now = START + DAY
        draw_due(now)
        floor.audit(now, errs=0.1)
        settled += floor.audit_again(now, errs=0.1)
        made.append(floor)
    keep_figures()
    print("| floor | truth | as judged | freed of auditors' errors |\n|---|---:|---|---|")
    held = {"accuracy": 0, "accuracy_corrected": 0}
    for number, floor in enumerate(made):
        said = []
        for slug in held:
            found = floor.evaluated(slug).total.estimate
            holds = found.low <= floor.truth <= found.high
            held[slug] += holds
            said.append(f"{found.value:.1%} ({found.low:.1%} to {found.high:.1%})")
        print(f"| {number + 1} | {floor.truth:.1%} | {said[0]} | {said[1]} |")
    print(f"| holds the truth | | {held['accuracy']} of {floors} | {held['accuracy_corrected']} of {floors} |")
    print(f"\n{settled / floors:.0f} cases settled a floor")


# ------------------------------------------------------------------ golden items: leaks and gates


def _always(label: str) -> Callable[[Any], str]:
    return lambda _item: label


def golds(people: int) -> None:
    """Gates that are looked at after every answer, and leaks that the job finds."""
    from evenkeel.quality import (
        GateVerdict,
        GoldAnswer,
        propose_gold,
        record_answers,
        say_gold,
        set_gold_mix,
        start_gate,
    )
    from evenkeel.quality.gold_keeping import look_for_leaks
    from evenkeel.quality.queries.gates import limits_of
    from evenkeel.quality.rules.gates import outlook
    from evenkeel.work import NewItem, add_items, fill_queue, take_batch
    from evenkeel.work.tests.factories import (
        SYSTEM,
        as_actor,
        make_form,
        make_person,
        make_programme,
        make_queue,
        worker_of,
    )

    rng, now, n, leaking = np.random.default_rng(5), START, 24, 3
    programme = make_programme()
    form = make_form(programme)
    queue = make_queue(programme, form=form, batch_size=20)
    floor = [make_person("moderator") for _n in range(people)]
    experts = [as_actor(make_person("quality_manager"), now=now) for _n in range(2)]

    def new(k: int) -> Any:
        items = [NewItem(key=f"{next(numbers)}", content={"text": "A post."}) for _n in range(k)]
        return add_items(SYSTEM, programme=programme, items=items, now=now)

    leaked_items = set()
    for at, item in enumerate(new(n)):
        gold = propose_gold(
            experts[0], item=item, answer="No", rationale="It says so.", provenance="by_hand", form=form.form, now=now
        )  # fmt: skip
        say_gold(experts[1], gold=gold, label="No", now=now)
        if at < leaking:
            leaked_items.add(item.pk)
    set_gold_mix(SYSTEM, queue=queue, share=0.5, now=now)
    gate = start_gate(SYSTEM, queue=queue, name="Gate", consequence="warn", good=0.95, bad=0.75, now=now)
    fill_queue(SYSTEM, queue=queue, item_ids=[item.pk for item in new(people * n * 3)], now=now)
    truth = {}
    for at, person in enumerate(rng.permutation(people)):
        good = 0.95 if person % 2 else 0.75
        truth[worker_of(floor[person]).pk] = good
        knows = leaked_items if at >= people // 2 else set()
        while GoldAnswer.objects.filter(worker__person=floor[person]).count() < n:
            actor = as_actor(floor[person], now=now)
            for lease in take_batch(actor, queue=queue, now=now):
                known = lease.task.item_id in knows
                right = rng.random() < (0.99 if known else good)
                took = 20 * float(np.exp(rng.normal(-0.7 if known else 0.0, 0.4)))
                # Nobody is believed to have worked longer than she held the item.
                now += timedelta(seconds=took)
                decide(actor, [lease], now, _always("No" if right else "Yes"), took)
                if lease.planted_id is not None:
                    now += timedelta(minutes=2, seconds=1)
                    record_answers(now)
    burnt = look_for_leaks(now)
    found = sum(gold.item_id in leaked_items for gold in burnt)
    print("| golden items | leaked | found by the job | sound ones retired | sound |\n|---:|---:|---:|---:|---:|")
    print(f"| {n} | {leaking} | {found} | {len(burnt) - found} | {n - leaking} |\n")
    print(
        "| people | answer right | stopped | let through at first | not settled yet | answers until then | fixed test |\n"
        "|---:|---:|---:|---:|---:|---:|---:|"
    )
    fixed = outlook(limits_of(gate)).fixed
    for good in (0.95, 0.75):
        ours = [key for key, each in truth.items() if each == good]
        runs = [GateVerdict.objects.filter(worker=key).order_by("number") for key in ours]
        stopped = sum(run.filter(is_passed=False).exists() for run in runs)
        first = [run.first() for run in runs]
        passed = [each for each in first if each is not None]
        print(
            f"| {len(ours)} | {good:.0%} | {stopped} | {sum(each.is_passed for each in passed)} | "
            f"{len(ours) - len(passed)} | {np.mean([each.n for each in passed]) if passed else 0:.1f} | {fixed} |"
        )
    print(f"\n{GoldAnswer.objects.filter(queue=queue).count()} golden items answered")


if __name__ == "__main__":
    main(sys.argv[1:])
