from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_item_out import WorkItemOut


T = TypeVar("T", bound="WorkLeaseOut")


@_attrs_define
class WorkLeaseOut:
    """
    Attributes:
        expires_at (datetime.datetime):
        form_version_id (UUID):
        html (str): the content as the desk shows it: safe HTML
        id (UUID):
        item (WorkItemOut):
    """

    expires_at: datetime.datetime
    form_version_id: UUID
    html: str
    id: UUID
    item: WorkItemOut
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        expires_at = self.expires_at.isoformat()

        form_version_id = str(self.form_version_id)

        html = self.html

        id = str(self.id)

        item = self.item.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "expires_at": expires_at,
                "form_version_id": form_version_id,
                "html": html,
                "id": id,
                "item": item,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_item_out import WorkItemOut

        d = dict(src_dict)
        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))

        form_version_id = UUID(d.pop("form_version_id"))

        html = d.pop("html")

        id = UUID(d.pop("id"))

        item = WorkItemOut.from_dict(d.pop("item"))

        work_lease_out = cls(
            expires_at=expires_at,
            form_version_id=form_version_id,
            html=html,
            id=id,
            item=item,
        )

        work_lease_out.additional_properties = d
        return work_lease_out

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
