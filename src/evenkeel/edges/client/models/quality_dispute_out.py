from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityDisputeOut")


@_attrs_define
class QualityDisputeOut:
    """
    Attributes:
        clause (str):
        due_at (datetime.datetime):
        escalated_at (datetime.datetime | None):
        id (UUID):
        kind (str): person or site: who objects
        outcome (None | str): upheld, amended or overturned; empty while open
        programme_id (UUID):
        queue_id (None | UUID):
        raised_at (datetime.datetime):
        reason (str):
        settled_at (datetime.datetime | None):
        settled_reason (None | str):
        settled_text (None | str):
        text (str):
        verdict_id (UUID):
    """

    clause: str
    due_at: datetime.datetime
    escalated_at: datetime.datetime | None
    id: UUID
    kind: str
    outcome: None | str
    programme_id: UUID
    queue_id: None | UUID
    raised_at: datetime.datetime
    reason: str
    settled_at: datetime.datetime | None
    settled_reason: None | str
    settled_text: None | str
    text: str
    verdict_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        clause = self.clause

        due_at = self.due_at.isoformat()

        escalated_at: None | str
        if isinstance(self.escalated_at, datetime.datetime):
            escalated_at = self.escalated_at.isoformat()
        else:
            escalated_at = self.escalated_at

        id = str(self.id)

        kind = self.kind

        outcome: None | str
        outcome = self.outcome

        programme_id = str(self.programme_id)

        queue_id: None | str
        if isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        raised_at = self.raised_at.isoformat()

        reason = self.reason

        settled_at: None | str
        if isinstance(self.settled_at, datetime.datetime):
            settled_at = self.settled_at.isoformat()
        else:
            settled_at = self.settled_at

        settled_reason: None | str
        settled_reason = self.settled_reason

        settled_text: None | str
        settled_text = self.settled_text

        text = self.text

        verdict_id = str(self.verdict_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "clause": clause,
                "due_at": due_at,
                "escalated_at": escalated_at,
                "id": id,
                "kind": kind,
                "outcome": outcome,
                "programme_id": programme_id,
                "queue_id": queue_id,
                "raised_at": raised_at,
                "reason": reason,
                "settled_at": settled_at,
                "settled_reason": settled_reason,
                "settled_text": settled_text,
                "text": text,
                "verdict_id": verdict_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        clause = d.pop("clause")

        due_at = datetime.datetime.fromisoformat(d.pop("due_at"))

        def _parse_escalated_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                escalated_at_type_0 = datetime.datetime.fromisoformat(data)

                return escalated_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        escalated_at = _parse_escalated_at(d.pop("escalated_at"))

        id = UUID(d.pop("id"))

        kind = d.pop("kind")

        def _parse_outcome(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        outcome = _parse_outcome(d.pop("outcome"))

        programme_id = UUID(d.pop("programme_id"))

        def _parse_queue_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                queue_id_type_0 = UUID(data)

                return queue_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        queue_id = _parse_queue_id(d.pop("queue_id"))

        raised_at = datetime.datetime.fromisoformat(d.pop("raised_at"))

        reason = d.pop("reason")

        def _parse_settled_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                settled_at_type_0 = datetime.datetime.fromisoformat(data)

                return settled_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        settled_at = _parse_settled_at(d.pop("settled_at"))

        def _parse_settled_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        settled_reason = _parse_settled_reason(d.pop("settled_reason"))

        def _parse_settled_text(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        settled_text = _parse_settled_text(d.pop("settled_text"))

        text = d.pop("text")

        verdict_id = UUID(d.pop("verdict_id"))

        quality_dispute_out = cls(
            clause=clause,
            due_at=due_at,
            escalated_at=escalated_at,
            id=id,
            kind=kind,
            outcome=outcome,
            programme_id=programme_id,
            queue_id=queue_id,
            raised_at=raised_at,
            reason=reason,
            settled_at=settled_at,
            settled_reason=settled_reason,
            settled_text=settled_text,
            text=text,
            verdict_id=verdict_id,
        )

        quality_dispute_out.additional_properties = d
        return quality_dispute_out

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
