from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="WorkQuestionOut")


@_attrs_define
class WorkQuestionOut:
    """
    Attributes:
        answer (None | str):
        answered_at (datetime.datetime | None):
        asked_at (datetime.datetime):
        body (str):
        id (UUID):
        is_aside (bool):
        item_id (UUID):
        policy_id (None | UUID):
        queue_id (UUID):
        withdrawn_at (datetime.datetime | None):
        worker_id (UUID):
    """

    answer: None | str
    answered_at: datetime.datetime | None
    asked_at: datetime.datetime
    body: str
    id: UUID
    is_aside: bool
    item_id: UUID
    policy_id: None | UUID
    queue_id: UUID
    withdrawn_at: datetime.datetime | None
    worker_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer: None | str
        answer = self.answer

        answered_at: None | str
        if isinstance(self.answered_at, datetime.datetime):
            answered_at = self.answered_at.isoformat()
        else:
            answered_at = self.answered_at

        asked_at = self.asked_at.isoformat()

        body = self.body

        id = str(self.id)

        is_aside = self.is_aside

        item_id = str(self.item_id)

        policy_id: None | str
        if isinstance(self.policy_id, UUID):
            policy_id = str(self.policy_id)
        else:
            policy_id = self.policy_id

        queue_id = str(self.queue_id)

        withdrawn_at: None | str
        if isinstance(self.withdrawn_at, datetime.datetime):
            withdrawn_at = self.withdrawn_at.isoformat()
        else:
            withdrawn_at = self.withdrawn_at

        worker_id = str(self.worker_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "answered_at": answered_at,
                "asked_at": asked_at,
                "body": body,
                "id": id,
                "is_aside": is_aside,
                "item_id": item_id,
                "policy_id": policy_id,
                "queue_id": queue_id,
                "withdrawn_at": withdrawn_at,
                "worker_id": worker_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_answer(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        answer = _parse_answer(d.pop("answer"))

        def _parse_answered_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                answered_at_type_0 = datetime.datetime.fromisoformat(data)

                return answered_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        answered_at = _parse_answered_at(d.pop("answered_at"))

        asked_at = datetime.datetime.fromisoformat(d.pop("asked_at"))

        body = d.pop("body")

        id = UUID(d.pop("id"))

        is_aside = d.pop("is_aside")

        item_id = UUID(d.pop("item_id"))

        def _parse_policy_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                policy_id_type_0 = UUID(data)

                return policy_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        policy_id = _parse_policy_id(d.pop("policy_id"))

        queue_id = UUID(d.pop("queue_id"))

        def _parse_withdrawn_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                withdrawn_at_type_0 = datetime.datetime.fromisoformat(data)

                return withdrawn_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        withdrawn_at = _parse_withdrawn_at(d.pop("withdrawn_at"))

        worker_id = UUID(d.pop("worker_id"))

        work_question_out = cls(
            answer=answer,
            answered_at=answered_at,
            asked_at=asked_at,
            body=body,
            id=id,
            is_aside=is_aside,
            item_id=item_id,
            policy_id=policy_id,
            queue_id=queue_id,
            withdrawn_at=withdrawn_at,
            worker_id=worker_id,
        )

        work_question_out.additional_properties = d
        return work_question_out

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
