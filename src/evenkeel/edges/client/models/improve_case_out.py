from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ImproveCaseOut")


@_attrs_define
class ImproveCaseOut:
    """A wrong decision drawn as evidence, with its odds, and the latest word on its cause.

    Attributes:
        audited_label (str):
        cause (None | str):
        comment (None | str):
        decided_at (datetime.datetime):
        decided_label (str):
        draw_id (UUID):
        error_class (str):
        id (UUID):
        item_id (UUID):
        item_key (str):
        pi (float):
        u (float):
    """

    audited_label: str
    cause: None | str
    comment: None | str
    decided_at: datetime.datetime
    decided_label: str
    draw_id: UUID
    error_class: str
    id: UUID
    item_id: UUID
    item_key: str
    pi: float
    u: float
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        audited_label = self.audited_label

        cause: None | str
        cause = self.cause

        comment: None | str
        comment = self.comment

        decided_at = self.decided_at.isoformat()

        decided_label = self.decided_label

        draw_id = str(self.draw_id)

        error_class = self.error_class

        id = str(self.id)

        item_id = str(self.item_id)

        item_key = self.item_key

        pi = self.pi

        u = self.u

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "audited_label": audited_label,
                "cause": cause,
                "comment": comment,
                "decided_at": decided_at,
                "decided_label": decided_label,
                "draw_id": draw_id,
                "error_class": error_class,
                "id": id,
                "item_id": item_id,
                "item_key": item_key,
                "pi": pi,
                "u": u,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        audited_label = d.pop("audited_label")

        def _parse_cause(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        cause = _parse_cause(d.pop("cause"))

        def _parse_comment(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        comment = _parse_comment(d.pop("comment"))

        decided_at = datetime.datetime.fromisoformat(d.pop("decided_at"))

        decided_label = d.pop("decided_label")

        draw_id = UUID(d.pop("draw_id"))

        error_class = d.pop("error_class")

        id = UUID(d.pop("id"))

        item_id = UUID(d.pop("item_id"))

        item_key = d.pop("item_key")

        pi = d.pop("pi")

        u = d.pop("u")

        improve_case_out = cls(
            audited_label=audited_label,
            cause=cause,
            comment=comment,
            decided_at=decided_at,
            decided_label=decided_label,
            draw_id=draw_id,
            error_class=error_class,
            id=id,
            item_id=item_id,
            item_key=item_key,
            pi=pi,
            u=u,
        )

        improve_case_out.additional_properties = d
        return improve_case_out

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
