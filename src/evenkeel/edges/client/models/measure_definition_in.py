from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.measure_definition_in_sort import (
    MeasureDefinitionInSort,
    check_measure_definition_in_sort,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.measure_definition_in_rows_item import MeasureDefinitionInRowsItem


T = TypeVar("T", bound="MeasureDefinitionIn")


@_attrs_define
class MeasureDefinitionIn:
    """
    Attributes:
        slug (str):
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
        organisation_id (None | Unset | UUID):
        population (str | Unset):  Default: ''.
        programme_id (None | Unset | UUID):
        rows (list[MeasureDefinitionInRowsItem] | Unset): unit-test rows: column -> value
        sort (MeasureDefinitionInSort | Unset):  Default: 'metric'.
        unit (str | Unset):  Default: ''.
        weight (str | Unset):  Default: ''.
    """

    slug: str
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
    organisation_id: None | Unset | UUID = UNSET
    population: str | Unset = ""
    programme_id: None | Unset | UUID = UNSET
    rows: list[MeasureDefinitionInRowsItem] | Unset = UNSET
    sort: MeasureDefinitionInSort | Unset = "metric"
    unit: str | Unset = ""
    weight: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        slug = self.slug

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

        organisation_id: None | str | Unset
        if isinstance(self.organisation_id, Unset):
            organisation_id = UNSET
        elif isinstance(self.organisation_id, UUID):
            organisation_id = str(self.organisation_id)
        else:
            organisation_id = self.organisation_id

        population = self.population

        programme_id: None | str | Unset
        if isinstance(self.programme_id, Unset):
            programme_id = UNSET
        elif isinstance(self.programme_id, UUID):
            programme_id = str(self.programme_id)
        else:
            programme_id = self.programme_id

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
                "slug": slug,
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
        if organisation_id is not UNSET:
            field_dict["organisation_id"] = organisation_id
        if population is not UNSET:
            field_dict["population"] = population
        if programme_id is not UNSET:
            field_dict["programme_id"] = programme_id
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
        from ..models.measure_definition_in_rows_item import MeasureDefinitionInRowsItem

        d = dict(src_dict)
        slug = d.pop("slug")

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

        def _parse_organisation_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                organisation_id_type_0 = UUID(data)

                return organisation_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        organisation_id = _parse_organisation_id(d.pop("organisation_id", UNSET))

        population = d.pop("population", UNSET)

        def _parse_programme_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                programme_id_type_0 = UUID(data)

                return programme_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        programme_id = _parse_programme_id(d.pop("programme_id", UNSET))

        _rows = d.pop("rows", UNSET)
        rows: list[MeasureDefinitionInRowsItem] | Unset = UNSET
        if _rows is not UNSET:
            rows = []
            for rows_item_data in _rows:
                rows_item = MeasureDefinitionInRowsItem.from_dict(rows_item_data)

                rows.append(rows_item)

        _sort = d.pop("sort", UNSET)
        sort: MeasureDefinitionInSort | Unset
        if isinstance(_sort, Unset):
            sort = UNSET
        else:
            sort = check_measure_definition_in_sort(_sort)

        unit = d.pop("unit", UNSET)

        weight = d.pop("weight", UNSET)

        measure_definition_in = cls(
            slug=slug,
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
            organisation_id=organisation_id,
            population=population,
            programme_id=programme_id,
            rows=rows,
            sort=sort,
            unit=unit,
            weight=weight,
        )

        measure_definition_in.additional_properties = d
        return measure_definition_in

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
