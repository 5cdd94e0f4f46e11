from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityUseOut")


@_attrs_define
class QualityUseOut:
    """
    Attributes:
        from_at (datetime.datetime):
        id (UUID):
        plan_id (None | UUID):
        programme_id (UUID):
        scorecard_id (None | UUID):
    """

    from_at: datetime.datetime
    id: UUID
    plan_id: None | UUID
    programme_id: UUID
    scorecard_id: None | UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from_at = self.from_at.isoformat()

        id = str(self.id)

        plan_id: None | str
        if isinstance(self.plan_id, UUID):
            plan_id = str(self.plan_id)
        else:
            plan_id = self.plan_id

        programme_id = str(self.programme_id)

        scorecard_id: None | str
        if isinstance(self.scorecard_id, UUID):
            scorecard_id = str(self.scorecard_id)
        else:
            scorecard_id = self.scorecard_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "from_at": from_at,
                "id": id,
                "plan_id": plan_id,
                "programme_id": programme_id,
                "scorecard_id": scorecard_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        from_at = datetime.datetime.fromisoformat(d.pop("from_at"))

        id = UUID(d.pop("id"))

        def _parse_plan_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                plan_id_type_0 = UUID(data)

                return plan_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        plan_id = _parse_plan_id(d.pop("plan_id"))

        programme_id = UUID(d.pop("programme_id"))

        def _parse_scorecard_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                scorecard_id_type_0 = UUID(data)

                return scorecard_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        scorecard_id = _parse_scorecard_id(d.pop("scorecard_id"))

        quality_use_out = cls(
            from_at=from_at,
            id=id,
            plan_id=plan_id,
            programme_id=programme_id,
            scorecard_id=scorecard_id,
        )

        quality_use_out.additional_properties = d
        return quality_use_out

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
