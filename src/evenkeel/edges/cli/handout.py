"""`evenkeel why-not` and `evenkeel route`: why somebody gets nothing, and why an item goes where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .root import json_option, open_install, say

if TYPE_CHECKING:
    from evenkeel.people import Worker
    from evenkeel.work import Programme, Queue

programme_option = click.option("--programme", default="", help="The programme's name, where the other name needs it.")


@click.command("why-not")
@click.option(
    "--worker", "code", required=True, help="The worker's code; with organisation/code where several have it."
)
@click.option("--queue", "queue_name", required=True, help="The queue's name.")
@programme_option
@json_option
def why_not(code: str, queue_name: str, programme: str, as_json: bool) -> None:
    """Say why a worker gets nothing from a queue, and what puts it right; exit 1 when a rule keeps items from her."""
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.work import why_not as ask

    queue, worker = _queue(queue_name, programme), _worker(code)
    found = ask(Actor.system("evenkeel why-not"), queue=queue, worker=worker, now=clock.now())
    checks: list[dict[str, Any]] = [
        {"slug": check.slug, "title": check.title, "passed": check.passed, "found": check.found, "fix": check.fix}
        for check in found.checks
    ]
    lines = [f"{'ok  ' if check['passed'] else 'FAIL'}  {check['title']:<20} {check['found']}" for check in checks]
    first = found.first
    lines.append(f"{first.found} {first.fix}" if first else "Nothing stands in the way.")
    say({"first": first.slug if first else None, "waiting": found.waiting, "checks": checks}, lines, as_json=as_json)
    if first is not None:
        raise click.exceptions.Exit(1)


@click.group()
def route() -> None:
    """Routing: which queue an item goes to."""


@route.command("explain")
@click.argument("item")
@programme_option
@json_option
def route_explain(item: str, programme: str, as_json: bool) -> None:
    """Say which rule an item matches and why the others do not; exit 1 when none does. ITEM is its key."""
    open_install()
    from evenkeel.ground.access import Actor
    from evenkeel.ground.errors import NotFound
    from evenkeel.work import Item, Programme, explain_route

    # By programme and key, as the index has them: a key alone would be looked for in every item there is.
    programmes = [_programme(programme)] if programme else list(Programme.objects.all())
    rows = Item.objects.filter(programme__in=programmes, key=item).select_related("programme")
    items = list(rows[:2])
    if len(items) != 1:
        fix = (
            "Several programmes have it: name one with --programme."
            if items
            else "Give the key as the item's page has it."
        )
        raise NotFound(
            f"There is no item {item!r}." if not items else f"{item!r} is not one item.", fields={"item": [fix]}
        )
    found = explain_route(Actor.system("evenkeel route"), items[0])
    lines = []
    for step in found.steps:
        lines.append(f"{step.outcome:<12} {step.rule.title} -> {step.rule.queue.name}: {step.condition}")
        lines += [
            f"             {'+' if test.holds else '-'} {test}; the item says {test.said!r}" for test in step.tests
        ]
    lines += [f"In {task.queue.name}, by {task.routed_by or 'hand'}." for task in found.tasks]
    data = {
        "matched": found.matched.rule.title if found.matched else None,
        "queue": found.matched.rule.queue.name if found.matched else None,
        "steps": [
            {
                "rule": step.rule.title, "queue": step.rule.queue.name, "outcome": step.outcome, "condition": step.condition,
                "tests": [{"asks": str(test), "said": test.said, "holds": test.holds} for test in step.tests],
            }
            for step in found.steps
        ],
        "in_queues": [task.queue.name for task in found.tasks],
    }  # fmt: skip
    say(data, lines or ["The programme has no routing rules."], as_json=as_json)
    if found.matched is None:
        raise click.exceptions.Exit(1)


def _programme(name: str) -> Programme:
    from evenkeel.ground.errors import NotFound
    from evenkeel.work import Programme

    found = Programme.objects.filter(name=name.strip()).first()
    if found is None:
        raise NotFound(f"There is no programme {name!r}.", fields={"programme": ["Give its name as its page has it."]})
    return found


def _queue(name: str, programme: str) -> Queue:
    from evenkeel.ground.errors import NotFound
    from evenkeel.work import Queue

    rows = Queue.objects.filter(name=name.strip()).select_related("programme")
    if programme:
        rows = rows.filter(programme=_programme(programme))
    found = list(rows[:2])
    if len(found) == 1:
        return found[0]
    fix = "Several programmes have one: name one with --programme." if found else "Give its name as its page has it."
    raise NotFound(
        f"There is no queue {name!r}." if not found else f"{name!r} is not one queue.", fields={"queue": [fix]}
    )


def _worker(code: str) -> Worker:
    from evenkeel.ground.errors import NotFound
    from evenkeel.people import Worker

    organisation, slash, own = code.rpartition("/")
    rows = Worker.objects.filter(code=own.strip()).select_related(
        "organisation", "site", "team", "person__organisation", "person__worker"
    )
    if slash:
        rows = rows.filter(organisation__name=organisation.strip())
    found = list(rows[:2])
    if len(found) == 1:
        return found[0]
    fix = (
        "Several organisations have one: write organisation/code."
        if found
        else "Give the code as the worker's page has it."
    )
    raise NotFound(
        f"There is no worker {code!r}." if not found else f"{code!r} is not one worker.", fields={"worker": [fix]}
    )
