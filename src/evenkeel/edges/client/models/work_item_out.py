from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_item_out_attributes import WorkItemOutAttributes
    from ..models.work_item_out_content import WorkItemOutContent


T = TypeVar("T", bound="WorkItemOut")


@_attrs_define
class WorkItemOut:
    """
    Attributes:
        attributes (WorkItemOutAttributes):
        content (WorkItemOutContent):
        id (UUID):
        key (str):
        kind (str):
        language (str):
    """

    attributes: WorkItemOutAttributes
    content: WorkItemOutContent
    id: UUID
    key: str
    kind: str
    language: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        attributes = self.attributes.to_dict()

        content = self.content.to_dict()

        id = str(self.id)

        key = self.key

        kind = self.kind

        language = self.language

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "attributes": attributes,
                "content": content,
                "id": id,
                "key": key,
                "kind": kind,
                "language": language,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_item_out_attributes import WorkItemOutAttributes
        from ..models.work_item_out_content import WorkItemOutContent

        d = dict(src_dict)
        attributes = WorkItemOutAttributes.from_dict(d.pop("attributes"))

        content = WorkItemOutContent.from_dict(d.pop("content"))

        id = UUID(d.pop("id"))

        key = d.pop("key")

        kind = d.pop("kind")

        language = d.pop("language")

        work_item_out = cls(
            attributes=attributes,
            content=content,
            id=id,
            key=key,
            kind=kind,
            language=language,
        )

        work_item_out.additional_properties = d
        return work_item_out

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
