"""What is asked about golden items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet

from evenkeel.ground.access import unveiled
from evenkeel.work import AnswerForm, Decision, FormVersion, Item, Lease, Queue, answer_choices

from ..models import CalibrationCase, CheckAnswer, DisputeSettlement, Gold, GoldAnswer, GoldHanding, GoldStep, Verdict
from ..rules.golden import Candidate
from ..rules.skill import Answered


@dataclass(frozen=True, kw_only=True)
class FormAnswers:
    """A form's main question: its field, and its answers with their titles."""

    main: str
    labels: Mapping[str, str]


def answers_of_form(form: AnswerForm) -> FormAnswers:
    """The answers that a form's newest version knows; none for a form that was never published."""
    version = FormVersion.objects.filter(form=form).order_by("-number").first()
    if version is None:
        return FormAnswers(main="", labels={})
    labels = {choice.value: choice.title for choice in answer_choices(version)}
    return FormAnswers(main=version.spec["main"], labels=labels)


def form_asked(item: Item) -> AnswerForm | None:
    """The form by which an item was asked last, else its programme's newest; None where there is none."""
    queue = Queue.objects.filter(tasks__item=item).select_related("form").order_by("-tasks__id").first()
    return queue.form if queue else AnswerForm.objects.filter(programme=item.programme_id).order_by("-id").first()


def round_of(gold: Gold) -> int:
    """Which time experts are asked about it: once for the proposal, once more for each time it was flagged."""
    return 1 + GoldStep.objects.filter(gold=gold, state=Gold.FLAGGED).count()


def in_force_for(queue: Queue, now: datetime, *, is_for_exams: bool) -> QuerySet[Gold]:
    """Golden items that a queue's people may meet; none whose item lies in a restricted lane."""
    rows = unveiled(Gold.objects.filter(form=queue.form_id, state=Gold.IN_FORCE, is_for_exams=is_for_exams))
    return rows.filter(Q(expires_at=None) | Q(expires_at__gt=now))


def candidates_for(
    worker_id: UUID,
    queue: Queue,
    *,
    languages: Sequence[str],
    held: Collection[UUID],
    is_for_exams: bool,
    now: datetime,
) -> list[Candidate]:
    """Golden items that a worker may be handed now: none that she answered, nor one whose item she decided otherwise or
    holds (`held`: items).
    """
    rows = in_force_for(queue, now, is_for_exams=is_for_exams).exclude(item__in=list(held))
    if queue.languages:
        rows = rows.filter(item__language__in=["", *languages])
    found = list(rows.values_list("id", "item_id", "label"))
    handed = dict(
        GoldHanding.objects.filter(worker=worker_id, gold__in=[pk for pk, _item, _label in found]).values_list(
            "gold_id", "answer"
        )
    )
    items = [item for _pk, item, _label in found]
    decided = set(
        Decision.objects.filter(item__in=items, worker=worker_id, taken_back=None).values_list("item_id", flat=True)
    )
    decided |= judged_by(worker_id, items)
    # What she skipped, or put aside with a question, comes back to her no more than any other item would.
    once = [item for pk, item, _label in found if pk in handed]
    left = Lease.objects.filter(worker=worker_id, task__item__in=once, ending__in=(Lease.SKIPPED, *Lease.KEPT))
    decided |= set(left.values_list("task__item_id", flat=True)) if once else set()
    return [
        Candidate(gold_id=pk, item_id=item, label=label, was_handed=pk in handed)
        for pk, item, label in found
        if item not in decided and handed.get(pk) is None
    ]


def judged_by(worker_id: UUID, items: Sequence[UUID]) -> set[UUID]:
    """Those of the items whose right answer she helped to find or heard of: no test of her."""
    if not items:
        return set()
    ways: tuple[tuple[type[Model], str, str], ...] = (
        (Verdict, "auditor", "draw__decision__item"),
        (CheckAnswer, "by", "audit_check__draw__decision__item"),
        (DisputeSettlement, "arbitrator", "dispute__verdict__draw__decision__item"),
        (CalibrationCase, "session__seats__worker", "item"),
    )
    first, *others = (
        model._default_manager.filter(**{by: worker_id, f"{item}__in": items}).order_by().values_list(item, flat=True)
        for model, by, item in ways
    )
    return set(first.union(*others))


def met_by(worker_id: UUID, queue: Queue) -> Counter[str]:
    """How many golden items of each right answer a worker was handed so far, of those asked by the queue's form."""
    rows = GoldHanding.objects.filter(worker=worker_id, gold__form=queue.form_id).values_list("gold__label")
    return Counter(dict(rows.annotate(n=Count("pk")).order_by()))


def exposures(golds: Iterable[Gold]) -> dict[UUID, int]:
    """To how many people each was handed."""
    rows = GoldHanding.objects.filter(gold__in=list(golds)).values_list("gold_id")
    return dict(rows.annotate(n=Count("pk")).order_by())


def answered(rows: QuerySet[GoldAnswer], *, by: str) -> list[Answered]:
    """Answers as the rules of skill want them, grouped `by` a path such as worker_id or decision__organisation_id."""
    found = rows.values_list(by, "truth", "difficulty", "is_right")
    return [
        Answered(group=str(group), label=label, difficulty=difficulty, is_right=is_right)
        for group, label, difficulty, is_right in found
    ]
