from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.improve_effect_plan_out_document import ImproveEffectPlanOutDocument


T = TypeVar("T", bound="ImproveEffectPlanOut")


@_attrs_define
class ImproveEffectPlanOut:
    """A frozen plan: the document, and the SHA-256 of it with sorted keys and no blanks.

    Attributes:
        approved_by (list[UUID]):
        document (ImproveEffectPlanOutDocument):
        frozen_at (datetime.datetime):
        id (UUID):
        number (int):
        sha256 (str):
        starts_on (datetime.date):
        until (datetime.date):
    """

    approved_by: list[UUID]
    document: ImproveEffectPlanOutDocument
    frozen_at: datetime.datetime
    id: UUID
    number: int
    sha256: str
    starts_on: datetime.date
    until: datetime.date
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        approved_by = []
        for approved_by_item_data in self.approved_by:
            approved_by_item = str(approved_by_item_data)
            approved_by.append(approved_by_item)

        document = self.document.to_dict()

        frozen_at = self.frozen_at.isoformat()

        id = str(self.id)

        number = self.number

        sha256 = self.sha256

        starts_on = self.starts_on.isoformat()

        until = self.until.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "approved_by": approved_by,
                "document": document,
                "frozen_at": frozen_at,
                "id": id,
                "number": number,
                "sha256": sha256,
                "starts_on": starts_on,
                "until": until,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.improve_effect_plan_out_document import (
            ImproveEffectPlanOutDocument,
        )

        d = dict(src_dict)
        approved_by = []
        _approved_by = d.pop("approved_by")
        for approved_by_item_data in _approved_by:
            approved_by_item = UUID(approved_by_item_data)

            approved_by.append(approved_by_item)

        document = ImproveEffectPlanOutDocument.from_dict(d.pop("document"))

        frozen_at = datetime.datetime.fromisoformat(d.pop("frozen_at"))

        id = UUID(d.pop("id"))

        number = d.pop("number")

        sha256 = d.pop("sha256")

        starts_on = datetime.date.fromisoformat(d.pop("starts_on"))

        until = datetime.date.fromisoformat(d.pop("until"))

        improve_effect_plan_out = cls(
            approved_by=approved_by,
            document=document,
            frozen_at=frozen_at,
            id=id,
            number=number,
            sha256=sha256,
            starts_on=starts_on,
            until=until,
        )

        improve_effect_plan_out.additional_properties = d
        return improve_effect_plan_out

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
