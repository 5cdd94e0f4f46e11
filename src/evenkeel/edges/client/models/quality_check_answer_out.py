from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityCheckAnswerOut")


@_attrs_define
class QualityCheckAnswerOut:
    """One's own answer; what others said stays unsaid.

    Attributes:
        check_id (UUID):
        comment (str):
        given_at (datetime.datetime):
        id (UUID):
        label (str):
        stage (str):
    """

    check_id: UUID
    comment: str
    given_at: datetime.datetime
    id: UUID
    label: str
    stage: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        check_id = str(self.check_id)

        comment = self.comment

        given_at = self.given_at.isoformat()

        id = str(self.id)

        label = self.label

        stage = self.stage

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "check_id": check_id,
                "comment": comment,
                "given_at": given_at,
                "id": id,
                "label": label,
                "stage": stage,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        check_id = UUID(d.pop("check_id"))

        comment = d.pop("comment")

        given_at = datetime.datetime.fromisoformat(d.pop("given_at"))

        id = UUID(d.pop("id"))

        label = d.pop("label")

        stage = d.pop("stage")

        quality_check_answer_out = cls(
            check_id=check_id,
            comment=comment,
            given_at=given_at,
            id=id,
            label=label,
            stage=stage,
        )

        quality_check_answer_out.additional_properties = d
        return quality_check_answer_out

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
