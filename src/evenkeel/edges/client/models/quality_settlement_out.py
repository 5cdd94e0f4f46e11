from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualitySettlementOut")


@_attrs_define
class QualitySettlementOut:
    """
    Attributes:
        case_id (UUID):
        clause (str):
        id (UUID):
        label (str):
        reason (str):
        settled_at (datetime.datetime):
    """

    case_id: UUID
    clause: str
    id: UUID
    label: str
    reason: str
    settled_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        case_id = str(self.case_id)

        clause = self.clause

        id = str(self.id)

        label = self.label

        reason = self.reason

        settled_at = self.settled_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "case_id": case_id,
                "clause": clause,
                "id": id,
                "label": label,
                "reason": reason,
                "settled_at": settled_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        case_id = UUID(d.pop("case_id"))

        clause = d.pop("clause")

        id = UUID(d.pop("id"))

        label = d.pop("label")

        reason = d.pop("reason")

        settled_at = datetime.datetime.fromisoformat(d.pop("settled_at"))

        quality_settlement_out = cls(
            case_id=case_id,
            clause=clause,
            id=id,
            label=label,
            reason=reason,
            settled_at=settled_at,
        )

        quality_settlement_out.additional_properties = d
        return quality_settlement_out

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
