from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="WorkBannerOut")


@_attrs_define
class WorkBannerOut:
    """
    Attributes:
        guidance (str):
        id (UUID):
        is_drill (bool):
        name (str):
        until (datetime.datetime):
        until_said (str): the same for people, in the install's zone
    """

    guidance: str
    id: UUID
    is_drill: bool
    name: str
    until: datetime.datetime
    until_said: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        guidance = self.guidance

        id = str(self.id)

        is_drill = self.is_drill

        name = self.name

        until = self.until.isoformat()

        until_said = self.until_said

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "guidance": guidance,
                "id": id,
                "is_drill": is_drill,
                "name": name,
                "until": until,
                "until_said": until_said,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        guidance = d.pop("guidance")

        id = UUID(d.pop("id"))

        is_drill = d.pop("is_drill")

        name = d.pop("name")

        until = datetime.datetime.fromisoformat(d.pop("until"))

        until_said = d.pop("until_said")

        work_banner_out = cls(
            guidance=guidance,
            id=id,
            is_drill=is_drill,
            name=name,
            until=until,
            until_said=until_said,
        )

        work_banner_out.additional_properties = d
        return work_banner_out

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
