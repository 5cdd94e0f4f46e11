from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityImporterOut")


@_attrs_define
class QualityImporterOut:
    """
    Attributes:
        how (str): how to get the file there
        slug (str):
        source (str): where its format is written down
        title (str):
        why (str):
    """

    how: str
    slug: str
    source: str
    title: str
    why: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        how = self.how

        slug = self.slug

        source = self.source

        title = self.title

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "how": how,
                "slug": slug,
                "source": source,
                "title": title,
                "why": why,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        how = d.pop("how")

        slug = d.pop("slug")

        source = d.pop("source")

        title = d.pop("title")

        why = d.pop("why")

        quality_importer_out = cls(
            how=how,
            slug=slug,
            source=source,
            title=title,
            why=why,
        )

        quality_importer_out.additional_properties = d
        return quality_importer_out

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
