from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_scoring_out_marks import QualityScoringOutMarks
    from ..models.quality_scoring_out_parts import QualityScoringOutParts


T = TypeVar("T", bound="QualityScoringOut")


@_attrs_define
class QualityScoringOut:
    """
    Attributes:
        cause (str):
        comment (str):
        evidence (str):
        id (UUID):
        is_zeroed (bool):
        marks (QualityScoringOutMarks):
        parts (QualityScoringOutParts):
        score (float | None):
        scored_at (datetime.datetime):
        severity (int | None):
        verdict_id (UUID):
        version_id (UUID):
    """

    cause: str
    comment: str
    evidence: str
    id: UUID
    is_zeroed: bool
    marks: QualityScoringOutMarks
    parts: QualityScoringOutParts
    score: float | None
    scored_at: datetime.datetime
    severity: int | None
    verdict_id: UUID
    version_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cause = self.cause

        comment = self.comment

        evidence = self.evidence

        id = str(self.id)

        is_zeroed = self.is_zeroed

        marks = self.marks.to_dict()

        parts = self.parts.to_dict()

        score: float | None
        score = self.score

        scored_at = self.scored_at.isoformat()

        severity: int | None
        severity = self.severity

        verdict_id = str(self.verdict_id)

        version_id = str(self.version_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cause": cause,
                "comment": comment,
                "evidence": evidence,
                "id": id,
                "is_zeroed": is_zeroed,
                "marks": marks,
                "parts": parts,
                "score": score,
                "scored_at": scored_at,
                "severity": severity,
                "verdict_id": verdict_id,
                "version_id": version_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_scoring_out_marks import QualityScoringOutMarks
        from ..models.quality_scoring_out_parts import QualityScoringOutParts

        d = dict(src_dict)
        cause = d.pop("cause")

        comment = d.pop("comment")

        evidence = d.pop("evidence")

        id = UUID(d.pop("id"))

        is_zeroed = d.pop("is_zeroed")

        marks = QualityScoringOutMarks.from_dict(d.pop("marks"))

        parts = QualityScoringOutParts.from_dict(d.pop("parts"))

        def _parse_score(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        score = _parse_score(d.pop("score"))

        scored_at = datetime.datetime.fromisoformat(d.pop("scored_at"))

        def _parse_severity(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        severity = _parse_severity(d.pop("severity"))

        verdict_id = UUID(d.pop("verdict_id"))

        version_id = UUID(d.pop("version_id"))

        quality_scoring_out = cls(
            cause=cause,
            comment=comment,
            evidence=evidence,
            id=id,
            is_zeroed=is_zeroed,
            marks=marks,
            parts=parts,
            score=score,
            scored_at=scored_at,
            severity=severity,
            verdict_id=verdict_id,
            version_id=version_id,
        )

        quality_scoring_out.additional_properties = d
        return quality_scoring_out

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
