"""Accounts from the command line: `evenkeel person`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .root import json_option, open_install, say

if TYPE_CHECKING:
    from evenkeel.people import Organisation, Person, Worker

# Cells that do not fit, named one by one.
_SHOWN = 100

password_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of standard input instead of asking."
)


@click.group()
def person() -> None:
    """People's accounts."""


@person.command("add")
@click.option("--email", required=True, help="The mail address; it is what the person logs in with.")
@click.option("--name", required=True, help="The name as colleagues see it.")
@click.option("--role", required=True, help="The slug of a role, for example moderator; a wrong one lists them all.")
@click.option("--operator", is_flag=True, help="May also use /admin, with a second factor.")
@password_option
@json_option
def person_add(email: str, name: str, role: str, operator: bool, password_stdin: bool, as_json: bool) -> None:
    """Give somebody of your own organisation an account, with a role everywhere.

    Narrower roles, and the people of vendors, are given on the pages under People.
    """
    open_install()
    made = add_with_role(
        "evenkeel person add",
        email=email,
        name=name,
        role=role,
        password=read_password(from_stdin=password_stdin),
        operator=operator,
    )
    said = {"person_id": made.id, "email": made.email, "name": made.name, "role": role, "operator": operator}
    say(said, [f"{made.name} may log in as {made.email}."], as_json=as_json)


@person.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--organisation", required=True, help="Whose workers they are, by its name.")
@click.option("--add-teams", is_flag=True, help="Make a team that its site does not have yet.")
@click.option("--check", "only_tries", is_flag=True, help="Only say what it would do.")
@json_option
def person_import(file: Path, organisation: str, add_teams: bool, only_tries: bool, as_json: bool) -> None:
    """Bring an organisation's workers to what a CSV file says: by code each is added or changed, the others stay.

    Columns: code, name, site, team, languages, skills, started_on, left_on. With one bad row nothing is changed, and the report
    names file, row, column and fix (exit 2).

    JSON: rows, added, changed, left, same, new_teams, is_done, bad (row, column, why).
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.reading.sources import Source
    from evenkeel.people import import_staff, read_staff

    from .refusals import Refusal

    found = import_staff(
        Actor.system("evenkeel person import"),
        organisation=_organisation(organisation),
        rows=read_staff(Source.of(file)),
        adds_teams=add_teams,
        only_tries=only_tries,
        now=clock.now(),
    )
    names = ("rows", "added", "changed", "left", "same", "new_teams", "is_done")
    data: dict[str, Any] = {name: getattr(found, name) for name in names}
    data["bad"] = [{"row": each.row, "column": each.column, "why": each.why} for each in found.bad]
    if found.bad:
        told = [f"{file.name}, row {each.row}, column {each.column}: {each.why}" for each in found.bad[:_SHOWN]]
        if len(found.bad) > _SHOWN:
            told.append(f"and {len(found.bad) - _SHOWN} more; --json names them all.")
        rows = len({each.row for each in found.bad})
        detail = f"{file.name}: {rows} of {found.rows} rows do not fit; nothing was changed."
        raise Refusal({"code": "input", "detail": detail, "fields": {}, "report": data, "lines": told}, as_json=as_json)
    counts = f"New: {found.added}; changed: {found.changed}; leaving: {found.left}; as they were: {found.same}."
    say(data, [counts, *([] if found.is_done else ["Nothing is changed: it was only checked."])], as_json=as_json)


@person.command("erase")
@click.argument("worker")
@click.option("--organisation", default="", help="Her organisation's name, where two have a worker of this code.")
@click.option("--reason", default="", help="Why; it stands in the trail for ever, so it should name nobody.")
@click.option("--yes", "is_sure", is_flag=True, help="Do it. Without, only what it would touch is told.")
@json_option
def person_erase(worker: str, organisation: str, reason: str, is_sure: bool, as_json: bool) -> None:
    """Erase a worker who has left, by her code or id: a pseudonym takes her place, and every count stays.

    First without --yes: it tells what would be touched and changes nothing. What is erased cannot be brought back.
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.errors import Invalid
    from evenkeel.ground.log import replace_asked, rows_with
    from evenkeel.people import erase_worker, erasing_of

    found, system, now = _worker(worker, organisation), Actor.system("evenkeel person erase"), clock.now()
    seen, in_log = erasing_of(system, worker=found), rows_with(found.pk)
    data: dict[str, Any] = {
        "is_done": False,
        "pseudonym": None,
        "database": seen.database,
        "log": in_log,
        "account": seen.has_account,
    }
    lines = [f"{count:8} {name}" for name, count in [*seen.database.items(), *in_log.items()]]
    if not is_sure:
        say(data, [*lines, "Nothing is changed. Erase with --reason and --yes."], as_json=as_json)
        return
    if not reason.strip():
        raise Invalid("An erasure needs a reason.", fields={"reason": ["Say why with --reason; name nobody in it."]})
    left = erase_worker(system, worker=found, reason=reason, now=now)
    files = replace_asked(now)
    data |= {"is_done": True, "pseudonym": left.pk, "files": files}
    say(data, [*lines, f"Erased; {files} files of the log written anew. What is left is {left.code}."], as_json=as_json)


def _organisation(name: str) -> Organisation:
    from evenkeel.ground.errors import NotFound
    from evenkeel.people import Organisation

    found = Organisation.objects.filter(name=name).first()
    if found is None:
        known = ", ".join(sorted(Organisation.objects.values_list("name", flat=True)))
        raise NotFound(f"There is no organisation {name!r}.", fields={"organisation": [f"There are: {known}."]})
    return found


def _worker(code: str, organisation: str) -> Worker:
    from uuid import UUID

    from evenkeel.ground.errors import NotFound
    from evenkeel.people import Worker

    rows = Worker.objects.select_related("organisation", "person")
    try:
        rows = rows.filter(pk=UUID(code))
    except ValueError:
        rows = rows.filter(code=code)
    if organisation:
        rows = rows.filter(organisation__name=organisation)
    found = list(rows[:2])
    if len(found) == 1:
        return found[0]
    fix = "Give her id, or --organisation." if found else "Give her code as her page has it, or her id."
    raise NotFound(f"There is no one worker {code!r}.", fields={"worker": [fix]})


def read_password(*, from_stdin: bool) -> str:
    """A password that passes the rules for people's own; asked twice at a terminal. Raises `Invalid`."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from evenkeel.ground.errors import Invalid

    if from_stdin:
        said = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        said = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        raise click.UsageError("There is no terminal to ask for the password: send it with --password-stdin.")
    try:
        validate_password(said)
    except ValidationError as error:
        raise Invalid("The password is too weak.", fields={"password": list(error.messages)}) from None
    return str(said)


def add_with_role(command: str, *, email: str, name: str, role: str, password: str, operator: bool) -> Person:
    """Account, worker and grant together; the trail names the command. Raises `Invalid` with the field."""
    from django.db import transaction

    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.errors import Invalid
    from evenkeel.people import Role, add_person, add_worker, give_grant, house

    system, now = Actor.system(command), clock.now()
    found = Role.objects.filter(slug=role).first() if role else None
    if found is None:
        known = ", ".join(sorted(slug for slug in Role.objects.values_list("slug", flat=True) if slug))
        raise Invalid(f"There is no role {role!r}.", fields={"role": [f"Choose one of {known}."]})
    with transaction.atomic():
        made = add_person(
            system, organisation=house(), email=email, name=name, password=password, is_staff=operator, now=now
        )
        add_worker(system, organisation=house(), code=made.email, name=made.name, person=made, now=now)
        give_grant(system, person=made, role=found, now=now)
    return made
