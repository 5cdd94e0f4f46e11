from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="WorkFillIn")


@_attrs_define
class WorkFillIn:
    """
    Attributes:
        item_ids (list[UUID] | None | Unset): all of the programme's items when left out
        priority (float | Unset):  Default: 0.0.
    """

    item_ids: list[UUID] | None | Unset = UNSET
    priority: float | Unset = 0.0
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        item_ids: list[str] | None | Unset
        if isinstance(self.item_ids, Unset):
            item_ids = UNSET
        elif isinstance(self.item_ids, list):
            item_ids = []
            for item_ids_type_0_item_data in self.item_ids:
                item_ids_type_0_item = str(item_ids_type_0_item_data)
                item_ids.append(item_ids_type_0_item)

        else:
            item_ids = self.item_ids

        priority = self.priority

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if item_ids is not UNSET:
            field_dict["item_ids"] = item_ids
        if priority is not UNSET:
            field_dict["priority"] = priority

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_item_ids(data: object) -> list[UUID] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                item_ids_type_0 = []
                _item_ids_type_0 = data
                for item_ids_type_0_item_data in _item_ids_type_0:
                    item_ids_type_0_item = UUID(item_ids_type_0_item_data)

                    item_ids_type_0.append(item_ids_type_0_item)

                return item_ids_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[UUID] | None | Unset, data)

        item_ids = _parse_item_ids(d.pop("item_ids", UNSET))

        priority = d.pop("priority", UNSET)

        work_fill_in = cls(
            item_ids=item_ids,
            priority=priority,
        )

        work_fill_in.additional_properties = d
        return work_fill_in

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
