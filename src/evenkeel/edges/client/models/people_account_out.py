from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="PeopleAccountOut")


@_attrs_define
class PeopleAccountOut:
    """
    Attributes:
        email (str): what she logs in with; a link to set a password is mailed to it
        id (UUID):
        is_active (bool):
        last_login (datetime.datetime | None):
        name (str):
        organisation_id (UUID):
        time_zone (str | Unset):  Default: 'UTC'.
    """

    email: str
    id: UUID
    is_active: bool
    last_login: datetime.datetime | None
    name: str
    organisation_id: UUID
    time_zone: str | Unset = "UTC"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        email = self.email

        id = str(self.id)

        is_active = self.is_active

        last_login: None | str
        if isinstance(self.last_login, datetime.datetime):
            last_login = self.last_login.isoformat()
        else:
            last_login = self.last_login

        name = self.name

        organisation_id = str(self.organisation_id)

        time_zone = self.time_zone

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "email": email,
                "id": id,
                "is_active": is_active,
                "last_login": last_login,
                "name": name,
                "organisation_id": organisation_id,
            }
        )
        if time_zone is not UNSET:
            field_dict["time_zone"] = time_zone

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        email = d.pop("email")

        id = UUID(d.pop("id"))

        is_active = d.pop("is_active")

        def _parse_last_login(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                last_login_type_0 = datetime.datetime.fromisoformat(data)

                return last_login_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        last_login = _parse_last_login(d.pop("last_login"))

        name = d.pop("name")

        organisation_id = UUID(d.pop("organisation_id"))

        time_zone = d.pop("time_zone", UNSET)

        people_account_out = cls(
            email=email,
            id=id,
            is_active=is_active,
            last_login=last_login,
            name=name,
            organisation_id=organisation_id,
            time_zone=time_zone,
        )

        people_account_out.additional_properties = d
        return people_account_out

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
