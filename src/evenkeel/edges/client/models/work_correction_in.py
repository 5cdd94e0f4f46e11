from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_correction_in_answer import WorkCorrectionInAnswer


T = TypeVar("T", bound="WorkCorrectionIn")


@_attrs_define
class WorkCorrectionIn:
    """
    Attributes:
        answer (WorkCorrectionInAnswer):
        reason (str): the maker of the first decision is told it
    """

    answer: WorkCorrectionInAnswer
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
        from ..models.work_correction_in_answer import WorkCorrectionInAnswer

        d = dict(src_dict)
        answer = WorkCorrectionInAnswer.from_dict(d.pop("answer"))

        reason = d.pop("reason")

        work_correction_in = cls(
            answer=answer,
            reason=reason,
        )

        work_correction_in.additional_properties = d
        return work_correction_in

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
