from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_audit_check_out import QualityAuditCheckOut


T = TypeVar("T", bound="QualityWhyNoAuditOut")


@_attrs_define
class QualityWhyNoAuditOut:
    """
    Attributes:
        checks (list[QualityAuditCheckOut]):
        first (None | QualityAuditCheckOut): the rule that took the last; empty while something is left
        left (int): of them those that she could be handed now
        waiting (int):
        worker_id (UUID):
    """

    checks: list[QualityAuditCheckOut]
    first: None | QualityAuditCheckOut
    left: int
    waiting: int
    worker_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.quality_audit_check_out import QualityAuditCheckOut

        checks = []
        for checks_item_data in self.checks:
            checks_item = checks_item_data.to_dict()
            checks.append(checks_item)

        first: dict[str, Any] | None
        if isinstance(self.first, QualityAuditCheckOut):
            first = self.first.to_dict()
        else:
            first = self.first

        left = self.left

        waiting = self.waiting

        worker_id = str(self.worker_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "checks": checks,
                "first": first,
                "left": left,
                "waiting": waiting,
                "worker_id": worker_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_audit_check_out import QualityAuditCheckOut

        d = dict(src_dict)
        checks = []
        _checks = d.pop("checks")
        for checks_item_data in _checks:
            checks_item = QualityAuditCheckOut.from_dict(checks_item_data)

            checks.append(checks_item)

        def _parse_first(data: object) -> None | QualityAuditCheckOut:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                first_type_0 = QualityAuditCheckOut.from_dict(data)

                return first_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | QualityAuditCheckOut, data)

        first = _parse_first(d.pop("first"))

        left = d.pop("left")

        waiting = d.pop("waiting")

        worker_id = UUID(d.pop("worker_id"))

        quality_why_no_audit_out = cls(
            checks=checks,
            first=first,
            left=left,
            waiting=waiting,
            worker_id=worker_id,
        )

        quality_why_no_audit_out.additional_properties = d
        return quality_why_no_audit_out

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
