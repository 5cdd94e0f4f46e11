from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.policy_sop_row import PolicySopRow


T = TypeVar("T", bound="PolicySopOut")


@_attrs_define
class PolicySopOut:
    """
    Attributes:
        id (UUID):
        number (int):
        policy_id (UUID):
        published_at (datetime.datetime):
        rows (list[PolicySopRow]):
        what_changed (str):
    """

    id: UUID
    number: int
    policy_id: UUID
    published_at: datetime.datetime
    rows: list[PolicySopRow]
    what_changed: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        number = self.number

        policy_id = str(self.policy_id)

        published_at = self.published_at.isoformat()

        rows = []
        for rows_item_data in self.rows:
            rows_item = rows_item_data.to_dict()
            rows.append(rows_item)

        what_changed = self.what_changed

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "number": number,
                "policy_id": policy_id,
                "published_at": published_at,
                "rows": rows,
                "what_changed": what_changed,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.policy_sop_row import PolicySopRow

        d = dict(src_dict)
        id = UUID(d.pop("id"))

        number = d.pop("number")

        policy_id = UUID(d.pop("policy_id"))

        published_at = datetime.datetime.fromisoformat(d.pop("published_at"))

        rows = []
        _rows = d.pop("rows")
        for rows_item_data in _rows:
            rows_item = PolicySopRow.from_dict(rows_item_data)

            rows.append(rows_item)

        what_changed = d.pop("what_changed")

        policy_sop_out = cls(
            id=id,
            number=number,
            policy_id=policy_id,
            published_at=published_at,
            rows=rows,
            what_changed=what_changed,
        )

        policy_sop_out.additional_properties = d
        return policy_sop_out

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
