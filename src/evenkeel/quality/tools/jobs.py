"""The work behind the page: a run is done by one process, and taken up again when that process died."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.db.models import Q

from evenkeel.ground.errors import Problem
from evenkeel.ground.jobs import enqueue, job
from evenkeel.ground.reading.sources import Source
from evenkeel.people import actor_for

from ..models import ToolRun
from . import files
from .importing import carry_on

_DEAD_AFTER, _KEPT_FOR = timedelta(seconds=150), timedelta(days=7)


@job()
def run_tool_import(run_id: str, at: str) -> None:
    """Do a run that was ordered on a page or by a program. `at` is the moment at which it is done."""
    now = datetime.fromisoformat(at)
    found = (
        ToolRun.objects.select_related("by__organisation", "tool__programme", "tool__organisation", "version")
        .filter(pk=run_id)
        .first()
    )
    if found is None or found.is_over or found.by is None or found.state == "draft":
        return
    path = files.path_of(found.pk)
    source = Source(name=found.file_name, path=path) if path.exists() else None
    # What was wrong stands on the run and is shown on its page.
    with suppress(Problem):
        carry_on(actor_for(found.by, now=now), run=found, source=source, now=now)
    if ToolRun.objects.get(pk=run_id).is_over:
        files.remove(found.pk)


def take_up_runs(now: datetime) -> None:
    """Hand runs that wait, or whose process died, to a worker again; let go of files that nobody wants after a week."""
    waiting = Q(state="queued", created_at__lte=now - _DEAD_AFTER)
    waiting |= Q(state__in=("fetching", "checking", "writing"), beat_at__lte=now - _DEAD_AFTER)
    for found in ToolRun.objects.filter(waiting).exclude(by=None):
        # Those begun on the command line have no file here: whoever began them goes on with her own.
        if found.importer == "sql" or files.path_of(found.pk).exists():
            enqueue(run_tool_import, run_id=str(found.pk), at=now.isoformat())
    for found in ToolRun.objects.filter(state="draft", created_at__lte=now - _KEPT_FOR):
        files.remove(found.pk)
        ToolRun.objects.filter(pk=found.pk, state="draft").update(state="withdrawn", ended_at=now)
