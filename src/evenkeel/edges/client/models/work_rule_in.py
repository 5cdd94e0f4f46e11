from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_rule_in_condition import WorkRuleInCondition


T = TypeVar("T", bound="WorkRuleIn")


@_attrs_define
class WorkRuleIn:
    """
    Attributes:
        condition (WorkRuleInCondition): a group: all or any of comparisons (field, operator, value) and groups
        queue_id (UUID):
        title (str):
    """

    condition: WorkRuleInCondition
    queue_id: UUID
    title: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        condition = self.condition.to_dict()

        queue_id = str(self.queue_id)

        title = self.title

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "condition": condition,
                "queue_id": queue_id,
                "title": title,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_rule_in_condition import WorkRuleInCondition

        d = dict(src_dict)
        condition = WorkRuleInCondition.from_dict(d.pop("condition"))

        queue_id = UUID(d.pop("queue_id"))

        title = d.pop("title")

        work_rule_in = cls(
            condition=condition,
            queue_id=queue_id,
            title=title,
        )

        work_rule_in.additional_properties = d
        return work_rule_in

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
