from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.work_tier_decision_in_answer import WorkTierDecisionInAnswer


T = TypeVar("T", bound="WorkTierDecisionIn")


@_attrs_define
class WorkTierDecisionIn:
    """
    Attributes:
        answer (WorkTierDecisionInAnswer):
        note (str | Unset):  Default: ''.
    """

    answer: WorkTierDecisionInAnswer
    note: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer.to_dict()

        note = self.note

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
            }
        )
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_tier_decision_in_answer import WorkTierDecisionInAnswer

        d = dict(src_dict)
        answer = WorkTierDecisionInAnswer.from_dict(d.pop("answer"))

        note = d.pop("note", UNSET)

        work_tier_decision_in = cls(
            answer=answer,
            note=note,
        )

        work_tier_decision_in.additional_properties = d
        return work_tier_decision_in

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
