from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QualityCheckRuleIn")


@_attrs_define
class QualityCheckRuleIn:
    """
    Attributes:
        share_right (float): of verdicts that found the decision right
        share_wrong (float): of verdicts that found it wrong
        settle_agreed (float | Unset): of pairs that agree, to an expert all the same Default: 0.25.
    """

    share_right: float
    share_wrong: float
    settle_agreed: float | Unset = 0.25
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        share_right = self.share_right

        share_wrong = self.share_wrong

        settle_agreed = self.settle_agreed

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
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
        share_right = d.pop("share_right")

        share_wrong = d.pop("share_wrong")

        settle_agreed = d.pop("settle_agreed", UNSET)

        quality_check_rule_in = cls(
            share_right=share_right,
            share_wrong=share_wrong,
            settle_agreed=settle_agreed,
        )

        quality_check_rule_in.additional_properties = d
        return quality_check_rule_in

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
