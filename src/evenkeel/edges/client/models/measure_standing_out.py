from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.measure_estimate_out import MeasureEstimateOut
    from ..models.measure_target_out import MeasureTargetOut


T = TypeVar("T", bound="MeasureStandingOut")


@_attrs_define
class MeasureStandingOut:
    """`state` is met, missed or cannot_tell, by the figure's whole interval; `band` the worst in which it surely lies.

    Attributes:
        band (None | str):
        estimate (MeasureEstimateOut): A figure: never without its interval, its sample size and its method. null = not
            known.
        guard (MeasureEstimateOut | None):
        state (None | str):
        target (MeasureTargetOut | None):
    """

    band: None | str
    estimate: MeasureEstimateOut
    guard: MeasureEstimateOut | None
    state: None | str
    target: MeasureTargetOut | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.measure_estimate_out import MeasureEstimateOut
        from ..models.measure_target_out import MeasureTargetOut

        band: None | str
        band = self.band

        estimate = self.estimate.to_dict()

        guard: dict[str, Any] | None
        if isinstance(self.guard, MeasureEstimateOut):
            guard = self.guard.to_dict()
        else:
            guard = self.guard

        state: None | str
        state = self.state

        target: dict[str, Any] | None
        if isinstance(self.target, MeasureTargetOut):
            target = self.target.to_dict()
        else:
            target = self.target

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "band": band,
                "estimate": estimate,
                "guard": guard,
                "state": state,
                "target": target,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_estimate_out import MeasureEstimateOut
        from ..models.measure_target_out import MeasureTargetOut

        d = dict(src_dict)

        def _parse_band(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        band = _parse_band(d.pop("band"))

        estimate = MeasureEstimateOut.from_dict(d.pop("estimate"))

        def _parse_guard(data: object) -> MeasureEstimateOut | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                guard_type_0 = MeasureEstimateOut.from_dict(data)

                return guard_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MeasureEstimateOut | None, data)

        guard = _parse_guard(d.pop("guard"))

        def _parse_state(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        state = _parse_state(d.pop("state"))

        def _parse_target(data: object) -> MeasureTargetOut | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                target_type_0 = MeasureTargetOut.from_dict(data)

                return target_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MeasureTargetOut | None, data)

        target = _parse_target(d.pop("target"))

        measure_standing_out = cls(
            band=band,
            estimate=estimate,
            guard=guard,
            state=state,
            target=target,
        )

        measure_standing_out.additional_properties = d
        return measure_standing_out

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
