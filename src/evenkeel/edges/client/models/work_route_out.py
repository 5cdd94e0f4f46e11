from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_rule_out import WorkRuleOut
    from ..models.work_step_out import WorkStepOut
    from ..models.work_where_out import WorkWhereOut


T = TypeVar("T", bound="WorkRouteOut")


@_attrs_define
class WorkRouteOut:
    """
    Attributes:
        item_id (UUID):
        matched (None | WorkRuleOut):
        queues (list[WorkWhereOut]):
        steps (list[WorkStepOut]):
    """

    item_id: UUID
    matched: None | WorkRuleOut
    queues: list[WorkWhereOut]
    steps: list[WorkStepOut]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.work_rule_out import WorkRuleOut

        item_id = str(self.item_id)

        matched: dict[str, Any] | None
        if isinstance(self.matched, WorkRuleOut):
            matched = self.matched.to_dict()
        else:
            matched = self.matched

        queues = []
        for queues_item_data in self.queues:
            queues_item = queues_item_data.to_dict()
            queues.append(queues_item)

        steps = []
        for steps_item_data in self.steps:
            steps_item = steps_item_data.to_dict()
            steps.append(steps_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "item_id": item_id,
                "matched": matched,
                "queues": queues,
                "steps": steps,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_rule_out import WorkRuleOut
        from ..models.work_step_out import WorkStepOut
        from ..models.work_where_out import WorkWhereOut

        d = dict(src_dict)
        item_id = UUID(d.pop("item_id"))

        def _parse_matched(data: object) -> None | WorkRuleOut:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                matched_type_0 = WorkRuleOut.from_dict(data)

                return matched_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | WorkRuleOut, data)

        matched = _parse_matched(d.pop("matched"))

        queues = []
        _queues = d.pop("queues")
        for queues_item_data in _queues:
            queues_item = WorkWhereOut.from_dict(queues_item_data)

            queues.append(queues_item)

        steps = []
        _steps = d.pop("steps")
        for steps_item_data in _steps:
            steps_item = WorkStepOut.from_dict(steps_item_data)

            steps.append(steps_item)

        work_route_out = cls(
            item_id=item_id,
            matched=matched,
            queues=queues,
            steps=steps,
        )

        work_route_out.additional_properties = d
        return work_route_out

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
