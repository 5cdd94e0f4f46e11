from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QualityGoldRowIn")


@_attrs_define
class QualityGoldRowIn:
    """
    Attributes:
        answer (str): the right answer to the form's main question
        item (str): the item's key
        rationale (str): why it is right
        difficulty (int | Unset):  Default: 2.
        for_exams (bool | Unset):  Default: False.
    """

    answer: str
    item: str
    rationale: str
    difficulty: int | Unset = 2
    for_exams: bool | Unset = False
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer

        item = self.item

        rationale = self.rationale

        difficulty = self.difficulty

        for_exams = self.for_exams

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "item": item,
                "rationale": rationale,
            }
        )
        if difficulty is not UNSET:
            field_dict["difficulty"] = difficulty
        if for_exams is not UNSET:
            field_dict["for_exams"] = for_exams

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        answer = d.pop("answer")

        item = d.pop("item")

        rationale = d.pop("rationale")

        difficulty = d.pop("difficulty", UNSET)

        for_exams = d.pop("for_exams", UNSET)

        quality_gold_row_in = cls(
            answer=answer,
            item=item,
            rationale=rationale,
            difficulty=difficulty,
            for_exams=for_exams,
        )

        quality_gold_row_in.additional_properties = d
        return quality_gold_row_in

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
