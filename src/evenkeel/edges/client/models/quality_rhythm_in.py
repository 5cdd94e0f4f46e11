from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.quality_rhythm_in_every import (
    QualityRhythmInEvery,
    check_quality_rhythm_in_every,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="QualityRhythmIn")


@_attrs_define
class QualityRhythmIn:
    """
    Attributes:
        every (QualityRhythmInEvery): how often the query is asked, from now on
        is_partial (bool | Unset): leave rows out that do not fit, instead of stopping everything Default: False.
    """

    every: QualityRhythmInEvery
    is_partial: bool | Unset = False
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        every: str = self.every

        is_partial = self.is_partial

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "every": every,
            }
        )
        if is_partial is not UNSET:
            field_dict["is_partial"] = is_partial

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        every = check_quality_rhythm_in_every(d.pop("every"))

        is_partial = d.pop("is_partial", UNSET)

        quality_rhythm_in = cls(
            every=every,
            is_partial=is_partial,
        )

        quality_rhythm_in.additional_properties = d
        return quality_rhythm_in

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
