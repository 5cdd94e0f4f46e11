from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_preview_out_by_queue_item import WorkPreviewOutByQueueItem


T = TypeVar("T", bound="WorkPreviewOut")


@_attrs_define
class WorkPreviewOut:
    """
    Attributes:
        by_queue (list[WorkPreviewOutByQueueItem]):
        sample (list[UUID]): the first tasks that are meant
        total (int):
    """

    by_queue: list[WorkPreviewOutByQueueItem]
    sample: list[UUID]
    total: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        by_queue = []
        for by_queue_item_data in self.by_queue:
            by_queue_item = by_queue_item_data.to_dict()
            by_queue.append(by_queue_item)

        sample = []
        for sample_item_data in self.sample:
            sample_item = str(sample_item_data)
            sample.append(sample_item)

        total = self.total

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "by_queue": by_queue,
                "sample": sample,
                "total": total,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_preview_out_by_queue_item import WorkPreviewOutByQueueItem

        d = dict(src_dict)
        by_queue = []
        _by_queue = d.pop("by_queue")
        for by_queue_item_data in _by_queue:
            by_queue_item = WorkPreviewOutByQueueItem.from_dict(by_queue_item_data)

            by_queue.append(by_queue_item)

        sample = []
        _sample = d.pop("sample")
        for sample_item_data in _sample:
            sample_item = UUID(sample_item_data)

            sample.append(sample_item)

        total = d.pop("total")

        work_preview_out = cls(
            by_queue=by_queue,
            sample=sample,
            total=total,
        )

        work_preview_out.additional_properties = d
        return work_preview_out

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
