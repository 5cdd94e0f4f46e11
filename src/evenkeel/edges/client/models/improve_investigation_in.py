from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ImproveInvestigationIn")


@_attrs_define
class ImproveInvestigationIn:
    """since <= day < until are the changed days, baseline_since <= day < since those compared with.

    Attributes:
        baseline_since (datetime.date):
        programme_id (UUID):
        since (datetime.date):
        title (str):
        until (datetime.date):
        metric (str | Unset):  Default: 'accuracy'.
        organisation_id (None | Unset | UUID):
        owner_id (None | Unset | UUID):
        queue_id (None | Unset | UUID):
        site_id (None | Unset | UUID):
        source (str | Unset):  Default: ''.
        source_id (None | Unset | UUID):
        statement (str | Unset):  Default: ''.
        team_id (None | Unset | UUID):
    """

    baseline_since: datetime.date
    programme_id: UUID
    since: datetime.date
    title: str
    until: datetime.date
    metric: str | Unset = "accuracy"
    organisation_id: None | Unset | UUID = UNSET
    owner_id: None | Unset | UUID = UNSET
    queue_id: None | Unset | UUID = UNSET
    site_id: None | Unset | UUID = UNSET
    source: str | Unset = ""
    source_id: None | Unset | UUID = UNSET
    statement: str | Unset = ""
    team_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        baseline_since = self.baseline_since.isoformat()

        programme_id = str(self.programme_id)

        since = self.since.isoformat()

        title = self.title

        until = self.until.isoformat()

        metric = self.metric

        organisation_id: None | str | Unset
        if isinstance(self.organisation_id, Unset):
            organisation_id = UNSET
        elif isinstance(self.organisation_id, UUID):
            organisation_id = str(self.organisation_id)
        else:
            organisation_id = self.organisation_id

        owner_id: None | str | Unset
        if isinstance(self.owner_id, Unset):
            owner_id = UNSET
        elif isinstance(self.owner_id, UUID):
            owner_id = str(self.owner_id)
        else:
            owner_id = self.owner_id

        queue_id: None | str | Unset
        if isinstance(self.queue_id, Unset):
            queue_id = UNSET
        elif isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        site_id: None | str | Unset
        if isinstance(self.site_id, Unset):
            site_id = UNSET
        elif isinstance(self.site_id, UUID):
            site_id = str(self.site_id)
        else:
            site_id = self.site_id

        source = self.source

        source_id: None | str | Unset
        if isinstance(self.source_id, Unset):
            source_id = UNSET
        elif isinstance(self.source_id, UUID):
            source_id = str(self.source_id)
        else:
            source_id = self.source_id

        statement = self.statement

        team_id: None | str | Unset
        if isinstance(self.team_id, Unset):
            team_id = UNSET
        elif isinstance(self.team_id, UUID):
            team_id = str(self.team_id)
        else:
            team_id = self.team_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "baseline_since": baseline_since,
                "programme_id": programme_id,
                "since": since,
                "title": title,
                "until": until,
            }
        )
        if metric is not UNSET:
            field_dict["metric"] = metric
        if organisation_id is not UNSET:
            field_dict["organisation_id"] = organisation_id
        if owner_id is not UNSET:
            field_dict["owner_id"] = owner_id
        if queue_id is not UNSET:
            field_dict["queue_id"] = queue_id
        if site_id is not UNSET:
            field_dict["site_id"] = site_id
        if source is not UNSET:
            field_dict["source"] = source
        if source_id is not UNSET:
            field_dict["source_id"] = source_id
        if statement is not UNSET:
            field_dict["statement"] = statement
        if team_id is not UNSET:
            field_dict["team_id"] = team_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        baseline_since = datetime.date.fromisoformat(d.pop("baseline_since"))

        programme_id = UUID(d.pop("programme_id"))

        since = datetime.date.fromisoformat(d.pop("since"))

        title = d.pop("title")

        until = datetime.date.fromisoformat(d.pop("until"))

        metric = d.pop("metric", UNSET)

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

        def _parse_owner_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                owner_id_type_0 = UUID(data)

                return owner_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        owner_id = _parse_owner_id(d.pop("owner_id", UNSET))

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

        source = d.pop("source", UNSET)

        def _parse_source_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                source_id_type_0 = UUID(data)

                return source_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        source_id = _parse_source_id(d.pop("source_id", UNSET))

        statement = d.pop("statement", UNSET)

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

        improve_investigation_in = cls(
            baseline_since=baseline_since,
            programme_id=programme_id,
            since=since,
            title=title,
            until=until,
            metric=metric,
            organisation_id=organisation_id,
            owner_id=owner_id,
            queue_id=queue_id,
            site_id=site_id,
            source=source,
            source_id=source_id,
            statement=statement,
            team_id=team_id,
        )

        improve_investigation_in.additional_properties = d
        return improve_investigation_in

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
