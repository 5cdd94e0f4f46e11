from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..types import UNSET, File, FileTypes, Unset

T = TypeVar("T", bound="ImportByMappingMultiPartBodyParams")


@_attrs_define
class ImportByMappingMultiPartBodyParams:
    """
    Attributes:
        mapping (str):
        file (File | None | Unset):
        is_partial (bool | Unset): leave rows out that do not fit, instead of stopping everything Default: False.
        is_trial (bool | Unset): check and compare only; write nothing Default: False.
    """

    mapping: str
    file: File | None | Unset = UNSET
    is_partial: bool | Unset = False
    is_trial: bool | Unset = False
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        mapping = self.mapping

        file: FileTypes | None | Unset
        if isinstance(self.file, Unset):
            file = UNSET
        elif isinstance(self.file, File):
            file = self.file.to_tuple()

        else:
            file = self.file

        is_partial = self.is_partial

        is_trial = self.is_trial

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "mapping": mapping,
            }
        )
        if file is not UNSET:
            field_dict["file"] = file
        if is_partial is not UNSET:
            field_dict["is_partial"] = is_partial
        if is_trial is not UNSET:
            field_dict["is_trial"] = is_trial

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("mapping", (None, str(self.mapping).encode(), "text/plain")))

        if not isinstance(self.file, Unset):
            if isinstance(self.file, File):
                files.append(("file", self.file.to_tuple()))
            else:
                files.append(("file", (None, str(self.file).encode(), "text/plain")))

        if not isinstance(self.is_partial, Unset):
            files.append(
                ("is_partial", (None, str(self.is_partial).encode(), "text/plain"))
            )

        if not isinstance(self.is_trial, Unset):
            files.append(
                ("is_trial", (None, str(self.is_trial).encode(), "text/plain"))
            )

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        mapping = d.pop("mapping")

        def _parse_file(data: object) -> File | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, bytes):
                    raise TypeError()
                file_type_0 = File(payload=BytesIO(data))

                return file_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(File | None | Unset, data)

        file = _parse_file(d.pop("file", UNSET))

        is_partial = d.pop("is_partial", UNSET)

        is_trial = d.pop("is_trial", UNSET)

        import_by_mapping_multi_part_body_params = cls(
            mapping=mapping,
            file=file,
            is_partial=is_partial,
            is_trial=is_trial,
        )

        import_by_mapping_multi_part_body_params.additional_properties = d
        return import_by_mapping_multi_part_body_params

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
