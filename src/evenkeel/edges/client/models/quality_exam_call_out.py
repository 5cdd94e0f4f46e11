from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityExamCallOut")


@_attrs_define
class QualityExamCallOut:
    """
    Attributes:
        called_at (datetime.datetime):
        certificate_id (UUID):
        deadline_at (datetime.datetime):
        state (str): renewed, waits, late
        why (str): replaced: a new version of the guideline; expired: its day comes
        worker_id (UUID):
    """

    called_at: datetime.datetime
    certificate_id: UUID
    deadline_at: datetime.datetime
    state: str
    why: str
    worker_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        called_at = self.called_at.isoformat()

        certificate_id = str(self.certificate_id)

        deadline_at = self.deadline_at.isoformat()

        state = self.state

        why = self.why

        worker_id = str(self.worker_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "called_at": called_at,
                "certificate_id": certificate_id,
                "deadline_at": deadline_at,
                "state": state,
                "why": why,
                "worker_id": worker_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        called_at = datetime.datetime.fromisoformat(d.pop("called_at"))

        certificate_id = UUID(d.pop("certificate_id"))

        deadline_at = datetime.datetime.fromisoformat(d.pop("deadline_at"))

        state = d.pop("state")

        why = d.pop("why")

        worker_id = UUID(d.pop("worker_id"))

        quality_exam_call_out = cls(
            called_at=called_at,
            certificate_id=certificate_id,
            deadline_at=deadline_at,
            state=state,
            why=why,
            worker_id=worker_id,
        )

        quality_exam_call_out.additional_properties = d
        return quality_exam_call_out

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
