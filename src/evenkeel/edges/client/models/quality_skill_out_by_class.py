from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_share_out import QualityShareOut


T = TypeVar("T", bound="QualitySkillOutByClass")


@_attrs_define
class QualitySkillOutByClass:
    """by the right answer of the item; Wilson's interval, 95 %"""

    additional_properties: dict[str, QualityShareOut] = _attrs_field(
        init=False, factory=dict
    )

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        for prop_name, prop in self.additional_properties.items():
            field_dict[prop_name] = prop.to_dict()

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_share_out import QualityShareOut

        d = dict(src_dict)
        quality_skill_out_by_class = cls()

        additional_properties = {}
        for prop_name, prop_dict in d.items():
            additional_property = QualityShareOut.from_dict(prop_dict)

            additional_properties[prop_name] = additional_property

        quality_skill_out_by_class.additional_properties = additional_properties
        return quality_skill_out_by_class

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> QualityShareOut:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: QualityShareOut) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
