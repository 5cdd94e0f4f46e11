from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_replay_out_mismatches_item import (
        QualityReplayOutMismatchesItem,
    )


T = TypeVar("T", bound="QualityReplayOut")


@_attrs_define
class QualityReplayOut:
    """
    Attributes:
        decisions (int):
        draws (int):
        is_true (bool):
        mismatches (list[QualityReplayOutMismatchesItem]): decision_id and kind: missing, extra, odds or design; the
            first 100
    """

    decisions: int
    draws: int
    is_true: bool
    mismatches: list[QualityReplayOutMismatchesItem]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        decisions = self.decisions

        draws = self.draws

        is_true = self.is_true

        mismatches = []
        for mismatches_item_data in self.mismatches:
            mismatches_item = mismatches_item_data.to_dict()
            mismatches.append(mismatches_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "decisions": decisions,
                "draws": draws,
                "is_true": is_true,
                "mismatches": mismatches,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_replay_out_mismatches_item import (
            QualityReplayOutMismatchesItem,
        )

        d = dict(src_dict)
        decisions = d.pop("decisions")

        draws = d.pop("draws")

        is_true = d.pop("is_true")

        mismatches = []
        _mismatches = d.pop("mismatches")
        for mismatches_item_data in _mismatches:
            mismatches_item = QualityReplayOutMismatchesItem.from_dict(
                mismatches_item_data
            )

            mismatches.append(mismatches_item)

        quality_replay_out = cls(
            decisions=decisions,
            draws=draws,
            is_true=is_true,
            mismatches=mismatches,
        )

        quality_replay_out.additional_properties = d
        return quality_replay_out

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
