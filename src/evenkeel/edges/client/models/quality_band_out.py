from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_band_out_found import QualityBandOutFound


T = TypeVar("T", bound="QualityBandOut")


@_attrs_define
class QualityBandOut:
    """
    Attributes:
        expected (float | None):
        found (QualityBandOutFound): share found wrong among those drawn, with its interval
        high (float):
        labels (int):
        low (float):
        waiting (int):
    """

    expected: float | None
    found: QualityBandOutFound
    high: float
    labels: int
    low: float
    waiting: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        expected: float | None
        expected = self.expected

        found = self.found.to_dict()

        high = self.high

        labels = self.labels

        low = self.low

        waiting = self.waiting

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "expected": expected,
                "found": found,
                "high": high,
                "labels": labels,
                "low": low,
                "waiting": waiting,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_band_out_found import QualityBandOutFound

        d = dict(src_dict)

        def _parse_expected(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        expected = _parse_expected(d.pop("expected"))

        found = QualityBandOutFound.from_dict(d.pop("found"))

        high = d.pop("high")

        labels = d.pop("labels")

        low = d.pop("low")

        waiting = d.pop("waiting")

        quality_band_out = cls(
            expected=expected,
            found=found,
            high=high,
            labels=labels,
            low=low,
            waiting=waiting,
        )

        quality_band_out.additional_properties = d
        return quality_band_out

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
