from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.work_prediction_in_answer import WorkPredictionInAnswer


T = TypeVar("T", bound="WorkPredictionIn")


@_attrs_define
class WorkPredictionIn:
    """
    Attributes:
        answer (WorkPredictionInAnswer): values of the form's fields, some or all
        item (str): the item's key
        model (str | Unset):  Default: ''.
        score (float | None | Unset): how sure the model is, 0 to 1
    """

    answer: WorkPredictionInAnswer
    item: str
    model: str | Unset = ""
    score: float | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer.to_dict()

        item = self.item

        model = self.model

        score: float | None | Unset
        if isinstance(self.score, Unset):
            score = UNSET
        else:
            score = self.score

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "item": item,
            }
        )
        if model is not UNSET:
            field_dict["model"] = model
        if score is not UNSET:
            field_dict["score"] = score

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_prediction_in_answer import WorkPredictionInAnswer

        d = dict(src_dict)
        answer = WorkPredictionInAnswer.from_dict(d.pop("answer"))

        item = d.pop("item")

        model = d.pop("model", UNSET)

        def _parse_score(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        score = _parse_score(d.pop("score", UNSET))

        work_prediction_in = cls(
            answer=answer,
            item=item,
            model=model,
            score=score,
        )

        work_prediction_in.additional_properties = d
        return work_prediction_in

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
