from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="TwinFoundOut")


@_attrs_define
class TwinFoundOut:
    """A figure of one variant. null = not known. `difference` is from the scenario as it is, over the same seeds.

    Attributes:
        changes (str):
        difference (float | None):
        difference_high (float | None):
        difference_low (float | None):
        high (float | None):
        low (float | None):
        n (int):
        value (float | None):
        variant (str):
    """

    changes: str
    difference: float | None
    difference_high: float | None
    difference_low: float | None
    high: float | None
    low: float | None
    n: int
    value: float | None
    variant: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        changes = self.changes

        difference: float | None
        difference = self.difference

        difference_high: float | None
        difference_high = self.difference_high

        difference_low: float | None
        difference_low = self.difference_low

        high: float | None
        high = self.high

        low: float | None
        low = self.low

        n = self.n

        value: float | None
        value = self.value

        variant = self.variant

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "changes": changes,
                "difference": difference,
                "difference_high": difference_high,
                "difference_low": difference_low,
                "high": high,
                "low": low,
                "n": n,
                "value": value,
                "variant": variant,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        changes = d.pop("changes")

        def _parse_difference(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        difference = _parse_difference(d.pop("difference"))

        def _parse_difference_high(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        difference_high = _parse_difference_high(d.pop("difference_high"))

        def _parse_difference_low(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        difference_low = _parse_difference_low(d.pop("difference_low"))

        def _parse_high(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        high = _parse_high(d.pop("high"))

        def _parse_low(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        low = _parse_low(d.pop("low"))

        n = d.pop("n")

        def _parse_value(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        value = _parse_value(d.pop("value"))

        variant = d.pop("variant")

        twin_found_out = cls(
            changes=changes,
            difference=difference,
            difference_high=difference_high,
            difference_low=difference_low,
            high=high,
            low=low,
            n=n,
            value=value,
            variant=variant,
        )

        twin_found_out.additional_properties = d
        return twin_found_out

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
