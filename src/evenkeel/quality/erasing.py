"""What this room does when a worker is erased: free text by her and about her goes, every count stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q

from evenkeel.ground.append_only import guard, guarded_tables, lift
from evenkeel.people import follows_account, follows_erasure
from evenkeel.work import Decision

from .models import (
    AgreementCut,
    CalibrationAnswer,
    CalibrationRemark,
    Dispute,
    DisputeSettlement,
    GateReturn,
    GoldVoice,
    IntegrityLook,
    LabelReading,
    LookOutcome,
)


@follows_erasure
def forget_words(pseudonym: UUID) -> None:
    """Why she objected and what she was told; what was noted when a detector had opened a look; why she was let back."""
    with _open(CalibrationAnswer, DisputeSettlement, GateReturn, LookOutcome):
        Dispute.objects.filter(worker=pseudonym).update(text="")
        settled = Q(arbitrator=pseudonym) | Q(dispute__worker=pseudonym)
        keys = list(DisputeSettlement.objects.filter(settled).values_list("pk", flat=True))
        DisputeSettlement.objects.filter(pk__in=keys).update(text="")
        CalibrationAnswer.objects.filter(seat__worker=pseudonym).update(comment="")
        GateReturn.objects.filter(verdict__worker=pseudonym).update(why="")
        LookOutcome.objects.filter(look__worker=pseudonym).update(reason="")
        IntegrityLook.objects.filter(worker=pseudonym).update(evidence={})


@follows_erasure
def read_pairs_anew(pseudonym: UUID) -> None:
    """Pairs of people are kept by id, as text that no reference follows: they go, and the next reading writes them anew.

    It would not by itself: the log has no new row.
    """
    programmes = list(
        Decision.objects.filter(worker=pseudonym).order_by().values_list("programme", flat=True).distinct()
    )
    AgreementCut.objects.filter(programme__in=programmes, by="pair").delete()
    LabelReading.objects.filter(programme__in=programmes).update(data_version="")


@follows_account
def forget_remarks(person_id: UUID) -> None:
    """What she said about cases and golden items, which is kept under her account; and the disputes that she raised."""
    with _open(CalibrationRemark, GoldVoice):
        CalibrationRemark.objects.filter(by=person_id).update(body="")
        GoldVoice.objects.filter(person=person_id).update(comment="")
        Dispute.objects.filter(raised_by=person_id).update(text="")


@contextmanager
def _open(*models: type[Model]) -> Iterator[None]:
    """Tables that only grow, open for the one change that they allow."""
    closed = sorted({model._meta.db_table for model in models} & set(guarded_tables(connection)))
    for table in closed:
        lift(connection, table)
    yield
    for table in closed:
        guard(connection, table)
