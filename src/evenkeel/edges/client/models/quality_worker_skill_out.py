from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_skill_row_out import QualitySkillRowOut


T = TypeVar("T", bound="QualityWorkerSkillOut")


@_attrs_define
class QualityWorkerSkillOut:
    """
    Attributes:
        by (str):
        kept_away_by (list[UUID]): verdicts of gates that keep her away now
        left_to_policy (int): audits left out, because experts do not agree on the clause
        rows (list[QualitySkillRowOut]):
        worker_id (UUID):
    """

    by: str
    kept_away_by: list[UUID]
    left_to_policy: int
    rows: list[QualitySkillRowOut]
    worker_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        by = self.by

        kept_away_by = []
        for kept_away_by_item_data in self.kept_away_by:
            kept_away_by_item = str(kept_away_by_item_data)
            kept_away_by.append(kept_away_by_item)

        left_to_policy = self.left_to_policy

        rows = []
        for rows_item_data in self.rows:
            rows_item = rows_item_data.to_dict()
            rows.append(rows_item)

        worker_id = str(self.worker_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "by": by,
                "kept_away_by": kept_away_by,
                "left_to_policy": left_to_policy,
                "rows": rows,
                "worker_id": worker_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_skill_row_out import QualitySkillRowOut

        d = dict(src_dict)
        by = d.pop("by")

        kept_away_by = []
        _kept_away_by = d.pop("kept_away_by")
        for kept_away_by_item_data in _kept_away_by:
            kept_away_by_item = UUID(kept_away_by_item_data)

            kept_away_by.append(kept_away_by_item)

        left_to_policy = d.pop("left_to_policy")

        rows = []
        _rows = d.pop("rows")
        for rows_item_data in _rows:
            rows_item = QualitySkillRowOut.from_dict(rows_item_data)

            rows.append(rows_item)

        worker_id = UUID(d.pop("worker_id"))

        quality_worker_skill_out = cls(
            by=by,
            kept_away_by=kept_away_by,
            left_to_policy=left_to_policy,
            rows=rows,
            worker_id=worker_id,
        )

        quality_worker_skill_out.additional_properties = d
        return quality_worker_skill_out

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
