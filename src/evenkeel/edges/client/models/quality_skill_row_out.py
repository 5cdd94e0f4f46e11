from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_skill_share_out import QualitySkillShareOut


T = TypeVar("T", bound="QualitySkillRowOut")


@_attrs_define
class QualitySkillRowOut:
    """
    Attributes:
        audits (QualitySkillShareOut):
        golds (QualitySkillShareOut):
        name (str): the right answer, the guideline or the language; empty where none is said
    """

    audits: QualitySkillShareOut
    golds: QualitySkillShareOut
    name: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        audits = self.audits.to_dict()

        golds = self.golds.to_dict()

        name = self.name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "audits": audits,
                "golds": golds,
                "name": name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_skill_share_out import QualitySkillShareOut

        d = dict(src_dict)
        audits = QualitySkillShareOut.from_dict(d.pop("audits"))

        golds = QualitySkillShareOut.from_dict(d.pop("golds"))

        name = d.pop("name")

        quality_skill_row_out = cls(
            audits=audits,
            golds=golds,
            name=name,
        )

        quality_skill_row_out.additional_properties = d
        return quality_skill_row_out

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
