from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_transfer_out_bad_rows_item import WorkTransferOutBadRowsItem
    from ..models.work_transfer_out_counts import WorkTransferOutCounts


T = TypeVar("T", bound="WorkTransferOut")


@_attrs_define
class WorkTransferOut:
    """
    Attributes:
        bad_rows (list[WorkTransferOutBadRowsItem]): the first thousand rows that do not fit, each with its fix
        bad_total (int):
        counts (WorkTransferOutCounts):
        created_at (datetime.datetime):
        direction (str): in or out
        ended_at (datetime.datetime | None):
        file_name (str):
        format_ (str):
        id (UUID):
        position (int): rows written for good
        refusal (str):
        remarks (list[str]):
        state (str): queued, checking, writing, done, failed or withdrawn
        total (int):
        what (str):
    """

    bad_rows: list[WorkTransferOutBadRowsItem]
    bad_total: int
    counts: WorkTransferOutCounts
    created_at: datetime.datetime
    direction: str
    ended_at: datetime.datetime | None
    file_name: str
    format_: str
    id: UUID
    position: int
    refusal: str
    remarks: list[str]
    state: str
    total: int
    what: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        bad_rows = []
        for bad_rows_item_data in self.bad_rows:
            bad_rows_item = bad_rows_item_data.to_dict()
            bad_rows.append(bad_rows_item)

        bad_total = self.bad_total

        counts = self.counts.to_dict()

        created_at = self.created_at.isoformat()

        direction = self.direction

        ended_at: None | str
        if isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        file_name = self.file_name

        format_ = self.format_

        id = str(self.id)

        position = self.position

        refusal = self.refusal

        remarks = self.remarks

        state = self.state

        total = self.total

        what = self.what

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "bad_rows": bad_rows,
                "bad_total": bad_total,
                "counts": counts,
                "created_at": created_at,
                "direction": direction,
                "ended_at": ended_at,
                "file_name": file_name,
                "format": format_,
                "id": id,
                "position": position,
                "refusal": refusal,
                "remarks": remarks,
                "state": state,
                "total": total,
                "what": what,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_transfer_out_bad_rows_item import WorkTransferOutBadRowsItem
        from ..models.work_transfer_out_counts import WorkTransferOutCounts

        d = dict(src_dict)
        bad_rows = []
        _bad_rows = d.pop("bad_rows")
        for bad_rows_item_data in _bad_rows:
            bad_rows_item = WorkTransferOutBadRowsItem.from_dict(bad_rows_item_data)

            bad_rows.append(bad_rows_item)

        bad_total = d.pop("bad_total")

        counts = WorkTransferOutCounts.from_dict(d.pop("counts"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        direction = d.pop("direction")

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

        file_name = d.pop("file_name")

        format_ = d.pop("format")

        id = UUID(d.pop("id"))

        position = d.pop("position")

        refusal = d.pop("refusal")

        remarks = cast(list[str], d.pop("remarks"))

        state = d.pop("state")

        total = d.pop("total")

        what = d.pop("what")

        work_transfer_out = cls(
            bad_rows=bad_rows,
            bad_total=bad_total,
            counts=counts,
            created_at=created_at,
            direction=direction,
            ended_at=ended_at,
            file_name=file_name,
            format_=format_,
            id=id,
            position=position,
            refusal=refusal,
            remarks=remarks,
            state=state,
            total=total,
            what=what,
        )

        work_transfer_out.additional_properties = d
        return work_transfer_out

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
