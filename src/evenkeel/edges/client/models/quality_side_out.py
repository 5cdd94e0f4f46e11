from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_side_out_answer import QualitySideOutAnswer


T = TypeVar("T", bound="QualitySideOut")


@_attrs_define
class QualitySideOut:
    """
    Attributes:
        answer (QualitySideOutAnswer):
        label (str):
        why (str):
    """

    answer: QualitySideOutAnswer
    label: str
    why: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer.to_dict()

        label = self.label

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "label": label,
                "why": why,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_side_out_answer import QualitySideOutAnswer

        d = dict(src_dict)
        answer = QualitySideOutAnswer.from_dict(d.pop("answer"))

        label = d.pop("label")

        why = d.pop("why")

        quality_side_out = cls(
            answer=answer,
            label=label,
            why=why,
        )

        quality_side_out.additional_properties = d
        return quality_side_out

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
