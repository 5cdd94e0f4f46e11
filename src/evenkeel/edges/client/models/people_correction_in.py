from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="PeopleCorrectionIn")


@_attrs_define
class PeopleCorrectionIn:
    """
    Attributes:
        began_at (datetime.datetime):
        ended_at (datetime.datetime):
        reason (str):
        state (str): empty for off duty
    """

    began_at: datetime.datetime
    ended_at: datetime.datetime
    reason: str
    state: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        began_at = self.began_at.isoformat()

        ended_at = self.ended_at.isoformat()

        reason = self.reason

        state = self.state

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "began_at": began_at,
                "ended_at": ended_at,
                "reason": reason,
                "state": state,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        began_at = datetime.datetime.fromisoformat(d.pop("began_at"))

        ended_at = datetime.datetime.fromisoformat(d.pop("ended_at"))

        reason = d.pop("reason")

        state = d.pop("state")

        people_correction_in = cls(
            began_at=began_at,
            ended_at=ended_at,
            reason=reason,
            state=state,
        )

        people_correction_in.additional_properties = d
        return people_correction_in

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
