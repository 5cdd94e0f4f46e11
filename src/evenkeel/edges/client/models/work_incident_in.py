from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="WorkIncidentIn")


@_attrs_define
class WorkIncidentIn:
    """
    Attributes:
        impact (int): 1 (low) to 4 (very high)
        title (str):
        urgency (int): 1 (low) to 4 (very high)
        body (str | Unset):  Default: ''.
    """

    impact: int
    title: str
    urgency: int
    body: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        impact = self.impact

        title = self.title

        urgency = self.urgency

        body = self.body

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "impact": impact,
                "title": title,
                "urgency": urgency,
            }
        )
        if body is not UNSET:
            field_dict["body"] = body

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        impact = d.pop("impact")

        title = d.pop("title")

        urgency = d.pop("urgency")

        body = d.pop("body", UNSET)

        work_incident_in = cls(
            impact=impact,
            title=title,
            urgency=urgency,
            body=body,
        )

        work_incident_in.additional_properties = d
        return work_incident_in

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
