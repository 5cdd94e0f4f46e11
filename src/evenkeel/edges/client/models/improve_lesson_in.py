from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ImproveLessonIn")


@_attrs_define
class ImproveLessonIn:
    """
    Attributes:
        what_worked (str):
        what_did_not (str | Unset):  Default: ''.
    """

    what_worked: str
    what_did_not: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        what_worked = self.what_worked

        what_did_not = self.what_did_not

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "what_worked": what_worked,
            }
        )
        if what_did_not is not UNSET:
            field_dict["what_did_not"] = what_did_not

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        what_worked = d.pop("what_worked")

        what_did_not = d.pop("what_did_not", UNSET)

        improve_lesson_in = cls(
            what_worked=what_worked,
            what_did_not=what_did_not,
        )

        improve_lesson_in.additional_properties = d
        return improve_lesson_in

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
