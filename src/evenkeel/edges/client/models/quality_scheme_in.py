from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QualitySchemeIn")


@_attrs_define
class QualitySchemeIn:
    """
    Attributes:
        aql (float): acceptable share of wrong decisions in percent, one of the standard's up to 10
        name (str):
        organisation_id (UUID):
        programme_id (UUID):
        allows_reduced (bool | Unset):  Default: True.
        level (str | Unset):  Default: 'II'.
        plan_type (str | Unset): single, double or multiple Default: 'single'.
    """

    aql: float
    name: str
    organisation_id: UUID
    programme_id: UUID
    allows_reduced: bool | Unset = True
    level: str | Unset = "II"
    plan_type: str | Unset = "single"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        aql = self.aql

        name = self.name

        organisation_id = str(self.organisation_id)

        programme_id = str(self.programme_id)

        allows_reduced = self.allows_reduced

        level = self.level

        plan_type = self.plan_type

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "aql": aql,
                "name": name,
                "organisation_id": organisation_id,
                "programme_id": programme_id,
            }
        )
        if allows_reduced is not UNSET:
            field_dict["allows_reduced"] = allows_reduced
        if level is not UNSET:
            field_dict["level"] = level
        if plan_type is not UNSET:
            field_dict["plan_type"] = plan_type

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        aql = d.pop("aql")

        name = d.pop("name")

        organisation_id = UUID(d.pop("organisation_id"))

        programme_id = UUID(d.pop("programme_id"))

        allows_reduced = d.pop("allows_reduced", UNSET)

        level = d.pop("level", UNSET)

        plan_type = d.pop("plan_type", UNSET)

        quality_scheme_in = cls(
            aql=aql,
            name=name,
            organisation_id=organisation_id,
            programme_id=programme_id,
            allows_reduced=allows_reduced,
            level=level,
            plan_type=plan_type,
        )

        quality_scheme_in.additional_properties = d
        return quality_scheme_in

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
