from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ImproveActionIn")


@_attrs_define
class ImproveActionIn:
    """From an investigation it takes the place; else name a programme, and a queue, organisation, site or team in it.

    Attributes:
        due_on (datetime.date):
        kind (str):
        title (str):
        what (str):
        cause (str | Unset):  Default: ''.
        investigation_id (None | Unset | UUID):
        organisation_id (None | Unset | UUID):
        programme_id (None | Unset | UUID):
        queue_id (None | Unset | UUID):
        site_id (None | Unset | UUID):
        team_id (None | Unset | UUID):
    """

    due_on: datetime.date
    kind: str
    title: str
    what: str
    cause: str | Unset = ""
    investigation_id: None | Unset | UUID = UNSET
    organisation_id: None | Unset | UUID = UNSET
    programme_id: None | Unset | UUID = UNSET
    queue_id: None | Unset | UUID = UNSET
    site_id: None | Unset | UUID = UNSET
    team_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        due_on = self.due_on.isoformat()

        kind = self.kind

        title = self.title

        what = self.what

        cause = self.cause

        investigation_id: None | str | Unset
        if isinstance(self.investigation_id, Unset):
            investigation_id = UNSET
        elif isinstance(self.investigation_id, UUID):
            investigation_id = str(self.investigation_id)
        else:
            investigation_id = self.investigation_id

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

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "due_on": due_on,
                "kind": kind,
                "title": title,
                "what": what,
            }
        )
        if cause is not UNSET:
            field_dict["cause"] = cause
        if investigation_id is not UNSET:
            field_dict["investigation_id"] = investigation_id
        if organisation_id is not UNSET:
            field_dict["organisation_id"] = organisation_id
        if programme_id is not UNSET:
            field_dict["programme_id"] = programme_id
        if queue_id is not UNSET:
            field_dict["queue_id"] = queue_id
        if site_id is not UNSET:
            field_dict["site_id"] = site_id
        if team_id is not UNSET:
            field_dict["team_id"] = team_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        due_on = datetime.date.fromisoformat(d.pop("due_on"))

        kind = d.pop("kind")

        title = d.pop("title")

        what = d.pop("what")

        cause = d.pop("cause", UNSET)

        def _parse_investigation_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                investigation_id_type_0 = UUID(data)

                return investigation_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        investigation_id = _parse_investigation_id(d.pop("investigation_id", UNSET))

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

        improve_action_in = cls(
            due_on=due_on,
            kind=kind,
            title=title,
            what=what,
            cause=cause,
            investigation_id=investigation_id,
            organisation_id=organisation_id,
            programme_id=programme_id,
            queue_id=queue_id,
            site_id=site_id,
            team_id=team_id,
        )

        improve_action_in.additional_properties = d
        return improve_action_in

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
