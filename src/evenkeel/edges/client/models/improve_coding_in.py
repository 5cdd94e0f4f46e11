from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ImproveCodingIn")


@_attrs_define
class ImproveCodingIn:
    """`severity` 1 minor to 4 critical; without an `error_class` the auditor's stands.

    Attributes:
        cause (str):
        comment (str | Unset):  Default: ''.
        error_class (str | Unset):  Default: ''.
        severity (int | None | Unset):
    """

    cause: str
    comment: str | Unset = ""
    error_class: str | Unset = ""
    severity: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cause = self.cause

        comment = self.comment

        error_class = self.error_class

        severity: int | None | Unset
        if isinstance(self.severity, Unset):
            severity = UNSET
        else:
            severity = self.severity

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cause": cause,
            }
        )
        if comment is not UNSET:
            field_dict["comment"] = comment
        if error_class is not UNSET:
            field_dict["error_class"] = error_class
        if severity is not UNSET:
            field_dict["severity"] = severity

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        cause = d.pop("cause")

        comment = d.pop("comment", UNSET)

        error_class = d.pop("error_class", UNSET)

        def _parse_severity(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        severity = _parse_severity(d.pop("severity", UNSET))

        improve_coding_in = cls(
            cause=cause,
            comment=comment,
            error_class=error_class,
            severity=severity,
        )

        improve_coding_in.additional_properties = d
        return improve_coding_in

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
