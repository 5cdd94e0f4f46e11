from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ImproveInitiativeIn")


@_attrs_define
class ImproveInitiativeIn:
    """
    Attributes:
        due_on (datetime.date):
        goal (str):
        kind (str):
        problem (str):
        programme_id (UUID):
        title (str):
        bounds (str | Unset):  Default: ''.
        organisation_id (None | Unset | UUID):
    """

    due_on: datetime.date
    goal: str
    kind: str
    problem: str
    programme_id: UUID
    title: str
    bounds: str | Unset = ""
    organisation_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        due_on = self.due_on.isoformat()

        goal = self.goal

        kind = self.kind

        problem = self.problem

        programme_id = str(self.programme_id)

        title = self.title

        bounds = self.bounds

        organisation_id: None | str | Unset
        if isinstance(self.organisation_id, Unset):
            organisation_id = UNSET
        elif isinstance(self.organisation_id, UUID):
            organisation_id = str(self.organisation_id)
        else:
            organisation_id = self.organisation_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "due_on": due_on,
                "goal": goal,
                "kind": kind,
                "problem": problem,
                "programme_id": programme_id,
                "title": title,
            }
        )
        if bounds is not UNSET:
            field_dict["bounds"] = bounds
        if organisation_id is not UNSET:
            field_dict["organisation_id"] = organisation_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        due_on = datetime.date.fromisoformat(d.pop("due_on"))

        goal = d.pop("goal")

        kind = d.pop("kind")

        problem = d.pop("problem")

        programme_id = UUID(d.pop("programme_id"))

        title = d.pop("title")

        bounds = d.pop("bounds", UNSET)

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

        improve_initiative_in = cls(
            due_on=due_on,
            goal=goal,
            kind=kind,
            problem=problem,
            programme_id=programme_id,
            title=title,
            bounds=bounds,
            organisation_id=organisation_id,
        )

        improve_initiative_in.additional_properties = d
        return improve_initiative_in

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
