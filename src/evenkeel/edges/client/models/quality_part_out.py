from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_part_out_accuracy import QualityPartOutAccuracy


T = TypeVar("T", bound="QualityPartOut")


@_attrs_define
class QualityPartOut:
    """
    Attributes:
        accuracy (QualityPartOutAccuracy): an estimate, as it would be known after 28 days
        audits (float):
        decisions (float):
        key (str):
        name (str):
        scope (str):
    """

    accuracy: QualityPartOutAccuracy
    audits: float
    decisions: float
    key: str
    name: str
    scope: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        accuracy = self.accuracy.to_dict()

        audits = self.audits

        decisions = self.decisions

        key = self.key

        name = self.name

        scope = self.scope

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "accuracy": accuracy,
                "audits": audits,
                "decisions": decisions,
                "key": key,
                "name": name,
                "scope": scope,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_part_out_accuracy import QualityPartOutAccuracy

        d = dict(src_dict)
        accuracy = QualityPartOutAccuracy.from_dict(d.pop("accuracy"))

        audits = d.pop("audits")

        decisions = d.pop("decisions")

        key = d.pop("key")

        name = d.pop("name")

        scope = d.pop("scope")

        quality_part_out = cls(
            accuracy=accuracy,
            audits=audits,
            decisions=decisions,
            key=key,
            name=name,
            scope=scope,
        )

        quality_part_out.additional_properties = d
        return quality_part_out

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
