"""The application as `evenkeel serve` runs it: granian calls one of these once in each web process."""

from __future__ import annotations

import ctypes
import gc
import signal
import sys
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

_PR_SET_PDEATHSIG = 1
# Python looks for cycles after every 700 objects made, which is several times in a request that hands out ten items; what a
# request makes is gone by itself when it is answered.
_OBJECTS_BETWEEN_LOOKS = 50_000


def web() -> WSGIHandler:
    """The web alone."""
    _end_with_the_supervisor()
    from django.urls import get_resolver

    from .wsgi import application

    # Else the first request would read all pages and routes.
    _ = get_resolver().url_patterns
    # What stands after the start stays for good: looking through it for what may go takes longer than most requests.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS, *gc.get_threshold()[1:])
    return application


def web_and_jobs() -> WSGIHandler:
    """The web, and the jobs in threads beside it. Claims make it harmless that each web process has them."""
    application = web()
    from evenkeel.ground.jobs import Worker

    jobs = Worker()
    jobs.start()
    # A process that multiprocessing made runs no atexit functions; its finalizers run when the server has stopped.
    Finalize(None, jobs.stop, exitpriority=10)
    return application


def web_jobs_and_people() -> WSGIHandler:
    """The same for the demo, with simulated people who go on working in it."""
    application = web_and_jobs()
    from evenkeel.twin import LivePeople

    people = LivePeople()
    people.start()
    # Before the jobs stop: whoever is in the middle of an act finishes it.
    Finalize(None, people.stop, exitpriority=20)
    return application


def _end_with_the_supervisor() -> None:
    """A supervisor that was killed must not leave a process behind that holds the port. Linux only; elsewhere it may."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
