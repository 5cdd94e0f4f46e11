"""What a programme consists of and how much waits in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, unveiled, visible
from evenkeel.ground.errors import Invalid
from evenkeel.people import Person, people_with
from evenkeel.policy import PolicyVersion

from .. import scopes
from ..models import Engagement, FormVersion, Item, Programme, Queue, Task
from ..rules.clauses import takes_clauses, with_clauses


def queues_with_counts(queues: QuerySet[Queue]) -> QuerySet[Queue]:
    """Queues with `task_count`, `open_count` (tasks that want a decision) and `in_hand_count` (leases running)."""
    tasks = Task.objects.filter(queue=OuterRef("pk")).order_by().values("queue")

    def counted(rows: QuerySet[Any, Any]) -> Coalesce:
        return Coalesce(Subquery(rows.annotate(n=Count("*")).values("n"), output_field=IntegerField()), 0)

    leased = Subquery(tasks.filter(closed_at=None).annotate(n=Sum("leased")).values("n"), output_field=IntegerField())
    return queues.annotate(
        task_count=counted(tasks), open_count=counted(tasks.filter(closed_at=None)), in_hand_count=Coalesce(leased, 0)
    )


def programme_labels(programme: Programme) -> dict[str, str]:
    """The values that the main questions of a programme's newest forms offer, with their titles, in order of the forms.

    A form that takes its violations from the guideline offers those of its queues' newest guidelines.
    """
    labels: dict[str, str] = {}
    newest = FormVersion.objects.filter(form__programme=programme).order_by("form__name", "number")
    for version in {version.form_id: version for version in newest}.values():
        spec = with_clauses(version.spec, *_guidelines(version)) if takes_clauses(version.spec) else version.spec
        main = next(field for field in spec["fields"] if field["name"] == spec["main"])
        for choice in main.get("choices", []):
            labels.setdefault(choice["value"], choice["title"])
    return labels


class LabelTitles:
    """The titles of labels of several programmes, each programme looked up when it first comes."""

    def __init__(self) -> None:
        self._by_programme: dict[UUID, dict[str, str]] = {}

    def of(self, label: str, programme: Programme) -> str:
        """The title that a programme's forms give a label; the label itself where none has it any more."""
        if programme.pk not in self._by_programme:
            self._by_programme[programme.pk] = programme_labels(programme)
        return self._by_programme[programme.pk].get(label, label)


def engagements_seen(actor: Actor, programme: Programme) -> QuerySet[Engagement]:
    """Who takes part, by name. A partner learns nothing about the other partners."""
    found = programme.engagements.select_related("organisation").order_by("organisation__name")
    return found.filter(organisation=actor.organisation_id) if actor.is_outside else found


def possible_owners(actor: Actor, programme: Programme, *, now: datetime) -> list[Person]:
    """Those who may change a programme, and its present owner; a partner’s person is told her own colleagues alone."""
    able = people_with(scopes.PROGRAMME_EDIT, now=now, kind="programme", target_id=programme.pk)
    if actor.is_outside:
        able = [each for each in able if each.organisation_id == actor.organisation_id]
    present = programme.owner
    return able if present is None or present in able else [*able, present]


def owner_said(actor: Actor, programme: Programme, owner_id: UUID | None, *, now: datetime) -> Person | None:
    """The owner that somebody names; `Invalid` for one who cannot be."""
    if owner_id is None:
        return None
    found = next((each for each in possible_owners(actor, programme, now=now) if each.pk == owner_id), None)
    if found is None:
        raise Invalid(
            _("The owner cannot be this person."), fields={"owner_id": [_("Choose one of those who may change it.")]}
        )
    return found


def _guidelines(version: FormVersion) -> list[str]:
    """The newest texts of the guidelines by which a form is asked."""
    asked = Queue.objects.filter(form=version.form_id, policy__isnull=False).values("policy")
    rows = PolicyVersion.objects.filter(policy__in=asked).order_by("policy__name", "number")
    return list({row.policy_id: row.body_markdown for row in rows}.values())


def items_of(actor: Actor, programme: Programme) -> QuerySet[Item]:
    """A programme's items as far as the actor may see them.

    A grant on a queue reaches the items in that queue alone. The way there leads over joins that repeat rows, so it is
    taken only by those who need it: for everybody else the list stays a walk along an index.
    """
    items = unveiled(Item.objects.filter(programme=programme))
    grants = actor.grants_for(scopes.ITEM_VIEW)
    sees_all = actor.is_system or any(
        grant.kind is None or (grant.kind == "programme" and grant.target_id == programme.pk) for grant in grants
    )
    if sees_all and not actor.is_outside:
        return items
    return items.filter(pk__in=visible(actor, scopes.ITEM_VIEW, items).values("pk"))
