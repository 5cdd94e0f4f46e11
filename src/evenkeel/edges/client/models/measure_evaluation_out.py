from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.measure_cell_out import MeasureCellOut


T = TypeVar("T", bound="MeasureEvaluationOut")


@_attrs_define
class MeasureEvaluationOut:
    """`total.mix` + `total.rate` is the whole's change exactly; `hidden` cells tell of too few people to be shown.

    Attributes:
        by (list[str]):
        cells (list[MeasureCellOut]):
        hidden (int):
        metric (str):
        total (MeasureCellOut):
    """

    by: list[str]
    cells: list[MeasureCellOut]
    hidden: int
    metric: str
    total: MeasureCellOut
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        by = self.by

        cells = []
        for cells_item_data in self.cells:
            cells_item = cells_item_data.to_dict()
            cells.append(cells_item)

        hidden = self.hidden

        metric = self.metric

        total = self.total.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "by": by,
                "cells": cells,
                "hidden": hidden,
                "metric": metric,
                "total": total,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_cell_out import MeasureCellOut

        d = dict(src_dict)
        by = cast(list[str], d.pop("by"))

        cells = []
        _cells = d.pop("cells")
        for cells_item_data in _cells:
            cells_item = MeasureCellOut.from_dict(cells_item_data)

            cells.append(cells_item)

        hidden = d.pop("hidden")

        metric = d.pop("metric")

        total = MeasureCellOut.from_dict(d.pop("total"))

        measure_evaluation_out = cls(
            by=by,
            cells=cells,
            hidden=hidden,
            metric=metric,
            total=total,
        )

        measure_evaluation_out.additional_properties = d
        return measure_evaluation_out

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
