from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QualityCheckRuleOut")


@_attrs_define
class QualityCheckRuleOut:
    """
    Attributes:
        from_at (datetime.datetime):
        id (UUID):
        plan_id (UUID):
        salt (int):
        share_right (float): of verdicts that found the decision right
        share_wrong (float): of verdicts that found it wrong
        settle_agreed (float | Unset): of pairs that agree, to an expert all the same Default: 0.25.
    """

    from_at: datetime.datetime
    id: UUID
    plan_id: UUID
    salt: int
    share_right: float
    share_wrong: float
    settle_agreed: float | Unset = 0.25
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from_at = self.from_at.isoformat()

        id = str(self.id)

        plan_id = str(self.plan_id)

        salt = self.salt

        share_right = self.share_right

        share_wrong = self.share_wrong

        settle_agreed = self.settle_agreed

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "from_at": from_at,
                "id": id,
                "plan_id": plan_id,
                "salt": salt,
                "share_right": share_right,
                "share_wrong": share_wrong,
            }
        )
        if settle_agreed is not UNSET:
            field_dict["settle_agreed"] = settle_agreed

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        from_at = datetime.datetime.fromisoformat(d.pop("from_at"))

        id = UUID(d.pop("id"))

        plan_id = UUID(d.pop("plan_id"))

        salt = d.pop("salt")

        share_right = d.pop("share_right")

        share_wrong = d.pop("share_wrong")

        settle_agreed = d.pop("settle_agreed", UNSET)

        quality_check_rule_out = cls(
            from_at=from_at,
            id=id,
            plan_id=plan_id,
            salt=salt,
            share_right=share_right,
            share_wrong=share_wrong,
            settle_agreed=settle_agreed,
        )

        quality_check_rule_out.additional_properties = d
        return quality_check_rule_out

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
