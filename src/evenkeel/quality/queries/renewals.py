"""What is asked about calls to sit an exam again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from evenkeel.policy import Certificate, Certification, holdings

from ..models import ExamCall

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def is_to_renew(worker_id: UUID, certification: Certification, *, now: datetime) -> bool:
    """Whether the worker holds the certification and the time to renew it has begun: then she may sit its exam."""
    held, _known = holdings(worker_id, [certification.name], now=now)
    return any(each.is_to_be_renewed(certification.renew_days, now=now) for each in held)


def still_due(calls: QuerySet[ExamCall], *, now: datetime) -> QuerySet[ExamCall]:
    """Of these calls those that nobody followed yet: no certificate was given since."""
    fresh = Certificate.objects.filter(
        certification=OuterRef("exam__certification"), worker=OuterRef("worker"), valid_from__gt=OuterRef("called_at"),
        valid_from__lte=now,
    )  # fmt: skip
    return calls.filter(~Exists(fresh)).select_related("worker__person", "exam__queue", "exam__certification")


def own_calls(worker_id: UUID | None, *, now: datetime) -> list[ExamCall]:
    """The exams that somebody is called to sit, the nearest deadline first; those she let pass stay until she has passed."""
    if worker_id is None:
        return []
    open_ = ExamCall.objects.filter(Q(exam__ended_at=None), worker=worker_id)
    return list(still_due(open_, now=now).order_by("deadline_at", "id")[:20])


@dataclass(frozen=True, kw_only=True)
class Called:
    """A call, and how it stands: `renewed`, `waits` or `late`."""

    call: ExamCall
    state: str

    @property
    def why(self) -> StrOrPromise:
        """Why she was called."""
        return self.call.get_why_display()


def calls_of(calls: QuerySet[ExamCall], *, now: datetime) -> list[Called]:
    """Calls with how they stand, latest first."""
    due = set(still_due(calls, now=now).values_list("pk", flat=True))
    rows = calls.select_related("worker__organisation").order_by("-called_at", "worker__name")
    return [
        Called(call=each, state="renewed" if each.pk not in due else "waits" if each.deadline_at > now else "late")
        for each in rows
    ]
