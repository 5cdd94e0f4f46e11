from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ImproveBlindIn")


@_attrs_define
class ImproveBlindIn:
    """A second word on a case. With `validation_id` it is the validator's.

    Attributes:
        cause (str):
        severity (int):
        comment (str | Unset):  Default: ''.
        error_class (str | Unset):  Default: ''.
        validation_id (None | Unset | UUID):
    """

    cause: str
    severity: int
    comment: str | Unset = ""
    error_class: str | Unset = ""
    validation_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cause = self.cause

        severity = self.severity

        comment = self.comment

        error_class = self.error_class

        validation_id: None | str | Unset
        if isinstance(self.validation_id, Unset):
            validation_id = UNSET
        elif isinstance(self.validation_id, UUID):
            validation_id = str(self.validation_id)
        else:
            validation_id = self.validation_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cause": cause,
                "severity": severity,
            }
        )
        if comment is not UNSET:
            field_dict["comment"] = comment
        if error_class is not UNSET:
            field_dict["error_class"] = error_class
        if validation_id is not UNSET:
            field_dict["validation_id"] = validation_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        cause = d.pop("cause")

        severity = d.pop("severity")

        comment = d.pop("comment", UNSET)

        error_class = d.pop("error_class", UNSET)

        def _parse_validation_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                validation_id_type_0 = UUID(data)

                return validation_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        validation_id = _parse_validation_id(d.pop("validation_id", UNSET))

        improve_blind_in = cls(
            cause=cause,
            severity=severity,
            comment=comment,
            error_class=error_class,
            validation_id=validation_id,
        )

        improve_blind_in.additional_properties = d
        return improve_blind_in

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
