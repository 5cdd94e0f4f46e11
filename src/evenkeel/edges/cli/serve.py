"""`evenkeel serve` and `evenkeel worker`."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
from typing import TYPE_CHECKING

import click

from .prepare import insist_on_readable_log, run_apart
from .root import open_install

if TYPE_CHECKING:
    from evenkeel.ground.env import Config

# Longer than the jobs are given to end (`ground.jobs.Worker.stop`); whoever has not ended then is killed.
_KILL_AFTER_S = 20
_STACK_BYTES = 16 * 1024 * 1024

bind_option = click.option("--bind", default="", help="host:port to listen on; else EVENKEEL_BIND.")


@click.command()
@bind_option
@click.option(
    "--jobs/--no-jobs", default=True, help="Run background jobs beside the web; switch off when `evenkeel worker` runs."
)
@click.option(
    "--migrate/--no-migrate",
    "migrates",
    default=None,
    help="Bring the database up to date first; by itself on SQLite, never by itself on PostgreSQL.",
)
def serve(bind: str, jobs: bool, migrates: bool | None) -> None:
    """Serve the site, the API and, beside them, the background jobs.

    This one command is a whole install. Ctrl-C or SIGTERM ends it: requests and jobs that are under way finish first.
    """
    config = read_settings(bind=bind)
    insist_on_free_port(config)
    on_sqlite = "sqlite3" in config.database["ENGINE"]
    run_apart("prepare", *(["--migrate"] if (on_sqlite if migrates is None else migrates) else []))
    run_web(config, jobs=jobs)


def read_settings(*, bind: str) -> Config:
    """The settings of the server that is to start, checked before anything is touched."""
    from evenkeel.ground import env

    if bind:
        # The web processes read their settings from the environment too.
        os.environ["EVENKEEL_BIND"] = bind
    return env.read(os.environ)


def insist_on_free_port(config: Config) -> None:
    """Refuse in a sentence what the server's own start would say in a traceback, or not at all."""
    from evenkeel.ground.errors import NotNow

    where = f"{config.bind_host}:{config.bind_port}"
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            config.bind_host, config.bind_port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the server does: a port whose last connections are still closing counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise NotNow(f"evenkeel cannot listen on {where}: {_why(error)}", code="bind") from None


def _why(error: OSError) -> str:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return "this machine has no such address. Name another with --bind or EVENKEEL_BIND."
    if error.errno == errno.EADDRINUSE:
        return "something listens there already. Stop it, or name another port with --bind or EVENKEEL_BIND."
    if error.errno == errno.EACCES:
        return "ports below 1024 are for the administrator. Name another with --bind, and put a proxy in front."
    return f"{error.strerror}."


def address_of(config: Config) -> str:
    """Where the server that these settings describe is reached on this machine."""
    host = f"[{config.bind_host}]" if ":" in config.bind_host else config.bind_host
    return f"http://{host}:{config.bind_port}"


def run_web(config: Config, *, jobs: bool, people: bool = False, is_quiet: bool = False) -> None:
    """Run granian until it is told to stop; `people`: with the demo's simulated people at work."""
    # The threads that answer are Rust's, of 2 MiB; a matrix product of OpenBLAS alone puts half of one on the stack, and a
    # worker process that ran out of it was killed by the kernel in the middle of a request.
    os.environ.setdefault("RUST_MIN_STACK", str(_STACK_BYTES))
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    if not is_quiet:
        click.echo(f"evenkeel listens on {address_of(config)}  (Ctrl-C stops it)")
    served = "web_jobs_and_people" if people else "web_and_jobs" if jobs else "web"
    Granian(
        f"evenkeel.edges.serving:{served}",
        factory=True,
        address=config.bind_host,
        port=config.bind_port,
        interface=Interfaces.WSGI,
        workers=config.web_processes,
        blocking_threads=config.web_threads,
        workers_kill_timeout=_KILL_AFTER_S,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        websockets=False,
        process_name=None,
    ).serve()


@click.command()
@click.option("--once", is_flag=True, help="Run every periodic job and all queued work once, then end.")
def worker(once: bool) -> None:
    """Run background jobs apart from the web, beside `evenkeel serve --no-jobs`.

    Several may run, on several machines: a periodic job is claimed by one of them at a time.
    """
    open_install()
    insist_on_readable_log()
    from evenkeel.ground import clock
    from evenkeel.ground.jobs import Worker, drain, run_all

    if once:
        run_all(clock.now())
        drain()
        return
    runner, stopped = Worker(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    runner.start()
    click.echo("evenkeel worker runs  (Ctrl-C stops it)")
    stopped.wait()
    runner.stop()
