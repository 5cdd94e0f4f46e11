"""The work behind the page: an upload is claimed by one process, imported, and its report kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from evenkeel.ground.errors import Problem
from evenkeel.ground.jobs import enqueue, job
from evenkeel.people import actor_for

from ..acts.imports import import_labels
from ..models import LabelUpload
from .report import ImportFailed
from .uploads import ProgressFile, remove, source_of

# An import that was killed is taken up again after this long, files that nobody wants any more go after a week.
_BUSY_FOR, _KEPT_FOR = timedelta(minutes=30), timedelta(days=7)


@job()
def run_upload(upload_id: str, at: str) -> None:
    """Import an upload. `at` is the moment at which the person said go; labels without a moment of their own get it."""
    now = datetime.fromisoformat(at)
    if not LabelUpload.objects.filter(pk=upload_id, state="queued").update(state="running", started_at=now):
        return
    upload = LabelUpload.objects.select_related("by").get(pk=upload_id)
    labels = source_of(upload, "labels")
    assert labels is not None
    try:
        report = import_labels(
            actor_for(upload.by, now=now),
            labels=labels,
            items=source_of(upload, "items"),
            programme_name=upload.programme_name,
            on_repeat=upload.on_repeat,
            allowed_labels=upload.allowed_labels or None,
            ignore=upload.ignore,
            now=now,
            progress=ProgressFile(upload.id),
        )
    except ImportFailed as failed:
        _end(upload, "failed", failed.report.to_dict())
    except Problem as problem:
        _end(upload, "failed", {"refusal": problem.sentence})
    else:
        _end(upload, "done", report.to_dict(), run_id=report.run_id)
        remove(upload.id)


def _end(upload: LabelUpload, state: str, report: dict[str, object], *, run_id: UUID | None = None) -> None:
    LabelUpload.objects.filter(pk=upload.pk).update(state=state, report=report, run_id=run_id)


def take_up(now: datetime) -> None:
    """Hand uploads that wait, or whose process was killed, to a worker again; let go of files that nobody wants."""
    # An import is all or nothing and the same files go in once, so to begin it again is safe.
    LabelUpload.objects.filter(state="running", started_at__lte=now - _BUSY_FOR).update(state="queued")
    waiting = LabelUpload.objects.filter(state="queued")
    for upload in waiting.filter(Q(started_at=None) | Q(started_at__lte=now - timedelta(minutes=1))):
        enqueue(run_upload, upload_id=str(upload.pk), at=(upload.started_at or now).isoformat())
    unwanted = LabelUpload.objects.filter(state__in=("checked", "failed"), created_at__lte=now - _KEPT_FOR)
    for upload in unwanted:
        remove(upload.pk)
        LabelUpload.objects.filter(pk=upload.pk, state="checked").update(state="withdrawn")
