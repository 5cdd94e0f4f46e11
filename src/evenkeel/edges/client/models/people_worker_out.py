from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.people_worker_skill_in import PeopleWorkerSkillIn


T = TypeVar("T", bound="PeopleWorkerOut")


@_attrs_define
class PeopleWorkerOut:
    """
    Attributes:
        account_id (None | UUID):
        code (str):
        id (UUID):
        languages (list[str]):
        left_on (datetime.date | None):
        name (str):
        organisation_id (UUID):
        site_id (None | UUID):
        skills (list[PeopleWorkerSkillIn]):
        started_on (datetime.date | None):
        team_id (None | UUID):
    """

    account_id: None | UUID
    code: str
    id: UUID
    languages: list[str]
    left_on: datetime.date | None
    name: str
    organisation_id: UUID
    site_id: None | UUID
    skills: list[PeopleWorkerSkillIn]
    started_on: datetime.date | None
    team_id: None | UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account_id: None | str
        if isinstance(self.account_id, UUID):
            account_id = str(self.account_id)
        else:
            account_id = self.account_id

        code = self.code

        id = str(self.id)

        languages = self.languages

        left_on: None | str
        if isinstance(self.left_on, datetime.date):
            left_on = self.left_on.isoformat()
        else:
            left_on = self.left_on

        name = self.name

        organisation_id = str(self.organisation_id)

        site_id: None | str
        if isinstance(self.site_id, UUID):
            site_id = str(self.site_id)
        else:
            site_id = self.site_id

        skills = []
        for skills_item_data in self.skills:
            skills_item = skills_item_data.to_dict()
            skills.append(skills_item)

        started_on: None | str
        if isinstance(self.started_on, datetime.date):
            started_on = self.started_on.isoformat()
        else:
            started_on = self.started_on

        team_id: None | str
        if isinstance(self.team_id, UUID):
            team_id = str(self.team_id)
        else:
            team_id = self.team_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account_id": account_id,
                "code": code,
                "id": id,
                "languages": languages,
                "left_on": left_on,
                "name": name,
                "organisation_id": organisation_id,
                "site_id": site_id,
                "skills": skills,
                "started_on": started_on,
                "team_id": team_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.people_worker_skill_in import PeopleWorkerSkillIn

        d = dict(src_dict)

        def _parse_account_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                account_id_type_0 = UUID(data)

                return account_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        account_id = _parse_account_id(d.pop("account_id"))

        code = d.pop("code")

        id = UUID(d.pop("id"))

        languages = cast(list[str], d.pop("languages"))

        def _parse_left_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                left_on_type_0 = datetime.date.fromisoformat(data)

                return left_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        left_on = _parse_left_on(d.pop("left_on"))

        name = d.pop("name")

        organisation_id = UUID(d.pop("organisation_id"))

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

        skills = []
        _skills = d.pop("skills")
        for skills_item_data in _skills:
            skills_item = PeopleWorkerSkillIn.from_dict(skills_item_data)

            skills.append(skills_item)

        def _parse_started_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                started_on_type_0 = datetime.date.fromisoformat(data)

                return started_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        started_on = _parse_started_on(d.pop("started_on"))

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

        people_worker_out = cls(
            account_id=account_id,
            code=code,
            id=id,
            languages=languages,
            left_on=left_on,
            name=name,
            organisation_id=organisation_id,
            site_id=site_id,
            skills=skills,
            started_on=started_on,
            team_id=team_id,
        )

        people_worker_out.additional_properties = d
        return people_worker_out

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
