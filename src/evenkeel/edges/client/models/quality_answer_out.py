from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityAnswerOut")


@_attrs_define
class QualityAnswerOut:
    """
    Attributes:
        answered_at (datetime.datetime):
        case_id (UUID):
        clause (str):
        id (UUID):
        label (str):
        round_ (int): 1 blind, 2 after the discussion
    """

    answered_at: datetime.datetime
    case_id: UUID
    clause: str
    id: UUID
    label: str
    round_: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answered_at = self.answered_at.isoformat()

        case_id = str(self.case_id)

        clause = self.clause

        id = str(self.id)

        label = self.label

        round_ = self.round_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answered_at": answered_at,
                "case_id": case_id,
                "clause": clause,
                "id": id,
                "label": label,
                "round": round_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        answered_at = datetime.datetime.fromisoformat(d.pop("answered_at"))

        case_id = UUID(d.pop("case_id"))

        clause = d.pop("clause")

        id = UUID(d.pop("id"))

        label = d.pop("label")

        round_ = d.pop("round")

        quality_answer_out = cls(
            answered_at=answered_at,
            case_id=case_id,
            clause=clause,
            id=id,
            label=label,
            round_=round_,
        )

        quality_answer_out.additional_properties = d
        return quality_answer_out

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
