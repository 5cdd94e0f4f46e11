from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="MeasureWatchOut")


@_attrs_define
class MeasureWatchOut:
    """
    Attributes:
        ended_at (datetime.datetime | None):
        id (UUID):
        kind (str):
        metric (str):
        owner_id (None | UUID):
        place_id (UUID):
        set_at (datetime.datetime):
        sort (str):
        where (str):
        why (str):
    """

    ended_at: datetime.datetime | None
    id: UUID
    kind: str
    metric: str
    owner_id: None | UUID
    place_id: UUID
    set_at: datetime.datetime
    sort: str
    where: str
    why: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        ended_at: None | str
        if isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        id = str(self.id)

        kind = self.kind

        metric = self.metric

        owner_id: None | str
        if isinstance(self.owner_id, UUID):
            owner_id = str(self.owner_id)
        else:
            owner_id = self.owner_id

        place_id = str(self.place_id)

        set_at = self.set_at.isoformat()

        sort = self.sort

        where = self.where

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "ended_at": ended_at,
                "id": id,
                "kind": kind,
                "metric": metric,
                "owner_id": owner_id,
                "place_id": place_id,
                "set_at": set_at,
                "sort": sort,
                "where": where,
                "why": why,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

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

        kind = d.pop("kind")

        metric = d.pop("metric")

        def _parse_owner_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                owner_id_type_0 = UUID(data)

                return owner_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        owner_id = _parse_owner_id(d.pop("owner_id"))

        place_id = UUID(d.pop("place_id"))

        set_at = datetime.datetime.fromisoformat(d.pop("set_at"))

        sort = d.pop("sort")

        where = d.pop("where")

        why = d.pop("why")

        measure_watch_out = cls(
            ended_at=ended_at,
            id=id,
            kind=kind,
            metric=metric,
            owner_id=owner_id,
            place_id=place_id,
            set_at=set_at,
            sort=sort,
            where=where,
            why=why,
        )

        measure_watch_out.additional_properties = d
        return measure_watch_out

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
