from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityAuditCheckOut")


@_attrs_define
class QualityAuditCheckOut:
    """
    Attributes:
        fix (str):
        found (str):
        kept (int): of the audits that wait, how many the rule keeps from her
        slug (str):
        title (str):
    """

    fix: str
    found: str
    kept: int
    slug: str
    title: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        fix = self.fix

        found = self.found

        kept = self.kept

        slug = self.slug

        title = self.title

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "fix": fix,
                "found": found,
                "kept": kept,
                "slug": slug,
                "title": title,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        fix = d.pop("fix")

        found = d.pop("found")

        kept = d.pop("kept")

        slug = d.pop("slug")

        title = d.pop("title")

        quality_audit_check_out = cls(
            fix=fix,
            found=found,
            kept=kept,
            slug=slug,
            title=title,
        )

        quality_audit_check_out.additional_properties = d
        return quality_audit_check_out

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
