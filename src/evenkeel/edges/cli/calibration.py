"""`evenkeel calibrate`: open a calibration session, and read what it came to."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

import click

from .handout import _queue, _worker, programme_option
from .root import json_option, open_install, say

if TYPE_CHECKING:
    from evenkeel.quality import CalibrationSession


@click.group()
def calibrate() -> None:
    """Calibration: the same cases to everybody, blind, then settled."""


@calibrate.command("open")
@click.argument("name")
@click.option("--queue", "queue_name", required=True, help="The queue whose form and guideline are used.")
@programme_option
@click.option("--cases", type=click.Choice(["divided", "disputed", "settled", "doubted", "drawn", "hand"]),
              default="divided", show_default=True,
              help="Divided people, disputed, settled by an expert, doubtful, at random, or by --item.")  # fmt: skip
@click.option("--n", type=click.IntRange(1, 200), default=12, show_default=True, help="How many cases.")
@click.option("--item", "keys", multiple=True, help="An item's key, for --cases hand; once for each.")
@click.option(
    "--worker", "codes", multiple=True, required=True, help="A worker's code, or organisation/code; once for each."
)
@click.option("--expert", "experts", multiple=True, help="Of them an expert, by code; once for each.")
@click.option("--days", type=click.IntRange(1, 90), default=7, show_default=True, help="Days until answers are seen.")
@json_option
def calibrate_open(
    name: str,
    queue_name: str,
    programme: str,
    cases: str,
    n: int,
    keys: tuple[str, ...],
    codes: tuple[str, ...],
    experts: tuple[str, ...],
    days: int,
    as_json: bool,
) -> None:
    """Open a session called NAME: everybody who is invited is told and answers blind until the deadline.

    Nobody owns a session that a command opened: its cases are settled by whoever holds one on the pages.

    JSON: id, name, cases, people, deadline_at.
    """
    open_install()
    import secrets

    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.errors import Invalid
    from evenkeel.quality import cases_for, open_session

    queue = _queue(queue_name, programme)
    items = cases_for(queue.programme_id, how=cases, n=n, keys=keys, salt=secrets.randbelow(2**32))
    unknown = [key for key in keys if key not in {item.key for item in items}] if cases == "hand" else []
    if unknown or not items:
        what = f"There is no item {unknown[0]!r}." if unknown else f"No item is known there ({cases})."
        raise Invalid(what, fields={"cases": ["Choose items with --cases hand and --item, by their keys."]})
    now = clock.now()
    made = open_session(
        Actor.system("evenkeel calibrate open"), queue=queue, name=name, items=items,
        workers=[_worker(code) for code in codes], experts=[_worker(code) for code in experts],
        deadline_at=now + timedelta(days=days), chosen_by=cases, now=now,
    )  # fmt: skip
    data = {
        "id": made.pk, "name": made.name, "cases": len(items), "people": len(codes), "deadline_at": made.deadline_at,
    }  # fmt: skip
    until = made.deadline_at.astimezone(UTC)
    say(data, [f"{made.name}: {len(items)} cases to {len(codes)} people, blind until {until:%Y-%m-%d %H:%M} UTC."],
        as_json=as_json)  # fmt: skip


@calibrate.command("results")
@click.argument("session")
@json_option
def calibrate_results(session: str, as_json: bool) -> None:
    """Print what a session came to; SESSION is its name or its id. Exit 2 while answers are blind.

    JSON: session, programme, blind, discussed (alpha), by_person, by_site, by_language (each an estimate), cases (number,
    item, answers, settled, reason).
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.quality import session_results

    actor = Actor.system("evenkeel calibrate results")
    data = session_results(actor, _session(session), now=clock.now())
    say(data, _lines(data), as_json=as_json)


def _lines(data: dict[str, Any]) -> list[str]:
    lines = [f"{data['session']} ({data['programme']})"]
    lines += [
        f"  alpha, {name}: {data[name]['value']:.3f}"
        for name in ("blind", "discussed")
        if data[name] is not None and data[name]["value"] is not None
    ]
    for side in ("by_person", "by_site", "by_language"):
        lines += [
            f"  {side.removeprefix('by_')} {who}: {each['value']:.1%} like the settled answer ({each['n']})"
            for who, each in data[side].items()
            if each["value"] is not None
        ]
    for case in data["cases"]:
        said = ", ".join(f"{label} {n}" for label, n in case["answers"].items())
        lines.append(f"  {case['number']}. {case['item']}: {said}; settled: {case['settled'] or 'not yet'}")
    return lines


def _session(said: str) -> CalibrationSession:
    from evenkeel.ground.access import Actor
    from evenkeel.ground.errors import NotFound
    from evenkeel.quality import calibrations_of

    known = calibrations_of(Actor.system("evenkeel calibrate"))
    found = [each for each in known if said in (each.name, str(each.pk))]
    if len(found) == 1:
        return found[0]
    fix = "Several programmes have one: give its id." if found else "Give its name as its page has it, or its id."
    raise NotFound(
        f"There is no session {said!r}." if not found else f"{said!r} is not one.", fields={"session": [fix]}
    )
