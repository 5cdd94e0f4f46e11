from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.measure_estimate_out import MeasureEstimateOut
    from ..models.measure_study_figure_out_detail import MeasureStudyFigureOutDetail


T = TypeVar("T", bound="MeasureStudyFigureOut")


@_attrs_define
class MeasureStudyFigureOut:
    """
    Attributes:
        as_of (datetime.datetime):
        detail (MeasureStudyFigureOutDetail):
        estimate (MeasureEstimateOut): A figure: never without its interval, its sample size and its method. null = not
            known.
        metric (str):
        title (str):
    """

    as_of: datetime.datetime
    detail: MeasureStudyFigureOutDetail
    estimate: MeasureEstimateOut
    metric: str
    title: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        as_of = self.as_of.isoformat()

        detail = self.detail.to_dict()

        estimate = self.estimate.to_dict()

        metric = self.metric

        title = self.title

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "as_of": as_of,
                "detail": detail,
                "estimate": estimate,
                "metric": metric,
                "title": title,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_estimate_out import MeasureEstimateOut
        from ..models.measure_study_figure_out_detail import MeasureStudyFigureOutDetail

        d = dict(src_dict)
        as_of = datetime.datetime.fromisoformat(d.pop("as_of"))

        detail = MeasureStudyFigureOutDetail.from_dict(d.pop("detail"))

        estimate = MeasureEstimateOut.from_dict(d.pop("estimate"))

        metric = d.pop("metric")

        title = d.pop("title")

        measure_study_figure_out = cls(
            as_of=as_of,
            detail=detail,
            estimate=estimate,
            metric=metric,
            title=title,
        )

        measure_study_figure_out.additional_properties = d
        return measure_study_figure_out

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
