from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ImproveActionOut")


@_attrs_define
class ImproveActionOut:
    """An action, with the sign of the plan in force.

    Attributes:
        cause (str):
        due_on (datetime.date):
        id (UUID):
        investigation_id (None | UUID):
        kind (str):
        opened_at (datetime.datetime):
        organisation_id (None | UUID):
        owner_id (UUID):
        programme_id (UUID):
        queue_id (None | UUID):
        signal_id (None | UUID):
        site_id (None | UUID):
        state (str):
        team_id (None | UUID):
        title (str):
        what (str):
        where (str):
    """

    cause: str
    due_on: datetime.date
    id: UUID
    investigation_id: None | UUID
    kind: str
    opened_at: datetime.datetime
    organisation_id: None | UUID
    owner_id: UUID
    programme_id: UUID
    queue_id: None | UUID
    signal_id: None | UUID
    site_id: None | UUID
    state: str
    team_id: None | UUID
    title: str
    what: str
    where: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cause = self.cause

        due_on = self.due_on.isoformat()

        id = str(self.id)

        investigation_id: None | str
        if isinstance(self.investigation_id, UUID):
            investigation_id = str(self.investigation_id)
        else:
            investigation_id = self.investigation_id

        kind = self.kind

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

        site_id: None | str
        if isinstance(self.site_id, UUID):
            site_id = str(self.site_id)
        else:
            site_id = self.site_id

        state = self.state

        team_id: None | str
        if isinstance(self.team_id, UUID):
            team_id = str(self.team_id)
        else:
            team_id = self.team_id

        title = self.title

        what = self.what

        where = self.where

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cause": cause,
                "due_on": due_on,
                "id": id,
                "investigation_id": investigation_id,
                "kind": kind,
                "opened_at": opened_at,
                "organisation_id": organisation_id,
                "owner_id": owner_id,
                "programme_id": programme_id,
                "queue_id": queue_id,
                "signal_id": signal_id,
                "site_id": site_id,
                "state": state,
                "team_id": team_id,
                "title": title,
                "what": what,
                "where": where,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        cause = d.pop("cause")

        due_on = datetime.date.fromisoformat(d.pop("due_on"))

        id = UUID(d.pop("id"))

        def _parse_investigation_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                investigation_id_type_0 = UUID(data)

                return investigation_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        investigation_id = _parse_investigation_id(d.pop("investigation_id"))

        kind = d.pop("kind")

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

        state = d.pop("state")

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

        what = d.pop("what")

        where = d.pop("where")

        improve_action_out = cls(
            cause=cause,
            due_on=due_on,
            id=id,
            investigation_id=investigation_id,
            kind=kind,
            opened_at=opened_at,
            organisation_id=organisation_id,
            owner_id=owner_id,
            programme_id=programme_id,
            queue_id=queue_id,
            signal_id=signal_id,
            site_id=site_id,
            state=state,
            team_id=team_id,
            title=title,
            what=what,
            where=where,
        )

        improve_action_out.additional_properties = d
        return improve_action_out

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
