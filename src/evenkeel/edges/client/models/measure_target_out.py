from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="MeasureTargetOut")


@_attrs_define
class MeasureTargetOut:
    """
    Attributes:
        critical (float):
        guard (str):
        id (UUID):
        kind (str):
        metric (str):
        place_id (None | UUID):
        since_on (datetime.date):
        until_on (datetime.date | None):
        value (float):
        warning (float):
        where (str):
        why (str):
    """

    critical: float
    guard: str
    id: UUID
    kind: str
    metric: str
    place_id: None | UUID
    since_on: datetime.date
    until_on: datetime.date | None
    value: float
    warning: float
    where: str
    why: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        critical = self.critical

        guard = self.guard

        id = str(self.id)

        kind = self.kind

        metric = self.metric

        place_id: None | str
        if isinstance(self.place_id, UUID):
            place_id = str(self.place_id)
        else:
            place_id = self.place_id

        since_on = self.since_on.isoformat()

        until_on: None | str
        if isinstance(self.until_on, datetime.date):
            until_on = self.until_on.isoformat()
        else:
            until_on = self.until_on

        value = self.value

        warning = self.warning

        where = self.where

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "critical": critical,
                "guard": guard,
                "id": id,
                "kind": kind,
                "metric": metric,
                "place_id": place_id,
                "since_on": since_on,
                "until_on": until_on,
                "value": value,
                "warning": warning,
                "where": where,
                "why": why,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        critical = d.pop("critical")

        guard = d.pop("guard")

        id = UUID(d.pop("id"))

        kind = d.pop("kind")

        metric = d.pop("metric")

        def _parse_place_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                place_id_type_0 = UUID(data)

                return place_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        place_id = _parse_place_id(d.pop("place_id"))

        since_on = datetime.date.fromisoformat(d.pop("since_on"))

        def _parse_until_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                until_on_type_0 = datetime.date.fromisoformat(data)

                return until_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        until_on = _parse_until_on(d.pop("until_on"))

        value = d.pop("value")

        warning = d.pop("warning")

        where = d.pop("where")

        why = d.pop("why")

        measure_target_out = cls(
            critical=critical,
            guard=guard,
            id=id,
            kind=kind,
            metric=metric,
            place_id=place_id,
            since_on=since_on,
            until_on=until_on,
            value=value,
            warning=warning,
            where=where,
            why=why,
        )

        measure_target_out.additional_properties = d
        return measure_target_out

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
