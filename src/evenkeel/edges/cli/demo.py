"""`evenkeel demo`."""

from __future__ import annotations

import os
import subprocess
import sys

import click


@click.command()
@click.option("--bind", default="", help="host:port; else EVENKEEL_BIND.")
@click.option("--fresh", is_flag=True, help="Throw the demo's data away and make it anew.")
@click.option("--no-serve", is_flag=True, help="Make the data and end.")
def demo(bind: str, fresh: bool, no_serve: bool) -> None:
    """Show evenkeel with a small synthetic organisation in it: four weeks of work, a log-in for every role.

    Everything lies in ./demo (EVENKEEL_DATA_DIR names another folder); the passwords are public, so it listens on this
    machine alone.
    """
    os.environ.setdefault("EVENKEEL_DATA_DIR", "demo")
    os.environ["EVENKEEL_DEMO"] = "yes"
    os.environ.setdefault("EVENKEEL_LOG_LEVEL", "WARNING")
    if bind:
        os.environ["EVENKEEL_BIND"] = bind
    from evenkeel.ground import env

    from .serve import prepare, run_web

    config = env.read(os.environ)
    if config.bind_host not in ("127.0.0.1", "localhost", "::1"):
        raise click.UsageError("the demo's passwords are public: it listens on 127.0.0.1 only")
    words = [sys.executable, "-m", "evenkeel.edges.cli.demo_data", *(["--fresh"] if fresh else [])]
    done = subprocess.run(words, check=False)  # noqa: S603  (our own module, apart so that the server stays small)
    if done.returncode:
        raise click.exceptions.Exit(done.returncode)
    if no_serve:
        return
    prepare(migrates=False)
    run_web(config, jobs=True)
