from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="MeasureChannelIn")


@_attrs_define
class MeasureChannelIn:
    """Without an organisation it is one's own. `url` is empty for mail.

    Attributes:
        kind (str):
        name (str):
        digest_hour (int | Unset):  Default: 8.
        organisation_id (None | Unset | UUID):
        quiet_from (int | Unset):  Default: 0.
        quiet_until (int | Unset):  Default: 0.
        rhythm (str | Unset):  Default: 'at_once'.
        url (str | Unset):  Default: ''.
        zone (str | Unset):  Default: 'UTC'.
    """

    kind: str
    name: str
    digest_hour: int | Unset = 8
    organisation_id: None | Unset | UUID = UNSET
    quiet_from: int | Unset = 0
    quiet_until: int | Unset = 0
    rhythm: str | Unset = "at_once"
    url: str | Unset = ""
    zone: str | Unset = "UTC"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kind = self.kind

        name = self.name

        digest_hour = self.digest_hour

        organisation_id: None | str | Unset
        if isinstance(self.organisation_id, Unset):
            organisation_id = UNSET
        elif isinstance(self.organisation_id, UUID):
            organisation_id = str(self.organisation_id)
        else:
            organisation_id = self.organisation_id

        quiet_from = self.quiet_from

        quiet_until = self.quiet_until

        rhythm = self.rhythm

        url = self.url

        zone = self.zone

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "kind": kind,
                "name": name,
            }
        )
        if digest_hour is not UNSET:
            field_dict["digest_hour"] = digest_hour
        if organisation_id is not UNSET:
            field_dict["organisation_id"] = organisation_id
        if quiet_from is not UNSET:
            field_dict["quiet_from"] = quiet_from
        if quiet_until is not UNSET:
            field_dict["quiet_until"] = quiet_until
        if rhythm is not UNSET:
            field_dict["rhythm"] = rhythm
        if url is not UNSET:
            field_dict["url"] = url
        if zone is not UNSET:
            field_dict["zone"] = zone

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        kind = d.pop("kind")

        name = d.pop("name")

        digest_hour = d.pop("digest_hour", UNSET)

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

        quiet_from = d.pop("quiet_from", UNSET)

        quiet_until = d.pop("quiet_until", UNSET)

        rhythm = d.pop("rhythm", UNSET)

        url = d.pop("url", UNSET)

        zone = d.pop("zone", UNSET)

        measure_channel_in = cls(
            kind=kind,
            name=name,
            digest_hour=digest_hour,
            organisation_id=organisation_id,
            quiet_from=quiet_from,
            quiet_until=quiet_until,
            rhythm=rhythm,
            url=url,
            zone=zone,
        )

        measure_channel_in.additional_properties = d
        return measure_channel_in

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
