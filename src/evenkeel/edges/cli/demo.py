"""`evenkeel demo`."""

from __future__ import annotations

import gc
import json
import os
import shutil
from pathlib import Path
from typing import Any

import click

from .prepare import run_apart
from .root import json_option, say, set_up
from .serve import address_of, bind_option, insist_on_free_port, read_settings, run_web

# Only folders with this file in them were made by a demo, and only those are ever emptied.
_MARK = ".evenkeel-demo"


@click.command()
@bind_option
@click.option("--fresh", is_flag=True, help="Throw the demo's data away and make it anew.")
@click.option("--no-serve", is_flag=True, help="Make the data and end.")
@click.option("--quiet", is_flag=True, help="Nobody works while you look: nothing moves but what you do.")
@json_option
def demo(bind: str, fresh: bool, no_serve: bool, quiet: bool, as_json: bool) -> None:
    """Show evenkeel with a small synthetic organisation in it.

    Five months of work, people who go on working while you look, and a log-in for every role. Everything lies in ./demo
    (EVENKEEL_DATA_DIR names another folder); the passwords are public, so it listens on this machine alone.
    """
    if os.environ.get("EVENKEEL_DATABASE_URL", "").strip():
        raise click.UsageError("the demo keeps to a SQLite file of its own: unset EVENKEEL_DATABASE_URL")
    os.environ.setdefault("EVENKEEL_DATA_DIR", "demo")
    os.environ["EVENKEEL_DEMO"] = "yes"
    os.environ.setdefault("EVENKEEL_LOG_LEVEL", "WARNING")
    # What an hour costs: without it nothing in the demo would have a price.
    os.environ.setdefault("EVENKEEL_HOUR_COST_CENTS", "1450")
    folder = Path(os.environ["EVENKEEL_DATA_DIR"]).expanduser()
    _insist_on_demo(folder)
    config = read_settings(bind=bind)
    if config.bind_host not in ("127.0.0.1", "localhost", "::1"):
        raise click.UsageError("the demo's passwords are public: it listens on 127.0.0.1 only")
    kept = folder / "demo-logins.json"
    if no_serve:
        if fresh or not kept.exists():
            _make(folder)
        _say(kept, address=None, as_json=as_json)
        return
    insist_on_free_port(config)
    if fresh or not kept.exists():
        run_apart("demo", "--no-serve", *(["--fresh"] if fresh else []), is_quiet=True)
    run_apart("prepare", "--migrate")
    _say(kept, address=address_of(config), as_json=as_json)
    run_web(config, jobs=True, people=not quiet, is_quiet=as_json)


def _insist_on_demo(folder: Path) -> None:
    # The secret key alone may be there already: reading the settings makes it.
    others = {path.name for path in folder.iterdir()} - {"secret-key"} if folder.is_dir() else set()
    if others and _MARK not in others:
        raise click.UsageError(f"{folder} holds something that is not a demo: name another folder in EVENKEEL_DATA_DIR")


def _make(folder: Path) -> None:
    # A demo that was cut off half-way is not a demo: begin anew.
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / _MARK).touch()
    set_up()
    from evenkeel.ground import clock
    from evenkeel.twin import build_demo

    from .migrating import migrate

    click.echo("Making the demo's organisation (once)", err=True)
    migrate()
    # What is loaded by now stays to the end: to look through it for waste again and again is a twentieth of the work.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    build_demo(now=clock.now(), progress=_show)
    click.echo("", err=True)


def _show(said: str) -> None:
    click.echo(f"\r  {said:70}", nl=False, err=True)


def _say(kept: Path, *, address: str | None, as_json: bool) -> None:
    logins: list[dict[str, Any]] = json.loads(kept.read_text())
    role, email = (max(len(login[name]) for login in logins) for name in ("role", "email"))
    lines = [f"  {login['role']:{role}}  {login['email']:{email}}  {login['password']}" for login in logins]
    say({"address": address, "logins": logins}, ["", "Log in as any of these:", *lines, ""], as_json=as_json)
