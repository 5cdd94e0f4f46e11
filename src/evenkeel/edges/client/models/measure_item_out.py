from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.measure_item_out_counts import MeasureItemOutCounts


T = TypeVar("T", bound="MeasureItemOut")


@_attrs_define
class MeasureItemOut:
    """
    Attributes:
        counts (MeasureItemOutCounts):
        differs (bool):
        disagreement (float):
        expert_label (str):
        item_id (UUID):
        key (str):
        majority_label (str):
        majority_share (float | None):
        n (int):
    """

    counts: MeasureItemOutCounts
    differs: bool
    disagreement: float
    expert_label: str
    item_id: UUID
    key: str
    majority_label: str
    majority_share: float | None
    n: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        counts = self.counts.to_dict()

        differs = self.differs

        disagreement = self.disagreement

        expert_label = self.expert_label

        item_id = str(self.item_id)

        key = self.key

        majority_label = self.majority_label

        majority_share: float | None
        majority_share = self.majority_share

        n = self.n

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "counts": counts,
                "differs": differs,
                "disagreement": disagreement,
                "expert_label": expert_label,
                "item_id": item_id,
                "key": key,
                "majority_label": majority_label,
                "majority_share": majority_share,
                "n": n,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_item_out_counts import MeasureItemOutCounts

        d = dict(src_dict)
        counts = MeasureItemOutCounts.from_dict(d.pop("counts"))

        differs = d.pop("differs")

        disagreement = d.pop("disagreement")

        expert_label = d.pop("expert_label")

        item_id = UUID(d.pop("item_id"))

        key = d.pop("key")

        majority_label = d.pop("majority_label")

        def _parse_majority_share(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        majority_share = _parse_majority_share(d.pop("majority_share"))

        n = d.pop("n")

        measure_item_out = cls(
            counts=counts,
            differs=differs,
            disagreement=disagreement,
            expert_label=expert_label,
            item_id=item_id,
            key=key,
            majority_label=majority_label,
            majority_share=majority_share,
            n=n,
        )

        measure_item_out.additional_properties = d
        return measure_item_out

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
