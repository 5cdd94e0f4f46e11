from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QualityImportIn")


@_attrs_define
class QualityImportIn:
    """
    Attributes:
        programme_name (str):
        allowed_labels (str | Unset): by commas; empty: those of the programme's forms, else any Default: ''.
        ignore (str | Unset): columns of the labels' file to leave out, by commas Default: ''.
        on_repeat (str | Unset): keep or skip Default: 'keep'.
    """

    programme_name: str
    allowed_labels: str | Unset = ""
    ignore: str | Unset = ""
    on_repeat: str | Unset = "keep"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        programme_name = self.programme_name

        allowed_labels = self.allowed_labels

        ignore = self.ignore

        on_repeat = self.on_repeat

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "programme_name": programme_name,
            }
        )
        if allowed_labels is not UNSET:
            field_dict["allowed_labels"] = allowed_labels
        if ignore is not UNSET:
            field_dict["ignore"] = ignore
        if on_repeat is not UNSET:
            field_dict["on_repeat"] = on_repeat

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        programme_name = d.pop("programme_name")

        allowed_labels = d.pop("allowed_labels", UNSET)

        ignore = d.pop("ignore", UNSET)

        on_repeat = d.pop("on_repeat", UNSET)

        quality_import_in = cls(
            programme_name=programme_name,
            allowed_labels=allowed_labels,
            ignore=ignore,
            on_repeat=on_repeat,
        )

        quality_import_in.additional_properties = d
        return quality_import_in

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
