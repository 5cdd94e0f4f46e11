from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quality_scorecard_version_in_spec import QualityScorecardVersionInSpec


T = TypeVar("T", bound="QualityScorecardVersionIn")


@_attrs_define
class QualityScorecardVersionIn:
    """
    Attributes:
        spec (QualityScorecardVersionInSpec):
        what_changed (str | Unset):  Default: ''.
    """

    spec: QualityScorecardVersionInSpec
    what_changed: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        spec = self.spec.to_dict()

        what_changed = self.what_changed

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "spec": spec,
            }
        )
        if what_changed is not UNSET:
            field_dict["what_changed"] = what_changed

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_scorecard_version_in_spec import (
            QualityScorecardVersionInSpec,
        )

        d = dict(src_dict)
        spec = QualityScorecardVersionInSpec.from_dict(d.pop("spec"))

        what_changed = d.pop("what_changed", UNSET)

        quality_scorecard_version_in = cls(
            spec=spec,
            what_changed=what_changed,
        )

        quality_scorecard_version_in.additional_properties = d
        return quality_scorecard_version_in

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
