from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ImproveTollgateIn")


@_attrs_define
class ImproveTollgateIn:
    """What must be true at a gate, who passes it, and when that is planned.

    Attributes:
        criteria (list[str]):
        keeper_id (None | Unset | UUID):
        planned_on (datetime.date | None | Unset):
    """

    criteria: list[str]
    keeper_id: None | Unset | UUID = UNSET
    planned_on: datetime.date | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        criteria = self.criteria

        keeper_id: None | str | Unset
        if isinstance(self.keeper_id, Unset):
            keeper_id = UNSET
        elif isinstance(self.keeper_id, UUID):
            keeper_id = str(self.keeper_id)
        else:
            keeper_id = self.keeper_id

        planned_on: None | str | Unset
        if isinstance(self.planned_on, Unset):
            planned_on = UNSET
        elif isinstance(self.planned_on, datetime.date):
            planned_on = self.planned_on.isoformat()
        else:
            planned_on = self.planned_on

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "criteria": criteria,
            }
        )
        if keeper_id is not UNSET:
            field_dict["keeper_id"] = keeper_id
        if planned_on is not UNSET:
            field_dict["planned_on"] = planned_on

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        criteria = cast(list[str], d.pop("criteria"))

        def _parse_keeper_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                keeper_id_type_0 = UUID(data)

                return keeper_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        keeper_id = _parse_keeper_id(d.pop("keeper_id", UNSET))

        def _parse_planned_on(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                planned_on_type_0 = datetime.date.fromisoformat(data)

                return planned_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        planned_on = _parse_planned_on(d.pop("planned_on", UNSET))

        improve_tollgate_in = cls(
            criteria=criteria,
            keeper_id=keeper_id,
            planned_on=planned_on,
        )

        improve_tollgate_in.additional_properties = d
        return improve_tollgate_in

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
