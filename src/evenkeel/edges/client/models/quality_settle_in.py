from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_settle_in_answer import QualitySettleInAnswer


T = TypeVar("T", bound="QualitySettleIn")


@_attrs_define
class QualitySettleIn:
    """
    Attributes:
        answer (QualitySettleInAnswer):
        reason (str):
    """

    answer: QualitySettleInAnswer
    reason: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer.to_dict()

        reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "reason": reason,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_settle_in_answer import QualitySettleInAnswer

        d = dict(src_dict)
        answer = QualitySettleInAnswer.from_dict(d.pop("answer"))

        reason = d.pop("reason")

        quality_settle_in = cls(
            answer=answer,
            reason=reason,
        )

        quality_settle_in.additional_properties = d
        return quality_settle_in

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
