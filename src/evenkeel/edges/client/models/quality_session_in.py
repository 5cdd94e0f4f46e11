from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QualitySessionIn")


@_attrs_define
class QualitySessionIn:
    """
    Attributes:
        deadline_at (datetime.datetime):
        item_ids (list[UUID]):
        name (str):
        queue_id (UUID): its form and guideline are used, as they are now
        worker_ids (list[UUID]):
        expert_ids (list[UUID] | Unset): of the workers, those whose answers tell how clear clauses are
        is_ring (bool | Unset): a ring test between sites Default: False.
        repeats (int | Unset): how many cases come twice, in a ring test Default: 0.
    """

    deadline_at: datetime.datetime
    item_ids: list[UUID]
    name: str
    queue_id: UUID
    worker_ids: list[UUID]
    expert_ids: list[UUID] | Unset = UNSET
    is_ring: bool | Unset = False
    repeats: int | Unset = 0
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        deadline_at = self.deadline_at.isoformat()

        item_ids = []
        for item_ids_item_data in self.item_ids:
            item_ids_item = str(item_ids_item_data)
            item_ids.append(item_ids_item)

        name = self.name

        queue_id = str(self.queue_id)

        worker_ids = []
        for worker_ids_item_data in self.worker_ids:
            worker_ids_item = str(worker_ids_item_data)
            worker_ids.append(worker_ids_item)

        expert_ids: list[str] | Unset = UNSET
        if not isinstance(self.expert_ids, Unset):
            expert_ids = []
            for expert_ids_item_data in self.expert_ids:
                expert_ids_item = str(expert_ids_item_data)
                expert_ids.append(expert_ids_item)

        is_ring = self.is_ring

        repeats = self.repeats

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "deadline_at": deadline_at,
                "item_ids": item_ids,
                "name": name,
                "queue_id": queue_id,
                "worker_ids": worker_ids,
            }
        )
        if expert_ids is not UNSET:
            field_dict["expert_ids"] = expert_ids
        if is_ring is not UNSET:
            field_dict["is_ring"] = is_ring
        if repeats is not UNSET:
            field_dict["repeats"] = repeats

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        deadline_at = datetime.datetime.fromisoformat(d.pop("deadline_at"))

        item_ids = []
        _item_ids = d.pop("item_ids")
        for item_ids_item_data in _item_ids:
            item_ids_item = UUID(item_ids_item_data)

            item_ids.append(item_ids_item)

        name = d.pop("name")

        queue_id = UUID(d.pop("queue_id"))

        worker_ids = []
        _worker_ids = d.pop("worker_ids")
        for worker_ids_item_data in _worker_ids:
            worker_ids_item = UUID(worker_ids_item_data)

            worker_ids.append(worker_ids_item)

        _expert_ids = d.pop("expert_ids", UNSET)
        expert_ids: list[UUID] | Unset = UNSET
        if _expert_ids is not UNSET:
            expert_ids = []
            for expert_ids_item_data in _expert_ids:
                expert_ids_item = UUID(expert_ids_item_data)

                expert_ids.append(expert_ids_item)

        is_ring = d.pop("is_ring", UNSET)

        repeats = d.pop("repeats", UNSET)

        quality_session_in = cls(
            deadline_at=deadline_at,
            item_ids=item_ids,
            name=name,
            queue_id=queue_id,
            worker_ids=worker_ids,
            expert_ids=expert_ids,
            is_ring=is_ring,
            repeats=repeats,
        )

        quality_session_in.additional_properties = d
        return quality_session_in

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
