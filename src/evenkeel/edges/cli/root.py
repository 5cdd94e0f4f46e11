"""The root of the command line: which commands there are, and how refusals leave it."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from evenkeel import __version__

from .refusals import Refusal, refusal_of

# Command -> the module it lives in. Loaded when called, so that `evenkeel --help` answers at once.
_COMMANDS = {
    "accept": "deliveries",
    "action": "actions",
    "agree": "labels",
    "analytics": "analytics",
    "bulk": "bulk",
    "calibrate": "calibration",
    "chart": "chart",
    "check": "install",
    "demo": "demo",
    "explain": "explain",
    "effect": "effects",
    "export": "exports",
    "figures": "figures",
    "gold": "golds",
    "import": "imports",
    "infer": "labels",
    "init": "install",
    "investigate": "investigations",
    "jobs": "upkeep",
    "log": "upkeep",
    "mapping": "mappings",
    "measure": "measures",
    "metric": "metrics",
    "migrate": "install",
    "openapi": "reference",
    "person": "persons",
    "plan-audit": "plans",
    "prepare": "prepare",
    "raters": "labels",
    "route": "handout",
    "sample": "samples",
    "serve": "serve",
    "settings": "reference",
    "sprt": "early",
    "target": "targets",
    "trail": "upkeep",
    "twin": "twin",
    "why-not": "handout",
    "worker": "serve",
}


class House(click.Group):
    """Loads a command's module when it is called; lets expected refusals out as a sentence with exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"evenkeel.edges.cli.{_COMMANDS[cmd_name]}")
        found: click.Command = getattr(module, "import_" if cmd_name == "import" else cmd_name.replace("-", "_"))
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # A refusal may happen before the command has read its own options.
        ctx.meta["evenkeel.as_json"] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        as_json: bool = ctx.meta["evenkeel.as_json"]
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):
            click.echo("Stopped.", err=True)
            raise click.exceptions.Exit(130) from None
        except click.ClickException as error:
            if as_json and not isinstance(error, Refusal):
                raise Refusal({"code": "usage", "detail": error.format_message(), "fields": {}}, as_json=True) from None
            raise
        except (click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:
            said = refusal_of(error)
            if said is None:
                raise
            raise Refusal(said, as_json=as_json) from error


@click.group(cls=House, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="evenkeel")
def root() -> None:
    """Work, quality and causes in Trust & Safety and data labelling, on your own machine.

    Settings come from the environment: `evenkeel settings` lists them. Without any, evenkeel keeps everything in ./data.

    Exit codes: 0 well, 1 what was asked about is not in order, 2 the input does not fit, 130 stopped by Ctrl-C.
    """


def main(args: Sequence[str] | None = None) -> None:
    """Entry point of the installed command; leaves by SystemExit."""
    root.main(args=args, prog_name="evenkeel")


def set_up() -> None:
    """Load Django; for commands that need no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django
    from django.apps import apps

    if apps.ready:
        return
    # Nothing that is loaded here goes away again: looking for it takes a seventh of a command's start.
    gc.disable()
    django.setup()
    gc.freeze()
    gc.enable()


def open_install() -> None:
    """Load Django and insist on a database of this version; for commands that work on what is in it.

    A command on an older database might meet a missing column half-way, or worse, none.
    """
    set_up()
    from .prepare import insist_on_current_database

    insist_on_current_database()


def say(data: Any, lines: Sequence[str], *, as_json: bool) -> None:
    """Print for a program or for a person."""
    if not as_json:
        for line in lines:
            click.echo(line)
        return
    click.echo(json.dumps(data, default=_as_django_does, ensure_ascii=False, indent=2))


def _as_django_does(said: Any) -> Any:
    """Moments, ids and the like. Loaded only for them: it opens the settings, and a command that only calculates has none."""
    from django.core.serializers.json import DjangoJSONEncoder

    return DjangoJSONEncoder().default(said)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
