from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_scorecard_version_out_spec import (
        QualityScorecardVersionOutSpec,
    )


T = TypeVar("T", bound="QualityScorecardVersionOut")


@_attrs_define
class QualityScorecardVersionOut:
    """
    Attributes:
        id (UUID):
        number (int):
        published_at (datetime.datetime):
        scorecard_id (UUID):
        spec (QualityScorecardVersionOutSpec):
        what_changed (str):
    """

    id: UUID
    number: int
    published_at: datetime.datetime
    scorecard_id: UUID
    spec: QualityScorecardVersionOutSpec
    what_changed: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        number = self.number

        published_at = self.published_at.isoformat()

        scorecard_id = str(self.scorecard_id)

        spec = self.spec.to_dict()

        what_changed = self.what_changed

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "number": number,
                "published_at": published_at,
                "scorecard_id": scorecard_id,
                "spec": spec,
                "what_changed": what_changed,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_scorecard_version_out_spec import (
            QualityScorecardVersionOutSpec,
        )

        d = dict(src_dict)
        id = UUID(d.pop("id"))

        number = d.pop("number")

        published_at = datetime.datetime.fromisoformat(d.pop("published_at"))

        scorecard_id = UUID(d.pop("scorecard_id"))

        spec = QualityScorecardVersionOutSpec.from_dict(d.pop("spec"))

        what_changed = d.pop("what_changed")

        quality_scorecard_version_out = cls(
            id=id,
            number=number,
            published_at=published_at,
            scorecard_id=scorecard_id,
            spec=spec,
            what_changed=what_changed,
        )

        quality_scorecard_version_out.additional_properties = d
        return quality_scorecard_version_out

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
