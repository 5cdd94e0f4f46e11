"""`evenkeel figures`: what a programme's quality page shows, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .root import json_option, open_install, say

if TYPE_CHECKING:
    from evenkeel.kernel import Estimate
    from evenkeel.work import Programme


@click.command()
@click.option("--programme", required=True, help="The programme's name, as its page has it.")
@json_option
def figures(programme: str, as_json: bool) -> None:
    """Print the figures of a programme's labels: value, interval, n, effective n, method.

    They are those of the programme's quality page, as the job last evaluated them.
    """
    open_install()
    from evenkeel.ground.access import Actor
    from evenkeel.measure import programme_study

    rows = programme_study(Actor.system("evenkeel figures"), programme=_programme(programme))
    data = [
        {"metric": row.metric, "title": str(row.title), "unit": row.unit, **row.estimate.to_dict(), "as_of": row.as_of}
        | {"detail": dict(row.detail)}
        for row in rows
    ]
    lines = [_line(row.metric, row.estimate) for row in rows]
    say(data, lines or ["No figures yet: no item has two answers, or an answer and an expert's."], as_json=as_json)


def _programme(name: str) -> Programme:
    from evenkeel.ground.errors import NotFound
    from evenkeel.work import Programme

    found = Programme.objects.filter(name=name.strip()).first()
    if found is None:
        known = ", ".join(repr(said) for said in Programme.objects.order_by("name").values_list("name", flat=True)[:20])
        raise NotFound(
            f"There is no programme {name!r}.",
            fields={"programme": [f"Choose one of {known}." if known else "There is none yet."]},
        )
    return found


def _line(metric: str, said: Estimate) -> str:
    if not said.is_known:
        return f"{metric:24} not known yet  n {said.n}"
    interval = f"[{said.low:.6f}, {said.high:.6f}]" if said.has_interval else "[no interval]"
    return f"{metric:24} {said.value:.6f}  {interval}  n {said.n}  effective n {said.n_effective:.1f}  {said.method}"
