from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.measure_estimate_out import MeasureEstimateOut


T = TypeVar("T", bound="MeasureCutOut")


@_attrs_define
class MeasureCutOut:
    """
    Attributes:
        estimate (MeasureEstimateOut): A figure: never without its interval, its sample size and its method. null = not
            known.
        value (None | str | UUID):
    """

    estimate: MeasureEstimateOut
    value: None | str | UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        estimate = self.estimate.to_dict()

        value: None | str
        if isinstance(self.value, UUID):
            value = str(self.value)
        else:
            value = self.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "estimate": estimate,
                "value": value,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_estimate_out import MeasureEstimateOut

        d = dict(src_dict)
        estimate = MeasureEstimateOut.from_dict(d.pop("estimate"))

        def _parse_value(data: object) -> None | str | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                value_type_0 = UUID(data)

                return value_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | str | UUID, data)

        value = _parse_value(d.pop("value"))

        measure_cut_out = cls(
            estimate=estimate,
            value=value,
        )

        measure_cut_out.additional_properties = d
        return measure_cut_out

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
