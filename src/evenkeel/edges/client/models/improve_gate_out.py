from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ImproveGateOut")


@_attrs_define
class ImproveGateOut:
    """
    Attributes:
        criteria (list[str]):
        id (UUID):
        passed_at (datetime.datetime | None):
        planned_on (datetime.date | None):
        title (str):
    """

    criteria: list[str]
    id: UUID
    passed_at: datetime.datetime | None
    planned_on: datetime.date | None
    title: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        criteria = self.criteria

        id = str(self.id)

        passed_at: None | str
        if isinstance(self.passed_at, datetime.datetime):
            passed_at = self.passed_at.isoformat()
        else:
            passed_at = self.passed_at

        planned_on: None | str
        if isinstance(self.planned_on, datetime.date):
            planned_on = self.planned_on.isoformat()
        else:
            planned_on = self.planned_on

        title = self.title

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "criteria": criteria,
                "id": id,
                "passed_at": passed_at,
                "planned_on": planned_on,
                "title": title,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        criteria = cast(list[str], d.pop("criteria"))

        id = UUID(d.pop("id"))

        def _parse_passed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                passed_at_type_0 = datetime.datetime.fromisoformat(data)

                return passed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        passed_at = _parse_passed_at(d.pop("passed_at"))

        def _parse_planned_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                planned_on_type_0 = datetime.date.fromisoformat(data)

                return planned_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        planned_on = _parse_planned_on(d.pop("planned_on"))

        title = d.pop("title")

        improve_gate_out = cls(
            criteria=criteria,
            id=id,
            passed_at=passed_at,
            planned_on=planned_on,
            title=title,
        )

        improve_gate_out.additional_properties = d
        return improve_gate_out

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
