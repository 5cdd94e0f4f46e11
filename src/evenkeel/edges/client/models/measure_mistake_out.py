from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="MeasureMistakeOut")


@_attrs_define
class MeasureMistakeOut:
    """
    Attributes:
        column (int):
        end (int):
        field (str):
        line (int):
        names (list[str]):
        sentence (str):
        start (int):
    """

    column: int
    end: int
    field: str
    line: int
    names: list[str]
    sentence: str
    start: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        column = self.column

        end = self.end

        field = self.field

        line = self.line

        names = self.names

        sentence = self.sentence

        start = self.start

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "column": column,
                "end": end,
                "field": field,
                "line": line,
                "names": names,
                "sentence": sentence,
                "start": start,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        column = d.pop("column")

        end = d.pop("end")

        field = d.pop("field")

        line = d.pop("line")

        names = cast(list[str], d.pop("names"))

        sentence = d.pop("sentence")

        start = d.pop("start")

        measure_mistake_out = cls(
            column=column,
            end=end,
            field=field,
            line=line,
            names=names,
            sentence=sentence,
            start=start,
        )

        measure_mistake_out.additional_properties = d
        return measure_mistake_out

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
