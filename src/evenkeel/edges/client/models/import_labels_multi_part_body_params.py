from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..types import UNSET, File, FileTypes, Unset

T = TypeVar("T", bound="ImportLabelsMultiPartBodyParams")


@_attrs_define
class ImportLabelsMultiPartBodyParams:
    """
    Attributes:
        labels (File):
        programme_name (str):
        allowed_labels (str | Unset): by commas; empty: those of the programme's forms, else any Default: ''.
        ignore (str | Unset): columns of the labels' file to leave out, by commas Default: ''.
        items (File | None | Unset):
        on_repeat (str | Unset): keep or skip Default: 'keep'.
    """

    labels: File
    programme_name: str
    allowed_labels: str | Unset = ""
    ignore: str | Unset = ""
    items: File | None | Unset = UNSET
    on_repeat: str | Unset = "keep"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        labels = self.labels.to_tuple()

        programme_name = self.programme_name

        allowed_labels = self.allowed_labels

        ignore = self.ignore

        items: FileTypes | None | Unset
        if isinstance(self.items, Unset):
            items = UNSET
        elif isinstance(self.items, File):
            items = self.items.to_tuple()

        else:
            items = self.items

        on_repeat = self.on_repeat

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "labels": labels,
                "programme_name": programme_name,
            }
        )
        if allowed_labels is not UNSET:
            field_dict["allowed_labels"] = allowed_labels
        if ignore is not UNSET:
            field_dict["ignore"] = ignore
        if items is not UNSET:
            field_dict["items"] = items
        if on_repeat is not UNSET:
            field_dict["on_repeat"] = on_repeat

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        files.append(("labels", self.labels.to_tuple()))

        files.append(
            ("programme_name", (None, str(self.programme_name).encode(), "text/plain"))
        )

        if not isinstance(self.allowed_labels, Unset):
            files.append(
                (
                    "allowed_labels",
                    (None, str(self.allowed_labels).encode(), "text/plain"),
                )
            )

        if not isinstance(self.ignore, Unset):
            files.append(("ignore", (None, str(self.ignore).encode(), "text/plain")))

        if not isinstance(self.items, Unset):
            if isinstance(self.items, File):
                files.append(("items", self.items.to_tuple()))
            else:
                files.append(("items", (None, str(self.items).encode(), "text/plain")))

        if not isinstance(self.on_repeat, Unset):
            files.append(
                ("on_repeat", (None, str(self.on_repeat).encode(), "text/plain"))
            )

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        labels = File(payload=BytesIO(d.pop("labels")))

        programme_name = d.pop("programme_name")

        allowed_labels = d.pop("allowed_labels", UNSET)

        ignore = d.pop("ignore", UNSET)

        def _parse_items(data: object) -> File | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, bytes):
                    raise TypeError()
                items_type_0 = File(payload=BytesIO(data))

                return items_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(File | None | Unset, data)

        items = _parse_items(d.pop("items", UNSET))

        on_repeat = d.pop("on_repeat", UNSET)

        import_labels_multi_part_body_params = cls(
            labels=labels,
            programme_name=programme_name,
            allowed_labels=allowed_labels,
            ignore=ignore,
            items=items,
            on_repeat=on_repeat,
        )

        import_labels_multi_part_body_params.additional_properties = d
        return import_labels_multi_part_body_params

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
