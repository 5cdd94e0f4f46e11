from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="WorkEventModeOut")


@_attrs_define
class WorkEventModeOut:
    """
    Attributes:
        begins_at (datetime.datetime):
        ended_at (datetime.datetime | None):
        guidance (str):
        id (UUID):
        is_drill (bool):
        is_on (bool):
        languages (list[str]):
        moves_order (bool):
        name (str):
        programme_id (UUID):
        regions (list[str]):
        until (datetime.datetime):
    """

    begins_at: datetime.datetime
    ended_at: datetime.datetime | None
    guidance: str
    id: UUID
    is_drill: bool
    is_on: bool
    languages: list[str]
    moves_order: bool
    name: str
    programme_id: UUID
    regions: list[str]
    until: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        begins_at = self.begins_at.isoformat()

        ended_at: None | str
        if isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        guidance = self.guidance

        id = str(self.id)

        is_drill = self.is_drill

        is_on = self.is_on

        languages = self.languages

        moves_order = self.moves_order

        name = self.name

        programme_id = str(self.programme_id)

        regions = self.regions

        until = self.until.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "begins_at": begins_at,
                "ended_at": ended_at,
                "guidance": guidance,
                "id": id,
                "is_drill": is_drill,
                "is_on": is_on,
                "languages": languages,
                "moves_order": moves_order,
                "name": name,
                "programme_id": programme_id,
                "regions": regions,
                "until": until,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        begins_at = datetime.datetime.fromisoformat(d.pop("begins_at"))

        def _parse_ended_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                ended_at_type_0 = datetime.datetime.fromisoformat(data)

                return ended_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        ended_at = _parse_ended_at(d.pop("ended_at"))

        guidance = d.pop("guidance")

        id = UUID(d.pop("id"))

        is_drill = d.pop("is_drill")

        is_on = d.pop("is_on")

        languages = cast(list[str], d.pop("languages"))

        moves_order = d.pop("moves_order")

        name = d.pop("name")

        programme_id = UUID(d.pop("programme_id"))

        regions = cast(list[str], d.pop("regions"))

        until = datetime.datetime.fromisoformat(d.pop("until"))

        work_event_mode_out = cls(
            begins_at=begins_at,
            ended_at=ended_at,
            guidance=guidance,
            id=id,
            is_drill=is_drill,
            is_on=is_on,
            languages=languages,
            moves_order=moves_order,
            name=name,
            programme_id=programme_id,
            regions=regions,
            until=until,
        )

        work_event_mode_out.additional_properties = d
        return work_event_mode_out

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
