from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.measure_estimate_out import MeasureEstimateOut


T = TypeVar("T", bound="MeasureAdjustedOut")


@_attrs_define
class MeasureAdjustedOut:
    """A figure made comparable with the other cells'; `covered` is the share of everybody's work that it speaks of.

    Attributes:
        covered (float):
        estimate (MeasureEstimateOut): A figure: never without its interval, its sample size and its method. null = not
            known.
    """

    covered: float
    estimate: MeasureEstimateOut
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        covered = self.covered

        estimate = self.estimate.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "covered": covered,
                "estimate": estimate,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_estimate_out import MeasureEstimateOut

        d = dict(src_dict)
        covered = d.pop("covered")

        estimate = MeasureEstimateOut.from_dict(d.pop("estimate"))

        measure_adjusted_out = cls(
            covered=covered,
            estimate=estimate,
        )

        measure_adjusted_out.additional_properties = d
        return measure_adjusted_out

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
