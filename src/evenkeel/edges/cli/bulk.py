"""`evenkeel bulk`."""

from __future__ import annotations

import click

from .imports import programme_of, queue_of
from .root import json_option, open_install, say


@click.command()
@click.argument("verb", type=click.Choice(["close", "reopen", "reroute", "prioritise"]))
@click.option("--programme", required=True, help="The programme, by its name.")
@click.option("--queue", "queues", multiple=True, help="Only tasks of this queue; may be given more than once.")
@click.option(
    "--state",
    type=click.Choice(["open", "closed", "any"]),
    default="any",
    show_default=True,
    help="Only tasks that are so.",
)
@click.option("--key-starts", default="", help="Only items whose key starts so.")
@click.option("--attribute", default="", help="Only items with this attribute, as NAME=VALUE.")
@click.option("--to-queue", default="", help="Where to re-route, by the queue's name.")
@click.option("--priority", type=float, default=None, help="The new priority.")
@click.option("--reason", default="", help="Why; needed to do it.")
@click.option("--yes", is_flag=True, help="Do it. Without this the command only tells what it would touch.")
@json_option
def bulk(
    verb: str,
    programme: str,
    queues: tuple[str, ...],
    state: str,
    key_starts: str,
    attribute: str,
    to_queue: str,
    priority: float | None,
    reason: str,
    yes: bool,
    as_json: bool,
) -> None:
    """Change many tasks at once.

    Tells exactly what is meant, by queue and state; with --yes does it. More tasks than EVENKEEL_BULK_ALONE_UP_TO wait
    until a second person agrees on the act's page.
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.jobs import drain
    from evenkeel.work import Selection, bulk_lines, order_bulk, preview_of

    found = programme_of(programme)
    name, _sign, value = attribute.partition("=")
    selection = Selection(
        queue_ids=[queue_of(found, queue).pk for queue in queues],
        state=state,
        key_starts=key_starts,
        attribute=name,
        value=value,
    )
    preview = preview_of(found, selection)
    data = {"total": preview.total, "by_queue": preview.by_queue, "act": None}
    lines = [f"{preview.total:,} tasks are meant:"]
    lines += [f"  {row['queue']}: {row['open']:,} open, {row['closed']:,} closed" for row in preview.by_queue]
    if not yes:
        say(data, [*lines, "Nothing is changed; --yes does it."], as_json=as_json)
        return
    made = order_bulk(
        Actor.system("evenkeel bulk"),
        programme=found,
        verb=verb,
        selection=selection,
        reason=reason,
        to_queue=queue_of(found, to_queue) if to_queue else None,
        priority=priority,
        now=clock.now(),
    )
    drain()
    made.refresh_from_db()
    act = {"id": str(made.pk), "state": made.state, "total": made.total, "counts": made.counts}
    say(data | {"act": act}, [*lines, *bulk_lines(made)], as_json=as_json)
