from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quality_mapping_out_spec import QualityMappingOutSpec
    from ..models.quality_rhythm_out import QualityRhythmOut


T = TypeVar("T", bound="QualityMappingOut")


@_attrs_define
class QualityMappingOut:
    """
    Attributes:
        importer (str):
        name (str):
        programme_id (UUID):
        saved_at (datetime.datetime):
        spec (QualityMappingOutSpec):
        tool (str):
        version (int):
        rhythm (None | QualityRhythmOut | Unset): none: it is imported when somebody says so
    """

    importer: str
    name: str
    programme_id: UUID
    saved_at: datetime.datetime
    spec: QualityMappingOutSpec
    tool: str
    version: int
    rhythm: None | QualityRhythmOut | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.quality_rhythm_out import QualityRhythmOut

        importer = self.importer

        name = self.name

        programme_id = str(self.programme_id)

        saved_at = self.saved_at.isoformat()

        spec = self.spec.to_dict()

        tool = self.tool

        version = self.version

        rhythm: dict[str, Any] | None | Unset
        if isinstance(self.rhythm, Unset):
            rhythm = UNSET
        elif isinstance(self.rhythm, QualityRhythmOut):
            rhythm = self.rhythm.to_dict()
        else:
            rhythm = self.rhythm

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "importer": importer,
                "name": name,
                "programme_id": programme_id,
                "saved_at": saved_at,
                "spec": spec,
                "tool": tool,
                "version": version,
            }
        )
        if rhythm is not UNSET:
            field_dict["rhythm"] = rhythm

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_mapping_out_spec import QualityMappingOutSpec
        from ..models.quality_rhythm_out import QualityRhythmOut

        d = dict(src_dict)
        importer = d.pop("importer")

        name = d.pop("name")

        programme_id = UUID(d.pop("programme_id"))

        saved_at = datetime.datetime.fromisoformat(d.pop("saved_at"))

        spec = QualityMappingOutSpec.from_dict(d.pop("spec"))

        tool = d.pop("tool")

        version = d.pop("version")

        def _parse_rhythm(data: object) -> None | QualityRhythmOut | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                rhythm_type_0 = QualityRhythmOut.from_dict(data)

                return rhythm_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | QualityRhythmOut | Unset, data)

        rhythm = _parse_rhythm(d.pop("rhythm", UNSET))

        quality_mapping_out = cls(
            importer=importer,
            name=name,
            programme_id=programme_id,
            saved_at=saved_at,
            spec=spec,
            tool=tool,
            version=version,
            rhythm=rhythm,
        )

        quality_mapping_out.additional_properties = d
        return quality_mapping_out

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
