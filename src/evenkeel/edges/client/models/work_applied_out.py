from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="WorkAppliedOut")


@_attrs_define
class WorkAppliedOut:
    """
    Attributes:
        left (int): items that should be elsewhere and stay, because somebody has had them
        moved (int):
        nowhere (int): items that no rule fits
        placed (int):
    """

    left: int
    moved: int
    nowhere: int
    placed: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        left = self.left

        moved = self.moved

        nowhere = self.nowhere

        placed = self.placed

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "left": left,
                "moved": moved,
                "nowhere": nowhere,
                "placed": placed,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        left = d.pop("left")

        moved = d.pop("moved")

        nowhere = d.pop("nowhere")

        placed = d.pop("placed")

        work_applied_out = cls(
            left=left,
            moved=moved,
            nowhere=nowhere,
            placed=placed,
        )

        work_applied_out.additional_properties = d
        return work_applied_out

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
