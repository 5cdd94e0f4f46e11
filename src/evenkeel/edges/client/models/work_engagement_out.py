from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="WorkEngagementOut")


@_attrs_define
class WorkEngagementOut:
    """
    Attributes:
        organisation (str):
        organisation_id (UUID):
        since (datetime.datetime):
    """

    organisation: str
    organisation_id: UUID
    since: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        organisation = self.organisation

        organisation_id = str(self.organisation_id)

        since = self.since.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "organisation": organisation,
                "organisation_id": organisation_id,
                "since": since,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        organisation = d.pop("organisation")

        organisation_id = UUID(d.pop("organisation_id"))

        since = datetime.datetime.fromisoformat(d.pop("since"))

        work_engagement_out = cls(
            organisation=organisation,
            organisation_id=organisation_id,
            since=since,
        )

        work_engagement_out.additional_properties = d
        return work_engagement_out

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
