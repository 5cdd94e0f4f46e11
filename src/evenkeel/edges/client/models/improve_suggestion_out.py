from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ImproveSuggestionOut")


@_attrs_define
class ImproveSuggestionOut:
    """A suggestion with its votes, those for what was merged into it among them.

    Attributes:
        at (datetime.datetime):
        body (str):
        id (UUID):
        is_mine (bool):
        merged_into_id (None | UUID):
        programme_id (UUID):
        reason (str):
        state (str):
        title (str):
        votes (int):
    """

    at: datetime.datetime
    body: str
    id: UUID
    is_mine: bool
    merged_into_id: None | UUID
    programme_id: UUID
    reason: str
    state: str
    title: str
    votes: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at.isoformat()

        body = self.body

        id = str(self.id)

        is_mine = self.is_mine

        merged_into_id: None | str
        if isinstance(self.merged_into_id, UUID):
            merged_into_id = str(self.merged_into_id)
        else:
            merged_into_id = self.merged_into_id

        programme_id = str(self.programme_id)

        reason = self.reason

        state = self.state

        title = self.title

        votes = self.votes

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "body": body,
                "id": id,
                "is_mine": is_mine,
                "merged_into_id": merged_into_id,
                "programme_id": programme_id,
                "reason": reason,
                "state": state,
                "title": title,
                "votes": votes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        at = datetime.datetime.fromisoformat(d.pop("at"))

        body = d.pop("body")

        id = UUID(d.pop("id"))

        is_mine = d.pop("is_mine")

        def _parse_merged_into_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                merged_into_id_type_0 = UUID(data)

                return merged_into_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        merged_into_id = _parse_merged_into_id(d.pop("merged_into_id"))

        programme_id = UUID(d.pop("programme_id"))

        reason = d.pop("reason")

        state = d.pop("state")

        title = d.pop("title")

        votes = d.pop("votes")

        improve_suggestion_out = cls(
            at=at,
            body=body,
            id=id,
            is_mine=is_mine,
            merged_into_id=merged_into_id,
            programme_id=programme_id,
            reason=reason,
            state=state,
            title=title,
            votes=votes,
        )

        improve_suggestion_out.additional_properties = d
        return improve_suggestion_out

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
