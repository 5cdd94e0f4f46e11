from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.improve_effect_plan_in_aim import (
    ImproveEffectPlanInAim,
    check_improve_effect_plan_in_aim,
)
from ..models.improve_effect_plan_in_comparison import (
    ImproveEffectPlanInComparison,
    check_improve_effect_plan_in_comparison,
)
from ..models.improve_effect_plan_in_dimension import (
    ImproveEffectPlanInDimension,
    check_improve_effect_plan_in_dimension,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.improve_effect_plan_in_changed import ImproveEffectPlanInChanged


T = TypeVar("T", bound="ImproveEffectPlanIn")


@_attrs_define
class ImproveEffectPlanIn:
    """Amounts in the metric's own unit: 0.02 is two points of a share. `changed`: each unit's id and first day.

    Attributes:
        comparison (ImproveEffectPlanInComparison):
        expected (float):
        metric (str):
        starts_on (datetime.date):
        aim (ImproveEffectPlanInAim | Unset):  Default: 'improve'.
        baseline_weeks (int | Unset):  Default: 12.
        changed (ImproveEffectPlanInChanged | Unset):
        coached (list[UUID] | Unset):
        dimension (ImproveEffectPlanInDimension | Unset):  Default: ''.
        extension_weeks (int | Unset):  Default: 0.
        has_trend (bool | Unset):  Default: False.
        least (float | Unset):  Default: 0.0.
        negative_control (str | Unset):  Default: ''.
        others (list[UUID] | Unset):
        run_in_weeks (int | Unset):  Default: 1.
        window_weeks (int | Unset):  Default: 8.
    """

    comparison: ImproveEffectPlanInComparison
    expected: float
    metric: str
    starts_on: datetime.date
    aim: ImproveEffectPlanInAim | Unset = "improve"
    baseline_weeks: int | Unset = 12
    changed: ImproveEffectPlanInChanged | Unset = UNSET
    coached: list[UUID] | Unset = UNSET
    dimension: ImproveEffectPlanInDimension | Unset = ""
    extension_weeks: int | Unset = 0
    has_trend: bool | Unset = False
    least: float | Unset = 0.0
    negative_control: str | Unset = ""
    others: list[UUID] | Unset = UNSET
    run_in_weeks: int | Unset = 1
    window_weeks: int | Unset = 8
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        comparison: str = self.comparison

        expected = self.expected

        metric = self.metric

        starts_on = self.starts_on.isoformat()

        aim: str | Unset = UNSET
        if not isinstance(self.aim, Unset):
            aim = self.aim

        baseline_weeks = self.baseline_weeks

        changed: dict[str, Any] | Unset = UNSET
        if not isinstance(self.changed, Unset):
            changed = self.changed.to_dict()

        coached: list[str] | Unset = UNSET
        if not isinstance(self.coached, Unset):
            coached = []
            for coached_item_data in self.coached:
                coached_item = str(coached_item_data)
                coached.append(coached_item)

        dimension: str | Unset = UNSET
        if not isinstance(self.dimension, Unset):
            dimension = self.dimension

        extension_weeks = self.extension_weeks

        has_trend = self.has_trend

        least = self.least

        negative_control = self.negative_control

        others: list[str] | Unset = UNSET
        if not isinstance(self.others, Unset):
            others = []
            for others_item_data in self.others:
                others_item = str(others_item_data)
                others.append(others_item)

        run_in_weeks = self.run_in_weeks

        window_weeks = self.window_weeks

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "comparison": comparison,
                "expected": expected,
                "metric": metric,
                "starts_on": starts_on,
            }
        )
        if aim is not UNSET:
            field_dict["aim"] = aim
        if baseline_weeks is not UNSET:
            field_dict["baseline_weeks"] = baseline_weeks
        if changed is not UNSET:
            field_dict["changed"] = changed
        if coached is not UNSET:
            field_dict["coached"] = coached
        if dimension is not UNSET:
            field_dict["dimension"] = dimension
        if extension_weeks is not UNSET:
            field_dict["extension_weeks"] = extension_weeks
        if has_trend is not UNSET:
            field_dict["has_trend"] = has_trend
        if least is not UNSET:
            field_dict["least"] = least
        if negative_control is not UNSET:
            field_dict["negative_control"] = negative_control
        if others is not UNSET:
            field_dict["others"] = others
        if run_in_weeks is not UNSET:
            field_dict["run_in_weeks"] = run_in_weeks
        if window_weeks is not UNSET:
            field_dict["window_weeks"] = window_weeks

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.improve_effect_plan_in_changed import ImproveEffectPlanInChanged

        d = dict(src_dict)
        comparison = check_improve_effect_plan_in_comparison(d.pop("comparison"))

        expected = d.pop("expected")

        metric = d.pop("metric")

        starts_on = datetime.date.fromisoformat(d.pop("starts_on"))

        _aim = d.pop("aim", UNSET)
        aim: ImproveEffectPlanInAim | Unset
        if isinstance(_aim, Unset):
            aim = UNSET
        else:
            aim = check_improve_effect_plan_in_aim(_aim)

        baseline_weeks = d.pop("baseline_weeks", UNSET)

        _changed = d.pop("changed", UNSET)
        changed: ImproveEffectPlanInChanged | Unset
        if isinstance(_changed, Unset):
            changed = UNSET
        else:
            changed = ImproveEffectPlanInChanged.from_dict(_changed)

        _coached = d.pop("coached", UNSET)
        coached: list[UUID] | Unset = UNSET
        if _coached is not UNSET:
            coached = []
            for coached_item_data in _coached:
                coached_item = UUID(coached_item_data)

                coached.append(coached_item)

        _dimension = d.pop("dimension", UNSET)
        dimension: ImproveEffectPlanInDimension | Unset
        if isinstance(_dimension, Unset):
            dimension = UNSET
        else:
            dimension = check_improve_effect_plan_in_dimension(_dimension)

        extension_weeks = d.pop("extension_weeks", UNSET)

        has_trend = d.pop("has_trend", UNSET)

        least = d.pop("least", UNSET)

        negative_control = d.pop("negative_control", UNSET)

        _others = d.pop("others", UNSET)
        others: list[UUID] | Unset = UNSET
        if _others is not UNSET:
            others = []
            for others_item_data in _others:
                others_item = UUID(others_item_data)

                others.append(others_item)

        run_in_weeks = d.pop("run_in_weeks", UNSET)

        window_weeks = d.pop("window_weeks", UNSET)

        improve_effect_plan_in = cls(
            comparison=comparison,
            expected=expected,
            metric=metric,
            starts_on=starts_on,
            aim=aim,
            baseline_weeks=baseline_weeks,
            changed=changed,
            coached=coached,
            dimension=dimension,
            extension_weeks=extension_weeks,
            has_trend=has_trend,
            least=least,
            negative_control=negative_control,
            others=others,
            run_in_weeks=run_in_weeks,
            window_weeks=window_weeks,
        )

        improve_effect_plan_in.additional_properties = d
        return improve_effect_plan_in

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
