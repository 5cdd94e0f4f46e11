"""What programs and operators look up: `evenkeel settings`, `evenkeel openapi`."""

from __future__ import annotations

import json
import os

import click

from .root import json_option, say, set_up


@click.command()
@json_option
def settings(as_json: bool) -> None:
    """List every setting, what it is for, its default, and whether it is set here."""
    from evenkeel.ground.env import CATALOGUE

    data = [
        {
            "variable": each.variable,
            "kind": each.kind,
            "default": each.default,
            "is_set": bool(os.environ.get(each.variable, "").strip()),
            "why": each.why,
        }
        for each in CATALOGUE
    ]
    # The value itself is never printed: some are secrets, and terminals are shared and recorded.
    lines = [
        f"{row['variable']:30} {row['kind']:8} [{row['default']}]{'  (set)' if row['is_set'] else ''}\n    {row['why']}"
        for row in data
    ]
    say(data, lines, as_json=as_json)


@click.command()
def openapi() -> None:
    """Print the OpenAPI document of /api/v1 as JSON."""
    set_up()
    from evenkeel.edges.api import openapi_document

    click.echo(json.dumps(openapi_document(), indent=2, ensure_ascii=False, sort_keys=True, default=str))
