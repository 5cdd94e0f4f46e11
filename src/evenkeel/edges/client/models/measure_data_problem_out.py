from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="MeasureDataProblemOut")


@_attrs_define
class MeasureDataProblemOut:
    """
    Attributes:
        id (UUID):
        kind (str):
        metric (str):
        programme_id (UUID):
        rows (int | None):
        seen_at (datetime.datetime):
        since_on (datetime.date):
        usual (float | None):
    """

    id: UUID
    kind: str
    metric: str
    programme_id: UUID
    rows: int | None
    seen_at: datetime.datetime
    since_on: datetime.date
    usual: float | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        kind = self.kind

        metric = self.metric

        programme_id = str(self.programme_id)

        rows: int | None
        rows = self.rows

        seen_at = self.seen_at.isoformat()

        since_on = self.since_on.isoformat()

        usual: float | None
        usual = self.usual

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "kind": kind,
                "metric": metric,
                "programme_id": programme_id,
                "rows": rows,
                "seen_at": seen_at,
                "since_on": since_on,
                "usual": usual,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = UUID(d.pop("id"))

        kind = d.pop("kind")

        metric = d.pop("metric")

        programme_id = UUID(d.pop("programme_id"))

        def _parse_rows(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        rows = _parse_rows(d.pop("rows"))

        seen_at = datetime.datetime.fromisoformat(d.pop("seen_at"))

        since_on = datetime.date.fromisoformat(d.pop("since_on"))

        def _parse_usual(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        usual = _parse_usual(d.pop("usual"))

        measure_data_problem_out = cls(
            id=id,
            kind=kind,
            metric=metric,
            programme_id=programme_id,
            rows=rows,
            seen_at=seen_at,
            since_on=since_on,
            usual=usual,
        )

        measure_data_problem_out.additional_properties = d
        return measure_data_problem_out

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
