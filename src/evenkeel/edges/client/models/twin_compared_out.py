from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.twin_found_out import TwinFoundOut


T = TypeVar("T", bound="TwinComparedOut")


@_attrs_define
class TwinComparedOut:
    """A row of the scores; the first of `found` is the scenario as it is.

    Attributes:
        found (list[TwinFoundOut]):
        is_share (bool):
        name (str):
        score (str):
        unit (str):
    """

    found: list[TwinFoundOut]
    is_share: bool
    name: str
    score: str
    unit: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        found = []
        for found_item_data in self.found:
            found_item = found_item_data.to_dict()
            found.append(found_item)

        is_share = self.is_share

        name = self.name

        score = self.score

        unit = self.unit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "found": found,
                "is_share": is_share,
                "name": name,
                "score": score,
                "unit": unit,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.twin_found_out import TwinFoundOut

        d = dict(src_dict)
        found = []
        _found = d.pop("found")
        for found_item_data in _found:
            found_item = TwinFoundOut.from_dict(found_item_data)

            found.append(found_item)

        is_share = d.pop("is_share")

        name = d.pop("name")

        score = d.pop("score")

        unit = d.pop("unit")

        twin_compared_out = cls(
            found=found,
            is_share=is_share,
            name=name,
            score=score,
            unit=unit,
        )

        twin_compared_out.additional_properties = d
        return twin_compared_out

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
