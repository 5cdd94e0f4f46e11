from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityCaseOut")


@_attrs_define
class QualityCaseOut:
    """
    Attributes:
        id (UUID):
        item_id (UUID):
        number (int):
        repeats_id (None | UUID):
        settled_label (None | str): once answers are seen and the case is settled
    """

    id: UUID
    item_id: UUID
    number: int
    repeats_id: None | UUID
    settled_label: None | str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        item_id = str(self.item_id)

        number = self.number

        repeats_id: None | str
        if isinstance(self.repeats_id, UUID):
            repeats_id = str(self.repeats_id)
        else:
            repeats_id = self.repeats_id

        settled_label: None | str
        settled_label = self.settled_label

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "item_id": item_id,
                "number": number,
                "repeats_id": repeats_id,
                "settled_label": settled_label,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = UUID(d.pop("id"))

        item_id = UUID(d.pop("item_id"))

        number = d.pop("number")

        def _parse_repeats_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                repeats_id_type_0 = UUID(data)

                return repeats_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        repeats_id = _parse_repeats_id(d.pop("repeats_id"))

        def _parse_settled_label(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        settled_label = _parse_settled_label(d.pop("settled_label"))

        quality_case_out = cls(
            id=id,
            item_id=item_id,
            number=number,
            repeats_id=repeats_id,
            settled_label=settled_label,
        )

        quality_case_out.additional_properties = d
        return quality_case_out

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
