from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.measure_said_in_sort import MeasureSaidInSort, check_measure_said_in_sort
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.measure_said_in_rows_item import MeasureSaidInRowsItem


T = TypeVar("T", bound="MeasureSaidIn")


@_attrs_define
class MeasureSaidIn:
    """What a version says; a population needs fact and population, a ratio above and below.

    Attributes:
        title (str):
        why (str):
        above (str | Unset):  Default: ''.
        below (str | Unset):  Default: ''.
        better (str | Unset):  Default: ''.
        expected (float | None | Unset):
        expected_n (int | None | Unset):
        fact (str | Unset):  Default: ''.
        figure (str | Unset): what is measured: share(...), mean(...), sum(...), count(...), per_hour(...) Default: ''.
        guard (str | Unset): slug of the metric that must not get worse Default: ''.
        note (str | Unset):  Default: ''.
        population (str | Unset):  Default: ''.
        rows (list[MeasureSaidInRowsItem] | Unset): unit-test rows: column -> value
        sort (MeasureSaidInSort | Unset):  Default: 'metric'.
        unit (str | Unset):  Default: ''.
        weight (str | Unset):  Default: ''.
    """

    title: str
    why: str
    above: str | Unset = ""
    below: str | Unset = ""
    better: str | Unset = ""
    expected: float | None | Unset = UNSET
    expected_n: int | None | Unset = UNSET
    fact: str | Unset = ""
    figure: str | Unset = ""
    guard: str | Unset = ""
    note: str | Unset = ""
    population: str | Unset = ""
    rows: list[MeasureSaidInRowsItem] | Unset = UNSET
    sort: MeasureSaidInSort | Unset = "metric"
    unit: str | Unset = ""
    weight: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        why = self.why

        above = self.above

        below = self.below

        better = self.better

        expected: float | None | Unset
        if isinstance(self.expected, Unset):
            expected = UNSET
        else:
            expected = self.expected

        expected_n: int | None | Unset
        if isinstance(self.expected_n, Unset):
            expected_n = UNSET
        else:
            expected_n = self.expected_n

        fact = self.fact

        figure = self.figure

        guard = self.guard

        note = self.note

        population = self.population

        rows: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.rows, Unset):
            rows = []
            for rows_item_data in self.rows:
                rows_item = rows_item_data.to_dict()
                rows.append(rows_item)

        sort: str | Unset = UNSET
        if not isinstance(self.sort, Unset):
            sort = self.sort

        unit = self.unit

        weight = self.weight

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "title": title,
                "why": why,
            }
        )
        if above is not UNSET:
            field_dict["above"] = above
        if below is not UNSET:
            field_dict["below"] = below
        if better is not UNSET:
            field_dict["better"] = better
        if expected is not UNSET:
            field_dict["expected"] = expected
        if expected_n is not UNSET:
            field_dict["expected_n"] = expected_n
        if fact is not UNSET:
            field_dict["fact"] = fact
        if figure is not UNSET:
            field_dict["figure"] = figure
        if guard is not UNSET:
            field_dict["guard"] = guard
        if note is not UNSET:
            field_dict["note"] = note
        if population is not UNSET:
            field_dict["population"] = population
        if rows is not UNSET:
            field_dict["rows"] = rows
        if sort is not UNSET:
            field_dict["sort"] = sort
        if unit is not UNSET:
            field_dict["unit"] = unit
        if weight is not UNSET:
            field_dict["weight"] = weight

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_said_in_rows_item import MeasureSaidInRowsItem

        d = dict(src_dict)
        title = d.pop("title")

        why = d.pop("why")

        above = d.pop("above", UNSET)

        below = d.pop("below", UNSET)

        better = d.pop("better", UNSET)

        def _parse_expected(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        expected = _parse_expected(d.pop("expected", UNSET))

        def _parse_expected_n(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        expected_n = _parse_expected_n(d.pop("expected_n", UNSET))

        fact = d.pop("fact", UNSET)

        figure = d.pop("figure", UNSET)

        guard = d.pop("guard", UNSET)

        note = d.pop("note", UNSET)

        population = d.pop("population", UNSET)

        _rows = d.pop("rows", UNSET)
        rows: list[MeasureSaidInRowsItem] | Unset = UNSET
        if _rows is not UNSET:
            rows = []
            for rows_item_data in _rows:
                rows_item = MeasureSaidInRowsItem.from_dict(rows_item_data)

                rows.append(rows_item)

        _sort = d.pop("sort", UNSET)
        sort: MeasureSaidInSort | Unset
        if isinstance(_sort, Unset):
            sort = UNSET
        else:
            sort = check_measure_said_in_sort(_sort)

        unit = d.pop("unit", UNSET)

        weight = d.pop("weight", UNSET)

        measure_said_in = cls(
            title=title,
            why=why,
            above=above,
            below=below,
            better=better,
            expected=expected,
            expected_n=expected_n,
            fact=fact,
            figure=figure,
            guard=guard,
            note=note,
            population=population,
            rows=rows,
            sort=sort,
            unit=unit,
            weight=weight,
        )

        measure_said_in.additional_properties = d
        return measure_said_in

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
