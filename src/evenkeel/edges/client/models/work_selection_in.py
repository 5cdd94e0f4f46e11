from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="WorkSelectionIn")


@_attrs_define
class WorkSelectionIn:
    """
    Attributes:
        attribute (str | Unset): an attribute of the items, with `value` Default: ''.
        item_keys (list[str] | Unset):
        key_starts (str | Unset):  Default: ''.
        kind (str | Unset):  Default: ''.
        language (str | Unset):  Default: ''.
        queue_ids (list[UUID] | Unset):
        state (str | Unset): open, closed or any Default: 'any'.
        task_ids (list[UUID] | Unset):
        value (str | Unset):  Default: ''.
    """

    attribute: str | Unset = ""
    item_keys: list[str] | Unset = UNSET
    key_starts: str | Unset = ""
    kind: str | Unset = ""
    language: str | Unset = ""
    queue_ids: list[UUID] | Unset = UNSET
    state: str | Unset = "any"
    task_ids: list[UUID] | Unset = UNSET
    value: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        attribute = self.attribute

        item_keys: list[str] | Unset = UNSET
        if not isinstance(self.item_keys, Unset):
            item_keys = self.item_keys

        key_starts = self.key_starts

        kind = self.kind

        language = self.language

        queue_ids: list[str] | Unset = UNSET
        if not isinstance(self.queue_ids, Unset):
            queue_ids = []
            for queue_ids_item_data in self.queue_ids:
                queue_ids_item = str(queue_ids_item_data)
                queue_ids.append(queue_ids_item)

        state = self.state

        task_ids: list[str] | Unset = UNSET
        if not isinstance(self.task_ids, Unset):
            task_ids = []
            for task_ids_item_data in self.task_ids:
                task_ids_item = str(task_ids_item_data)
                task_ids.append(task_ids_item)

        value = self.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if attribute is not UNSET:
            field_dict["attribute"] = attribute
        if item_keys is not UNSET:
            field_dict["item_keys"] = item_keys
        if key_starts is not UNSET:
            field_dict["key_starts"] = key_starts
        if kind is not UNSET:
            field_dict["kind"] = kind
        if language is not UNSET:
            field_dict["language"] = language
        if queue_ids is not UNSET:
            field_dict["queue_ids"] = queue_ids
        if state is not UNSET:
            field_dict["state"] = state
        if task_ids is not UNSET:
            field_dict["task_ids"] = task_ids
        if value is not UNSET:
            field_dict["value"] = value

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        attribute = d.pop("attribute", UNSET)

        item_keys = cast(list[str], d.pop("item_keys", UNSET))

        key_starts = d.pop("key_starts", UNSET)

        kind = d.pop("kind", UNSET)

        language = d.pop("language", UNSET)

        _queue_ids = d.pop("queue_ids", UNSET)
        queue_ids: list[UUID] | Unset = UNSET
        if _queue_ids is not UNSET:
            queue_ids = []
            for queue_ids_item_data in _queue_ids:
                queue_ids_item = UUID(queue_ids_item_data)

                queue_ids.append(queue_ids_item)

        state = d.pop("state", UNSET)

        _task_ids = d.pop("task_ids", UNSET)
        task_ids: list[UUID] | Unset = UNSET
        if _task_ids is not UNSET:
            task_ids = []
            for task_ids_item_data in _task_ids:
                task_ids_item = UUID(task_ids_item_data)

                task_ids.append(task_ids_item)

        value = d.pop("value", UNSET)

        work_selection_in = cls(
            attribute=attribute,
            item_keys=item_keys,
            key_starts=key_starts,
            kind=kind,
            language=language,
            queue_ids=queue_ids,
            state=state,
            task_ids=task_ids,
            value=value,
        )

        work_selection_in.additional_properties = d
        return work_selection_in

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
