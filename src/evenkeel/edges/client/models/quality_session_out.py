from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualitySessionOut")


@_attrs_define
class QualitySessionOut:
    """
    Attributes:
        cycle (int | None):
        deadline_at (datetime.datetime):
        ended_at (datetime.datetime | None):
        id (UUID):
        is_ring (bool):
        name (str):
        opened_at (datetime.datetime):
        programme_id (UUID):
        queue_id (UUID):
        revealed_at (datetime.datetime | None):
    """

    cycle: int | None
    deadline_at: datetime.datetime
    ended_at: datetime.datetime | None
    id: UUID
    is_ring: bool
    name: str
    opened_at: datetime.datetime
    programme_id: UUID
    queue_id: UUID
    revealed_at: datetime.datetime | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cycle: int | None
        cycle = self.cycle

        deadline_at = self.deadline_at.isoformat()

        ended_at: None | str
        if isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        id = str(self.id)

        is_ring = self.is_ring

        name = self.name

        opened_at = self.opened_at.isoformat()

        programme_id = str(self.programme_id)

        queue_id = str(self.queue_id)

        revealed_at: None | str
        if isinstance(self.revealed_at, datetime.datetime):
            revealed_at = self.revealed_at.isoformat()
        else:
            revealed_at = self.revealed_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cycle": cycle,
                "deadline_at": deadline_at,
                "ended_at": ended_at,
                "id": id,
                "is_ring": is_ring,
                "name": name,
                "opened_at": opened_at,
                "programme_id": programme_id,
                "queue_id": queue_id,
                "revealed_at": revealed_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_cycle(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        cycle = _parse_cycle(d.pop("cycle"))

        deadline_at = datetime.datetime.fromisoformat(d.pop("deadline_at"))

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

        id = UUID(d.pop("id"))

        is_ring = d.pop("is_ring")

        name = d.pop("name")

        opened_at = datetime.datetime.fromisoformat(d.pop("opened_at"))

        programme_id = UUID(d.pop("programme_id"))

        queue_id = UUID(d.pop("queue_id"))

        def _parse_revealed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                revealed_at_type_0 = datetime.datetime.fromisoformat(data)

                return revealed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        revealed_at = _parse_revealed_at(d.pop("revealed_at"))

        quality_session_out = cls(
            cycle=cycle,
            deadline_at=deadline_at,
            ended_at=ended_at,
            id=id,
            is_ring=is_ring,
            name=name,
            opened_at=opened_at,
            programme_id=programme_id,
            queue_id=queue_id,
            revealed_at=revealed_at,
        )

        quality_session_out.additional_properties = d
        return quality_session_out

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
