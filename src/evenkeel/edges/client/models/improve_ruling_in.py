from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.improve_ruling_in_party import (
    ImproveRulingInParty,
    check_improve_ruling_in_party,
)

T = TypeVar("T", bound="ImproveRulingIn")


@_attrs_define
class ImproveRulingIn:
    """
    Attributes:
        party (ImproveRulingInParty):
        reason (str):
    """

    party: ImproveRulingInParty
    reason: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        party: str = self.party

        reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "party": party,
                "reason": reason,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        party = check_improve_ruling_in_party(d.pop("party"))

        reason = d.pop("reason")

        improve_ruling_in = cls(
            party=party,
            reason=reason,
        )

        improve_ruling_in.additional_properties = d
        return improve_ruling_in

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
