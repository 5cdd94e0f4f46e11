from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="WorkAppealOut")


@_attrs_define
class WorkAppealOut:
    """
    Attributes:
        correction_id (None | UUID): the decision that corrects the first one
        decision_id (UUID):
        due_at (datetime.datetime):
        id (UUID):
        item_id (UUID):
        key (str):
        outcome (None | str): upheld or overturned; empty while it waits
        programme_id (UUID):
        queue_id (None | UUID):
        reason (None | str):
        received_at (datetime.datetime):
        ruled_at (datetime.datetime | None):
        statement (str):
    """

    correction_id: None | UUID
    decision_id: UUID
    due_at: datetime.datetime
    id: UUID
    item_id: UUID
    key: str
    outcome: None | str
    programme_id: UUID
    queue_id: None | UUID
    reason: None | str
    received_at: datetime.datetime
    ruled_at: datetime.datetime | None
    statement: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        correction_id: None | str
        if isinstance(self.correction_id, UUID):
            correction_id = str(self.correction_id)
        else:
            correction_id = self.correction_id

        decision_id = str(self.decision_id)

        due_at = self.due_at.isoformat()

        id = str(self.id)

        item_id = str(self.item_id)

        key = self.key

        outcome: None | str
        outcome = self.outcome

        programme_id = str(self.programme_id)

        queue_id: None | str
        if isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        reason: None | str
        reason = self.reason

        received_at = self.received_at.isoformat()

        ruled_at: None | str
        if isinstance(self.ruled_at, datetime.datetime):
            ruled_at = self.ruled_at.isoformat()
        else:
            ruled_at = self.ruled_at

        statement = self.statement

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "correction_id": correction_id,
                "decision_id": decision_id,
                "due_at": due_at,
                "id": id,
                "item_id": item_id,
                "key": key,
                "outcome": outcome,
                "programme_id": programme_id,
                "queue_id": queue_id,
                "reason": reason,
                "received_at": received_at,
                "ruled_at": ruled_at,
                "statement": statement,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_correction_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                correction_id_type_0 = UUID(data)

                return correction_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        correction_id = _parse_correction_id(d.pop("correction_id"))

        decision_id = UUID(d.pop("decision_id"))

        due_at = datetime.datetime.fromisoformat(d.pop("due_at"))

        id = UUID(d.pop("id"))

        item_id = UUID(d.pop("item_id"))

        key = d.pop("key")

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

        def _parse_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        reason = _parse_reason(d.pop("reason"))

        received_at = datetime.datetime.fromisoformat(d.pop("received_at"))

        def _parse_ruled_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                ruled_at_type_0 = datetime.datetime.fromisoformat(data)

                return ruled_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        ruled_at = _parse_ruled_at(d.pop("ruled_at"))

        statement = d.pop("statement")

        work_appeal_out = cls(
            correction_id=correction_id,
            decision_id=decision_id,
            due_at=due_at,
            id=id,
            item_id=item_id,
            key=key,
            outcome=outcome,
            programme_id=programme_id,
            queue_id=queue_id,
            reason=reason,
            received_at=received_at,
            ruled_at=ruled_at,
            statement=statement,
        )

        work_appeal_out.additional_properties = d
        return work_appeal_out

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
