from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="MeasureTargetIn")


@_attrs_define
class MeasureTargetIn:
    """In the metric's own unit: a share between 0 and 1, a time in milliseconds. Without a place: everywhere.

    Attributes:
        critical (float):
        metric (str):
        since_on (datetime.date):
        value (float):
        warning (float):
        why (str):
        guard (str | Unset):  Default: ''.
        kind (None | str | Unset):
        place_id (None | Unset | UUID):
        until_on (datetime.date | None | Unset):
    """

    critical: float
    metric: str
    since_on: datetime.date
    value: float
    warning: float
    why: str
    guard: str | Unset = ""
    kind: None | str | Unset = UNSET
    place_id: None | Unset | UUID = UNSET
    until_on: datetime.date | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        critical = self.critical

        metric = self.metric

        since_on = self.since_on.isoformat()

        value = self.value

        warning = self.warning

        why = self.why

        guard = self.guard

        kind: None | str | Unset
        if isinstance(self.kind, Unset):
            kind = UNSET
        else:
            kind = self.kind

        place_id: None | str | Unset
        if isinstance(self.place_id, Unset):
            place_id = UNSET
        elif isinstance(self.place_id, UUID):
            place_id = str(self.place_id)
        else:
            place_id = self.place_id

        until_on: None | str | Unset
        if isinstance(self.until_on, Unset):
            until_on = UNSET
        elif isinstance(self.until_on, datetime.date):
            until_on = self.until_on.isoformat()
        else:
            until_on = self.until_on

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "critical": critical,
                "metric": metric,
                "since_on": since_on,
                "value": value,
                "warning": warning,
                "why": why,
            }
        )
        if guard is not UNSET:
            field_dict["guard"] = guard
        if kind is not UNSET:
            field_dict["kind"] = kind
        if place_id is not UNSET:
            field_dict["place_id"] = place_id
        if until_on is not UNSET:
            field_dict["until_on"] = until_on

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        critical = d.pop("critical")

        metric = d.pop("metric")

        since_on = datetime.date.fromisoformat(d.pop("since_on"))

        value = d.pop("value")

        warning = d.pop("warning")

        why = d.pop("why")

        guard = d.pop("guard", UNSET)

        def _parse_kind(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        kind = _parse_kind(d.pop("kind", UNSET))

        def _parse_place_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                place_id_type_0 = UUID(data)

                return place_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        place_id = _parse_place_id(d.pop("place_id", UNSET))

        def _parse_until_on(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                until_on_type_0 = datetime.date.fromisoformat(data)

                return until_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        until_on = _parse_until_on(d.pop("until_on", UNSET))

        measure_target_in = cls(
            critical=critical,
            metric=metric,
            since_on=since_on,
            value=value,
            warning=warning,
            why=why,
            guard=guard,
            kind=kind,
            place_id=place_id,
            until_on=until_on,
        )

        measure_target_in.additional_properties = d
        return measure_target_in

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
