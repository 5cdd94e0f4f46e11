from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quality_arbitrate_in_answer import QualityArbitrateInAnswer


T = TypeVar("T", bound="QualityArbitrateIn")


@_attrs_define
class QualityArbitrateIn:
    """
    Attributes:
        answer (QualityArbitrateInAnswer): your own answer; it decides what becomes of the finding
        reason (str): the slug of a reason for settling
        text (str | Unset):  Default: ''.
    """

    answer: QualityArbitrateInAnswer
    reason: str
    text: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer.to_dict()

        reason = self.reason

        text = self.text

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "reason": reason,
            }
        )
        if text is not UNSET:
            field_dict["text"] = text

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_arbitrate_in_answer import QualityArbitrateInAnswer

        d = dict(src_dict)
        answer = QualityArbitrateInAnswer.from_dict(d.pop("answer"))

        reason = d.pop("reason")

        text = d.pop("text", UNSET)

        quality_arbitrate_in = cls(
            answer=answer,
            reason=reason,
            text=text,
        )

        quality_arbitrate_in.additional_properties = d
        return quality_arbitrate_in

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
