from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ImproveBlindOut")


@_attrs_define
class ImproveBlindOut:
    """
    Attributes:
        case_id (UUID):
        cause (str):
        id (UUID):
        severity (int):
    """

    case_id: UUID
    cause: str
    id: UUID
    severity: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        case_id = str(self.case_id)

        cause = self.cause

        id = str(self.id)

        severity = self.severity

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "case_id": case_id,
                "cause": cause,
                "id": id,
                "severity": severity,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        case_id = UUID(d.pop("case_id"))

        cause = d.pop("cause")

        id = UUID(d.pop("id"))

        severity = d.pop("severity")

        improve_blind_out = cls(
            case_id=case_id,
            cause=cause,
            id=id,
            severity=severity,
        )

        improve_blind_out.additional_properties = d
        return improve_blind_out

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
