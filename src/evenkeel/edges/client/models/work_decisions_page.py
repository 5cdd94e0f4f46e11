from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_decision_out import WorkDecisionOut


T = TypeVar("T", bound="WorkDecisionsPage")


@_attrs_define
class WorkDecisionsPage:
    """
    Attributes:
        after (None | str): send as `after` for the rows that follow; empty at the end
        rows (list[WorkDecisionOut]):
    """

    after: None | str
    rows: list[WorkDecisionOut]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        after: None | str
        after = self.after

        rows = []
        for rows_item_data in self.rows:
            rows_item = rows_item_data.to_dict()
            rows.append(rows_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "after": after,
                "rows": rows,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_decision_out import WorkDecisionOut

        d = dict(src_dict)

        def _parse_after(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        after = _parse_after(d.pop("after"))

        rows = []
        _rows = d.pop("rows")
        for rows_item_data in _rows:
            rows_item = WorkDecisionOut.from_dict(rows_item_data)

            rows.append(rows_item)

        work_decisions_page = cls(
            after=after,
            rows=rows,
        )

        work_decisions_page.additional_properties = d
        return work_decisions_page

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
