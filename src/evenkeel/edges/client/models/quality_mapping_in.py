from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quality_mapping_in_spec import QualityMappingInSpec


T = TypeVar("T", bound="QualityMappingIn")


@_attrs_define
class QualityMappingIn:
    """
    Attributes:
        importer (str):
        programme_id (UUID):
        spec (QualityMappingInSpec): fields, values and options
        tool (str): the other tool; one that is not known yet is added
        organisation_id (None | Unset | UUID): whose people decide there; our own when left out
    """

    importer: str
    programme_id: UUID
    spec: QualityMappingInSpec
    tool: str
    organisation_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        importer = self.importer

        programme_id = str(self.programme_id)

        spec = self.spec.to_dict()

        tool = self.tool

        organisation_id: None | str | Unset
        if isinstance(self.organisation_id, Unset):
            organisation_id = UNSET
        elif isinstance(self.organisation_id, UUID):
            organisation_id = str(self.organisation_id)
        else:
            organisation_id = self.organisation_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "importer": importer,
                "programme_id": programme_id,
                "spec": spec,
                "tool": tool,
            }
        )
        if organisation_id is not UNSET:
            field_dict["organisation_id"] = organisation_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_mapping_in_spec import QualityMappingInSpec

        d = dict(src_dict)
        importer = d.pop("importer")

        programme_id = UUID(d.pop("programme_id"))

        spec = QualityMappingInSpec.from_dict(d.pop("spec"))

        tool = d.pop("tool")

        def _parse_organisation_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                organisation_id_type_0 = UUID(data)

                return organisation_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        organisation_id = _parse_organisation_id(d.pop("organisation_id", UNSET))

        quality_mapping_in = cls(
            importer=importer,
            programme_id=programme_id,
            spec=spec,
            tool=tool,
            organisation_id=organisation_id,
        )

        quality_mapping_in.additional_properties = d
        return quality_mapping_in

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
