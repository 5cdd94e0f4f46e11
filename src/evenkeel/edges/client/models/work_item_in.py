from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.work_item_in_attributes import WorkItemInAttributes
    from ..models.work_item_in_content import WorkItemInContent


T = TypeVar("T", bound="WorkItemIn")


@_attrs_define
class WorkItemIn:
    """
    Attributes:
        content (WorkItemInContent):
        key (str):
        attributes (WorkItemInAttributes | Unset):
        kind (str | Unset):  Default: 'text'.
        language (str | Unset):  Default: ''.
    """

    content: WorkItemInContent
    key: str
    attributes: WorkItemInAttributes | Unset = UNSET
    kind: str | Unset = "text"
    language: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        content = self.content.to_dict()

        key = self.key

        attributes: dict[str, Any] | Unset = UNSET
        if not isinstance(self.attributes, Unset):
            attributes = self.attributes.to_dict()

        kind = self.kind

        language = self.language

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "content": content,
                "key": key,
            }
        )
        if attributes is not UNSET:
            field_dict["attributes"] = attributes
        if kind is not UNSET:
            field_dict["kind"] = kind
        if language is not UNSET:
            field_dict["language"] = language

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_item_in_attributes import WorkItemInAttributes
        from ..models.work_item_in_content import WorkItemInContent

        d = dict(src_dict)
        content = WorkItemInContent.from_dict(d.pop("content"))

        key = d.pop("key")

        _attributes = d.pop("attributes", UNSET)
        attributes: WorkItemInAttributes | Unset
        if isinstance(_attributes, Unset):
            attributes = UNSET
        else:
            attributes = WorkItemInAttributes.from_dict(_attributes)

        kind = d.pop("kind", UNSET)

        language = d.pop("language", UNSET)

        work_item_in = cls(
            content=content,
            key=key,
            attributes=attributes,
            kind=kind,
            language=language,
        )

        work_item_in.additional_properties = d
        return work_item_in

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
