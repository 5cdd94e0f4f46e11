from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityDoubtOut")


@_attrs_define
class QualityDoubtOut:
    """
    Attributes:
        answers (int):
        believed (str):
        by_models (bool):
        by_people (bool):
        chance_wrong (float):
        decision_id (UUID):
        item_id (UUID):
        label (str):
        rank (int):
    """

    answers: int
    believed: str
    by_models: bool
    by_people: bool
    chance_wrong: float
    decision_id: UUID
    item_id: UUID
    label: str
    rank: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answers = self.answers

        believed = self.believed

        by_models = self.by_models

        by_people = self.by_people

        chance_wrong = self.chance_wrong

        decision_id = str(self.decision_id)

        item_id = str(self.item_id)

        label = self.label

        rank = self.rank

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answers": answers,
                "believed": believed,
                "by_models": by_models,
                "by_people": by_people,
                "chance_wrong": chance_wrong,
                "decision_id": decision_id,
                "item_id": item_id,
                "label": label,
                "rank": rank,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        answers = d.pop("answers")

        believed = d.pop("believed")

        by_models = d.pop("by_models")

        by_people = d.pop("by_people")

        chance_wrong = d.pop("chance_wrong")

        decision_id = UUID(d.pop("decision_id"))

        item_id = UUID(d.pop("item_id"))

        label = d.pop("label")

        rank = d.pop("rank")

        quality_doubt_out = cls(
            answers=answers,
            believed=believed,
            by_models=by_models,
            by_people=by_people,
            chance_wrong=chance_wrong,
            decision_id=decision_id,
            item_id=item_id,
            label=label,
            rank=rank,
        )

        quality_doubt_out.additional_properties = d
        return quality_doubt_out

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
