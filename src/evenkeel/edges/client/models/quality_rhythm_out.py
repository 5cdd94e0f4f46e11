from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityRhythmOut")


@_attrs_define
class QualityRhythmOut:
    """How often a mapping's query is asked by itself, with the rights of whoever set it.

    Attributes:
        by (str):
        due_at (datetime.datetime):
        every (str):
        is_partial (bool):
        refusal (str): why it no longer goes on; set it anew
    """

    by: str
    due_at: datetime.datetime
    every: str
    is_partial: bool
    refusal: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        by = self.by

        due_at = self.due_at.isoformat()

        every = self.every

        is_partial = self.is_partial

        refusal = self.refusal

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "by": by,
                "due_at": due_at,
                "every": every,
                "is_partial": is_partial,
                "refusal": refusal,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        by = d.pop("by")

        due_at = datetime.datetime.fromisoformat(d.pop("due_at"))

        every = d.pop("every")

        is_partial = d.pop("is_partial")

        refusal = d.pop("refusal")

        quality_rhythm_out = cls(
            by=by,
            due_at=due_at,
            every=every,
            is_partial=is_partial,
            refusal=refusal,
        )

        quality_rhythm_out.additional_properties = d
        return quality_rhythm_out

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
