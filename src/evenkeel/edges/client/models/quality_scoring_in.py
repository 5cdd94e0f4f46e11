from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quality_scoring_in_marks import QualityScoringInMarks


T = TypeVar("T", bound="QualityScoringIn")


@_attrs_define
class QualityScoringIn:
    """
    Attributes:
        client_key (str):
        marks (QualityScoringInMarks):
        cause (str | Unset):  Default: ''.
        comment (str | Unset):  Default: ''.
        evidence (str | Unset):  Default: ''.
        severity (int | None | Unset):
    """

    client_key: str
    marks: QualityScoringInMarks
    cause: str | Unset = ""
    comment: str | Unset = ""
    evidence: str | Unset = ""
    severity: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        client_key = self.client_key

        marks = self.marks.to_dict()

        cause = self.cause

        comment = self.comment

        evidence = self.evidence

        severity: int | None | Unset
        if isinstance(self.severity, Unset):
            severity = UNSET
        else:
            severity = self.severity

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "client_key": client_key,
                "marks": marks,
            }
        )
        if cause is not UNSET:
            field_dict["cause"] = cause
        if comment is not UNSET:
            field_dict["comment"] = comment
        if evidence is not UNSET:
            field_dict["evidence"] = evidence
        if severity is not UNSET:
            field_dict["severity"] = severity

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_scoring_in_marks import QualityScoringInMarks

        d = dict(src_dict)
        client_key = d.pop("client_key")

        marks = QualityScoringInMarks.from_dict(d.pop("marks"))

        cause = d.pop("cause", UNSET)

        comment = d.pop("comment", UNSET)

        evidence = d.pop("evidence", UNSET)

        def _parse_severity(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        severity = _parse_severity(d.pop("severity", UNSET))

        quality_scoring_in = cls(
            client_key=client_key,
            marks=marks,
            cause=cause,
            comment=comment,
            evidence=evidence,
            severity=severity,
        )

        quality_scoring_in.additional_properties = d
        return quality_scoring_in

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
