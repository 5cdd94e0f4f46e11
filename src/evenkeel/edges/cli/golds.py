"""`evenkeel gold`: items whose right answer is known: propose, list, retire, and bring in from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .handout import _programme, programme_option
from .root import json_option, open_install, say

if TYPE_CHECKING:
    from evenkeel.quality import Gold
    from evenkeel.work import Item


@click.group()
def gold() -> None:
    """Golden items: their right answer is known, and they are mixed unseen into the work."""


@gold.command("list")
@click.option("--state", type=click.Choice(["proposed", "in_force", "flagged", "retired"]), help="Only of this state.")
@programme_option
@json_option
def gold_list(state: str | None, programme: str, as_json: bool) -> None:
    """Print golden items, newest first.

    JSON: id, item, programme, answer, state, difficulty, provenance, for_exams, shown_to, until.
    """
    open_install()
    from evenkeel.quality import Gold, exposures

    rows = Gold.objects.select_related("item", "programme").order_by("-proposed_at", "-id")
    rows = rows.filter(state=state) if state else rows
    found = list(rows.filter(programme=_programme(programme)) if programme else rows)
    shown = exposures(found)
    data = [_said(each) | {"shown_to": shown.get(each.pk, 0), "until": each.expires_at} for each in found]
    lines = [
        f"{each['state']:<9} {each['item']}: {each['answer']} ({each['programme']}), shown to {each['shown_to']}"
        for each in data
    ]
    say(data, lines or ["No golden items."], as_json=as_json)


@gold.command("propose")
@click.argument("item")
@programme_option
@click.option("--answer", required=True, help="The right answer to the form's main question.")
@click.option("--rationale", required=True, help="Why it is right: experts agree to the reason as well.")
@click.option("--difficulty", type=click.IntRange(1, 3), default=2, show_default=True, help="1 easy to 3 hard.")
@click.option("--for-exams", is_flag=True, help="Keep it apart, for exams.")
@json_option
def gold_propose(
    item: str, programme: str, answer: str, rationale: str, difficulty: int, for_exams: bool, as_json: bool
) -> None:
    """Propose an item, by its KEY, as golden. Two experts agree on its page before anybody meets it.

    JSON: id, item, programme, answer, state, difficulty, provenance, for_exams.
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.quality import propose_gold

    made = propose_gold(
        Actor.system("evenkeel gold propose"), item=_item(item, programme), answer=answer, rationale=rationale,
        provenance="by_hand", difficulty=difficulty, is_for_exams=for_exams, now=clock.now(),
    )  # fmt: skip
    say(_said(made), [f"{made.item.key}: {made.get_state_display()}."], as_json=as_json)


@gold.command("retire")
@click.argument("item")
@programme_option
@click.option("--why", required=True, help="The reason; it stands in its lineage.")
@json_option
def gold_retire(item: str, programme: str, why: str, as_json: bool) -> None:
    """Hand a golden item, by its item's KEY, out no more. What was answered stays on record.

    JSON: id, item, programme, answer, state, difficulty, provenance, for_exams.
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.errors import NotFound
    from evenkeel.quality import Gold, retire_gold

    found = Gold.objects.filter(item=_item(item, programme)).exclude(state=Gold.RETIRED).first()
    if found is None:
        fix = "`evenkeel gold list` names those that are."
        raise NotFound(f"{item!r} is not golden.", fields={"item": [fix]})
    made = retire_gold(Actor.system("evenkeel gold retire"), gold=found, why=why, now=clock.now())
    say(_said(made), [f"{item}: {made.get_state_display()}."], as_json=as_json)


@gold.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--programme", required=True, help="The programme they belong to, by its name.")
@click.option("--skip-bad", is_flag=True, help="Leave rows out that do not fit, instead of stopping everything.")
@json_option
def gold_import(file: Path, programme: str, skip_bad: bool, as_json: bool) -> None:
    """Propose golden items from a CSV or Parquet file: columns item, answer, rationale, and if wanted difficulty, for_exams.

    With one bad row nothing is proposed, and the report names file, row, column and fix (exit 2).

    JSON: rows, proposed, known, bad (row, column, why).
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.quality import import_golds

    from .refusals import Refusal

    rows = _rows(file)
    found = import_golds(
        Actor.system("evenkeel gold import"),
        programme=_programme(programme),
        rows=rows,
        skip_bad=skip_bad,
        now=clock.now(),
    )
    # As a spreadsheet counts: the heading is row 1.
    bad = [{"row": each.row + 1, "column": each.column, "why": each.why} for each in found.bad]
    told = [f"{file.name}, row {each['row']}, column {each['column']}: {each['why']}" for each in bad]
    data = {"rows": found.rows, "proposed": found.proposed, "known": found.known, "bad": bad}
    if bad and not skip_bad:
        detail = f"{file.name}: {len(bad)} of {found.rows} rows do not fit; nothing was proposed."
        said = {"code": "input", "detail": detail, "fields": {}, "report": data, "lines": told}
        raise Refusal(said, as_json=as_json)
    first = f"{found.proposed} of {found.rows} proposed, {found.known} known before, {len(bad)} left out."
    say(data, [first, *told], as_json=as_json)


def _rows(file: Path) -> list[dict[str, Any]]:
    from evenkeel.ground.errors import Invalid

    from .tables import NoTable, read_table

    try:
        table = read_table(file)
    except NoTable as error:
        raise Invalid(f"{file}: {error.what}", code=error.code, fields={"file": [error.fix]}) from error
    missing = [name for name in ("item", "answer", "rationale") if name not in table.column_names]
    if missing:
        raise Invalid(
            f"{file}: there is no column {missing[0]!r}; it has {', '.join(map(repr, table.column_names))}.",
            code="no-column",
            fields={name: ["Add this column, or give an existing one this name."] for name in missing},
        )
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def _said(found: Gold) -> dict[str, Any]:
    return {
        "id": found.pk,
        "item": found.item.key,
        "programme": found.programme.name,
        "answer": found.label,
        "state": found.state,
        "difficulty": found.difficulty,
        "provenance": found.provenance,
        "for_exams": found.is_for_exams,
    }


def _item(key: str, programme: str) -> Item:
    from evenkeel.ground.errors import NotFound
    from evenkeel.work import Item, Programme

    programmes = [_programme(programme)] if programme else list(Programme.objects.all())
    found = list(Item.objects.filter(programme__in=programmes, key=key).select_related("programme")[:2])
    if len(found) == 1:
        return found[0]
    fix = (
        "Several programmes have it: name one with --programme." if found else "Give the key as the item's page has it."
    )
    raise NotFound(f"There is no item {key!r}." if not found else f"{key!r} is not one item.", fields={"item": [fix]})
