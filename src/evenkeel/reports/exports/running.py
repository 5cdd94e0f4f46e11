"""The work behind an order: claimed by one process, taken up again when that process died, let go of in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from django.db.models import Q

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Problem
from evenkeel.ground.jobs import enqueue, job
from evenkeel.people import actor_for

from . import files
from .asked import Asked
from .making import sheet_of, write_file
from .models import Export
from .reading import SET_ASIDE
from .whole import sweep

_DEAD_AFTER = timedelta(seconds=60)


@job()
def run_export(export_id: str, at: str) -> None:
    """Make a file that was ordered on a page or by a program. `at` is the moment at which it is made."""
    now = datetime.fromisoformat(at)
    found = Export.objects.select_related("by__organisation", "by__worker").filter(pk=export_id).first()
    if found is None or found.is_over or found.by is None:
        return
    actor = actor_for(found.by, now=now, only_scopes=found.only_scopes)
    try:
        make_export(actor, found, path=files.path_of(found.pk), now=now)
    except Problem:
        return  # What was wrong stands on the export and is shown on its page.


def make_export(
    actor: Actor, export: Export, *, path: Path, tell: Callable[[int, int], None] | None = None, now: datetime
) -> Export:
    """Make an order's file; it is there whole or not at all. `tell` hears rows written and rows in all.

    An order that another process has is left alone. A refusal stays on the order, and is raised.
    """
    started = perf_counter()

    def moment() -> datetime:
        return now + timedelta(seconds=perf_counter() - started)

    free = Q(state="queued") | Q(state="writing", beat_at__lte=now - _DEAD_AFTER)
    if not Export.objects.filter(free, pk=export.pk).update(state="writing", beat_at=now):
        return export
    ours = Export.objects.filter(pk=export.pk, state="writing")

    def written() -> int:
        with sheet_of(actor, Asked.of(export.asked, actor=actor, today=now.date()), now=now) as sheet:
            ours.update(total=sheet.total)

            def beat(n: int) -> None:
                ours.update(rows=n, beat_at=moment())
                if tell is not None:
                    tell(n, sheet.total)

            return write_file(sheet, path, file_format=export.format, tell=beat)

    try:
        try:
            rows = written()
        except Problem as problem:
            if problem.code != SET_ASIDE:
                raise
            # A damaged file was met and set aside: what is left is made, and the file says what it lacks.
            rows = written()
    except Problem as problem:
        ours.update(state="failed", refusal=problem.sentence, ended_at=moment())
        raise
    if not ours.update(state="done", rows=rows, total=rows, size_bytes=path.stat().st_size, ended_at=moment()):
        files.remove(export.pk)
    export.refresh_from_db()
    return export


def take_up(now: datetime) -> None:
    """Hand orders that wait, or whose process died, to a worker again; let go of files whose time is over."""
    waiting = Q(state="queued", created_at__lte=now - _DEAD_AFTER) | Q(state="writing", beat_at__lte=now - _DEAD_AFTER)
    for found in Export.objects.filter(waiting).exclude(by=None):
        enqueue(run_export, export_id=str(found.pk), at=now.isoformat())
    over = Export.objects.filter(state="done", expires_at__lte=now, expires_at__gt=now - timedelta(days=30))
    for export_id in over.values_list("pk", flat=True):
        files.remove(export_id)
    sweep(files.exports_dir(), now=now)
