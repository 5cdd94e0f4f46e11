from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ImproveRunOut")


@_attrs_define
class ImproveRunOut:
    """A run of the recipe: sentences say what came out otherwise, and what is different in the data.

    Attributes:
        data (list[str]):
        digest (str):
        id (UUID):
        is_same (bool):
        result (list[str]):
    """

    data: list[str]
    digest: str
    id: UUID
    is_same: bool
    result: list[str]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        data = self.data

        digest = self.digest

        id = str(self.id)

        is_same = self.is_same

        result = self.result

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "data": data,
                "digest": digest,
                "id": id,
                "is_same": is_same,
                "result": result,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        data = cast(list[str], d.pop("data"))

        digest = d.pop("digest")

        id = UUID(d.pop("id"))

        is_same = d.pop("is_same")

        result = cast(list[str], d.pop("result"))

        improve_run_out = cls(
            data=data,
            digest=digest,
            id=id,
            is_same=is_same,
            result=result,
        )

        improve_run_out.additional_properties = d
        return improve_run_out

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
