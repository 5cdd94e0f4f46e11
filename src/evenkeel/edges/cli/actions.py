"""`evenkeel action`: what is done about causes, and what its effect checks said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from .handout import _programme, programme_option
from .root import json_option, open_install, say

if TYPE_CHECKING:
    from evenkeel.improve import Action


@click.group()
def action() -> None:
    """Actions: what is done about causes, and whether it was shown to work."""


@action.command("list")
@click.option("--state", default="", help="Only of this state, such as running or effective.")
@programme_option
@json_option
def action_list(state: str, programme: str, as_json: bool) -> None:
    """Print actions, newest first.

    JSON: id, title, state, kind, where, programme, cause, owner, due_on, investigation.
    """
    open_install()
    from evenkeel.improve import Action

    known = dict(Action.STATES)
    if state and state not in known:
        raise click.BadParameter(f"choose one of {', '.join(known)}", param_hint="--state")
    rows = Action.objects.select_related("programme", "owner").order_by("-opened_at", "-id")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(programme=_programme(programme)) if programme else rows
    data = [_said(each) for each in rows]
    lines = [
        f"{each['id']}  {each['state']:<11} {each['title']} ({each['where']}), due {each['due_on']}" for each in data
    ]
    say(data, lines or ["No actions."], as_json=as_json)


@action.command("show")
@click.argument("key", metavar="ID", type=click.UUID)
@json_option
def action_show(key: UUID, as_json: bool) -> None:
    """Print one, by its ID: what is done, its frozen plan, what each check said.

    JSON: what `list` has, what, plan (number, sha256, document), checks (at, verdict, improvement, data_sha256).
    """
    open_install()
    from evenkeel.ground.errors import NotFound
    from evenkeel.improve import Action, EffectCheck

    found = Action.objects.select_related("programme", "owner").filter(pk=key).first()
    if found is None:
        raise NotFound(f"There is no action {key}.", fields={"id": ["`evenkeel action list` has them."]})
    plan = found.plans.order_by("-number").first()
    checks = EffectCheck.objects.filter(plan__action=found).order_by("-at")
    data = _said(found) | {
        "what": found.what,
        "plan": {"number": plan.number, "sha256": plan.sha256, "document": plan.document} if plan else None,
        "checks": [
            {"at": each.at, "verdict": each.verdict, "improvement": each.effect, "data_sha256": each.data_sha256}
            for each in checks
        ],
    }
    lines = [f"{found.title} ({found.get_state_display()}), {found.where_name}, due {found.due_on}", found.what]
    lines += [f"Plan {plan.number}, frozen: {plan.sha256}"] if plan else ["No plan is frozen."]
    lines += [f"{each.at:%Y-%m-%d}: {each.get_verdict_display()}" for each in checks]
    say(data, lines, as_json=as_json)


def _said(found: Action) -> dict[str, Any]:
    return {
        "id": found.pk,
        "title": found.title,
        "state": found.state,
        "kind": found.kind,
        "where": found.where_name,
        "programme": found.programme.name,
        "cause": found.cause,
        "owner": found.owner.name,
        "due_on": found.due_on,
        "investigation": found.investigation_id,
    }
