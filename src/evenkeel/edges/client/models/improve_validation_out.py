from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ImproveValidationOut")


@_attrs_define
class ImproveValidationOut:
    """
    Attributes:
        begun_at (datetime.datetime):
        blocking (list[str]):
        ended_at (datetime.datetime | None):
        id (UUID):
        sample (list[UUID]):
        state (str):
        to_code (list[UUID]):
    """

    begun_at: datetime.datetime
    blocking: list[str]
    ended_at: datetime.datetime | None
    id: UUID
    sample: list[UUID]
    state: str
    to_code: list[UUID]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        begun_at = self.begun_at.isoformat()

        blocking = self.blocking

        ended_at: None | str
        if isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        id = str(self.id)

        sample = []
        for sample_item_data in self.sample:
            sample_item = str(sample_item_data)
            sample.append(sample_item)

        state = self.state

        to_code = []
        for to_code_item_data in self.to_code:
            to_code_item = str(to_code_item_data)
            to_code.append(to_code_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "begun_at": begun_at,
                "blocking": blocking,
                "ended_at": ended_at,
                "id": id,
                "sample": sample,
                "state": state,
                "to_code": to_code,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        begun_at = datetime.datetime.fromisoformat(d.pop("begun_at"))

        blocking = cast(list[str], d.pop("blocking"))

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

        sample = []
        _sample = d.pop("sample")
        for sample_item_data in _sample:
            sample_item = UUID(sample_item_data)

            sample.append(sample_item)

        state = d.pop("state")

        to_code = []
        _to_code = d.pop("to_code")
        for to_code_item_data in _to_code:
            to_code_item = UUID(to_code_item_data)

            to_code.append(to_code_item)

        improve_validation_out = cls(
            begun_at=begun_at,
            blocking=blocking,
            ended_at=ended_at,
            id=id,
            sample=sample,
            state=state,
            to_code=to_code,
        )

        improve_validation_out.additional_properties = d
        return improve_validation_out

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
