from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_prelabel_out_answer import WorkPrelabelOutAnswer


T = TypeVar("T", bound="WorkPrelabelOut")


@_attrs_define
class WorkPrelabelOut:
    """What a model suggests: values of some or all of the form's fields.

    Attributes:
        answer (WorkPrelabelOutAnswer):
        model (str):
        score (float | None):
    """

    answer: WorkPrelabelOutAnswer
    model: str
    score: float | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer.to_dict()

        model = self.model

        score: float | None
        score = self.score

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "model": model,
                "score": score,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_prelabel_out_answer import WorkPrelabelOutAnswer

        d = dict(src_dict)
        answer = WorkPrelabelOutAnswer.from_dict(d.pop("answer"))

        model = d.pop("model")

        def _parse_score(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        score = _parse_score(d.pop("score"))

        work_prelabel_out = cls(
            answer=answer,
            model=model,
            score=score,
        )

        work_prelabel_out.additional_properties = d
        return work_prelabel_out

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
