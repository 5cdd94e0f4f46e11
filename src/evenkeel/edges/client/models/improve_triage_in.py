from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ImproveTriageIn")


@_attrs_define
class ImproveTriageIn:
    """
    Attributes:
        reason (str):
        state (str):
        into_id (None | Unset | UUID):
    """

    reason: str
    state: str
    into_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        state = self.state

        into_id: None | str | Unset
        if isinstance(self.into_id, Unset):
            into_id = UNSET
        elif isinstance(self.into_id, UUID):
            into_id = str(self.into_id)
        else:
            into_id = self.into_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "reason": reason,
                "state": state,
            }
        )
        if into_id is not UNSET:
            field_dict["into_id"] = into_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        reason = d.pop("reason")

        state = d.pop("state")

        def _parse_into_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                into_id_type_0 = UUID(data)

                return into_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        into_id = _parse_into_id(d.pop("into_id", UNSET))

        improve_triage_in = cls(
            reason=reason,
            state=state,
            into_id=into_id,
        )

        improve_triage_in.additional_properties = d
        return improve_triage_in

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
