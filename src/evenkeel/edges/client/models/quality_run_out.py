from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_run_out_bad_rows_item import QualityRunOutBadRowsItem
    from ..models.quality_run_out_counts import QualityRunOutCounts


T = TypeVar("T", bound="QualityRunOut")


@_attrs_define
class QualityRunOut:
    """
    Attributes:
        bad_rows (list[QualityRunOutBadRowsItem]):
        bad_total (int):
        counts (QualityRunOutCounts): new, changed, same, bad, and what was added
        id (UUID):
        mapping (str):
        position (int): rows written for good
        refusal (str):
        remarks (list[str]):
        state (str): queued, fetching, checking, writing, done, failed or withdrawn
        tool (str):
        total (int):
    """

    bad_rows: list[QualityRunOutBadRowsItem]
    bad_total: int
    counts: QualityRunOutCounts
    id: UUID
    mapping: str
    position: int
    refusal: str
    remarks: list[str]
    state: str
    tool: str
    total: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        bad_rows = []
        for bad_rows_item_data in self.bad_rows:
            bad_rows_item = bad_rows_item_data.to_dict()
            bad_rows.append(bad_rows_item)

        bad_total = self.bad_total

        counts = self.counts.to_dict()

        id = str(self.id)

        mapping = self.mapping

        position = self.position

        refusal = self.refusal

        remarks = self.remarks

        state = self.state

        tool = self.tool

        total = self.total

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "bad_rows": bad_rows,
                "bad_total": bad_total,
                "counts": counts,
                "id": id,
                "mapping": mapping,
                "position": position,
                "refusal": refusal,
                "remarks": remarks,
                "state": state,
                "tool": tool,
                "total": total,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_run_out_bad_rows_item import QualityRunOutBadRowsItem
        from ..models.quality_run_out_counts import QualityRunOutCounts

        d = dict(src_dict)
        bad_rows = []
        _bad_rows = d.pop("bad_rows")
        for bad_rows_item_data in _bad_rows:
            bad_rows_item = QualityRunOutBadRowsItem.from_dict(bad_rows_item_data)

            bad_rows.append(bad_rows_item)

        bad_total = d.pop("bad_total")

        counts = QualityRunOutCounts.from_dict(d.pop("counts"))

        id = UUID(d.pop("id"))

        mapping = d.pop("mapping")

        position = d.pop("position")

        refusal = d.pop("refusal")

        remarks = cast(list[str], d.pop("remarks"))

        state = d.pop("state")

        tool = d.pop("tool")

        total = d.pop("total")

        quality_run_out = cls(
            bad_rows=bad_rows,
            bad_total=bad_total,
            counts=counts,
            id=id,
            mapping=mapping,
            position=position,
            refusal=refusal,
            remarks=remarks,
            state=state,
            tool=tool,
            total=total,
        )

        quality_run_out.additional_properties = d
        return quality_run_out

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
