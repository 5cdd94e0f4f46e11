from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.measure_estimate_out import MeasureEstimateOut


T = TypeVar("T", bound="MeasureMemberOut")


@_attrs_define
class MeasureMemberOut:
    """Another series of the same change, as far as you may see it.

    Attributes:
        change (MeasureEstimateOut): A figure: never without its interval, its sample size and its method. null = not
            known.
        first_on (datetime.date):
        id (UUID):
        joined_at (datetime.datetime):
        metric (str):
        side (int):
        tie (str):
        where_kind (str):
        where_name (str):
    """

    change: MeasureEstimateOut
    first_on: datetime.date
    id: UUID
    joined_at: datetime.datetime
    metric: str
    side: int
    tie: str
    where_kind: str
    where_name: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        change = self.change.to_dict()

        first_on = self.first_on.isoformat()

        id = str(self.id)

        joined_at = self.joined_at.isoformat()

        metric = self.metric

        side = self.side

        tie = self.tie

        where_kind = self.where_kind

        where_name = self.where_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "change": change,
                "first_on": first_on,
                "id": id,
                "joined_at": joined_at,
                "metric": metric,
                "side": side,
                "tie": tie,
                "where_kind": where_kind,
                "where_name": where_name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_estimate_out import MeasureEstimateOut

        d = dict(src_dict)
        change = MeasureEstimateOut.from_dict(d.pop("change"))

        first_on = datetime.date.fromisoformat(d.pop("first_on"))

        id = UUID(d.pop("id"))

        joined_at = datetime.datetime.fromisoformat(d.pop("joined_at"))

        metric = d.pop("metric")

        side = d.pop("side")

        tie = d.pop("tie")

        where_kind = d.pop("where_kind")

        where_name = d.pop("where_name")

        measure_member_out = cls(
            change=change,
            first_on=first_on,
            id=id,
            joined_at=joined_at,
            metric=metric,
            side=side,
            tie=tie,
            where_kind=where_kind,
            where_name=where_name,
        )

        measure_member_out.additional_properties = d
        return measure_member_out

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
