"""The root of the command line, and how refusals leave it."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import click

from evenkeel import __version__

# Command -> the module it lives in. Loaded when called, so that `evenkeel --help` answers at once.
_COMMANDS = {
    "check": "operate",
    "demo": "demo",
    "figures": "figures",
    "import": "imports",
    "init": "operate",
    "jobs": "operate",
    "log": "operate",
    "migrate": "operate",
    "openapi": "operate",
    "person": "operate",
    "sample": "figures",
    "serve": "serve",
    "settings": "operate",
    "trail": "operate",
    "worker": "serve",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = __import__(f"evenkeel.edges.cli.{_COMMANDS[cmd_name]}", fromlist=[cmd_name])
        found: click.Command = getattr(module, f"{cmd_name}_" if cmd_name in ("import",) else cmd_name)
        return found


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="evenkeel")
def root() -> None:
    """Work, quality and causes in Trust & Safety and data labelling, on your own machine.

    Settings come from the environment (`evenkeel settings` lists them). Without any, evenkeel keeps everything in ./data.
    """


def set_up() -> None:
    """Load Django once a command needs it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    import django

    django.setup()


def say(data: Any, lines: list[str], *, as_json: bool) -> None:
    """Print for a program or for a person."""
    if as_json:
        from django.core.serializers.json import DjangoJSONEncoder

        click.echo(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            click.echo(line)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def main() -> None:
    """Entry point: expected refusals become one sentence and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    try:
        root(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except Exception as error:
        said = _expected(error)
        if said is None:
            raise
        _show(said)
        sys.exit(2)


def _expected(error: Exception) -> dict[str, Any] | None:
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import OperationalError, ProgrammingError

    from evenkeel.ground.errors import Problem

    if isinstance(error, Problem):
        said: dict[str, Any] = {"code": error.code, "detail": error.sentence, "fields": error.fields}
        report = getattr(error, "report", None)
        if report is not None:
            said["report"] = report.to_dict()
            said["lines"] = report.lines()
        return said
    if isinstance(error, ImproperlyConfigured):
        return {"code": "settings", "detail": str(error), "fields": {}}
    if isinstance(error, (OperationalError, ProgrammingError)) and _lacks_tables(str(error)):
        return {"code": "database", "detail": "The database is not set up yet: run `evenkeel migrate`.", "fields": {}}
    if isinstance(error, OperationalError):
        return {"code": "database", "detail": f"The database does not answer: {error}".strip(), "fields": {}}
    return None


def _lacks_tables(text: str) -> bool:
    return "no such table" in text or "does not exist" in text


def _show(said: dict[str, Any]) -> None:
    lines = said.pop("lines", None)
    if "--json" in sys.argv:
        click.echo(json.dumps({"problem": said}, default=str, ensure_ascii=False, indent=2))
        return
    click.echo(f"Error: {said['detail']}", err=True)
    for line in lines or [f"  {name}: {' '.join(texts)}" for name, texts in said["fields"].items()]:
        click.echo(line, err=True)
