from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="PolicyVersionIn")


@_attrs_define
class PolicyVersionIn:
    """`answers` are the accepted change requests that it makes true.

    Attributes:
        body_markdown (str):
        answers (list[UUID] | Unset):
        language (str | Unset): a code such as de or pt-BR; empty: that of the version before Default: ''.
        what_changed (str | Unset):  Default: ''.
    """

    body_markdown: str
    answers: list[UUID] | Unset = UNSET
    language: str | Unset = ""
    what_changed: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        body_markdown = self.body_markdown

        answers: list[str] | Unset = UNSET
        if not isinstance(self.answers, Unset):
            answers = []
            for answers_item_data in self.answers:
                answers_item = str(answers_item_data)
                answers.append(answers_item)

        language = self.language

        what_changed = self.what_changed

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "body_markdown": body_markdown,
            }
        )
        if answers is not UNSET:
            field_dict["answers"] = answers
        if language is not UNSET:
            field_dict["language"] = language
        if what_changed is not UNSET:
            field_dict["what_changed"] = what_changed

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        body_markdown = d.pop("body_markdown")

        _answers = d.pop("answers", UNSET)
        answers: list[UUID] | Unset = UNSET
        if _answers is not UNSET:
            answers = []
            for answers_item_data in _answers:
                answers_item = UUID(answers_item_data)

                answers.append(answers_item)

        language = d.pop("language", UNSET)

        what_changed = d.pop("what_changed", UNSET)

        policy_version_in = cls(
            body_markdown=body_markdown,
            answers=answers,
            language=language,
            what_changed=what_changed,
        )

        policy_version_in.additional_properties = d
        return policy_version_in

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
