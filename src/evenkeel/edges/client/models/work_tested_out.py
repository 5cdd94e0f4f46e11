from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="WorkTestedOut")


@_attrs_define
class WorkTestedOut:
    """
    Attributes:
        field (str):
        holds (bool):
        operator (str):
        said (Any):
        value (Any):
    """

    field: str
    holds: bool
    operator: str
    said: Any
    value: Any
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field = self.field

        holds = self.holds

        operator = self.operator

        said = self.said

        value = self.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "field": field,
                "holds": holds,
                "operator": operator,
                "said": said,
                "value": value,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        field = d.pop("field")

        holds = d.pop("holds")

        operator = d.pop("operator")

        said = d.pop("said")

        value = d.pop("value")

        work_tested_out = cls(
            field=field,
            holds=holds,
            operator=operator,
            said=said,
            value=value,
        )

        work_tested_out.additional_properties = d
        return work_tested_out

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
