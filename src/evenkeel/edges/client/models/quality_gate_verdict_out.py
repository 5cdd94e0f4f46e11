from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityGateVerdictOut")


@_attrs_define
class QualityGateVerdictOut:
    """
    Attributes:
        at (datetime.datetime):
        errors (int):
        gate_id (UUID):
        id (UUID):
        is_passed (bool):
        n (int):
        way_back (str): how she came back; empty while she has not
        worker_id (UUID):
    """

    at: datetime.datetime
    errors: int
    gate_id: UUID
    id: UUID
    is_passed: bool
    n: int
    way_back: str
    worker_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at.isoformat()

        errors = self.errors

        gate_id = str(self.gate_id)

        id = str(self.id)

        is_passed = self.is_passed

        n = self.n

        way_back = self.way_back

        worker_id = str(self.worker_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "errors": errors,
                "gate_id": gate_id,
                "id": id,
                "is_passed": is_passed,
                "n": n,
                "way_back": way_back,
                "worker_id": worker_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        at = datetime.datetime.fromisoformat(d.pop("at"))

        errors = d.pop("errors")

        gate_id = UUID(d.pop("gate_id"))

        id = UUID(d.pop("id"))

        is_passed = d.pop("is_passed")

        n = d.pop("n")

        way_back = d.pop("way_back")

        worker_id = UUID(d.pop("worker_id"))

        quality_gate_verdict_out = cls(
            at=at,
            errors=errors,
            gate_id=gate_id,
            id=id,
            is_passed=is_passed,
            n=n,
            way_back=way_back,
            worker_id=worker_id,
        )

        quality_gate_verdict_out.additional_properties = d
        return quality_gate_verdict_out

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
