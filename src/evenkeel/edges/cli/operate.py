"""What an operator does: set up, look after, check."""

from __future__ import annotations

import sys
from typing import Any

import click

from .root import json_option, say, set_up


@click.command()
def migrate() -> None:
    """Bring the database up to this version."""
    set_up()
    from .prepare import migrate as bring_up

    bring_up()
    click.echo("The database is up to date.")


@click.command()
@click.option("--organisation", required=True, help="The name of your own organisation.")
@click.option("--email", required=True, help="The first administrator's mail address.")
@click.option("--name", required=True, help="Her name.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
def init(organisation: str, email: str, name: str, password_stdin: bool) -> None:
    """Set up a new install: tables, your organisation, its first administrator."""
    set_up()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.errors import NotNow
    from evenkeel.people import Organisation, add_organisation

    from .prepare import migrate as bring_up

    bring_up()
    if Organisation.objects.filter(is_house=True).exists():
        raise NotNow("This install is set up already; add people with `evenkeel person add`.")
    now = clock.now()
    add_organisation(Actor.system("evenkeel init"), name=organisation, is_house=True, now=now)
    _add(email=email, name=name, role="administrator", password=_password(password_stdin), operator=True)
    click.echo(f"{organisation} is set up. Start with `evenkeel serve` and log in as {email}.")


@click.group()
def person() -> None:
    """People's accounts."""


@person.command("add")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option(
    "--role",
    required=True,
    help="moderator, qa_specialist, lead, vendor_manager, quality_manager, data_scientist or administrator.",
)
@click.option("--operator", is_flag=True, help="May use /admin.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
def person_add(email: str, name: str, role: str, operator: bool, password_stdin: bool) -> None:
    """Give somebody of your own organisation an account, with a role everywhere."""
    set_up()
    _add(email=email, name=name, role=role, password=_password(password_stdin), operator=operator)
    click.echo(f"{name} may log in as {email}.")


def _password(from_stdin: bool) -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from evenkeel.ground.errors import Invalid

    said = (
        sys.stdin.readline().rstrip("\n")
        if from_stdin
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    try:
        validate_password(said)
    except ValidationError as error:
        raise Invalid("The password is too weak.", fields={"password": list(error.messages)}) from None
    return str(said)


def _add(*, email: str, name: str, role: str, password: str, operator: bool) -> None:
    from django.db import transaction

    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.errors import Invalid
    from evenkeel.people import Role, add_person, add_worker, give_grant, house

    system, now = Actor.system("evenkeel person add"), clock.now()
    found = Role.objects.filter(slug=role).first()
    if found is None:
        known = ", ".join(sorted(slug for slug in Role.objects.values_list("slug", flat=True) if slug))
        raise Invalid(f"There is no role {role!r}.", fields={"role": [f"Choose one of {known}."]})
    with transaction.atomic():
        made = add_person(
            system, organisation=house(), email=email, name=name, password=password, is_staff=operator, now=now
        )
        add_worker(system, organisation=house(), code=email, name=name, person=made, now=now)
        give_grant(system, person=made, role=found, now=now)


@click.command()
@click.option("--deploy", is_flag=True, help="Also what matters once others can reach the address.")
def check(deploy: bool) -> None:
    """Look for faults in the settings and the install; exit 1 when there are any."""
    set_up()
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", deploy=deploy, fail_level="WARNING" if deploy else "ERROR")
    except SystemCheckError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(1) from None


@click.group()
def trail() -> None:
    """The trail of who did what."""


@trail.command("verify")
@click.option("--head", default=None, help="A chain hash you kept; its absence shows that the end was cut off.")
@json_option
def trail_verify(head: str | None, as_json: bool) -> None:
    """Check that no entry was changed, removed or slipped in; exit 1 when one was."""
    set_up()
    from evenkeel.ground import trail as chain

    chain.seal()
    found = chain.verify(known_head=head)
    data = {
        "intact": found.is_intact,
        "sealed": found.sealed,
        "waiting": found.waiting,
        "head": found.head,
        "faults": list(found.faults),
    }
    lines = [f"{found.sealed} entries sealed, {found.waiting} waiting.", f"Head: {found.head}", *found.faults]
    say(data, [*lines, "The trail is intact." if found.is_intact else "The trail is NOT intact."], as_json=as_json)
    if not found.is_intact:
        raise click.exceptions.Exit(1)


@click.group()
def log() -> None:
    """The log: facts as columns."""


@log.command("flush")
def log_flush() -> None:
    """Move what waits in the outbox to its Parquet files."""
    set_up()
    from evenkeel.ground import clock
    from evenkeel.ground.log import flush

    click.echo(f"{flush(clock.now())} rows moved.")


@log.command("facts")
@json_option
def log_facts(as_json: bool) -> None:
    """List the fact tables and their columns."""
    set_up()
    from evenkeel.ground.log import all_facts

    data: dict[str, Any] = {}
    lines: list[str] = []
    for name, declared in all_facts().items():
        data[name] = {
            "why": declared.why,
            "columns": {key: {"kind": col.kind, "why": col.why} for key, col in declared.columns.items()},
        }
        lines += [
            f"{name}: {declared.why}",
            *(f"  {key:20} {col.kind:8} {col.why}" for key, col in declared.columns.items()),
        ]
    say(data, lines, as_json=as_json)


@click.group()
def jobs() -> None:
    """Background jobs."""


@jobs.command("list")
@json_option
def jobs_list(as_json: bool) -> None:
    """List the periodic jobs, when they are due and how their last run went."""
    set_up()
    from evenkeel.ground.jobs import standing

    rows = standing()
    lines = [
        f"{row['name']:32} every {row['every_s']} s, last ended {row['last_ended_at'] or 'never'} {row['last_error']}"
        for row in rows
    ]
    say(rows, lines, as_json=as_json)


@click.command()
@json_option
def settings(as_json: bool) -> None:
    """List every setting, what it is for and its default."""
    from evenkeel.ground.env import CATALOGUE

    data = [
        {"variable": each.variable, "kind": each.kind, "default": each.default, "why": each.why} for each in CATALOGUE
    ]
    say(
        data,
        [f"{row['variable']:30} {row['kind']:8} [{row['default']}]\n    {row['why']}" for row in data],
        as_json=as_json,
    )


@click.command()
def openapi() -> None:
    """Print the OpenAPI document of /api/v1."""
    set_up()
    import json

    from evenkeel.edges.api import api

    click.echo(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), indent=2, default=str))
