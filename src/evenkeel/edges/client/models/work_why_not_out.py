from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_check_out import WorkCheckOut


T = TypeVar("T", bound="WorkWhyNotOut")


@_attrs_define
class WorkWhyNotOut:
    """
    Attributes:
        checks (list[WorkCheckOut]):
        first (None | WorkCheckOut): the rule that keeps items from her; empty when something would be handed out
        queue_id (UUID):
        waiting (int): tasks that she could be handed now, counted up to a thousand
        worker_id (UUID):
    """

    checks: list[WorkCheckOut]
    first: None | WorkCheckOut
    queue_id: UUID
    waiting: int
    worker_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.work_check_out import WorkCheckOut

        checks = []
        for checks_item_data in self.checks:
            checks_item = checks_item_data.to_dict()
            checks.append(checks_item)

        first: dict[str, Any] | None
        if isinstance(self.first, WorkCheckOut):
            first = self.first.to_dict()
        else:
            first = self.first

        queue_id = str(self.queue_id)

        waiting = self.waiting

        worker_id = str(self.worker_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "checks": checks,
                "first": first,
                "queue_id": queue_id,
                "waiting": waiting,
                "worker_id": worker_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_check_out import WorkCheckOut

        d = dict(src_dict)
        checks = []
        _checks = d.pop("checks")
        for checks_item_data in _checks:
            checks_item = WorkCheckOut.from_dict(checks_item_data)

            checks.append(checks_item)

        def _parse_first(data: object) -> None | WorkCheckOut:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                first_type_0 = WorkCheckOut.from_dict(data)

                return first_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | WorkCheckOut, data)

        first = _parse_first(d.pop("first"))

        queue_id = UUID(d.pop("queue_id"))

        waiting = d.pop("waiting")

        worker_id = UUID(d.pop("worker_id"))

        work_why_not_out = cls(
            checks=checks,
            first=first,
            queue_id=queue_id,
            waiting=waiting,
            worker_id=worker_id,
        )

        work_why_not_out.additional_properties = d
        return work_why_not_out

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
