"""Ground's own periodic jobs."""

from __future__ import annotations

from datetime import datetime

from . import log, trail
from .jobs import job


@job(every_s=5)
def flush_log(*, now: datetime) -> None:
    """Move facts from the outbox to Parquet."""
    log.flush(now)


@job(every_s=86_400)
def compact_log(*, now: datetime) -> None:
    """Let old days leave the log, put the small files of past days together, take away what a kill left lying."""
    log.retain(now)
    log.compact(now)
    log.sweep(now)


@job(every_s=60)
def erase_from_log(*, now: datetime) -> None:
    """Finish what erasures have left to do in the log's files."""
    log.replace_asked(now)


@job(every_s=5)
def seal_trail(*, now: datetime) -> None:
    """Give new trail entries their place in the chain."""
    trail.seal()


@job(every_s=86_400)
def prune_finished_work(*, now: datetime) -> None:
    """Forget finished one-off work after two weeks; what it did is in the trail."""
    from django.core.management import call_command

    call_command("prune_db_task_results", verbosity=0)
