from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import (
    Any,
    Literal,
    Self,
    TypeVar,
    cast,
)
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.reports_figures_file_in_by_item import (
    ReportsFiguresFileInByItem,
    check_reports_figures_file_in_by_item,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="ReportsFiguresFileIn")


@_attrs_define
class ReportsFiguresFileIn:
    """
    Attributes:
        metric (list[str]): metrics of the catalogue that are summed up by day
        by (list[ReportsFiguresFileInByItem] | Unset):
        compare (Literal['previous'] | None | Unset):
        format_ (str | Unset): xlsx, csv, csv_excel, parquet, duckdb or hyper Default: 'xlsx'.
        organisation_id (None | Unset | UUID):
        programme_id (None | Unset | UUID):
        queue_id (None | Unset | UUID):
        since (datetime.date | None | Unset): first day in UTC; usual: 28 days before `until`
        site_id (None | Unset | UUID):
        team_id (None | Unset | UUID):
        until (datetime.date | None | Unset): the day after the last, in UTC; usual: today
        worker_id (None | Unset | UUID):
    """

    metric: list[str]
    by: list[ReportsFiguresFileInByItem] | Unset = UNSET
    compare: Literal["previous"] | None | Unset = UNSET
    format_: str | Unset = "xlsx"
    organisation_id: None | Unset | UUID = UNSET
    programme_id: None | Unset | UUID = UNSET
    queue_id: None | Unset | UUID = UNSET
    since: datetime.date | None | Unset = UNSET
    site_id: None | Unset | UUID = UNSET
    team_id: None | Unset | UUID = UNSET
    until: datetime.date | None | Unset = UNSET
    worker_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        metric = self.metric

        by: list[str] | Unset = UNSET
        if not isinstance(self.by, Unset):
            by = []
            for by_item_data in self.by:
                by_item: str = by_item_data
                by.append(by_item)

        compare: Literal["previous"] | None | Unset
        if isinstance(self.compare, Unset):
            compare = UNSET
        else:
            compare = self.compare

        format_ = self.format_

        organisation_id: None | str | Unset
        if isinstance(self.organisation_id, Unset):
            organisation_id = UNSET
        elif isinstance(self.organisation_id, UUID):
            organisation_id = str(self.organisation_id)
        else:
            organisation_id = self.organisation_id

        programme_id: None | str | Unset
        if isinstance(self.programme_id, Unset):
            programme_id = UNSET
        elif isinstance(self.programme_id, UUID):
            programme_id = str(self.programme_id)
        else:
            programme_id = self.programme_id

        queue_id: None | str | Unset
        if isinstance(self.queue_id, Unset):
            queue_id = UNSET
        elif isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        since: None | str | Unset
        if isinstance(self.since, Unset):
            since = UNSET
        elif isinstance(self.since, datetime.date):
            since = self.since.isoformat()
        else:
            since = self.since

        site_id: None | str | Unset
        if isinstance(self.site_id, Unset):
            site_id = UNSET
        elif isinstance(self.site_id, UUID):
            site_id = str(self.site_id)
        else:
            site_id = self.site_id

        team_id: None | str | Unset
        if isinstance(self.team_id, Unset):
            team_id = UNSET
        elif isinstance(self.team_id, UUID):
            team_id = str(self.team_id)
        else:
            team_id = self.team_id

        until: None | str | Unset
        if isinstance(self.until, Unset):
            until = UNSET
        elif isinstance(self.until, datetime.date):
            until = self.until.isoformat()
        else:
            until = self.until

        worker_id: None | str | Unset
        if isinstance(self.worker_id, Unset):
            worker_id = UNSET
        elif isinstance(self.worker_id, UUID):
            worker_id = str(self.worker_id)
        else:
            worker_id = self.worker_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "metric": metric,
            }
        )
        if by is not UNSET:
            field_dict["by"] = by
        if compare is not UNSET:
            field_dict["compare"] = compare
        if format_ is not UNSET:
            field_dict["format"] = format_
        if organisation_id is not UNSET:
            field_dict["organisation_id"] = organisation_id
        if programme_id is not UNSET:
            field_dict["programme_id"] = programme_id
        if queue_id is not UNSET:
            field_dict["queue_id"] = queue_id
        if since is not UNSET:
            field_dict["since"] = since
        if site_id is not UNSET:
            field_dict["site_id"] = site_id
        if team_id is not UNSET:
            field_dict["team_id"] = team_id
        if until is not UNSET:
            field_dict["until"] = until
        if worker_id is not UNSET:
            field_dict["worker_id"] = worker_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        metric = cast(list[str], d.pop("metric"))

        _by = d.pop("by", UNSET)
        by: list[ReportsFiguresFileInByItem] | Unset = UNSET
        if _by is not UNSET:
            by = []
            for by_item_data in _by:
                by_item = check_reports_figures_file_in_by_item(by_item_data)

                by.append(by_item)

        def _parse_compare(data: object) -> Literal["previous"] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            compare_type_0 = cast(Literal["previous"], data)
            if compare_type_0 != "previous":
                raise ValueError(
                    f"compare_type_0 must match const 'previous', got '{compare_type_0}'"
                )
            return compare_type_0
            return cast(Literal["previous"] | None | Unset, data)

        compare = _parse_compare(d.pop("compare", UNSET))

        format_ = d.pop("format", UNSET)

        def _parse_organisation_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                organisation_id_type_0 = UUID(data)

                return organisation_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        organisation_id = _parse_organisation_id(d.pop("organisation_id", UNSET))

        def _parse_programme_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                programme_id_type_0 = UUID(data)

                return programme_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        programme_id = _parse_programme_id(d.pop("programme_id", UNSET))

        def _parse_queue_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                queue_id_type_0 = UUID(data)

                return queue_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        queue_id = _parse_queue_id(d.pop("queue_id", UNSET))

        def _parse_since(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                since_type_0 = datetime.date.fromisoformat(data)

                return since_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        since = _parse_since(d.pop("since", UNSET))

        def _parse_site_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                site_id_type_0 = UUID(data)

                return site_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        site_id = _parse_site_id(d.pop("site_id", UNSET))

        def _parse_team_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                team_id_type_0 = UUID(data)

                return team_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        team_id = _parse_team_id(d.pop("team_id", UNSET))

        def _parse_until(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                until_type_0 = datetime.date.fromisoformat(data)

                return until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        until = _parse_until(d.pop("until", UNSET))

        def _parse_worker_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                worker_id_type_0 = UUID(data)

                return worker_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        worker_id = _parse_worker_id(d.pop("worker_id", UNSET))

        reports_figures_file_in = cls(
            metric=metric,
            by=by,
            compare=compare,
            format_=format_,
            organisation_id=organisation_id,
            programme_id=programme_id,
            queue_id=queue_id,
            since=since,
            site_id=site_id,
            team_id=team_id,
            until=until,
            worker_id=worker_id,
        )

        reports_figures_file_in.additional_properties = d
        return reports_figures_file_in

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
