from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="MeasureMetricOut")


@_attrs_define
class MeasureMetricOut:
    """
    Attributes:
        better (str):
        excludes (str):
        facts (list[str]):
        formula (str):
        grain (str):
        guard (str):
        is_by_day (bool):
        kept (list[list[str]]):
        owner (str):
        places (list[str]):
        population (str):
        slug (str):
        source (str):
        title (str):
        unit (str):
        version (int):
        why (str):
    """

    better: str
    excludes: str
    facts: list[str]
    formula: str
    grain: str
    guard: str
    is_by_day: bool
    kept: list[list[str]]
    owner: str
    places: list[str]
    population: str
    slug: str
    source: str
    title: str
    unit: str
    version: int
    why: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        better = self.better

        excludes = self.excludes

        facts = self.facts

        formula = self.formula

        grain = self.grain

        guard = self.guard

        is_by_day = self.is_by_day

        kept = []
        for kept_item_data in self.kept:
            kept_item = kept_item_data

            kept.append(kept_item)

        owner = self.owner

        places = self.places

        population = self.population

        slug = self.slug

        source = self.source

        title = self.title

        unit = self.unit

        version = self.version

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "better": better,
                "excludes": excludes,
                "facts": facts,
                "formula": formula,
                "grain": grain,
                "guard": guard,
                "is_by_day": is_by_day,
                "kept": kept,
                "owner": owner,
                "places": places,
                "population": population,
                "slug": slug,
                "source": source,
                "title": title,
                "unit": unit,
                "version": version,
                "why": why,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        better = d.pop("better")

        excludes = d.pop("excludes")

        facts = cast(list[str], d.pop("facts"))

        formula = d.pop("formula")

        grain = d.pop("grain")

        guard = d.pop("guard")

        is_by_day = d.pop("is_by_day")

        kept = []
        _kept = d.pop("kept")
        for kept_item_data in _kept:
            kept_item = cast(list[str], kept_item_data)

            kept.append(kept_item)

        owner = d.pop("owner")

        places = cast(list[str], d.pop("places"))

        population = d.pop("population")

        slug = d.pop("slug")

        source = d.pop("source")

        title = d.pop("title")

        unit = d.pop("unit")

        version = d.pop("version")

        why = d.pop("why")

        measure_metric_out = cls(
            better=better,
            excludes=excludes,
            facts=facts,
            formula=formula,
            grain=grain,
            guard=guard,
            is_by_day=is_by_day,
            kept=kept,
            owner=owner,
            places=places,
            population=population,
            slug=slug,
            source=source,
            title=title,
            unit=unit,
            version=version,
            why=why,
        )

        measure_metric_out.additional_properties = d
        return measure_metric_out

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
