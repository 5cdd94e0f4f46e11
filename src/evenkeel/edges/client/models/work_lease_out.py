from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.work_item_out import WorkItemOut
    from ..models.work_prelabel_out import WorkPrelabelOut


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
        prelabel (None | Unset | WorkPrelabelOut): the suggested label, in queues that show it from the start
    """

    expires_at: datetime.datetime
    form_version_id: UUID
    html: str
    id: UUID
    item: WorkItemOut
    prelabel: None | Unset | WorkPrelabelOut = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.work_prelabel_out import WorkPrelabelOut

        expires_at = self.expires_at.isoformat()

        form_version_id = str(self.form_version_id)

        html = self.html

        id = str(self.id)

        item = self.item.to_dict()

        prelabel: dict[str, Any] | None | Unset
        if isinstance(self.prelabel, Unset):
            prelabel = UNSET
        elif isinstance(self.prelabel, WorkPrelabelOut):
            prelabel = self.prelabel.to_dict()
        else:
            prelabel = self.prelabel

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
        if prelabel is not UNSET:
            field_dict["prelabel"] = prelabel

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_item_out import WorkItemOut
        from ..models.work_prelabel_out import WorkPrelabelOut

        d = dict(src_dict)
        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))

        form_version_id = UUID(d.pop("form_version_id"))

        html = d.pop("html")

        id = UUID(d.pop("id"))

        item = WorkItemOut.from_dict(d.pop("item"))

        def _parse_prelabel(data: object) -> None | Unset | WorkPrelabelOut:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                prelabel_type_0 = WorkPrelabelOut.from_dict(data)

                return prelabel_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WorkPrelabelOut, data)

        prelabel = _parse_prelabel(d.pop("prelabel", UNSET))

        work_lease_out = cls(
            expires_at=expires_at,
            form_version_id=form_version_id,
            html=html,
            id=id,
            item=item,
            prelabel=prelabel,
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
