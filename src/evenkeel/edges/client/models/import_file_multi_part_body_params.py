from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..types import UNSET, File, Unset

T = TypeVar("T", bound="ImportFileMultiPartBodyParams")


@_attrs_define
class ImportFileMultiPartBodyParams:
    """
    Attributes:
        file (File):
        format_ (str | Unset): jsonl, csv, parquet, label_studio, coco or cvat; else name and first bytes tell Default:
            ''.
        is_partial (bool | Unset): leave rows out that do not fit, instead of stopping everything Default: False.
        queue_id (None | Unset | UUID): put new items into this queue; without one the routing rules place them
        signed_by (str | Unset): whose answers they are, where the file does not say Default: ''.
        what (str | Unset): items, decisions or forms Default: 'items'.
    """

    file: File
    format_: str | Unset = ""
    is_partial: bool | Unset = False
    queue_id: None | Unset | UUID = UNSET
    signed_by: str | Unset = ""
    what: str | Unset = "items"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        file = self.file.to_tuple()

        format_ = self.format_

        is_partial = self.is_partial

        queue_id: None | str | Unset
        if isinstance(self.queue_id, Unset):
            queue_id = UNSET
        elif isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        signed_by = self.signed_by

        what = self.what

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "file": file,
            }
        )
        if format_ is not UNSET:
            field_dict["format"] = format_
        if is_partial is not UNSET:
            field_dict["is_partial"] = is_partial
        if queue_id is not UNSET:
            field_dict["queue_id"] = queue_id
        if signed_by is not UNSET:
            field_dict["signed_by"] = signed_by
        if what is not UNSET:
            field_dict["what"] = what

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("file", self.file.to_tuple()))

        if not isinstance(self.format_, Unset):
            files.append(("format", (None, str(self.format_).encode(), "text/plain")))

        if not isinstance(self.is_partial, Unset):
            files.append(
                ("is_partial", (None, str(self.is_partial).encode(), "text/plain"))
            )

        if not isinstance(self.queue_id, Unset):
            if isinstance(self.queue_id, UUID):
                files.append(("queue_id", (None, str(self.queue_id), "text/plain")))
            else:
                files.append(
                    ("queue_id", (None, str(self.queue_id).encode(), "text/plain"))
                )

        if not isinstance(self.signed_by, Unset):
            files.append(
                ("signed_by", (None, str(self.signed_by).encode(), "text/plain"))
            )

        if not isinstance(self.what, Unset):
            files.append(("what", (None, str(self.what).encode(), "text/plain")))

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        file = File(payload=BytesIO(d.pop("file")))

        format_ = d.pop("format", UNSET)

        is_partial = d.pop("is_partial", UNSET)

        def _parse_queue_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                queue_id_type_0 = UUID(data)

                return queue_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        queue_id = _parse_queue_id(d.pop("queue_id", UNSET))

        signed_by = d.pop("signed_by", UNSET)

        what = d.pop("what", UNSET)

        import_file_multi_part_body_params = cls(
            file=file,
            format_=format_,
            is_partial=is_partial,
            queue_id=queue_id,
            signed_by=signed_by,
            what=what,
        )

        import_file_multi_part_body_params.additional_properties = d
        return import_file_multi_part_body_params

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
