from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.reports_export_out_asked import ReportsExportOutAsked


T = TypeVar("T", bound="ReportsExportOut")


@_attrs_define
class ReportsExportOut:
    """
    Attributes:
        asked (ReportsExportOutAsked):
        created_at (datetime.datetime):
        ended_at (datetime.datetime | None):
        expires_at (datetime.datetime):
        file_name (str):
        format_ (str):
        id (UUID):
        refusal (str):
        rows (int):
        size_bytes (int):
        state (str): queued, writing, done, failed or withdrawn
        total (int):
        what (str): figures or facts
    """

    asked: ReportsExportOutAsked
    created_at: datetime.datetime
    ended_at: datetime.datetime | None
    expires_at: datetime.datetime
    file_name: str
    format_: str
    id: UUID
    refusal: str
    rows: int
    size_bytes: int
    state: str
    total: int
    what: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        asked = self.asked.to_dict()

        created_at = self.created_at.isoformat()

        ended_at: None | str
        if isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        expires_at = self.expires_at.isoformat()

        file_name = self.file_name

        format_ = self.format_

        id = str(self.id)

        refusal = self.refusal

        rows = self.rows

        size_bytes = self.size_bytes

        state = self.state

        total = self.total

        what = self.what

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "asked": asked,
                "created_at": created_at,
                "ended_at": ended_at,
                "expires_at": expires_at,
                "file_name": file_name,
                "format": format_,
                "id": id,
                "refusal": refusal,
                "rows": rows,
                "size_bytes": size_bytes,
                "state": state,
                "total": total,
                "what": what,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.reports_export_out_asked import ReportsExportOutAsked

        d = dict(src_dict)
        asked = ReportsExportOutAsked.from_dict(d.pop("asked"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

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

        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))

        file_name = d.pop("file_name")

        format_ = d.pop("format")

        id = UUID(d.pop("id"))

        refusal = d.pop("refusal")

        rows = d.pop("rows")

        size_bytes = d.pop("size_bytes")

        state = d.pop("state")

        total = d.pop("total")

        what = d.pop("what")

        reports_export_out = cls(
            asked=asked,
            created_at=created_at,
            ended_at=ended_at,
            expires_at=expires_at,
            file_name=file_name,
            format_=format_,
            id=id,
            refusal=refusal,
            rows=rows,
            size_bytes=size_bytes,
            state=state,
            total=total,
            what=what,
        )

        reports_export_out.additional_properties = d
        return reports_export_out

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
