from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.improve_investigation_detail_state import (
    ImproveInvestigationDetailState,
    check_improve_investigation_detail_state,
)

if TYPE_CHECKING:
    from ..models.improve_driver_out import ImproveDriverOut
    from ..models.improve_estimate_out import ImproveEstimateOut


T = TypeVar("T", bound="ImproveInvestigationDetail")


@_attrs_define
class ImproveInvestigationDetail:
    """An investigation with its drivers; `hidden_drivers` tell of fewer than five people.

    Attributes:
        baseline (ImproveEstimateOut): A figure with its uncertainty; unknown numbers are null.
        baseline_since (datetime.date):
        cause (None | str):
        closed_at (datetime.datetime | None):
        current (ImproveEstimateOut): A figure with its uncertainty; unknown numbers are null.
        drivers (list[ImproveDriverOut]):
        hidden_drivers (int):
        id (UUID):
        looked_at (datetime.datetime):
        metric (str):
        opened_at (datetime.datetime):
        organisation_id (None | UUID):
        owner_id (UUID):
        programme_id (UUID):
        queue_id (None | UUID):
        signal_id (None | UUID):
        since (datetime.date):
        site_id (None | UUID):
        state (ImproveInvestigationDetailState):
        statement (str):
        summary (None | str):
        team_id (None | UUID):
        title (str):
        until (datetime.date):
        verdict (str):
        where (str):
    """

    baseline: ImproveEstimateOut
    baseline_since: datetime.date
    cause: None | str
    closed_at: datetime.datetime | None
    current: ImproveEstimateOut
    drivers: list[ImproveDriverOut]
    hidden_drivers: int
    id: UUID
    looked_at: datetime.datetime
    metric: str
    opened_at: datetime.datetime
    organisation_id: None | UUID
    owner_id: UUID
    programme_id: UUID
    queue_id: None | UUID
    signal_id: None | UUID
    since: datetime.date
    site_id: None | UUID
    state: ImproveInvestigationDetailState
    statement: str
    summary: None | str
    team_id: None | UUID
    title: str
    until: datetime.date
    verdict: str
    where: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        baseline = self.baseline.to_dict()

        baseline_since = self.baseline_since.isoformat()

        cause: None | str
        cause = self.cause

        closed_at: None | str
        if isinstance(self.closed_at, datetime.datetime):
            closed_at = self.closed_at.isoformat()
        else:
            closed_at = self.closed_at

        current = self.current.to_dict()

        drivers = []
        for drivers_item_data in self.drivers:
            drivers_item = drivers_item_data.to_dict()
            drivers.append(drivers_item)

        hidden_drivers = self.hidden_drivers

        id = str(self.id)

        looked_at = self.looked_at.isoformat()

        metric = self.metric

        opened_at = self.opened_at.isoformat()

        organisation_id: None | str
        if isinstance(self.organisation_id, UUID):
            organisation_id = str(self.organisation_id)
        else:
            organisation_id = self.organisation_id

        owner_id = str(self.owner_id)

        programme_id = str(self.programme_id)

        queue_id: None | str
        if isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        signal_id: None | str
        if isinstance(self.signal_id, UUID):
            signal_id = str(self.signal_id)
        else:
            signal_id = self.signal_id

        since = self.since.isoformat()

        site_id: None | str
        if isinstance(self.site_id, UUID):
            site_id = str(self.site_id)
        else:
            site_id = self.site_id

        state: str = self.state

        statement = self.statement

        summary: None | str
        summary = self.summary

        team_id: None | str
        if isinstance(self.team_id, UUID):
            team_id = str(self.team_id)
        else:
            team_id = self.team_id

        title = self.title

        until = self.until.isoformat()

        verdict = self.verdict

        where = self.where

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "baseline": baseline,
                "baseline_since": baseline_since,
                "cause": cause,
                "closed_at": closed_at,
                "current": current,
                "drivers": drivers,
                "hidden_drivers": hidden_drivers,
                "id": id,
                "looked_at": looked_at,
                "metric": metric,
                "opened_at": opened_at,
                "organisation_id": organisation_id,
                "owner_id": owner_id,
                "programme_id": programme_id,
                "queue_id": queue_id,
                "signal_id": signal_id,
                "since": since,
                "site_id": site_id,
                "state": state,
                "statement": statement,
                "summary": summary,
                "team_id": team_id,
                "title": title,
                "until": until,
                "verdict": verdict,
                "where": where,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.improve_driver_out import ImproveDriverOut
        from ..models.improve_estimate_out import ImproveEstimateOut

        d = dict(src_dict)
        baseline = ImproveEstimateOut.from_dict(d.pop("baseline"))

        baseline_since = datetime.date.fromisoformat(d.pop("baseline_since"))

        def _parse_cause(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        cause = _parse_cause(d.pop("cause"))

        def _parse_closed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                closed_at_type_0 = datetime.datetime.fromisoformat(data)

                return closed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        closed_at = _parse_closed_at(d.pop("closed_at"))

        current = ImproveEstimateOut.from_dict(d.pop("current"))

        drivers = []
        _drivers = d.pop("drivers")
        for drivers_item_data in _drivers:
            drivers_item = ImproveDriverOut.from_dict(drivers_item_data)

            drivers.append(drivers_item)

        hidden_drivers = d.pop("hidden_drivers")

        id = UUID(d.pop("id"))

        looked_at = datetime.datetime.fromisoformat(d.pop("looked_at"))

        metric = d.pop("metric")

        opened_at = datetime.datetime.fromisoformat(d.pop("opened_at"))

        def _parse_organisation_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                organisation_id_type_0 = UUID(data)

                return organisation_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        organisation_id = _parse_organisation_id(d.pop("organisation_id"))

        owner_id = UUID(d.pop("owner_id"))

        programme_id = UUID(d.pop("programme_id"))

        def _parse_queue_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                queue_id_type_0 = UUID(data)

                return queue_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        queue_id = _parse_queue_id(d.pop("queue_id"))

        def _parse_signal_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                signal_id_type_0 = UUID(data)

                return signal_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        signal_id = _parse_signal_id(d.pop("signal_id"))

        since = datetime.date.fromisoformat(d.pop("since"))

        def _parse_site_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                site_id_type_0 = UUID(data)

                return site_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        site_id = _parse_site_id(d.pop("site_id"))

        state = check_improve_investigation_detail_state(d.pop("state"))

        statement = d.pop("statement")

        def _parse_summary(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        summary = _parse_summary(d.pop("summary"))

        def _parse_team_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                team_id_type_0 = UUID(data)

                return team_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        team_id = _parse_team_id(d.pop("team_id"))

        title = d.pop("title")

        until = datetime.date.fromisoformat(d.pop("until"))

        verdict = d.pop("verdict")

        where = d.pop("where")

        improve_investigation_detail = cls(
            baseline=baseline,
            baseline_since=baseline_since,
            cause=cause,
            closed_at=closed_at,
            current=current,
            drivers=drivers,
            hidden_drivers=hidden_drivers,
            id=id,
            looked_at=looked_at,
            metric=metric,
            opened_at=opened_at,
            organisation_id=organisation_id,
            owner_id=owner_id,
            programme_id=programme_id,
            queue_id=queue_id,
            signal_id=signal_id,
            since=since,
            site_id=site_id,
            state=state,
            statement=statement,
            summary=summary,
            team_id=team_id,
            title=title,
            until=until,
            verdict=verdict,
            where=where,
        )

        improve_investigation_detail.additional_properties = d
        return improve_investigation_detail

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
