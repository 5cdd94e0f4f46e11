from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="PolicyExampleOut")


@_attrs_define
class PolicyExampleOut:
    """
    Attributes:
        id (UUID):
        is_shown (bool):
        text (str): the case as it came
        verdict (str): what it is
        heading (str | Unset):  Default: ''.
        language (str | Unset): empty: shown to everybody Default: ''.
        why (str | Unset):  Default: ''.
    """

    id: UUID
    is_shown: bool
    text: str
    verdict: str
    heading: str | Unset = ""
    language: str | Unset = ""
    why: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        is_shown = self.is_shown

        text = self.text

        verdict = self.verdict

        heading = self.heading

        language = self.language

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "is_shown": is_shown,
                "text": text,
                "verdict": verdict,
            }
        )
        if heading is not UNSET:
            field_dict["heading"] = heading
        if language is not UNSET:
            field_dict["language"] = language
        if why is not UNSET:
            field_dict["why"] = why

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = UUID(d.pop("id"))

        is_shown = d.pop("is_shown")

        text = d.pop("text")

        verdict = d.pop("verdict")

        heading = d.pop("heading", UNSET)

        language = d.pop("language", UNSET)

        why = d.pop("why", UNSET)

        policy_example_out = cls(
            id=id,
            is_shown=is_shown,
            text=text,
            verdict=verdict,
            heading=heading,
            language=language,
            why=why,
        )

        policy_example_out.additional_properties = d
        return policy_example_out

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
