from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="WorkAppealIn")


@_attrs_define
class WorkAppealIn:
    """
    Attributes:
        key (str): your own; sent again, it is the same appeal
        decision_id (None | Unset | UUID): the decision that is appealed
        item_key (None | str | Unset): or the item's key: the last decision about it is appealed
        statement (str | Unset): what the appellant says Default: ''.
    """

    key: str
    decision_id: None | Unset | UUID = UNSET
    item_key: None | str | Unset = UNSET
    statement: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        key = self.key

        decision_id: None | str | Unset
        if isinstance(self.decision_id, Unset):
            decision_id = UNSET
        elif isinstance(self.decision_id, UUID):
            decision_id = str(self.decision_id)
        else:
            decision_id = self.decision_id

        item_key: None | str | Unset
        if isinstance(self.item_key, Unset):
            item_key = UNSET
        else:
            item_key = self.item_key

        statement = self.statement

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "key": key,
            }
        )
        if decision_id is not UNSET:
            field_dict["decision_id"] = decision_id
        if item_key is not UNSET:
            field_dict["item_key"] = item_key
        if statement is not UNSET:
            field_dict["statement"] = statement

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        key = d.pop("key")

        def _parse_decision_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                decision_id_type_0 = UUID(data)

                return decision_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        decision_id = _parse_decision_id(d.pop("decision_id", UNSET))

        def _parse_item_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        item_key = _parse_item_key(d.pop("item_key", UNSET))

        statement = d.pop("statement", UNSET)

        work_appeal_in = cls(
            key=key,
            decision_id=decision_id,
            item_key=item_key,
            statement=statement,
        )

        work_appeal_in.additional_properties = d
        return work_appeal_in

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
