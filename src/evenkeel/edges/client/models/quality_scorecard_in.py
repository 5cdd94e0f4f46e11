from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_scorecard_in_spec import QualityScorecardInSpec


T = TypeVar("T", bound="QualityScorecardIn")


@_attrs_define
class QualityScorecardIn:
    """
    Attributes:
        name (str):
        programme_id (UUID):
        spec (QualityScorecardInSpec):
    """

    name: str
    programme_id: UUID
    spec: QualityScorecardInSpec
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        programme_id = str(self.programme_id)

        spec = self.spec.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "programme_id": programme_id,
                "spec": spec,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_scorecard_in_spec import QualityScorecardInSpec

        d = dict(src_dict)
        name = d.pop("name")

        programme_id = UUID(d.pop("programme_id"))

        spec = QualityScorecardInSpec.from_dict(d.pop("spec"))

        quality_scorecard_in = cls(
            name=name,
            programme_id=programme_id,
            spec=spec,
        )

        quality_scorecard_in.additional_properties = d
        return quality_scorecard_in

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
