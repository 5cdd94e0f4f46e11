from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="MeasureChannelOut")


@_attrs_define
class MeasureChannelOut:
    """The address itself is not told again: whoever knows it may write there.

    Attributes:
        closed_at (datetime.datetime | None):
        digest_hour (int):
        host (str):
        id (UUID):
        kind (str):
        made_at (datetime.datetime):
        name (str):
        organisation_id (None | UUID):
        person_id (None | UUID):
        quiet_from (int):
        quiet_until (int):
        rhythm (str):
        zone (str):
    """

    closed_at: datetime.datetime | None
    digest_hour: int
    host: str
    id: UUID
    kind: str
    made_at: datetime.datetime
    name: str
    organisation_id: None | UUID
    person_id: None | UUID
    quiet_from: int
    quiet_until: int
    rhythm: str
    zone: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        closed_at: None | str
        if isinstance(self.closed_at, datetime.datetime):
            closed_at = self.closed_at.isoformat()
        else:
            closed_at = self.closed_at

        digest_hour = self.digest_hour

        host = self.host

        id = str(self.id)

        kind = self.kind

        made_at = self.made_at.isoformat()

        name = self.name

        organisation_id: None | str
        if isinstance(self.organisation_id, UUID):
            organisation_id = str(self.organisation_id)
        else:
            organisation_id = self.organisation_id

        person_id: None | str
        if isinstance(self.person_id, UUID):
            person_id = str(self.person_id)
        else:
            person_id = self.person_id

        quiet_from = self.quiet_from

        quiet_until = self.quiet_until

        rhythm = self.rhythm

        zone = self.zone

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "closed_at": closed_at,
                "digest_hour": digest_hour,
                "host": host,
                "id": id,
                "kind": kind,
                "made_at": made_at,
                "name": name,
                "organisation_id": organisation_id,
                "person_id": person_id,
                "quiet_from": quiet_from,
                "quiet_until": quiet_until,
                "rhythm": rhythm,
                "zone": zone,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

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

        digest_hour = d.pop("digest_hour")

        host = d.pop("host")

        id = UUID(d.pop("id"))

        kind = d.pop("kind")

        made_at = datetime.datetime.fromisoformat(d.pop("made_at"))

        name = d.pop("name")

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

        def _parse_person_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                person_id_type_0 = UUID(data)

                return person_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        person_id = _parse_person_id(d.pop("person_id"))

        quiet_from = d.pop("quiet_from")

        quiet_until = d.pop("quiet_until")

        rhythm = d.pop("rhythm")

        zone = d.pop("zone")

        measure_channel_out = cls(
            closed_at=closed_at,
            digest_hour=digest_hour,
            host=host,
            id=id,
            kind=kind,
            made_at=made_at,
            name=name,
            organisation_id=organisation_id,
            person_id=person_id,
            quiet_from=quiet_from,
            quiet_until=quiet_until,
            rhythm=rhythm,
            zone=zone,
        )

        measure_channel_out.additional_properties = d
        return measure_channel_out

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
