from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="WorkEscalationOut")


@_attrs_define
class WorkEscalationOut:
    """
    Attributes:
        closed_at (datetime.datetime | None):
        decision_id (None | UUID):
        due_at (datetime.datetime):
        holder_id (None | UUID):
        id (UUID):
        item_id (UUID):
        programme_id (UUID):
        queue_id (UUID):
        raised_at (datetime.datetime):
        reason (str):
        state (str):
        tier_id (UUID):
        worker_id (UUID):
    """

    closed_at: datetime.datetime | None
    decision_id: None | UUID
    due_at: datetime.datetime
    holder_id: None | UUID
    id: UUID
    item_id: UUID
    programme_id: UUID
    queue_id: UUID
    raised_at: datetime.datetime
    reason: str
    state: str
    tier_id: UUID
    worker_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        closed_at: None | str
        if isinstance(self.closed_at, datetime.datetime):
            closed_at = self.closed_at.isoformat()
        else:
            closed_at = self.closed_at

        decision_id: None | str
        if isinstance(self.decision_id, UUID):
            decision_id = str(self.decision_id)
        else:
            decision_id = self.decision_id

        due_at = self.due_at.isoformat()

        holder_id: None | str
        if isinstance(self.holder_id, UUID):
            holder_id = str(self.holder_id)
        else:
            holder_id = self.holder_id

        id = str(self.id)

        item_id = str(self.item_id)

        programme_id = str(self.programme_id)

        queue_id = str(self.queue_id)

        raised_at = self.raised_at.isoformat()

        reason = self.reason

        state = self.state

        tier_id = str(self.tier_id)

        worker_id = str(self.worker_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "closed_at": closed_at,
                "decision_id": decision_id,
                "due_at": due_at,
                "holder_id": holder_id,
                "id": id,
                "item_id": item_id,
                "programme_id": programme_id,
                "queue_id": queue_id,
                "raised_at": raised_at,
                "reason": reason,
                "state": state,
                "tier_id": tier_id,
                "worker_id": worker_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_closed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                closed_at_type_0 = datetime.datetime.fromisoformat(data)

                return closed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        closed_at = _parse_closed_at(d.pop("closed_at"))

        def _parse_decision_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                decision_id_type_0 = UUID(data)

                return decision_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        decision_id = _parse_decision_id(d.pop("decision_id"))

        due_at = datetime.datetime.fromisoformat(d.pop("due_at"))

        def _parse_holder_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                holder_id_type_0 = UUID(data)

                return holder_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        holder_id = _parse_holder_id(d.pop("holder_id"))

        id = UUID(d.pop("id"))

        item_id = UUID(d.pop("item_id"))

        programme_id = UUID(d.pop("programme_id"))

        queue_id = UUID(d.pop("queue_id"))

        raised_at = datetime.datetime.fromisoformat(d.pop("raised_at"))

        reason = d.pop("reason")

        state = d.pop("state")

        tier_id = UUID(d.pop("tier_id"))

        worker_id = UUID(d.pop("worker_id"))

        work_escalation_out = cls(
            closed_at=closed_at,
            decision_id=decision_id,
            due_at=due_at,
            holder_id=holder_id,
            id=id,
            item_id=item_id,
            programme_id=programme_id,
            queue_id=queue_id,
            raised_at=raised_at,
            reason=reason,
            state=state,
            tier_id=tier_id,
            worker_id=worker_id,
        )

        work_escalation_out.additional_properties = d
        return work_escalation_out

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
