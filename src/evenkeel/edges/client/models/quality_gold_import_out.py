from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_bad_row_out import QualityBadRowOut


T = TypeVar("T", bound="QualityGoldImportOut")


@_attrs_define
class QualityGoldImportOut:
    """
    Attributes:
        bad (list[QualityBadRowOut]): rows that do not fit; without skip_bad nothing is proposed then
        known (int): golden or proposed before
        proposed (int):
        rows (int):
    """

    bad: list[QualityBadRowOut]
    known: int
    proposed: int
    rows: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        bad = []
        for bad_item_data in self.bad:
            bad_item = bad_item_data.to_dict()
            bad.append(bad_item)

        known = self.known

        proposed = self.proposed

        rows = self.rows

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "bad": bad,
                "known": known,
                "proposed": proposed,
                "rows": rows,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_bad_row_out import QualityBadRowOut

        d = dict(src_dict)
        bad = []
        _bad = d.pop("bad")
        for bad_item_data in _bad:
            bad_item = QualityBadRowOut.from_dict(bad_item_data)

            bad.append(bad_item)

        known = d.pop("known")

        proposed = d.pop("proposed")

        rows = d.pop("rows")

        quality_gold_import_out = cls(
            bad=bad,
            known=known,
            proposed=proposed,
            rows=rows,
        )

        quality_gold_import_out.additional_properties = d
        return quality_gold_import_out

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
