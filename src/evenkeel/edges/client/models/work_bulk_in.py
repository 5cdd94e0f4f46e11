from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.work_selection_in import WorkSelectionIn


T = TypeVar("T", bound="WorkBulkIn")


@_attrs_define
class WorkBulkIn:
    """
    Attributes:
        reason (str):
        selection (WorkSelectionIn):
        verb (str): close, reopen, reroute or prioritise
        priority (float | None | Unset):
        to_queue_id (None | Unset | UUID): where to re-route
    """

    reason: str
    selection: WorkSelectionIn
    verb: str
    priority: float | None | Unset = UNSET
    to_queue_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        selection = self.selection.to_dict()

        verb = self.verb

        priority: float | None | Unset
        if isinstance(self.priority, Unset):
            priority = UNSET
        else:
            priority = self.priority

        to_queue_id: None | str | Unset
        if isinstance(self.to_queue_id, Unset):
            to_queue_id = UNSET
        elif isinstance(self.to_queue_id, UUID):
            to_queue_id = str(self.to_queue_id)
        else:
            to_queue_id = self.to_queue_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "reason": reason,
                "selection": selection,
                "verb": verb,
            }
        )
        if priority is not UNSET:
            field_dict["priority"] = priority
        if to_queue_id is not UNSET:
            field_dict["to_queue_id"] = to_queue_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_selection_in import WorkSelectionIn

        d = dict(src_dict)
        reason = d.pop("reason")

        selection = WorkSelectionIn.from_dict(d.pop("selection"))

        verb = d.pop("verb")

        def _parse_priority(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        priority = _parse_priority(d.pop("priority", UNSET))

        def _parse_to_queue_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                to_queue_id_type_0 = UUID(data)

                return to_queue_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        to_queue_id = _parse_to_queue_id(d.pop("to_queue_id", UNSET))

        work_bulk_in = cls(
            reason=reason,
            selection=selection,
            verb=verb,
            priority=priority,
            to_queue_id=to_queue_id,
        )

        work_bulk_in.additional_properties = d
        return work_bulk_in

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
