"""`evenkeel investigate`: why figures changed: list, open, show, ask the recipe again, write the document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from .handout import _programme, _queue, programme_option
from .root import json_option, open_install, say

if TYPE_CHECKING:
    from datetime import datetime

    from evenkeel.improve import Investigation
    from evenkeel.people import Person

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def investigate() -> None:
    """Investigations: where a change sits, which cases show it, what caused it."""


@investigate.command("list")
@click.option("--state", type=click.Choice(["open", "closed"]), help="Only of this state.")
@programme_option
@json_option
def investigate_list(state: str | None, programme: str, as_json: bool) -> None:
    """Print investigations, newest first.

    JSON: id, title, state, metric, where, programme, since, until, verdict, owner.
    """
    open_install()
    from evenkeel.improve import Investigation

    rows = Investigation.objects.select_related("programme", "owner", "closing").order_by("-opened_at", "-id")
    rows = rows.filter(closing__isnull=state == "open") if state else rows
    rows = rows.filter(programme=_programme(programme)) if programme else rows
    data = [_said(each) for each in rows]
    lines = [f"{each['id']}  {each['state']:<6} {each['title']} ({each['metric']}, {each['where']})" for each in data]
    say(data, lines or ["No investigations."], as_json=as_json)


@investigate.command("open")
@click.option("--signal", "signal_id", type=click.UUID, help="Of this signal, by its id; the rest follows from it.")
@click.option("--title", default="", help="What it is called, without --signal.")
@programme_option
@click.option("--metric", default="accuracy", show_default=True, help="The figure that changed.")
@click.option("--queue", "queue_name", default="", help="Only in this queue.")
@click.option("--baseline-since", type=_DAY, help="The first day compared with.")
@click.option("--since", type=_DAY, help="The first changed day.")
@click.option("--until", type=_DAY, help="The day after the last changed one.")
@click.option("--owner", default="", help="Who has it, by e-mail address; without, a signal's owner.")
@json_option
def investigate_open(
    signal_id: UUID | None,
    title: str,
    programme: str,
    metric: str,
    queue_name: str,
    baseline_since: datetime | None,
    since: datetime | None,
    until: datetime | None,
    owner: str,
    as_json: bool,
) -> None:
    """Open an investigation; figures, ranked parts and a first draw of cases come with it.

    JSON: as `show`.
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.improve import Windows, open_from_signal, open_investigation

    actor, now = Actor.system("evenkeel investigate open"), clock.now()
    if signal_id is not None:
        made = open_from_signal(actor, signal=_signal(signal_id), now=now)
    else:
        missing = [name for name, value in (("--baseline-since", baseline_since), ("--since", since), ("--until", until),
                                            ("--programme", programme), ("--owner", owner)) if not value]  # fmt: skip
        if missing or not (baseline_since and since and until):
            raise click.UsageError(f"Give --signal, or {', '.join(missing)} too.")
        made = open_investigation(
            actor,
            title=title,
            programme=_programme(programme),
            metric=metric,
            queue=_queue(queue_name, programme) if queue_name else None,
            windows=Windows(baseline_since=baseline_since.date(), since=since.date(), until=until.date()),
            owner=_person(owner),
            now=now,
        )
    _show(made, as_json=as_json)


@investigate.command("show")
@click.argument("key", metavar="ID", type=click.UUID)
@json_option
def investigate_show(key: UUID, as_json: bool) -> None:
    """Print one, by its ID: the problem, both figures, the parts of the change, how many cases have a cause.

    Single people are not named. JSON: what `list` has, statement, baseline, current, drivers, cases, coded, cause, summary.
    """
    open_install()
    _show(_found(key), as_json=as_json)


@investigate.command("rerun")
@click.argument("key", metavar="ID", type=click.UUID)
@json_option
def investigate_rerun(key: UUID, as_json: bool) -> None:
    """Ask the recipe of one, by its ID, again, of the data as they are now. Exit code 1 when it comes out otherwise.

    JSON: digest, is_same, result, data (sentences: what came out otherwise, what is different in the data).
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.improve import difference_text, run_again

    actor = Actor.system("evenkeel investigate rerun")
    made, result, data = run_again(actor, investigation=_found(key), now=clock.now())
    told = {
        name: [difference_text(each.kind, each.said, shows_people=False) for each in found]
        for name, found in (("result", result), ("data", data))
    }
    lines = [*told["result"], *(f"Data: {sentence}" for sentence in told["data"])]
    lines.insert(0, "Another result." if result else f"The same result: {made.digest[:12]}.")
    say({"digest": made.digest, "is_same": not result} | told, lines, as_json=as_json)
    if result:
        raise click.exceptions.Exit(1)


@investigate.command("export")
@click.argument("key", metavar="ID", type=click.UUID)
@click.option("--out", "-o", type=click.Path(dir_okay=False, path_type=Path), required=True,
              help="The file: .pdf, or .pptx for slides.")  # fmt: skip
@click.option("--site", default="", help="What goes before its links, such as https://ek.example.org.")
@json_option
def investigate_export(key: UUID, out: Path, site: str, as_json: bool) -> None:
    """Write one, by its ID, as a document whose sentences lead to their queries and rows.

    JSON: file, bytes.
    """
    if out.suffix not in (".pdf", ".pptx"):
        raise click.BadParameter("write .pdf or .pptx", param_hint="--out")
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.documents import to_pdf, to_pptx
    from evenkeel.improve import document_of

    actor = Actor.system("evenkeel investigate export")
    document = document_of(actor, _found(key), site=site, now=clock.now())
    content = to_pptx(document) if out.suffix == ".pptx" else to_pdf(document)
    try:
        out.write_bytes(content)
    except OSError as wrong:
        raise click.BadParameter(f"{out}: {wrong.strerror}", param_hint="--out") from wrong
    say({"file": str(out), "bytes": len(content)}, [f"{out}: {len(content):,} bytes."], as_json=as_json)


def _show(found: Investigation, *, as_json: bool) -> None:
    from evenkeel.improve import VERDICTS, part_text

    # A command shows no single person: who looks is not on record here.
    drivers = [each for each in found.drivers.all() if not any(part["dimension"] == "worker" for part in each.cell)]
    cases = found.cases.all()
    coded = cases.exclude(codings=None).distinct().count()
    closing = None if found.is_open else found.closing
    data = _said(found) | {
        "statement": found.statement,
        "baseline": found.baseline,
        "current": found.current,
        "drivers": [
            {
                "rank": each.rank,
                "part": each.title,
                "is_cause": each.is_cause,
                "is_beyond": each.is_beyond,
                "is_unproven": each.is_unproven,
                "before": [each.baseline_errors, each.baseline_n],
                "now": [each.current_errors, each.current_n],
                "excess": each.excess,
            }
            for each in drivers
        ],
        "cases": cases.count(),
        "coded": coded,
        "cause": closing.cause if closing else None,
        "summary": closing.summary if closing else None,
    }
    lines = [f"{found.title} ({data['state']})", found.statement, str(VERDICTS[found.scan["verdict"]])]
    for each in drivers:
        before = part_text(found.metric, each.baseline_errors, each.baseline_n)
        now = part_text(found.metric, each.current_errors, each.current_n)
        lines.append(
            f"{'*' if each.is_cause else '?' if each.is_unproven else ' '} {each.title}: {before} before, {now} now"
        )
    lines.append(f"{data['cases']} cases, {coded} with a cause.")
    if closing:
        lines.append(f"Closed: {closing.cause}. {closing.summary}")
    say(data, lines, as_json=as_json)


def _said(found: Investigation) -> dict[str, Any]:
    return {
        "id": found.pk,
        "title": found.title,
        "state": "open" if found.is_open else "closed",
        "metric": found.metric,
        "where": found.where_name,
        "programme": found.programme.name,
        "since": found.since,
        "until": found.until,
        "verdict": found.scan["verdict"],
        "owner": found.owner.name,
    }


def _found(key: UUID) -> Investigation:
    from evenkeel.ground.errors import NotFound
    from evenkeel.improve import Investigation

    found = Investigation.objects.select_related("programme", "owner", "closing").filter(pk=key).first()
    if found is None:
        raise NotFound(f"There is no investigation {key}.", fields={"id": ["`evenkeel investigate list` has them."]})
    return found


def _signal(key: UUID) -> Any:
    from evenkeel.ground.errors import NotFound
    from evenkeel.measure import Signal

    rows = Signal.objects.select_related("programme", "queue", "organisation", "site", "team")
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotFound(f"There is no signal {key}.", fields={"signal": ["Give the id that its page's address has."]})
    return found


def _person(email: str) -> Person:
    from evenkeel.ground.errors import NotFound
    from evenkeel.people import Person

    found = Person.objects.filter(email__iexact=email.strip()).first()
    if found is None:
        raise NotFound(
            f"There is no person {email!r}.", fields={"owner": ["Give an address as `evenkeel person` has it."]}
        )
    return found
