from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_part_out import QualityPartOut
    from ..models.quality_preview_out_by_layer import QualityPreviewOutByLayer


T = TypeVar("T", bound="QualityPreviewOut")


@_attrs_define
class QualityPreviewOut:
    """
    Attributes:
        audits_a_day (float):
        by_layer (QualityPreviewOutByLayer): audits a day by the layer with the highest odds
        cents_a_day (float | None):
        decisions_a_day (float):
        hours_a_day (float):
        over_limit (float):
        parts (list[QualityPartOut]):
        people (int):
        people_unseen (float): of them to expect without an audit in 28 days
        seconds_an_audit (float):
        share (float): below 1: what layers give of what they would, to keep within the limit
    """

    audits_a_day: float
    by_layer: QualityPreviewOutByLayer
    cents_a_day: float | None
    decisions_a_day: float
    hours_a_day: float
    over_limit: float
    parts: list[QualityPartOut]
    people: int
    people_unseen: float
    seconds_an_audit: float
    share: float
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        audits_a_day = self.audits_a_day

        by_layer = self.by_layer.to_dict()

        cents_a_day: float | None
        cents_a_day = self.cents_a_day

        decisions_a_day = self.decisions_a_day

        hours_a_day = self.hours_a_day

        over_limit = self.over_limit

        parts = []
        for parts_item_data in self.parts:
            parts_item = parts_item_data.to_dict()
            parts.append(parts_item)

        people = self.people

        people_unseen = self.people_unseen

        seconds_an_audit = self.seconds_an_audit

        share = self.share

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "audits_a_day": audits_a_day,
                "by_layer": by_layer,
                "cents_a_day": cents_a_day,
                "decisions_a_day": decisions_a_day,
                "hours_a_day": hours_a_day,
                "over_limit": over_limit,
                "parts": parts,
                "people": people,
                "people_unseen": people_unseen,
                "seconds_an_audit": seconds_an_audit,
                "share": share,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_part_out import QualityPartOut
        from ..models.quality_preview_out_by_layer import QualityPreviewOutByLayer

        d = dict(src_dict)
        audits_a_day = d.pop("audits_a_day")

        by_layer = QualityPreviewOutByLayer.from_dict(d.pop("by_layer"))

        def _parse_cents_a_day(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        cents_a_day = _parse_cents_a_day(d.pop("cents_a_day"))

        decisions_a_day = d.pop("decisions_a_day")

        hours_a_day = d.pop("hours_a_day")

        over_limit = d.pop("over_limit")

        parts = []
        _parts = d.pop("parts")
        for parts_item_data in _parts:
            parts_item = QualityPartOut.from_dict(parts_item_data)

            parts.append(parts_item)

        people = d.pop("people")

        people_unseen = d.pop("people_unseen")

        seconds_an_audit = d.pop("seconds_an_audit")

        share = d.pop("share")

        quality_preview_out = cls(
            audits_a_day=audits_a_day,
            by_layer=by_layer,
            cents_a_day=cents_a_day,
            decisions_a_day=decisions_a_day,
            hours_a_day=hours_a_day,
            over_limit=over_limit,
            parts=parts,
            people=people,
            people_unseen=people_unseen,
            seconds_an_audit=seconds_an_audit,
            share=share,
        )

        quality_preview_out.additional_properties = d
        return quality_preview_out

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
