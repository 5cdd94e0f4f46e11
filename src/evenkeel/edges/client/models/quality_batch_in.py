from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QualityBatchIn")


@_attrs_define
class QualityBatchIn:
    """
    Attributes:
        from_at (datetime.datetime):
        name (str):
        until_at (datetime.datetime): decisions with from_at <= decided_at < until_at
        queue_id (None | Unset | UUID):
        resubmits_id (None | Unset | UUID): a rejected delivery that was put right; its stretch is taken
    """

    from_at: datetime.datetime
    name: str
    until_at: datetime.datetime
    queue_id: None | Unset | UUID = UNSET
    resubmits_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from_at = self.from_at.isoformat()

        name = self.name

        until_at = self.until_at.isoformat()

        queue_id: None | str | Unset
        if isinstance(self.queue_id, Unset):
            queue_id = UNSET
        elif isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        resubmits_id: None | str | Unset
        if isinstance(self.resubmits_id, Unset):
            resubmits_id = UNSET
        elif isinstance(self.resubmits_id, UUID):
            resubmits_id = str(self.resubmits_id)
        else:
            resubmits_id = self.resubmits_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "from_at": from_at,
                "name": name,
                "until_at": until_at,
            }
        )
        if queue_id is not UNSET:
            field_dict["queue_id"] = queue_id
        if resubmits_id is not UNSET:
            field_dict["resubmits_id"] = resubmits_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        from_at = datetime.datetime.fromisoformat(d.pop("from_at"))

        name = d.pop("name")

        until_at = datetime.datetime.fromisoformat(d.pop("until_at"))

        def _parse_queue_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                queue_id_type_0 = UUID(data)

                return queue_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        queue_id = _parse_queue_id(d.pop("queue_id", UNSET))

        def _parse_resubmits_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                resubmits_id_type_0 = UUID(data)

                return resubmits_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        resubmits_id = _parse_resubmits_id(d.pop("resubmits_id", UNSET))

        quality_batch_in = cls(
            from_at=from_at,
            name=name,
            until_at=until_at,
            queue_id=queue_id,
            resubmits_id=resubmits_id,
        )

        quality_batch_in.additional_properties = d
        return quality_batch_in

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
