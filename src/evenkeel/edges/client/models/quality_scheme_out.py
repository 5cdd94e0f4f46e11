from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualitySchemeOut")


@_attrs_define
class QualitySchemeOut:
    """
    Attributes:
        allows_reduced (bool):
        aql (float):
        ended_at (datetime.datetime | None):
        id (UUID):
        inspection (str): normal, tightened, reduced or stopped
        level (str):
        name (str):
        organisation_id (UUID):
        plan_type (str):
        programme_id (UUID):
        score (int): switching score; 30 leads to reduced inspection
        started_at (datetime.datetime):
    """

    allows_reduced: bool
    aql: float
    ended_at: datetime.datetime | None
    id: UUID
    inspection: str
    level: str
    name: str
    organisation_id: UUID
    plan_type: str
    programme_id: UUID
    score: int
    started_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        allows_reduced = self.allows_reduced

        aql = self.aql

        ended_at: None | str
        if isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        id = str(self.id)

        inspection = self.inspection

        level = self.level

        name = self.name

        organisation_id = str(self.organisation_id)

        plan_type = self.plan_type

        programme_id = str(self.programme_id)

        score = self.score

        started_at = self.started_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "allows_reduced": allows_reduced,
                "aql": aql,
                "ended_at": ended_at,
                "id": id,
                "inspection": inspection,
                "level": level,
                "name": name,
                "organisation_id": organisation_id,
                "plan_type": plan_type,
                "programme_id": programme_id,
                "score": score,
                "started_at": started_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        allows_reduced = d.pop("allows_reduced")

        aql = d.pop("aql")

        def _parse_ended_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                ended_at_type_0 = datetime.datetime.fromisoformat(data)

                return ended_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        ended_at = _parse_ended_at(d.pop("ended_at"))

        id = UUID(d.pop("id"))

        inspection = d.pop("inspection")

        level = d.pop("level")

        name = d.pop("name")

        organisation_id = UUID(d.pop("organisation_id"))

        plan_type = d.pop("plan_type")

        programme_id = UUID(d.pop("programme_id"))

        score = d.pop("score")

        started_at = datetime.datetime.fromisoformat(d.pop("started_at"))

        quality_scheme_out = cls(
            allows_reduced=allows_reduced,
            aql=aql,
            ended_at=ended_at,
            id=id,
            inspection=inspection,
            level=level,
            name=name,
            organisation_id=organisation_id,
            plan_type=plan_type,
            programme_id=programme_id,
            score=score,
            started_at=started_at,
        )

        quality_scheme_out.additional_properties = d
        return quality_scheme_out

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
