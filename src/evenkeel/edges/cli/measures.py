"""`evenkeel measure`: any metric of the catalogue, cut by what one likes, over a period or against the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from .root import json_option, open_install, say

if TYPE_CHECKING:
    from datetime import datetime

    from evenkeel.kernel import Estimate
    from evenkeel.measure import Cell, Evaluated

_DAY = click.DateTime(["%Y-%m-%d"])
_PLACES = ("programme", "queue", "organisation", "site", "team", "worker")
_BESIDE = (
    "hour", "item_kind", "label", "language", "market", "policy_version", "severity", "source", "state", "tenure",
)  # fmt: skip
DIMENSIONS = (*_PLACES, *_BESIDE)


@click.command()
@click.argument("metric")
@click.option("--by", multiple=True, type=click.Choice(DIMENSIONS), help="Cut by it; repeat it for combinations.")
@click.option("--from", "since", type=_DAY, help="First day, UTC. Usual: 28 days back.")
@click.option("--to", "until", type=_DAY, help="Last day, UTC. Usual: yesterday.")
@click.option("--where", multiple=True, metavar="DIMENSION=NAME", help="Only this one, by its name or id; repeatable.")
@click.option("--compare", type=click.Choice(["previous"]), help="Set beside the same number of days before.")
@click.option(
    "--adjust", type=click.Choice(["mix", "shrunk"]), help="Make cells comparable: with one mix of work, or leaning."
)
@click.option(
    "--mix-of", multiple=True, type=click.Choice(DIMENSIONS), help="For --adjust mix: which work is to be alike."
)
@click.option("--these", is_flag=True, help="Intervals for exactly these decisions, not for how such work is done.")
@json_option
def measure(
    metric: str,
    by: Sequence[Any],
    since: datetime | None,
    until: datetime | None,
    where: Sequence[str],
    compare: str | None,
    adjust: Any,
    mix_of: Sequence[Any],
    these: bool,
    as_json: bool,
) -> None:
    """Print a metric of the catalogue: value, interval, n, effective n, method.

    With --compare the change of the whole is split exactly into mix (other work) and rate (other results on the same work),
    cell by cell. `evenkeel measure list` prints the metrics; NAME@VERSION is one of your own as it was.
    """
    open_install()
    from evenkeel.ground import clock
    from evenkeel.measure import all_metrics, evaluate, insist_on_covered

    if metric == "list":
        kinds = [
            {"slug": kind.slug, "title": str(kind.title), "unit": kind.unit, "why": str(kind.why)}
            for kind in all_metrics()
        ]
        say(kinds, [f"{kind['slug']:24} {kind['title']}" for kind in kinds], as_json=as_json)
        return
    _insist_on_metric(metric)
    last = until.date() if until else clock.now().date() - timedelta(days=1)
    first = since.date() if since else last - timedelta(days=27)
    end = last + timedelta(days=1)
    if end <= first:
        raise click.UsageError(f"--to {last} lies before --from {first}.")
    places = narrowed(where)
    insist_on_covered(metric, since=first, until=end)
    days = end - first
    try:
        found = evaluate(
            metric,
            by=list(dict.fromkeys(by)),
            since=first,
            until=end,
            compare=(first - days, first) if compare else None,
            adjust=adjust,
            mix_of=list(dict.fromkeys(mix_of)),
            aim="these" if these else "process",
            **places,
        )
    except ValueError as refused:
        raise click.UsageError(str(refused)) from None
    say(_data(found), _lines(found), as_json=as_json)


def _insist_on_metric(slug: str) -> None:
    from evenkeel.ground.errors import NotFound
    from evenkeel.measure import all_metrics, is_by_day, metrics

    if slug not in metrics or not is_by_day(metrics[slug]):
        fix = f"Choose one of {', '.join(kind.slug for kind in all_metrics() if is_by_day(kind))}."
        if slug in metrics:
            fix = f"It needs all labels of a programme at once: `evenkeel figures` prints it. {fix}"
        raise NotFound(f"There is no metric {slug!r} that is summed up by day.", fields={"metric": [fix]})


def narrowed(where: Sequence[str]) -> dict[str, Any]:
    """`--where queue=NAME`, several of them, as ids by dimension. Raises `NotFound` for a name that is not one thing's."""
    from evenkeel.ground.errors import NotFound
    from evenkeel.measure import TABLES

    found: dict[str, Any] = {}
    for said in where:
        name, _sign, value = said.partition("=")
        if name not in DIMENSIONS or not value.strip():
            known = ", ".join(DIMENSIONS)
            raise click.UsageError(f"--where {said!r} does not fit; say queue=NAME, with one of {known}.")
        if name not in TABLES:
            found[name] = value.strip()
            continue
        rows = TABLES[name]._default_manager.all()
        try:
            rows = rows.filter(pk=UUID(value))
        except ValueError:
            rows = rows.filter(name=value.strip())
        keys = list(rows.values_list("pk", flat=True)[:2])
        if len(keys) != 1:
            fix = (
                "More than one has this name: give its id." if keys else "Give its name as its page has it, or its id."
            )
            raise NotFound(f"There is no one {name} {value!r}.", fields={name: [fix]})
        found[name] = keys[0]
    return found


def _data(found: Evaluated) -> dict[str, Any]:
    return {
        "metric": found.metric,
        "by": list(found.by),
        "from": found.since,
        "to": found.until - timedelta(days=1),
        "compared_with": {"from": found.before[0], "to": found.before[1] - timedelta(days=1)} if found.before else None,
        "total": _cell(found, found.total),
        "cells": [_cell(found, cell) for cell in found.cells],
        "hidden": found.hidden,
    }


def _cell(found: Evaluated, cell: Cell) -> dict[str, Any]:
    place: dict[str, Any] = {
        name: {"id": value, "name": title}
        for name, value, title in zip(found.by, cell.values, cell.names, strict=False)
    }
    if cell.adjusted is not None:
        place |= {"adjusted": {**cell.adjusted.estimate.to_dict(), "covered": cell.adjusted.covered}}
    compared = {"before": cell.before.to_dict() if cell.before else None, "mix": cell.mix, "rate": cell.rate}
    return {
        **place,
        **cell.estimate.to_dict(),
        "is_thin": cell.estimate.is_thin(),
        **(compared if found.before else {}),
    }


def _lines(found: Evaluated) -> list[str]:
    def period(since: date, until: date) -> str:
        return f"{since} to {until - timedelta(days=1)}"

    lines = [f"{found.metric}, {period(found.since, found.until)}: {_words(found.total.estimate)}"]
    if found.before and found.total.before is not None:
        lines.append(f"Before, {period(*found.before)}: {_words(found.total.before)}")
        if found.total.mix is not None:
            lines.append(f"Change = mix {found.total.mix:+.6g} + rate {found.total.rate:+.6g}")
    for cell in found.cells:
        change = f"  mix {cell.mix:+.4g} rate {cell.rate:+.4g}" if cell.mix is not None else ""
        beside = f"  adjusted {_words(cell.adjusted.estimate)}" if cell.adjusted else ""
        lines.append(f"  {' | '.join(cell.names)}: {_words(cell.estimate)}{change}{beside}")
    return [*lines, f"{found.hidden} hidden: too few people."] if found.hidden else lines


def _words(said: Estimate) -> str:
    if not said.is_known:
        return f"not known, n {said.n}"
    thin = ", thin" if said.is_thin() else ""
    return f"{said.value:.6g} [{said.low:.6g}, {said.high:.6g}], n {said.n}{thin}"
