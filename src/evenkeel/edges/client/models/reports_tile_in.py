from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.reports_tile_in_by_item import (
    ReportsTileInByItem,
    check_reports_tile_in_by_item,
)
from ..models.reports_tile_in_compare import (
    ReportsTileInCompare,
    check_reports_tile_in_compare,
)
from ..models.reports_tile_in_drawing_type_0 import (
    ReportsTileInDrawingType0,
    check_reports_tile_in_drawing_type_0,
)
from ..models.reports_tile_in_fair import ReportsTileInFair, check_reports_tile_in_fair
from ..types import UNSET, Unset

T = TypeVar("T", bound="ReportsTileIn")


@_attrs_define
class ReportsTileIn:
    """A metric over the last 1, 7, 28, 91 or 364 days; `split_by` is whose mix and rate its change is split into.

    A place that the metric is kept by; "": the nearest one.

        Attributes:
            metric (str):
            by (list[ReportsTileInByItem] | Unset):
            compare (ReportsTileInCompare | Unset):  Default: 'none'.
            days (int | Unset):  Default: 28.
            drawing (None | ReportsTileInDrawingType0 | Unset):
            fair (ReportsTileInFair | Unset):  Default: 'none'.
            hour (list[str] | Unset):
            item_kind (list[str] | Unset):
            label (list[str] | Unset):
            language (list[str] | Unset):
            last (datetime.date | None | Unset):
            market (list[str] | Unset):
            organisation (list[UUID] | Unset):
            policy_version (list[str] | Unset):
            programme (list[UUID] | Unset):
            queue (list[UUID] | Unset):
            severity (list[str] | Unset):
            since (datetime.date | None | Unset):
            site (list[UUID] | Unset):
            source (list[str] | Unset):
            split_by (str | Unset):  Default: ''.
            state (list[str] | Unset):
            team (list[UUID] | Unset):
            tenure (list[str] | Unset):
            worker (list[UUID] | Unset):
    """

    metric: str
    by: list[ReportsTileInByItem] | Unset = UNSET
    compare: ReportsTileInCompare | Unset = "none"
    days: int | Unset = 28
    drawing: None | ReportsTileInDrawingType0 | Unset = UNSET
    fair: ReportsTileInFair | Unset = "none"
    hour: list[str] | Unset = UNSET
    item_kind: list[str] | Unset = UNSET
    label: list[str] | Unset = UNSET
    language: list[str] | Unset = UNSET
    last: datetime.date | None | Unset = UNSET
    market: list[str] | Unset = UNSET
    organisation: list[UUID] | Unset = UNSET
    policy_version: list[str] | Unset = UNSET
    programme: list[UUID] | Unset = UNSET
    queue: list[UUID] | Unset = UNSET
    severity: list[str] | Unset = UNSET
    since: datetime.date | None | Unset = UNSET
    site: list[UUID] | Unset = UNSET
    source: list[str] | Unset = UNSET
    split_by: str | Unset = ""
    state: list[str] | Unset = UNSET
    team: list[UUID] | Unset = UNSET
    tenure: list[str] | Unset = UNSET
    worker: list[UUID] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        metric = self.metric

        by: list[str] | Unset = UNSET
        if not isinstance(self.by, Unset):
            by = []
            for by_item_data in self.by:
                by_item: str = by_item_data
                by.append(by_item)

        compare: str | Unset = UNSET
        if not isinstance(self.compare, Unset):
            compare = self.compare

        days = self.days

        drawing: None | str | Unset
        if isinstance(self.drawing, Unset):
            drawing = UNSET
        elif isinstance(self.drawing, str):
            drawing = self.drawing
        else:
            drawing = self.drawing

        fair: str | Unset = UNSET
        if not isinstance(self.fair, Unset):
            fair = self.fair

        hour: list[str] | Unset = UNSET
        if not isinstance(self.hour, Unset):
            hour = self.hour

        item_kind: list[str] | Unset = UNSET
        if not isinstance(self.item_kind, Unset):
            item_kind = self.item_kind

        label: list[str] | Unset = UNSET
        if not isinstance(self.label, Unset):
            label = self.label

        language: list[str] | Unset = UNSET
        if not isinstance(self.language, Unset):
            language = self.language

        last: None | str | Unset
        if isinstance(self.last, Unset):
            last = UNSET
        elif isinstance(self.last, datetime.date):
            last = self.last.isoformat()
        else:
            last = self.last

        market: list[str] | Unset = UNSET
        if not isinstance(self.market, Unset):
            market = self.market

        organisation: list[str] | Unset = UNSET
        if not isinstance(self.organisation, Unset):
            organisation = []
            for organisation_item_data in self.organisation:
                organisation_item = str(organisation_item_data)
                organisation.append(organisation_item)

        policy_version: list[str] | Unset = UNSET
        if not isinstance(self.policy_version, Unset):
            policy_version = self.policy_version

        programme: list[str] | Unset = UNSET
        if not isinstance(self.programme, Unset):
            programme = []
            for programme_item_data in self.programme:
                programme_item = str(programme_item_data)
                programme.append(programme_item)

        queue: list[str] | Unset = UNSET
        if not isinstance(self.queue, Unset):
            queue = []
            for queue_item_data in self.queue:
                queue_item = str(queue_item_data)
                queue.append(queue_item)

        severity: list[str] | Unset = UNSET
        if not isinstance(self.severity, Unset):
            severity = self.severity

        since: None | str | Unset
        if isinstance(self.since, Unset):
            since = UNSET
        elif isinstance(self.since, datetime.date):
            since = self.since.isoformat()
        else:
            since = self.since

        site: list[str] | Unset = UNSET
        if not isinstance(self.site, Unset):
            site = []
            for site_item_data in self.site:
                site_item = str(site_item_data)
                site.append(site_item)

        source: list[str] | Unset = UNSET
        if not isinstance(self.source, Unset):
            source = self.source

        split_by = self.split_by

        state: list[str] | Unset = UNSET
        if not isinstance(self.state, Unset):
            state = self.state

        team: list[str] | Unset = UNSET
        if not isinstance(self.team, Unset):
            team = []
            for team_item_data in self.team:
                team_item = str(team_item_data)
                team.append(team_item)

        tenure: list[str] | Unset = UNSET
        if not isinstance(self.tenure, Unset):
            tenure = self.tenure

        worker: list[str] | Unset = UNSET
        if not isinstance(self.worker, Unset):
            worker = []
            for worker_item_data in self.worker:
                worker_item = str(worker_item_data)
                worker.append(worker_item)

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
        if days is not UNSET:
            field_dict["days"] = days
        if drawing is not UNSET:
            field_dict["drawing"] = drawing
        if fair is not UNSET:
            field_dict["fair"] = fair
        if hour is not UNSET:
            field_dict["hour"] = hour
        if item_kind is not UNSET:
            field_dict["item_kind"] = item_kind
        if label is not UNSET:
            field_dict["label"] = label
        if language is not UNSET:
            field_dict["language"] = language
        if last is not UNSET:
            field_dict["last"] = last
        if market is not UNSET:
            field_dict["market"] = market
        if organisation is not UNSET:
            field_dict["organisation"] = organisation
        if policy_version is not UNSET:
            field_dict["policy_version"] = policy_version
        if programme is not UNSET:
            field_dict["programme"] = programme
        if queue is not UNSET:
            field_dict["queue"] = queue
        if severity is not UNSET:
            field_dict["severity"] = severity
        if since is not UNSET:
            field_dict["since"] = since
        if site is not UNSET:
            field_dict["site"] = site
        if source is not UNSET:
            field_dict["source"] = source
        if split_by is not UNSET:
            field_dict["split_by"] = split_by
        if state is not UNSET:
            field_dict["state"] = state
        if team is not UNSET:
            field_dict["team"] = team
        if tenure is not UNSET:
            field_dict["tenure"] = tenure
        if worker is not UNSET:
            field_dict["worker"] = worker

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        metric = d.pop("metric")

        _by = d.pop("by", UNSET)
        by: list[ReportsTileInByItem] | Unset = UNSET
        if _by is not UNSET:
            by = []
            for by_item_data in _by:
                by_item = check_reports_tile_in_by_item(by_item_data)

                by.append(by_item)

        _compare = d.pop("compare", UNSET)
        compare: ReportsTileInCompare | Unset
        if isinstance(_compare, Unset):
            compare = UNSET
        else:
            compare = check_reports_tile_in_compare(_compare)

        days = d.pop("days", UNSET)

        def _parse_drawing(data: object) -> None | ReportsTileInDrawingType0 | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                drawing_type_0 = check_reports_tile_in_drawing_type_0(data)

                return drawing_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ReportsTileInDrawingType0 | Unset, data)

        drawing = _parse_drawing(d.pop("drawing", UNSET))

        _fair = d.pop("fair", UNSET)
        fair: ReportsTileInFair | Unset
        if isinstance(_fair, Unset):
            fair = UNSET
        else:
            fair = check_reports_tile_in_fair(_fair)

        hour = cast(list[str], d.pop("hour", UNSET))

        item_kind = cast(list[str], d.pop("item_kind", UNSET))

        label = cast(list[str], d.pop("label", UNSET))

        language = cast(list[str], d.pop("language", UNSET))

        def _parse_last(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                last_type_0 = datetime.date.fromisoformat(data)

                return last_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        last = _parse_last(d.pop("last", UNSET))

        market = cast(list[str], d.pop("market", UNSET))

        _organisation = d.pop("organisation", UNSET)
        organisation: list[UUID] | Unset = UNSET
        if _organisation is not UNSET:
            organisation = []
            for organisation_item_data in _organisation:
                organisation_item = UUID(organisation_item_data)

                organisation.append(organisation_item)

        policy_version = cast(list[str], d.pop("policy_version", UNSET))

        _programme = d.pop("programme", UNSET)
        programme: list[UUID] | Unset = UNSET
        if _programme is not UNSET:
            programme = []
            for programme_item_data in _programme:
                programme_item = UUID(programme_item_data)

                programme.append(programme_item)

        _queue = d.pop("queue", UNSET)
        queue: list[UUID] | Unset = UNSET
        if _queue is not UNSET:
            queue = []
            for queue_item_data in _queue:
                queue_item = UUID(queue_item_data)

                queue.append(queue_item)

        severity = cast(list[str], d.pop("severity", UNSET))

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

        _site = d.pop("site", UNSET)
        site: list[UUID] | Unset = UNSET
        if _site is not UNSET:
            site = []
            for site_item_data in _site:
                site_item = UUID(site_item_data)

                site.append(site_item)

        source = cast(list[str], d.pop("source", UNSET))

        split_by = d.pop("split_by", UNSET)

        state = cast(list[str], d.pop("state", UNSET))

        _team = d.pop("team", UNSET)
        team: list[UUID] | Unset = UNSET
        if _team is not UNSET:
            team = []
            for team_item_data in _team:
                team_item = UUID(team_item_data)

                team.append(team_item)

        tenure = cast(list[str], d.pop("tenure", UNSET))

        _worker = d.pop("worker", UNSET)
        worker: list[UUID] | Unset = UNSET
        if _worker is not UNSET:
            worker = []
            for worker_item_data in _worker:
                worker_item = UUID(worker_item_data)

                worker.append(worker_item)

        reports_tile_in = cls(
            metric=metric,
            by=by,
            compare=compare,
            days=days,
            drawing=drawing,
            fair=fair,
            hour=hour,
            item_kind=item_kind,
            label=label,
            language=language,
            last=last,
            market=market,
            organisation=organisation,
            policy_version=policy_version,
            programme=programme,
            queue=queue,
            severity=severity,
            since=since,
            site=site,
            source=source,
            split_by=split_by,
            state=state,
            team=team,
            tenure=tenure,
            worker=worker,
        )

        reports_tile_in.additional_properties = d
        return reports_tile_in

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
