"""What goes in and out. Ids are UUIDs, moments are UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from ..models import Decision, Engagement, Item, Programme, Queue
from ..rules.items import NewItem
from ..rules.leases import undo_until
from ..rules.prelabels import Prelabel
from .schemas_handout import HandOut, HandOutIn, ToldIn


class ProgrammeOut(Schema):
    id: UUID
    name: str
    about: str
    owner_id: UUID | None

    @classmethod
    def of(cls, programme: Programme) -> ProgrammeOut:
        return cls(id=programme.pk, name=programme.name, about=programme.about, owner_id=programme.owner_id)


class ProgrammeIn(Schema):
    name: str
    about: str = ""


class ProgrammeChange(Schema):
    name: str
    about: str
    owner_id: UUID | None = Field(description="one of those who may change it, or nobody")


class EngagementIn(Schema):
    organisation_id: UUID


class EngagementOut(EngagementIn):
    organisation: str
    since: datetime

    @classmethod
    def of(cls, engagement: Engagement) -> EngagementOut:
        organisation = engagement.organisation
        return cls(organisation_id=organisation.pk, organisation=organisation.name, since=engagement.since)


class FormIn(Schema):
    name: str
    spec: dict[str, Any] = Field(description="question, fields, main; see the manual's chapter on forms")


class FormOut(Schema):
    form_id: UUID
    form_version_id: UUID
    number: int
    spec: dict[str, Any]
    remarks: list[str] = Field(
        default=[], description="what a taken-over configuration had that was changed or left out"
    )


class ConfigIn(Schema):
    name: str
    config: str = Field(max_length=200_000, description="the XML of a labelling configuration")


class ConfigOut(Schema):
    config: str


class QueueRules(Schema):
    policy_id: UUID | None = None
    overlap: int = 1
    lease_s: int = 900
    batch_size: int = 10
    undo_s: int = 120
    severity: int = 0
    languages: list[str] = []
    handout: HandOutIn = Field(default_factory=HandOutIn, description="who may, how many, what comes first")


class QueueIn(QueueRules):
    name: str
    form_id: UUID


class QueueChange(QueueRules):
    """What is left out stays as it is."""

    name: str = ""
    form_id: UUID | None = None


class QueueOut(Schema):
    id: UUID
    programme_id: UUID
    name: str
    is_open: bool
    form_id: UUID
    policy_id: UUID | None
    overlap: int
    lease_s: int
    batch_size: int
    undo_s: int
    severity: int
    languages: list[str]
    handout: HandOut
    open_count: int = Field(description="tasks that want a decision")
    in_hand_count: int = Field(description="leases running")

    @classmethod
    def of(cls, queue: Queue) -> QueueOut:
        return cls(
            id=queue.pk,
            programme_id=queue.programme_id,
            name=queue.name,
            is_open=queue.is_open,
            form_id=queue.form_id,
            policy_id=queue.policy_id,
            overlap=queue.overlap,
            lease_s=queue.lease_s,
            batch_size=queue.batch_size,
            undo_s=queue.undo_s,
            severity=queue.severity,
            languages=queue.languages,
            handout=HandOut.of(queue),
            open_count=getattr(queue, "open_count", 0),
            in_hand_count=getattr(queue, "in_hand_count", 0),
        )


class ItemIn(Schema):
    key: str
    content: dict[str, Any]
    kind: str = "text"
    language: str = ""
    attributes: dict[str, Any] = {}

    def as_new(self) -> NewItem:
        return NewItem(
            key=self.key, kind=self.kind, language=self.language, content=self.content, attributes=self.attributes
        )


class ItemsIn(Schema):
    items: list[ItemIn] = Field(max_length=5_000)
    queue_id: UUID | None = Field(default=None, description="put them into this queue as well")


class ItemOut(Schema):
    id: UUID
    key: str
    kind: str
    language: str
    content: dict[str, Any]
    attributes: dict[str, Any]

    @classmethod
    def of(cls, item: Item) -> ItemOut:
        return cls.model_construct(
            id=item.pk,
            key=item.key,
            kind=item.kind,
            language=item.language,
            content=item.content,
            attributes=item.attributes,
        )


class ItemsPage(Schema):
    rows: list[ItemOut]
    after: UUID | None = Field(description="send as `after` for the rows that follow; empty at the end")


class AddedOut(Schema):
    added: int
    ids: list[UUID] = []


class FillIn(Schema):
    item_ids: list[UUID] | None = Field(default=None, description="all of the programme's items when left out")
    priority: float = 0


class PrelabelOut(Schema):
    """What a model suggests: values of some or all of the form's fields."""

    answer: dict[str, Any]
    model: str
    score: float | None

    @classmethod
    def of(cls, said: Prelabel) -> PrelabelOut:
        return cls(answer=dict(said.answer), model=said.model, score=said.score)


class LeaseOut(Schema):
    id: UUID
    expires_at: datetime
    form_version_id: UUID
    item: ItemOut
    html: str = Field(description="the content as the desk shows it: safe HTML")
    prelabel: PrelabelOut | None = Field(
        default=None, description="the suggested label, in queues that show it from the start"
    )


class BatchOut(Schema):
    leases: list[LeaseOut]
    forms: dict[str, dict[str, Any]] = Field(description="the forms that the leases ask by")
    schemas: dict[str, dict[str, Any]] = Field(description="each form's JSON Schema of answers as they are stored")
    waiting: int = Field(
        description="tasks of the queue that want a decision and that nobody else has in hand; counted up to 1,000"
    )
    decided_today: int = Field(description="your decisions today that stand, in this queue")
    policy_version_id: UUID | None = Field(description="the guideline's version in force")


class HeldOut(Schema):
    leases: dict[str, datetime] = Field(description="what you have in hand, and until when")


class ReturnedOut(Schema):
    returned: int


class LeaseReturnIn(Schema):
    is_skip: bool = Field(default=False, description="a skipped item never comes back to you")


class DecideIn(ToldIn):
    answer: dict[str, Any]
    client_key: str = Field(description="made by you before sending, 8 to 64 characters; sent twice, stored once")


class DecisionOut(Schema):
    id: UUID
    programme_id: UUID
    queue_id: UUID | None
    item_id: UUID
    worker_id: UUID
    label: str
    answer: dict[str, Any]
    replicate: int
    origin: str
    decided_at: datetime
    active_ms: int | None
    is_taken_back: bool
    corrects_id: UUID | None = Field(description="the decision that this one puts right")
    undo_until: datetime | None = Field(description="until when its maker may take it back; empty for imports")
    prelabel_seen: bool | None = Field(description="whether a suggested label was seen first; empty without one")
    prelabel_followed: bool | None = Field(description="whether the answer is what was suggested")
    prelabel: PrelabelOut | None = Field(
        default=None, description="what was suggested; told on deciding, in queues that show it once answered"
    )

    @classmethod
    def of(cls, decision: Decision) -> DecisionOut:
        queue = decision.queue
        return cls.model_construct(
            id=decision.pk,
            programme_id=decision.programme_id,
            queue_id=decision.queue_id,
            item_id=decision.item_id,
            worker_id=decision.worker_id,
            label=decision.label,
            answer=decision.answer,
            replicate=decision.replicate,
            origin=decision.origin,
            decided_at=decision.decided_at,
            active_ms=decision.active_ms,
            is_taken_back=hasattr(decision, "taken_back"),
            corrects_id=decision.corrects_id,
            undo_until=undo_until(decision.decided_at, queue.undo_s)
            if queue and decision.origin not in Decision.RULINGS
            else None,
            prelabel_seen=decision.prelabel_seen,
            prelabel_followed=decision.prelabel_followed,
        )


class DecisionsPage(Schema):
    rows: list[DecisionOut]
    after: str | None = Field(description="send as `after` for the rows that follow; empty at the end")
