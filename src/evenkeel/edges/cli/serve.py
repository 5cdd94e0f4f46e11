"""`evenkeel serve` and `evenkeel worker`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import click

from .root import set_up


@click.command()
@click.option("--bind", default="", help="host:port; else EVENKEEL_BIND.")
@click.option(
    "--jobs/--no-jobs", default=True, help="Run background jobs beside the web; switch off when `evenkeel worker` runs."
)
@click.option(
    "--migrate/--no-migrate",
    "migrates",
    default=None,
    help="Bring the database up to date first; on by itself with SQLite.",
)
def serve(bind: str, jobs: bool, migrates: bool | None) -> None:
    """Serve the site, the API and, beside them, the background jobs."""
    from evenkeel.ground import env

    environ = dict(os.environ)
    if bind:
        environ["EVENKEEL_BIND"] = os.environ["EVENKEEL_BIND"] = bind
    config = env.read(environ)
    prepare(migrates=migrates if migrates is not None else "sqlite3" in config.database["ENGINE"])
    run_web(config, jobs=jobs)


def prepare(*, migrates: bool) -> None:
    """Database and static files, in a process of its own: the supervisor stays small for the days that it runs."""
    words = [sys.executable, "-m", "evenkeel.edges.cli.prepare", *(["--migrate"] if migrates else [])]
    done = subprocess.run(words, check=False)  # noqa: S603  (our own module)
    if done.returncode:
        raise click.exceptions.Exit(done.returncode)


def run_web(config: object, *, jobs: bool) -> None:
    """Run granian until it is told to stop."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from evenkeel.ground.env import Config

    assert isinstance(config, Config)
    click.echo(f"evenkeel listens on http://{config.bind_host}:{config.bind_port}  (Ctrl-C stops it)")
    Granian(
        "evenkeel.edges.serving:application" if jobs else "evenkeel.edges.wsgi:application",
        address=config.bind_host,
        port=config.bind_port,
        interface=Interfaces.WSGI,
        workers=config.web_processes,
        blocking_threads=config.web_threads,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        websockets=False,
        process_name=None,
    ).serve()


@click.command()
@click.option("--once", is_flag=True, help="Run every periodic job and all queued work once, then end.")
def worker(once: bool) -> None:
    """Run background jobs apart from the web."""
    set_up()
    from evenkeel.ground import clock
    from evenkeel.ground.jobs import Worker, drain, run_all

    if once:
        run_all(clock.now())
        drain()
        return
    runner = Worker()
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    runner.start()
    click.echo("evenkeel worker runs  (Ctrl-C stops it)")
    stopped.wait()
    runner.stop()
