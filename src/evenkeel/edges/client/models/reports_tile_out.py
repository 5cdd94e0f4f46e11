from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.reports_figure_out import ReportsFigureOut
    from ..models.reports_point_out import ReportsPointOut
    from ..models.reports_target_out import ReportsTargetOut


T = TypeVar("T", bound="ReportsTileOut")


@_attrs_define
class ReportsTileOut:
    """A figure over since <= day < until beside the same length before. `mix` + `rate` is the change exactly.

    `lower` and `upper` are the limits of the newest point; `as_of` is when rows last came into the figure.

        Attributes:
            as_of (datetime.datetime | None):
            before (ReportsFigureOut): A figure with its interval, sample size and method. null = not known.
            days (int):
            figure (ReportsFigureOut): A figure with its interval, sample size and method. null = not known.
            guard (None | str):
            guard_figure (None | ReportsFigureOut):
            id (None | UUID):
            lower (float | None):
            metric (str):
            mix (float | None):
            points (list[ReportsPointOut]):
            rate (float | None):
            since (datetime.date):
            split_by (str):
            target (None | ReportsTargetOut):
            until (datetime.date):
            upper (float | None):
    """

    as_of: datetime.datetime | None
    before: ReportsFigureOut
    days: int
    figure: ReportsFigureOut
    guard: None | str
    guard_figure: None | ReportsFigureOut
    id: None | UUID
    lower: float | None
    metric: str
    mix: float | None
    points: list[ReportsPointOut]
    rate: float | None
    since: datetime.date
    split_by: str
    target: None | ReportsTargetOut
    until: datetime.date
    upper: float | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.reports_figure_out import ReportsFigureOut
        from ..models.reports_target_out import ReportsTargetOut

        as_of: None | str
        if isinstance(self.as_of, datetime.datetime):
            as_of = self.as_of.isoformat()
        else:
            as_of = self.as_of

        before = self.before.to_dict()

        days = self.days

        figure = self.figure.to_dict()

        guard: None | str
        guard = self.guard

        guard_figure: dict[str, Any] | None
        if isinstance(self.guard_figure, ReportsFigureOut):
            guard_figure = self.guard_figure.to_dict()
        else:
            guard_figure = self.guard_figure

        id: None | str
        if isinstance(self.id, UUID):
            id = str(self.id)
        else:
            id = self.id

        lower: float | None
        lower = self.lower

        metric = self.metric

        mix: float | None
        mix = self.mix

        points = []
        for points_item_data in self.points:
            points_item = points_item_data.to_dict()
            points.append(points_item)

        rate: float | None
        rate = self.rate

        since = self.since.isoformat()

        split_by = self.split_by

        target: dict[str, Any] | None
        if isinstance(self.target, ReportsTargetOut):
            target = self.target.to_dict()
        else:
            target = self.target

        until = self.until.isoformat()

        upper: float | None
        upper = self.upper

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "as_of": as_of,
                "before": before,
                "days": days,
                "figure": figure,
                "guard": guard,
                "guard_figure": guard_figure,
                "id": id,
                "lower": lower,
                "metric": metric,
                "mix": mix,
                "points": points,
                "rate": rate,
                "since": since,
                "split_by": split_by,
                "target": target,
                "until": until,
                "upper": upper,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.reports_figure_out import ReportsFigureOut
        from ..models.reports_point_out import ReportsPointOut
        from ..models.reports_target_out import ReportsTargetOut

        d = dict(src_dict)

        def _parse_as_of(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                as_of_type_0 = datetime.datetime.fromisoformat(data)

                return as_of_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        as_of = _parse_as_of(d.pop("as_of"))

        before = ReportsFigureOut.from_dict(d.pop("before"))

        days = d.pop("days")

        figure = ReportsFigureOut.from_dict(d.pop("figure"))

        def _parse_guard(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        guard = _parse_guard(d.pop("guard"))

        def _parse_guard_figure(data: object) -> None | ReportsFigureOut:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                guard_figure_type_0 = ReportsFigureOut.from_dict(data)

                return guard_figure_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ReportsFigureOut, data)

        guard_figure = _parse_guard_figure(d.pop("guard_figure"))

        def _parse_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                id_type_0 = UUID(data)

                return id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        id = _parse_id(d.pop("id"))

        def _parse_lower(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        lower = _parse_lower(d.pop("lower"))

        metric = d.pop("metric")

        def _parse_mix(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        mix = _parse_mix(d.pop("mix"))

        points = []
        _points = d.pop("points")
        for points_item_data in _points:
            points_item = ReportsPointOut.from_dict(points_item_data)

            points.append(points_item)

        def _parse_rate(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        rate = _parse_rate(d.pop("rate"))

        since = datetime.date.fromisoformat(d.pop("since"))

        split_by = d.pop("split_by")

        def _parse_target(data: object) -> None | ReportsTargetOut:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                target_type_0 = ReportsTargetOut.from_dict(data)

                return target_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ReportsTargetOut, data)

        target = _parse_target(d.pop("target"))

        until = datetime.date.fromisoformat(d.pop("until"))

        def _parse_upper(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        upper = _parse_upper(d.pop("upper"))

        reports_tile_out = cls(
            as_of=as_of,
            before=before,
            days=days,
            figure=figure,
            guard=guard,
            guard_figure=guard_figure,
            id=id,
            lower=lower,
            metric=metric,
            mix=mix,
            points=points,
            rate=rate,
            since=since,
            split_by=split_by,
            target=target,
            until=until,
            upper=upper,
        )

        reports_tile_out.additional_properties = d
        return reports_tile_out

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
