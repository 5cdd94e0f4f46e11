from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualitySkillShareOut")


@_attrs_define
class QualitySkillShareOut:
    """
    Attributes:
        high (float | None):
        is_thin (bool): too few answers to compare her with anybody
        low (float | None):
        method (str):
        n (int): her own answers
        n_effective (float): answers of equal weight that would tell as much
        value (float | None): share of right answers, drawn towards everybody's where there are few
    """

    high: float | None
    is_thin: bool
    low: float | None
    method: str
    n: int
    n_effective: float
    value: float | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        high: float | None
        high = self.high

        is_thin = self.is_thin

        low: float | None
        low = self.low

        method = self.method

        n = self.n

        n_effective = self.n_effective

        value: float | None
        value = self.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "high": high,
                "is_thin": is_thin,
                "low": low,
                "method": method,
                "n": n,
                "n_effective": n_effective,
                "value": value,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_high(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        high = _parse_high(d.pop("high"))

        is_thin = d.pop("is_thin")

        def _parse_low(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        low = _parse_low(d.pop("low"))

        method = d.pop("method")

        n = d.pop("n")

        n_effective = d.pop("n_effective")

        def _parse_value(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        value = _parse_value(d.pop("value"))

        quality_skill_share_out = cls(
            high=high,
            is_thin=is_thin,
            low=low,
            method=method,
            n=n,
            n_effective=n_effective,
            value=value,
        )

        quality_skill_share_out.additional_properties = d
        return quality_skill_share_out

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
