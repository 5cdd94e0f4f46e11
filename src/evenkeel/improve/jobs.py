"""What time does: documents are made, and let go of when their time is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from evenkeel.ground.access import may
from evenkeel.ground.documents import Block, to_pdf, to_pptx
from evenkeel.ground.jobs import enqueue, job
from evenkeel.people import actor_for

from . import kept_papers, scopes
from .models import Paper
from .report import PARTS, Report

_DEAD_AFTER = timedelta(minutes=5)


@job()
def make_paper(paper_id: str, at: str) -> None:
    """Make a document that was ordered, by the rights that its reader has now. `at` is the moment that it bears."""
    now = datetime.fromisoformat(at)
    free = Q(state="queued") | Q(state="making", beat_at__lte=now - _DEAD_AFTER)
    # One conditional update: of two processes, one finds it free.
    if not Paper.objects.filter(free, pk=paper_id).update(
        state="making", beat_at=now, steps=len(PARTS) + 1, steps_done=0
    ):
        return
    rows = Paper.objects.select_related("by__organisation", "by__worker", "investigation__programme",
                                        "investigation__owner")  # fmt: skip
    paper = rows.get(pk=paper_id)
    actor = actor_for(paper.by, now=now, only_scopes=paper.only_scopes)
    with translation.override(paper.language):
        if not may(actor, scopes.VIEW, paper.investigation):
            _end(paper, now, state="failed", refusal=_("You may no longer see this investigation."))
            return
        report = Report(actor, paper.investigation, site=paper.site, now=paper.created_at)
        blocks: list[Block] = []
        for done, name in enumerate(PARTS, start=1):
            blocks += report.part(name)
            Paper.objects.filter(pk=paper.pk).update(steps_done=done)
        content = (to_pdf if paper.format == "pdf" else to_pptx)(report.document(blocks))
    kept_papers.write(paper.pk, content)
    _end(paper, now, state="done", steps_done=len(PARTS) + 1, size_bytes=len(content))


@job(every_s=300)
def take_up_papers(now: datetime) -> None:
    """Go on with documents whose process died; let go of files whose time is over."""
    waiting = Q(state="queued", created_at__lte=now - _DEAD_AFTER) | Q(state="making", beat_at__lte=now - _DEAD_AFTER)
    for paper_id in Paper.objects.filter(waiting).values_list("pk", flat=True):
        enqueue(make_paper, paper_id=str(paper_id), at=now.isoformat())
    over = Paper.objects.filter(state="done", expires_at__lte=now, expires_at__gt=now - timedelta(days=30))
    for paper_id in over.values_list("pk", flat=True):
        kept_papers.remove(paper_id)


def _end(paper: Paper, now: datetime, **said: object) -> None:
    Paper.objects.filter(pk=paper.pk).update(ended_at=now, **said)
