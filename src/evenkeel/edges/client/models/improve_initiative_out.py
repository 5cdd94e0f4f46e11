from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ImproveInitiativeOut")


@_attrs_define
class ImproveInitiativeOut:
    """An initiative without its gates.

    Attributes:
        due_on (datetime.date):
        goal (str):
        id (UUID):
        kind (str):
        leader_id (UUID):
        opened_at (datetime.datetime):
        organisation_id (None | UUID):
        problem (str):
        programme_id (UUID):
        sponsor_id (None | UUID):
        state (str):
        title (str):
    """

    due_on: datetime.date
    goal: str
    id: UUID
    kind: str
    leader_id: UUID
    opened_at: datetime.datetime
    organisation_id: None | UUID
    problem: str
    programme_id: UUID
    sponsor_id: None | UUID
    state: str
    title: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        due_on = self.due_on.isoformat()

        goal = self.goal

        id = str(self.id)

        kind = self.kind

        leader_id = str(self.leader_id)

        opened_at = self.opened_at.isoformat()

        organisation_id: None | str
        if isinstance(self.organisation_id, UUID):
            organisation_id = str(self.organisation_id)
        else:
            organisation_id = self.organisation_id

        problem = self.problem

        programme_id = str(self.programme_id)

        sponsor_id: None | str
        if isinstance(self.sponsor_id, UUID):
            sponsor_id = str(self.sponsor_id)
        else:
            sponsor_id = self.sponsor_id

        state = self.state

        title = self.title

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "due_on": due_on,
                "goal": goal,
                "id": id,
                "kind": kind,
                "leader_id": leader_id,
                "opened_at": opened_at,
                "organisation_id": organisation_id,
                "problem": problem,
                "programme_id": programme_id,
                "sponsor_id": sponsor_id,
                "state": state,
                "title": title,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        due_on = datetime.date.fromisoformat(d.pop("due_on"))

        goal = d.pop("goal")

        id = UUID(d.pop("id"))

        kind = d.pop("kind")

        leader_id = UUID(d.pop("leader_id"))

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

        problem = d.pop("problem")

        programme_id = UUID(d.pop("programme_id"))

        def _parse_sponsor_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                sponsor_id_type_0 = UUID(data)

                return sponsor_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        sponsor_id = _parse_sponsor_id(d.pop("sponsor_id"))

        state = d.pop("state")

        title = d.pop("title")

        improve_initiative_out = cls(
            due_on=due_on,
            goal=goal,
            id=id,
            kind=kind,
            leader_id=leader_id,
            opened_at=opened_at,
            organisation_id=organisation_id,
            problem=problem,
            programme_id=programme_id,
            sponsor_id=sponsor_id,
            state=state,
            title=title,
        )

        improve_initiative_out.additional_properties = d
        return improve_initiative_out

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
