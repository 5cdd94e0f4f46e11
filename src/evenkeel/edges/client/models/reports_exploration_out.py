from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.reports_exploration_out_audience import (
    ReportsExplorationOutAudience,
    check_reports_exploration_out_audience,
)

if TYPE_CHECKING:
    from ..models.reports_exploration_out_asked import ReportsExplorationOutAsked


T = TypeVar("T", bound="ReportsExplorationOut")


@_attrs_define
class ReportsExplorationOut:
    """A saved question. `asked` goes as it is into `evaluate_metric` or the address of the explore page.

    Attributes:
        asked (ReportsExplorationOutAsked):
        audience (ReportsExplorationOutAudience):
        created_at (datetime.datetime):
        id (UUID):
        name (str):
        owner_id (UUID):
    """

    asked: ReportsExplorationOutAsked
    audience: ReportsExplorationOutAudience
    created_at: datetime.datetime
    id: UUID
    name: str
    owner_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        asked = self.asked.to_dict()

        audience: str = self.audience

        created_at = self.created_at.isoformat()

        id = str(self.id)

        name = self.name

        owner_id = str(self.owner_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "asked": asked,
                "audience": audience,
                "created_at": created_at,
                "id": id,
                "name": name,
                "owner_id": owner_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.reports_exploration_out_asked import ReportsExplorationOutAsked

        d = dict(src_dict)
        asked = ReportsExplorationOutAsked.from_dict(d.pop("asked"))

        audience = check_reports_exploration_out_audience(d.pop("audience"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        id = UUID(d.pop("id"))

        name = d.pop("name")

        owner_id = UUID(d.pop("owner_id"))

        reports_exploration_out = cls(
            asked=asked,
            audience=audience,
            created_at=created_at,
            id=id,
            name=name,
            owner_id=owner_id,
        )

        reports_exploration_out.additional_properties = d
        return reports_exploration_out

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
