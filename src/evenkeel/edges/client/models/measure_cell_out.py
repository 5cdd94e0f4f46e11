from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.measure_adjusted_out import MeasureAdjustedOut
    from ..models.measure_cell_out_names import MeasureCellOutNames
    from ..models.measure_cell_out_values import MeasureCellOutValues
    from ..models.measure_estimate_out import MeasureEstimateOut


T = TypeVar("T", bound="MeasureCellOut")


@_attrs_define
class MeasureCellOut:
    """
    Attributes:
        adjusted (MeasureAdjustedOut | None):
        before (MeasureEstimateOut | None):
        estimate (MeasureEstimateOut): A figure: never without its interval, its sample size and its method. null = not
            known.
        mix (float | None):
        names (MeasureCellOutNames):
        rate (float | None):
        values (MeasureCellOutValues):
    """

    adjusted: MeasureAdjustedOut | None
    before: MeasureEstimateOut | None
    estimate: MeasureEstimateOut
    mix: float | None
    names: MeasureCellOutNames
    rate: float | None
    values: MeasureCellOutValues
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.measure_adjusted_out import MeasureAdjustedOut
        from ..models.measure_estimate_out import MeasureEstimateOut

        adjusted: dict[str, Any] | None
        if isinstance(self.adjusted, MeasureAdjustedOut):
            adjusted = self.adjusted.to_dict()
        else:
            adjusted = self.adjusted

        before: dict[str, Any] | None
        if isinstance(self.before, MeasureEstimateOut):
            before = self.before.to_dict()
        else:
            before = self.before

        estimate = self.estimate.to_dict()

        mix: float | None
        mix = self.mix

        names = self.names.to_dict()

        rate: float | None
        rate = self.rate

        values = self.values.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "adjusted": adjusted,
                "before": before,
                "estimate": estimate,
                "mix": mix,
                "names": names,
                "rate": rate,
                "values": values,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_adjusted_out import MeasureAdjustedOut
        from ..models.measure_cell_out_names import MeasureCellOutNames
        from ..models.measure_cell_out_values import MeasureCellOutValues
        from ..models.measure_estimate_out import MeasureEstimateOut

        d = dict(src_dict)

        def _parse_adjusted(data: object) -> MeasureAdjustedOut | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                adjusted_type_0 = MeasureAdjustedOut.from_dict(data)

                return adjusted_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MeasureAdjustedOut | None, data)

        adjusted = _parse_adjusted(d.pop("adjusted"))

        def _parse_before(data: object) -> MeasureEstimateOut | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                before_type_0 = MeasureEstimateOut.from_dict(data)

                return before_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MeasureEstimateOut | None, data)

        before = _parse_before(d.pop("before"))

        estimate = MeasureEstimateOut.from_dict(d.pop("estimate"))

        def _parse_mix(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        mix = _parse_mix(d.pop("mix"))

        names = MeasureCellOutNames.from_dict(d.pop("names"))

        def _parse_rate(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        rate = _parse_rate(d.pop("rate"))

        values = MeasureCellOutValues.from_dict(d.pop("values"))

        measure_cell_out = cls(
            adjusted=adjusted,
            before=before,
            estimate=estimate,
            mix=mix,
            names=names,
            rate=rate,
            values=values,
        )

        measure_cell_out.additional_properties = d
        return measure_cell_out

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
