"""`evenkeel twin`: a synthetic organisation lived through, and what the product made of it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .refused import refuses
from .root import json_option, open_install, say, set_up
from .studies import study

if TYPE_CHECKING:
    from datetime import datetime

    from evenkeel.kernel import Estimate
    from evenkeel.people import Organisation
    from evenkeel.twin import Changed, Compared, Line, Plan

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def twin() -> None:
    """A synthetic organisation: made from a scenario, run through the product, scored against what was planted."""


@twin.command("list")
@json_option
def twin_list(as_json: bool) -> None:
    """Print the scenarios that come with evenkeel, and the kinds of events that a scenario may plant."""
    set_up()
    from evenkeel.twin import EVENTS, read_plan, shipped

    plans = {name: read_plan(name) for name in shipped()}
    data = {
        "scenarios": [
            {"name": name, "title": plan.title, "people": plan.people, "days": plan.days, "events": len(plan.events)}
            for name, plan in plans.items()
        ],
        "events": [
            {"kind": kind.slug, "title": kind.title, "why": kind.why, "source": kind.source, "is_fault": kind.is_fault,
             "parameters": {name: asdict(each) for name, each in kind.parameters.items()}}
            for kind in EVENTS
        ],
    }  # fmt: skip
    lines = ["Scenarios", *(f"  {row['name']:<12} {row['title']}" for row in data["scenarios"]), "", "Events"]
    lines += [f"  {row['kind']:<18} {row['why']}" for row in data["events"]]
    say(data, lines, as_json=as_json)


@twin.command("run")
@click.argument("scenario")
@click.option("--out", type=_FOLDER, help="A new folder for the run: database, log and truth.")
@click.option(
    "--into", is_flag=True, help="Run in this install instead; refused where something there would mix with it."
)
@click.option("--seed", type=click.IntRange(min=0), help="Another seed than the scenario's.")
@click.option(
    "--work", type=click.FloatRange(0, 1, min_open=True), help="A share of the decisions, with as many audits."
)
@click.option("--by-acts", is_flag=True, help="Do everything through acts, row by row: slow, and every row opens.")
@click.option("--no-watch", is_flag=True, help="Only make the data: no signals, no investigations.")
@click.option("--change", "changes", multiple=True, help="Another number than the scenario's: audits.rate=0.05.")
@json_option
@refuses
def twin_run(
    scenario: str,
    out: Path | None,
    into: bool,
    seed: int | None,
    work: float | None,
    by_acts: bool,
    no_watch: bool,
    changes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Live through a scenario: each day into the log, each night the product's own jobs.

    SCENARIO is a file (TOML) or the name of one that comes with evenkeel: see `evenkeel twin list`. `evenkeel twin score`
    then tells how well the product saw what was planted; EVENKEEL_DATA_DIR=DIR evenkeel serve shows it. A run --by-acts that
    was broken off goes on where it was when the same command is given again.
    """
    if (out is None) == (not into):
        raise click.UsageError("say where: either --out DIR or --into")
    if out is not None:
        goes_on = by_acts and (out / "truth" / "under-way.json").exists()
        if not goes_on:
            _insist_on_new(out)
        os.environ["EVENKEEL_DATA_DIR"] = str(out)
        _leave_install()
        os.environ.setdefault("EVENKEEL_LOG_LEVEL", "WARNING")
    set_up()
    other = _changed(_plan(scenario, seed), changes)
    plan = other.plan if work is None else other.plan.thinned(work)
    from evenkeel.twin import run, run_by_acts

    from .migrating import migrate

    if into:
        open_install()
    else:
        migrate()
    if by_acts:
        if other.budget is not None or other.threshold is not None:
            raise click.UsageError("signals.budget and targets.accuracy cannot be changed with --by-acts.")
        ran = run_by_acts(plan, progress=_show, watches=not no_watch, set_limit=limits_exposure)
    else:
        watched_from = None if no_watch else 0
        ran = run(plan, progress=_show, watched_from=watched_from, budget=other.budget, threshold=other.threshold)
    click.echo("", err=True)
    said = f"{ran.decisions:,} decisions and {ran.audits:,} audits by {ran.people:,} people in {ran.days} days."
    say(asdict(ran), [said, f"Signals: {ran.signals}."], as_json=as_json)


@twin.command("score")
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw the shares with their goals, too.")
@json_option
def twin_score(folders: tuple[Path, ...], svg: Path | None, as_json: bool) -> None:
    """Set what the product concluded against what was planted.

    FOLDERS are those that `evenkeel twin run --out` made; the rows of several runs are put together.
    """
    lines = _of_all(folders) if len(folders) > 1 else _of_one(folders[0])
    from evenkeel.twin import told

    data = [line.to_dict() | {"said": told(line)} for line in lines]
    rows = [f"{line.score:<10} {line.name:<46} {line.n:>6}  {told(line):<34} {line.goal}" for line in lines]
    if svg is not None:
        from evenkeel.twin import drawn

        svg.write_text(drawn(lines), encoding="utf-8")
    say(data, [f"{'score':<10} {'':<46} {'n':>6}  {'found':<34} goal", *rows], as_json=as_json)


@twin.command("whatif")
@click.argument("scenario")
@click.option(
    "--change", "changes", multiple=True,
    help="Another number: audits.rate=0.05, sites.Manila.accuracy=0.9, signals.budget=2, targets.accuracy=0.92, "
         "arrivals.target_hours=8, events=none. May be repeated: all of them together are one variant.",
)  # fmt: skip
@click.option("--variant", "variants", multiple=True, help='A variant of its own: "NAME: NUMBER=VALUE, NUMBER=VALUE".')
@click.option("--for-all", multiple=True, help="A change that holds for every variant and for the scenario as it is.")
@click.option("--seeds", type=click.IntRange(1, 100), default=1, show_default=True, help="How many organisations.")
@click.option("--work", type=click.FloatRange(0, 1, min_open=True), help="A share of the decisions, as many audits.")
@click.option("--keep", type=_FOLDER, help="Keep the runs in this new folder.")
@json_option
@refuses
def twin_whatif(
    scenario: str,
    changes: tuple[str, ...],
    variants: tuple[str, ...],
    for_all: tuple[str, ...],
    seeds: int,
    work: float | None,
    keep: Path | None,
    as_json: bool,
) -> None:
    """Live through a scenario as it is and with other numbers, and print the scores side by side.

    SCENARIO is a file, such as `evenkeel twin fit` writes, or the name of one that comes with evenkeel. Every variant lives
    through the same organisations: beside what it scores stands by how much it differs, with an interval from three seeds on.
    """
    set_up()
    asked = variants_of(changes, variants)
    if not asked:
        raise click.UsageError('say what to change: --change NUMBER=VALUE, or --variant "NAME: NUMBER=VALUE"')
    for own in asked.values():
        _changed(_plan(scenario, None), (*for_all, *own))
    if keep is not None:
        _insist_on_new(keep)
    from tempfile import TemporaryDirectory

    from evenkeel.twin import compared

    with TemporaryDirectory() as place:
        root = keep or Path(place)
        was, *others = [
            _lived(root / name, scenario, seeds, work, (*for_all, *own))
            for name, own in (("was", ()), *((f"variant-{n}", own) for n, own in enumerate(asked.values(), start=1)))
        ]
    rows = compared(was, others)
    lines = [f"{'score':<10} {'':<46} {'as it is':<30} {' '.join(f'{name[:54]:<54}' for name in asked)}"]
    lines += [f"{row.score:<10} {row.name:<46} {_cell(row.was):<30} {_cells(row)}" for row in rows]
    say([_as_json(row, asked) for row in rows], [line.rstrip() for line in lines], as_json=as_json)


def variants_of(changes: tuple[str, ...], variants: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """What each variant changes, by its name."""
    from evenkeel.ground.errors import Invalid
    from evenkeel.twin import BadScenario, variant_of

    try:
        found = dict(variant_of(said) for said in variants)
    except BadScenario as error:
        raise Invalid(f"The variant cannot be made: {error}.", fields={"variant": error.faults}) from error
    if changes:
        found = {", ".join(changes): changes} | found
    return found


def _cell(line: Line | None) -> str:
    from evenkeel.twin import told

    return told(line) if line is not None else "–"


def _cells(row: Compared) -> str:
    pairs = zip(row.variants, row.differences, strict=True)
    return " ".join(f"{_cell(line):<30} {_apart(found):<23}" for line, found in pairs)


def _apart(found: Estimate | None) -> str:
    if found is None or not found.is_known:
        return ""
    between = f" [{found.low:+.3f}, {found.high:+.3f}]" if found.has_interval else ""
    return f"{found.value:+.3f}{between}"


def _as_json(row: Compared, asked: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    from evenkeel.twin import told

    cells = zip(asked.items(), row.variants, row.differences, strict=True)
    return {
        "score": row.score,
        "name": row.name,
        "was": row.was and row.was.to_dict() | {"said": told(row.was)},
        "variants": [
            {"variant": name, "changes": list(own), "found": line and line.to_dict() | {"said": told(line)},
             "difference": None if found is None or not found.is_known else {
                 "value": found.value, "low": found.low if found.has_interval else None,
                 "high": found.high if found.has_interval else None, "seeds": found.n}}
            for (name, own), line, found in cells
        ],
    }  # fmt: skip


twin.add_command(study)


@twin.command("fit")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The scenario to write.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The first day to go by.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day after the last.")
@click.option("--programme", default="", help="The name of one; without it all are told.")
@json_option
@refuses
def twin_fit(out: Path, since: datetime, until: datetime, programme: str, as_json: bool) -> None:
    """Write a scenario that is like this install: every number from its log, with its interval beside it.

    Then worlds of it are lived, and their headline figures printed beside the log's.
    """
    if out.exists():
        raise click.UsageError(f"{out} exists: name a new file")
    open_install()
    from evenkeel.twin import check_scenario, fit_scenario

    said = fit_scenario(since=since.date(), until=until.date(), programme=programme)
    out.write_text(said, encoding="utf-8")
    checks = check_scenario(_plan(str(out), None), since=since.date(), until=until.date(), programme=programme)
    data = {
        "scenario": str(out),
        "checks": [
            {"name": row.name, "log": row.log.value, "low": row.log.low, "high": row.log.high, "world": row.world,
             "worlds": list(row.worlds), "is_near": row.is_near}
            for row in checks
        ],
    }  # fmt: skip
    lines = [f"{'':<34} {'the log':<34} {'its worlds':>12}"]
    lines += [
        f"{row.name:<34} {f'{row.log.value:,.4g} [{row.log.low:,.4g}, {row.log.high:,.4g}]':<34} {row.world:>12,.4g}"
        f"{'' if row.is_near else '  apart'}"
        for row in checks
    ]
    say(data, [*lines, "", f"{out}: run it with `evenkeel twin run {out} --out DIR`."], as_json=as_json)


def _of_one(folder: Path) -> list[Line]:
    os.environ["EVENKEEL_DATA_DIR"] = str(folder)
    _leave_install()
    os.environ.setdefault("EVENKEEL_LOG_LEVEL", "WARNING")
    open_install()
    from evenkeel.twin import score

    return score(folder)


def _of_all(folders: tuple[Path, ...]) -> list[Line]:
    set_up()
    from evenkeel.twin import together

    return together(_of_each(folders))


def _of_each(folders: tuple[Path, ...]) -> list[list[Line]]:
    """One process a run: an install is opened once a process."""
    import subprocess
    import sys

    set_up()
    from evenkeel.twin import Line

    runs = []
    for folder in folders:
        command = [sys.executable, "-m", "evenkeel.edges.cli", "twin", "score", str(folder), "--json"]
        done = subprocess.run(command, check=False, stdout=subprocess.PIPE)  # noqa: S603  (our own)
        if done.returncode:
            raise click.exceptions.Exit(done.returncode)
        told: list[dict[str, Any]] = json.loads(done.stdout)
        runs.append([Line(**{name: value for name, value in row.items() if name != "said"}) for row in told])
    return runs


def _plan(scenario: str, seed: int | None) -> Plan:
    from evenkeel.ground.errors import Invalid
    from evenkeel.twin import BadScenario, read_plan

    try:
        return read_plan(scenario, seed=seed)
    except BadScenario as error:
        faults = error.faults
        raise Invalid(f"The scenario cannot be run: {faults[0]}.", fields={"scenario": faults}) from error


def _changed(plan: Plan, changes: tuple[str, ...]) -> Changed:
    from evenkeel.ground.errors import Invalid
    from evenkeel.twin import BadScenario, changed

    try:
        return changed(plan, changes)
    except BadScenario as error:
        faults = error.faults
        raise Invalid(f"The change cannot be made: {faults[0]}.", fields={"change": faults}) from error


def _lived(root: Path, scenario: str, seeds: int, work: float | None, changes: tuple[str, ...]) -> list[list[Line]]:
    """The scores of so many runs: one process a run, for an install is opened once a process."""
    import subprocess
    import sys

    folders = [root / f"seed-{seed}" for seed in range(1, seeds + 1)]
    for seed, folder in enumerate(folders, start=1):
        _show(f"{root.name}, seed {seed} of {seeds}")
        words = ["run", scenario, "--out", str(folder), "--seed", str(seed)]
        words += ["--work", str(work)] if work is not None else []
        words += [word for change in changes for word in ("--change", change)]
        command = [sys.executable, "-m", "evenkeel.edges.cli", "twin", *words]
        done = subprocess.run(  # noqa: S603  (our own)
            command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        if done.returncode:
            click.echo(done.stderr, err=True)
            raise click.exceptions.Exit(done.returncode)
    click.echo("", err=True)
    return _of_each(tuple(folders))


def limits_exposure(organisation: Organisation, severity_from: int, minutes_a_day: int, now: datetime) -> None:
    """An organisation's limit of exposure, for the twin, which may not know wellness."""
    from evenkeel.ground.access import Actor
    from evenkeel.wellness import set_limit

    set_limit(
        Actor.system("the synthetic organisation"), organisation=organisation, severity_from=severity_from,
        minutes_a_day=minutes_a_day, now=now,
    )  # fmt: skip


def _leave_install() -> None:
    """A folder of its own has a database of its own, and a log that lies in it and not in the install's object storage."""
    for name in ("DATABASE_URL", "LOG_URL", "S3_UPLOADS"):
        os.environ.pop(f"EVENKEEL_{name}", None)


def _insist_on_new(out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        raise click.UsageError(f"{out} is not empty: name a new folder, or remove this one")
    out.mkdir(parents=True, exist_ok=True)


def _show(said: str) -> None:
    click.echo(f"\r  {said:70}", nl=False, err=True)
