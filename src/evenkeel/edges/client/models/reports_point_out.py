from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.reports_figure_out import ReportsFigureOut


T = TypeVar("T", bound="ReportsPointOut")


@_attrs_define
class ReportsPointOut:
    """
    Attributes:
        day (datetime.date):
        figure (ReportsFigureOut): A figure with its interval, sample size and method. null = not known.
    """

    day: datetime.date
    figure: ReportsFigureOut
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        day = self.day.isoformat()

        figure = self.figure.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "day": day,
                "figure": figure,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.reports_figure_out import ReportsFigureOut

        d = dict(src_dict)
        day = datetime.date.fromisoformat(d.pop("day"))

        figure = ReportsFigureOut.from_dict(d.pop("figure"))

        reports_point_out = cls(
            day=day,
            figure=figure,
        )

        reports_point_out.additional_properties = d
        return reports_point_out

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
