from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.people_day_out_seconds import PeopleDayOutSeconds
    from ..models.people_stretch_out import PeopleStretchOut


T = TypeVar("T", bound="PeopleDayOut")


@_attrs_define
class PeopleDayOut:
    """
    Attributes:
        day (datetime.date):
        seconds (PeopleDayOutSeconds): by state; they sum to the time present
        since (datetime.datetime):
        stretches (list[PeopleStretchOut]):
        until (datetime.datetime):
        worker_id (UUID):
        zone (str): the time zone of the worker's site, by which the day is counted
    """

    day: datetime.date
    seconds: PeopleDayOutSeconds
    since: datetime.datetime
    stretches: list[PeopleStretchOut]
    until: datetime.datetime
    worker_id: UUID
    zone: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        day = self.day.isoformat()

        seconds = self.seconds.to_dict()

        since = self.since.isoformat()

        stretches = []
        for stretches_item_data in self.stretches:
            stretches_item = stretches_item_data.to_dict()
            stretches.append(stretches_item)

        until = self.until.isoformat()

        worker_id = str(self.worker_id)

        zone = self.zone

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "day": day,
                "seconds": seconds,
                "since": since,
                "stretches": stretches,
                "until": until,
                "worker_id": worker_id,
                "zone": zone,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.people_day_out_seconds import PeopleDayOutSeconds
        from ..models.people_stretch_out import PeopleStretchOut

        d = dict(src_dict)
        day = datetime.date.fromisoformat(d.pop("day"))

        seconds = PeopleDayOutSeconds.from_dict(d.pop("seconds"))

        since = datetime.datetime.fromisoformat(d.pop("since"))

        stretches = []
        _stretches = d.pop("stretches")
        for stretches_item_data in _stretches:
            stretches_item = PeopleStretchOut.from_dict(stretches_item_data)

            stretches.append(stretches_item)

        until = datetime.datetime.fromisoformat(d.pop("until"))

        worker_id = UUID(d.pop("worker_id"))

        zone = d.pop("zone")

        people_day_out = cls(
            day=day,
            seconds=seconds,
            since=since,
            stretches=stretches,
            until=until,
            worker_id=worker_id,
            zone=zone,
        )

        people_day_out.additional_properties = d
        return people_day_out

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
