from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_rule_out_condition import WorkRuleOutCondition


T = TypeVar("T", bound="WorkRuleOut")


@_attrs_define
class WorkRuleOut:
    """
    Attributes:
        condition (WorkRuleOutCondition):
        id (UUID):
        is_default (bool):
        place (int):
        queue_id (UUID):
        title (str):
    """

    condition: WorkRuleOutCondition
    id: UUID
    is_default: bool
    place: int
    queue_id: UUID
    title: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        condition = self.condition.to_dict()

        id = str(self.id)

        is_default = self.is_default

        place = self.place

        queue_id = str(self.queue_id)

        title = self.title

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "condition": condition,
                "id": id,
                "is_default": is_default,
                "place": place,
                "queue_id": queue_id,
                "title": title,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_rule_out_condition import WorkRuleOutCondition

        d = dict(src_dict)
        condition = WorkRuleOutCondition.from_dict(d.pop("condition"))

        id = UUID(d.pop("id"))

        is_default = d.pop("is_default")

        place = d.pop("place")

        queue_id = UUID(d.pop("queue_id"))

        title = d.pop("title")

        work_rule_out = cls(
            condition=condition,
            id=id,
            is_default=is_default,
            place=place,
            queue_id=queue_id,
            title=title,
        )

        work_rule_out.additional_properties = d
        return work_rule_out

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
