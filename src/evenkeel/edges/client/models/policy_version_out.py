from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="PolicyVersionOut")


@_attrs_define
class PolicyVersionOut:
    """
    Attributes:
        body_markdown (str):
        html (str):
        id (UUID):
        language (str): the language it is written in
        number (int):
        policy_id (UUID):
        published_at (datetime.datetime):
        what_changed (str):
    """

    body_markdown: str
    html: str
    id: UUID
    language: str
    number: int
    policy_id: UUID
    published_at: datetime.datetime
    what_changed: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        body_markdown = self.body_markdown

        html = self.html

        id = str(self.id)

        language = self.language

        number = self.number

        policy_id = str(self.policy_id)

        published_at = self.published_at.isoformat()

        what_changed = self.what_changed

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "body_markdown": body_markdown,
                "html": html,
                "id": id,
                "language": language,
                "number": number,
                "policy_id": policy_id,
                "published_at": published_at,
                "what_changed": what_changed,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        body_markdown = d.pop("body_markdown")

        html = d.pop("html")

        id = UUID(d.pop("id"))

        language = d.pop("language")

        number = d.pop("number")

        policy_id = UUID(d.pop("policy_id"))

        published_at = datetime.datetime.fromisoformat(d.pop("published_at"))

        what_changed = d.pop("what_changed")

        policy_version_out = cls(
            body_markdown=body_markdown,
            html=html,
            id=id,
            language=language,
            number=number,
            policy_id=policy_id,
            published_at=published_at,
            what_changed=what_changed,
        )

        policy_version_out.additional_properties = d
        return policy_version_out

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
