from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="WorkTierOut")


@_attrs_define
class WorkTierOut:
    """
    Attributes:
        id (UUID):
        level (int):
        minutes (int):
        name (str):
        person_ids (list[UUID]):
    """

    id: UUID
    level: int
    minutes: int
    name: str
    person_ids: list[UUID]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        level = self.level

        minutes = self.minutes

        name = self.name

        person_ids = []
        for person_ids_item_data in self.person_ids:
            person_ids_item = str(person_ids_item_data)
            person_ids.append(person_ids_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "level": level,
                "minutes": minutes,
                "name": name,
                "person_ids": person_ids,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = UUID(d.pop("id"))

        level = d.pop("level")

        minutes = d.pop("minutes")

        name = d.pop("name")

        person_ids = []
        _person_ids = d.pop("person_ids")
        for person_ids_item_data in _person_ids:
            person_ids_item = UUID(person_ids_item_data)

            person_ids.append(person_ids_item)

        work_tier_out = cls(
            id=id,
            level=level,
            minutes=minutes,
            name=name,
            person_ids=person_ids,
        )

        work_tier_out.additional_properties = d
        return work_tier_out

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
