"""Both ends of every number's range: does a scenario still live there, and what does it move?

    scripts/bench twin_ends                 the scenario `whole`, each number at the low and at the high end of its range
    scripts/bench twin_ends -- inside       the same of the generator's own numbers, which no scenario says

One number at a time, one day a week of the scenario, its data alone. Printed for each: the range; at either end decisions a
day, the share that is right, the share of audits that found an error, median seconds, and rows a day of all other facts
(appeals, disputes, golden items, checks, calibration, time, costs, predictions). A number that moves nothing here is asked
where nobody decides in columns: limits of exposure, which hand-out obeys in runs by acts, and what was promised.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import numpy as np


def main() -> None:
    """Print a line a number."""
    from evenkeel.edges.cli.root import set_up

    set_up()
    from evenkeel.twin import EVENTS, Plan, plan_of, read_plan
    from evenkeel.twin.ranges_inside import OF_THE_GENERATOR
    from evenkeel.twin.whatif import _told
    from evenkeel.twin.wide.arriving import Waiting
    from evenkeel.twin.wide.day import audit, live_a_day
    from evenkeel.twin.wide.ranges import USUAL
    from evenkeel.twin.wide.rows import tables_of
    from evenkeel.twin.wide.staff import hire

    def lived(plan: Plan) -> str:
        events = [EVENTS[event.kind](event) for event in plan.events]
        staff = hire(plan, events)
        ids = SimpleNamespace(
            programme=SimpleNamespace(pk=uuid4()), queues=[SimpleNamespace(pk=uuid4()) for _each in plan.markets],
            organisation=[uuid4() for _each in plan.sites], site=[uuid4() for _each in plan.sites],
            team=[uuid4() for _each in staff.teams], worker=[uuid4() for _each in range(len(staff))],
            auditor=[uuid4() for _each in range(plan.audits.auditors)], form_version=uuid4(), plan=uuid4(),
            owner=SimpleNamespace(organisation_id=uuid4()), version_on=lambda day: None,
        )  # fmt: skip
        n = right = found = audits = others = 0
        seconds, waiting = [], Waiting.nothing(plan)
        days = range(0, plan.days, 7)
        for day in days:
            work = live_a_day(plan, staff, events, day)
            if plan.arrivals.items_a_day:
                work, _entered = waiting.take(work)
            judged = audit(work, events)
            n, right = n + len(work), right + int(work.is_right.sum())
            audits, found = audits + len(judged), found + int((judged.label != work.label[judged.row]).sum())
            seconds.append(float(np.median(work.seconds)))
            tables = tables_of(work, judged, ids)  # type: ignore[arg-type]
            others += sum(table.num_rows for name, table in tables.items() if name not in ("decisions", "audits"))
        return (
            f"{n / len(days):7,.0f} {right / max(n, 1):7.4f} {found / max(audits, 1):7.4f} {np.mean(seconds):6.1f} "
            f"{others / len(days):7,.0f}"
        )

    plan = read_plan("whole")
    print(f"{'':32} {'end':>8}  {'dec./day':>7} {'right':>7} {'errors':>7} {'sec.':>6} {'others':>7}")
    print(f"{'as it is':32} {'':>8}  {lived(plan)}")
    if "inside" in sys.argv[1:]:
        for name, usual in OF_THE_GENERATOR.items():
            module, _dot, number = name.rpartition(".")
            inside = import_module(f"evenkeel.twin.{module}")
            was = getattr(inside, number)
            for end in (usual.low, usual.high):
                setattr(inside, number, end)
                print(f"{name:32} {end:8g}  {lived(plan)}", flush=True)
            setattr(inside, number, was)
        return
    for name, usual in USUAL.items():
        if name == "sites.teams":
            continue
        for end in (usual.low, usual.high):
            told = _told(plan)
            if not _set(told, name, end):
                print(f"{name:32} not in this scenario")
                break
            print(f"{name:32} {end:8g}  {lived(plan_of(told))}", flush=True)


def _set(told: dict[str, Any], name: str, value: float) -> bool:
    """Put a number everywhere where the scenario has it; whether it has it at all."""
    *way, leaf = name.split(".")
    rows: list[dict[str, Any]] = [told]
    if way and way[0] == "events":
        rows = [row for row in told["events"] if row["kind"] == way[1]]
    elif way:
        place = told[way[0]]
        rows = place if isinstance(place, list) else [place]
    found = False
    for row in rows:
        was = row.get(leaf)
        if isinstance(was, Mapping):
            row[leaf] = dict.fromkeys(was, value)
        elif isinstance(was, list):
            row[leaf] = [value if was[0] == each else each for each in was]
        else:
            row[leaf] = round(value) if isinstance(was, int) and not isinstance(was, bool) else float(value)
        found = found or was is not None
    return found


if __name__ == "__main__":
    main()
