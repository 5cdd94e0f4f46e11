from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="WorkEventModeIn")


@_attrs_define
class WorkEventModeIn:
    """
    Attributes:
        name (str):
        until (datetime.datetime):
        begins_at (datetime.datetime | None | Unset): now when left out; without a zone, UTC
        guidance (str | Unset):  Default: ''.
        is_drill (bool | Unset):  Default: False.
        languages (list[str] | Unset):
        moves_order (bool | None | Unset): left out: a drill changes nothing, anything else does
        queue_ids (list[UUID] | Unset): empty: every queue of the programme
        regions (list[str] | Unset): as the items' attribute `region` has them
    """

    name: str
    until: datetime.datetime
    begins_at: datetime.datetime | None | Unset = UNSET
    guidance: str | Unset = ""
    is_drill: bool | Unset = False
    languages: list[str] | Unset = UNSET
    moves_order: bool | None | Unset = UNSET
    queue_ids: list[UUID] | Unset = UNSET
    regions: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        until = self.until.isoformat()

        begins_at: None | str | Unset
        if isinstance(self.begins_at, Unset):
            begins_at = UNSET
        elif isinstance(self.begins_at, datetime.datetime):
            begins_at = self.begins_at.isoformat()
        else:
            begins_at = self.begins_at

        guidance = self.guidance

        is_drill = self.is_drill

        languages: list[str] | Unset = UNSET
        if not isinstance(self.languages, Unset):
            languages = self.languages

        moves_order: bool | None | Unset
        if isinstance(self.moves_order, Unset):
            moves_order = UNSET
        else:
            moves_order = self.moves_order

        queue_ids: list[str] | Unset = UNSET
        if not isinstance(self.queue_ids, Unset):
            queue_ids = []
            for queue_ids_item_data in self.queue_ids:
                queue_ids_item = str(queue_ids_item_data)
                queue_ids.append(queue_ids_item)

        regions: list[str] | Unset = UNSET
        if not isinstance(self.regions, Unset):
            regions = self.regions

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "until": until,
            }
        )
        if begins_at is not UNSET:
            field_dict["begins_at"] = begins_at
        if guidance is not UNSET:
            field_dict["guidance"] = guidance
        if is_drill is not UNSET:
            field_dict["is_drill"] = is_drill
        if languages is not UNSET:
            field_dict["languages"] = languages
        if moves_order is not UNSET:
            field_dict["moves_order"] = moves_order
        if queue_ids is not UNSET:
            field_dict["queue_ids"] = queue_ids
        if regions is not UNSET:
            field_dict["regions"] = regions

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        name = d.pop("name")

        until = datetime.datetime.fromisoformat(d.pop("until"))

        def _parse_begins_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                begins_at_type_0 = datetime.datetime.fromisoformat(data)

                return begins_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        begins_at = _parse_begins_at(d.pop("begins_at", UNSET))

        guidance = d.pop("guidance", UNSET)

        is_drill = d.pop("is_drill", UNSET)

        languages = cast(list[str], d.pop("languages", UNSET))

        def _parse_moves_order(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        moves_order = _parse_moves_order(d.pop("moves_order", UNSET))

        _queue_ids = d.pop("queue_ids", UNSET)
        queue_ids: list[UUID] | Unset = UNSET
        if _queue_ids is not UNSET:
            queue_ids = []
            for queue_ids_item_data in _queue_ids:
                queue_ids_item = UUID(queue_ids_item_data)

                queue_ids.append(queue_ids_item)

        regions = cast(list[str], d.pop("regions", UNSET))

        work_event_mode_in = cls(
            name=name,
            until=until,
            begins_at=begins_at,
            guidance=guidance,
            is_drill=is_drill,
            languages=languages,
            moves_order=moves_order,
            queue_ids=queue_ids,
            regions=regions,
        )

        work_event_mode_in.additional_properties = d
        return work_event_mode_in

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
