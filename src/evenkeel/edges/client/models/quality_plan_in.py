from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QualityPlanIn")


@_attrs_define
class QualityPlanIn:
    """
    Attributes:
        name (str):
        programme_id (UUID):
        rate (float): share of decisions to audit, above 0 and at most 1
        covers_imports (bool | Unset):  Default: False.
        queue_id (None | Unset | UUID):
    """

    name: str
    programme_id: UUID
    rate: float
    covers_imports: bool | Unset = False
    queue_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        programme_id = str(self.programme_id)

        rate = self.rate

        covers_imports = self.covers_imports

        queue_id: None | str | Unset
        if isinstance(self.queue_id, Unset):
            queue_id = UNSET
        elif isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "programme_id": programme_id,
                "rate": rate,
            }
        )
        if covers_imports is not UNSET:
            field_dict["covers_imports"] = covers_imports
        if queue_id is not UNSET:
            field_dict["queue_id"] = queue_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        name = d.pop("name")

        programme_id = UUID(d.pop("programme_id"))

        rate = d.pop("rate")

        covers_imports = d.pop("covers_imports", UNSET)

        def _parse_queue_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                queue_id_type_0 = UUID(data)

                return queue_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        queue_id = _parse_queue_id(d.pop("queue_id", UNSET))

        quality_plan_in = cls(
            name=name,
            programme_id=programme_id,
            rate=rate,
            covers_imports=covers_imports,
            queue_id=queue_id,
        )

        quality_plan_in.additional_properties = d
        return quality_plan_in

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
