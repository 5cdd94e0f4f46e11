from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="PeopleStateOut")


@_attrs_define
class PeopleStateOut:
    """
    Attributes:
        hours_into_shift (float | None):
        state (str): empty when off duty
    """

    hours_into_shift: float | None
    state: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        hours_into_shift: float | None
        hours_into_shift = self.hours_into_shift

        state = self.state

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "hours_into_shift": hours_into_shift,
                "state": state,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_hours_into_shift(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        hours_into_shift = _parse_hours_into_shift(d.pop("hours_into_shift"))

        state = d.pop("state")

        people_state_out = cls(
            hours_into_shift=hours_into_shift,
            state=state,
        )

        people_state_out.additional_properties = d
        return people_state_out

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
