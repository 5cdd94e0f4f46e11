from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="WorkLaneOut")


@_attrs_define
class WorkLaneOut:
    """
    Attributes:
        id (UUID):
        kind (str):
        minutes (int):
        name (str):
        open_count (int):
        programme_id (UUID):
    """

    id: UUID
    kind: str
    minutes: int
    name: str
    open_count: int
    programme_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        kind = self.kind

        minutes = self.minutes

        name = self.name

        open_count = self.open_count

        programme_id = str(self.programme_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "kind": kind,
                "minutes": minutes,
                "name": name,
                "open_count": open_count,
                "programme_id": programme_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = UUID(d.pop("id"))

        kind = d.pop("kind")

        minutes = d.pop("minutes")

        name = d.pop("name")

        open_count = d.pop("open_count")

        programme_id = UUID(d.pop("programme_id"))

        work_lane_out = cls(
            id=id,
            kind=kind,
            minutes=minutes,
            name=name,
            open_count=open_count,
            programme_id=programme_id,
        )

        work_lane_out.additional_properties = d
        return work_lane_out

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
