"""Setting an install up and looking it over: `evenkeel migrate`, `init`, `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .persons import add_with_role, password_option, read_password
from .root import json_option, say, set_up

if TYPE_CHECKING:
    from django.core.checks import CheckMessage


@click.command()
@json_option
def migrate(as_json: bool) -> None:
    """Bring the database up to this version.

    On SQLite `evenkeel serve` does it by itself. With PostgreSQL run it once after each upgrade, before the servers start.
    """
    set_up()
    from .migrating import migrate as bring_up

    bring_up()
    say({"is_current": True}, ["The database is up to date."], as_json=as_json)


@click.command()
@click.option("--organisation", required=True, help="The name of your own organisation.")
@click.option("--email", required=True, help="The first administrator's mail address; she logs in with it.")
@click.option("--name", required=True, help="Her name.")
@password_option
@json_option
def init(organisation: str, email: str, name: str, password_stdin: bool, as_json: bool) -> None:
    """Set up a new install: tables, your organisation, its first administrator.

    The administrator is also an operator: she may use /admin once she has a second factor.
    """
    set_up()
    from django.db import transaction

    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.errors import NotNow
    from evenkeel.people import Organisation, add_organisation

    from .migrating import migrate as bring_up

    bring_up()
    if Organisation.objects.filter(is_house=True).exists():
        raise NotNow("This install is set up already; add people with `evenkeel person add`.")
    password = read_password(from_stdin=password_stdin)
    # Both or neither: an organisation without an administrator could not be set up a second time.
    with transaction.atomic():
        add_organisation(Actor.system("evenkeel init"), name=organisation, is_house=True, now=clock.now())
        made = add_with_role(
            "evenkeel init", email=email, name=name, role="administrator", password=password, operator=True
        )
    say(
        {"organisation": organisation, "person_id": made.id, "email": made.email},
        [f"{organisation} is set up. Start with `evenkeel serve` and log in as {made.email}."],
        as_json=as_json,
    )


@click.command()
@click.option("--deploy", is_flag=True, help="Also what matters once others can reach the address; warnings count.")
@json_option
def check(deploy: bool, as_json: bool) -> None:
    """Look for faults in the settings and the install; exit 1 when there are any."""
    set_up()
    from django.core import checks

    found = checks.run_checks(include_deployment_checks=deploy, databases=["default"])
    shown = sorted((message for message in found if not message.is_silenced()), key=lambda message: -message.level)
    faults = [message for message in shown if message.level >= (checks.WARNING if deploy else checks.ERROR)]
    lines = [line for message in shown for line in _lines(message)]
    say(
        {"faults": len(faults), "messages": [_data(message) for message in shown]},
        [*lines, f"{len(faults)} faults." if faults else "No faults found."],
        as_json=as_json,
    )
    if faults:
        raise click.exceptions.Exit(1)


def _level(message: CheckMessage) -> str:
    return {10: "debug", 20: "info", 30: "warning", 40: "error", 50: "critical"}.get(message.level, "error")


def _data(message: CheckMessage) -> dict[str, Any]:
    return {"id": message.id, "level": _level(message), "message": str(message.msg), "hint": str(message.hint or "")}


def _lines(message: CheckMessage) -> list[str]:
    first = f"{_level(message)} {message.id}: {message.msg}"
    return [first, *([f"    {message.hint}"] if message.hint else [])]
