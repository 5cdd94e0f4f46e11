from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quality_answer_in_answer import QualityAnswerInAnswer


T = TypeVar("T", bound="QualityAnswerIn")


@_attrs_define
class QualityAnswerIn:
    """
    Attributes:
        answer (QualityAnswerInAnswer): one value a field of the form
        client_key (str): made anew for each answer; sent twice, stored once
        comment (str | Unset):  Default: ''.
    """

    answer: QualityAnswerInAnswer
    client_key: str
    comment: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer.to_dict()

        client_key = self.client_key

        comment = self.comment

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "client_key": client_key,
            }
        )
        if comment is not UNSET:
            field_dict["comment"] = comment

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_answer_in_answer import QualityAnswerInAnswer

        d = dict(src_dict)
        answer = QualityAnswerInAnswer.from_dict(d.pop("answer"))

        client_key = d.pop("client_key")

        comment = d.pop("comment", UNSET)

        quality_answer_in = cls(
            answer=answer,
            client_key=client_key,
            comment=comment,
        )

        quality_answer_in.additional_properties = d
        return quality_answer_in

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
