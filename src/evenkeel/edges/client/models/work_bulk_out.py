from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_bulk_out_counts import WorkBulkOutCounts


T = TypeVar("T", bound="WorkBulkOut")


@_attrs_define
class WorkBulkOut:
    """
    Attributes:
        by_name (str):
        counts (WorkBulkOutCounts): changed, and why the others were left
        created_at (datetime.datetime):
        expires_at (datetime.datetime | None): until when a second person may agree
        id (UUID):
        reason (str):
        reverses_id (None | UUID):
        state (str): held, queued, running, done, refused, expired or withdrawn
        total (int):
        verb (str):
    """

    by_name: str
    counts: WorkBulkOutCounts
    created_at: datetime.datetime
    expires_at: datetime.datetime | None
    id: UUID
    reason: str
    reverses_id: None | UUID
    state: str
    total: int
    verb: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        by_name = self.by_name

        counts = self.counts.to_dict()

        created_at = self.created_at.isoformat()

        expires_at: None | str
        if isinstance(self.expires_at, datetime.datetime):
            expires_at = self.expires_at.isoformat()
        else:
            expires_at = self.expires_at

        id = str(self.id)

        reason = self.reason

        reverses_id: None | str
        if isinstance(self.reverses_id, UUID):
            reverses_id = str(self.reverses_id)
        else:
            reverses_id = self.reverses_id

        state = self.state

        total = self.total

        verb = self.verb

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "by_name": by_name,
                "counts": counts,
                "created_at": created_at,
                "expires_at": expires_at,
                "id": id,
                "reason": reason,
                "reverses_id": reverses_id,
                "state": state,
                "total": total,
                "verb": verb,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_bulk_out_counts import WorkBulkOutCounts

        d = dict(src_dict)
        by_name = d.pop("by_name")

        counts = WorkBulkOutCounts.from_dict(d.pop("counts"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        def _parse_expires_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_at_type_0 = datetime.datetime.fromisoformat(data)

                return expires_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        expires_at = _parse_expires_at(d.pop("expires_at"))

        id = UUID(d.pop("id"))

        reason = d.pop("reason")

        def _parse_reverses_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                reverses_id_type_0 = UUID(data)

                return reverses_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        reverses_id = _parse_reverses_id(d.pop("reverses_id"))

        state = d.pop("state")

        total = d.pop("total")

        verb = d.pop("verb")

        work_bulk_out = cls(
            by_name=by_name,
            counts=counts,
            created_at=created_at,
            expires_at=expires_at,
            id=id,
            reason=reason,
            reverses_id=reverses_id,
            state=state,
            total=total,
            verb=verb,
        )

        work_bulk_out.additional_properties = d
        return work_bulk_out

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
