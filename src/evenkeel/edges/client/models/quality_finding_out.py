from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityFindingOut")


@_attrs_define
class QualityFindingOut:
    """What an audit found about a decision of one's own. It tells nothing of who audited.

    Attributes:
        audited_at (datetime.datetime):
        comment (str):
        decision_id (UUID):
        dispute_id (None | UUID):
        error_class (str):
        first_label (str):
        is_right (bool):
        item_id (UUID):
        label (str):
        outcome (None | str): upheld, amended or overturned; empty while open, and where nobody disputed it
        verdict_id (UUID):
    """

    audited_at: datetime.datetime
    comment: str
    decision_id: UUID
    dispute_id: None | UUID
    error_class: str
    first_label: str
    is_right: bool
    item_id: UUID
    label: str
    outcome: None | str
    verdict_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        audited_at = self.audited_at.isoformat()

        comment = self.comment

        decision_id = str(self.decision_id)

        dispute_id: None | str
        if isinstance(self.dispute_id, UUID):
            dispute_id = str(self.dispute_id)
        else:
            dispute_id = self.dispute_id

        error_class = self.error_class

        first_label = self.first_label

        is_right = self.is_right

        item_id = str(self.item_id)

        label = self.label

        outcome: None | str
        outcome = self.outcome

        verdict_id = str(self.verdict_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "audited_at": audited_at,
                "comment": comment,
                "decision_id": decision_id,
                "dispute_id": dispute_id,
                "error_class": error_class,
                "first_label": first_label,
                "is_right": is_right,
                "item_id": item_id,
                "label": label,
                "outcome": outcome,
                "verdict_id": verdict_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        audited_at = datetime.datetime.fromisoformat(d.pop("audited_at"))

        comment = d.pop("comment")

        decision_id = UUID(d.pop("decision_id"))

        def _parse_dispute_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                dispute_id_type_0 = UUID(data)

                return dispute_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        dispute_id = _parse_dispute_id(d.pop("dispute_id"))

        error_class = d.pop("error_class")

        first_label = d.pop("first_label")

        is_right = d.pop("is_right")

        item_id = UUID(d.pop("item_id"))

        label = d.pop("label")

        def _parse_outcome(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        outcome = _parse_outcome(d.pop("outcome"))

        verdict_id = UUID(d.pop("verdict_id"))

        quality_finding_out = cls(
            audited_at=audited_at,
            comment=comment,
            decision_id=decision_id,
            dispute_id=dispute_id,
            error_class=error_class,
            first_label=first_label,
            is_right=is_right,
            item_id=item_id,
            label=label,
            outcome=outcome,
            verdict_id=verdict_id,
        )

        quality_finding_out.additional_properties = d
        return quality_finding_out

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
