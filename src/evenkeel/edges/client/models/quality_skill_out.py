from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_share_out import QualityShareOut
    from ..models.quality_skill_out_by_class import QualitySkillOutByClass


T = TypeVar("T", bound="QualitySkillOut")


@_attrs_define
class QualitySkillOut:
    """
    Attributes:
        all_ (QualityShareOut):
        by_class (QualitySkillOutByClass): by the right answer of the item; Wilson's interval, 95 %
    """

    all_: QualityShareOut
    by_class: QualitySkillOutByClass
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        all_ = self.all_.to_dict()

        by_class = self.by_class.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "all": all_,
                "by_class": by_class,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_share_out import QualityShareOut
        from ..models.quality_skill_out_by_class import QualitySkillOutByClass

        d = dict(src_dict)
        all_ = QualityShareOut.from_dict(d.pop("all"))

        by_class = QualitySkillOutByClass.from_dict(d.pop("by_class"))

        quality_skill_out = cls(
            all_=all_,
            by_class=by_class,
        )

        quality_skill_out.additional_properties = d
        return quality_skill_out

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
