from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.people_team_out import PeopleTeamOut


T = TypeVar("T", bound="PeopleSiteOut")


@_attrs_define
class PeopleSiteOut:
    """
    Attributes:
        id (UUID):
        name (str):
        teams (list[PeopleTeamOut] | Unset):
        time_zone (str | Unset): such as Asia/Singapore Default: 'UTC'.
    """

    id: UUID
    name: str
    teams: list[PeopleTeamOut] | Unset = UNSET
    time_zone: str | Unset = "UTC"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        name = self.name

        teams: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.teams, Unset):
            teams = []
            for teams_item_data in self.teams:
                teams_item = teams_item_data.to_dict()
                teams.append(teams_item)

        time_zone = self.time_zone

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
            }
        )
        if teams is not UNSET:
            field_dict["teams"] = teams
        if time_zone is not UNSET:
            field_dict["time_zone"] = time_zone

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.people_team_out import PeopleTeamOut

        d = dict(src_dict)
        id = UUID(d.pop("id"))

        name = d.pop("name")

        _teams = d.pop("teams", UNSET)
        teams: list[PeopleTeamOut] | Unset = UNSET
        if _teams is not UNSET:
            teams = []
            for teams_item_data in _teams:
                teams_item = PeopleTeamOut.from_dict(teams_item_data)

                teams.append(teams_item)

        time_zone = d.pop("time_zone", UNSET)

        people_site_out = cls(
            id=id,
            name=name,
            teams=teams,
            time_zone=time_zone,
        )

        people_site_out.additional_properties = d
        return people_site_out

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
