from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.measure_version_out_populations import MeasureVersionOutPopulations
    from ..models.measure_version_out_rows_item import MeasureVersionOutRowsItem


T = TypeVar("T", bound="MeasureVersionOut")


@_attrs_define
class MeasureVersionOut:
    """
    Attributes:
        above (str):
        below (str):
        better (str):
        expected (float | None):
        expected_n (int | None):
        fact (str):
        figure (str):
        guard (str):
        note (str):
        number (int):
        population (str):
        populations (MeasureVersionOutPopulations):
        published_at (datetime.datetime):
        rows (list[MeasureVersionOutRowsItem]):
        title (str):
        unit (str):
        weight (str):
        why (str):
    """

    above: str
    below: str
    better: str
    expected: float | None
    expected_n: int | None
    fact: str
    figure: str
    guard: str
    note: str
    number: int
    population: str
    populations: MeasureVersionOutPopulations
    published_at: datetime.datetime
    rows: list[MeasureVersionOutRowsItem]
    title: str
    unit: str
    weight: str
    why: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        above = self.above

        below = self.below

        better = self.better

        expected: float | None
        expected = self.expected

        expected_n: int | None
        expected_n = self.expected_n

        fact = self.fact

        figure = self.figure

        guard = self.guard

        note = self.note

        number = self.number

        population = self.population

        populations = self.populations.to_dict()

        published_at = self.published_at.isoformat()

        rows = []
        for rows_item_data in self.rows:
            rows_item = rows_item_data.to_dict()
            rows.append(rows_item)

        title = self.title

        unit = self.unit

        weight = self.weight

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "above": above,
                "below": below,
                "better": better,
                "expected": expected,
                "expected_n": expected_n,
                "fact": fact,
                "figure": figure,
                "guard": guard,
                "note": note,
                "number": number,
                "population": population,
                "populations": populations,
                "published_at": published_at,
                "rows": rows,
                "title": title,
                "unit": unit,
                "weight": weight,
                "why": why,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_version_out_populations import (
            MeasureVersionOutPopulations,
        )
        from ..models.measure_version_out_rows_item import MeasureVersionOutRowsItem

        d = dict(src_dict)
        above = d.pop("above")

        below = d.pop("below")

        better = d.pop("better")

        def _parse_expected(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        expected = _parse_expected(d.pop("expected"))

        def _parse_expected_n(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        expected_n = _parse_expected_n(d.pop("expected_n"))

        fact = d.pop("fact")

        figure = d.pop("figure")

        guard = d.pop("guard")

        note = d.pop("note")

        number = d.pop("number")

        population = d.pop("population")

        populations = MeasureVersionOutPopulations.from_dict(d.pop("populations"))

        published_at = datetime.datetime.fromisoformat(d.pop("published_at"))

        rows = []
        _rows = d.pop("rows")
        for rows_item_data in _rows:
            rows_item = MeasureVersionOutRowsItem.from_dict(rows_item_data)

            rows.append(rows_item)

        title = d.pop("title")

        unit = d.pop("unit")

        weight = d.pop("weight")

        why = d.pop("why")

        measure_version_out = cls(
            above=above,
            below=below,
            better=better,
            expected=expected,
            expected_n=expected_n,
            fact=fact,
            figure=figure,
            guard=guard,
            note=note,
            number=number,
            population=population,
            populations=populations,
            published_at=published_at,
            rows=rows,
            title=title,
            unit=unit,
            weight=weight,
            why=why,
        )

        measure_version_out.additional_properties = d
        return measure_version_out

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
