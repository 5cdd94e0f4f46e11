from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.reports_target_out_band import (
    ReportsTargetOutBand,
    check_reports_target_out_band,
)
from ..models.reports_target_out_state import (
    ReportsTargetOutState,
    check_reports_target_out_state,
)

T = TypeVar("T", bound="ReportsTargetOut")


@_attrs_define
class ReportsTargetOut:
    """The target that holds for a tile, in the metric's own unit; `where` names what it was set for.

    `state` is met, missed or cannot_tell, by the figure's whole interval; `band` the worst in which it surely lies.

        Attributes:
            band (ReportsTargetOutBand):
            critical (float):
            id (UUID):
            state (ReportsTargetOutState):
            value (float):
            warning (float):
            where (str):
    """

    band: ReportsTargetOutBand
    critical: float
    id: UUID
    state: ReportsTargetOutState
    value: float
    warning: float
    where: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        band: str = self.band

        critical = self.critical

        id = str(self.id)

        state: str = self.state

        value = self.value

        warning = self.warning

        where = self.where

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "band": band,
                "critical": critical,
                "id": id,
                "state": state,
                "value": value,
                "warning": warning,
                "where": where,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        band = check_reports_target_out_band(d.pop("band"))

        critical = d.pop("critical")

        id = UUID(d.pop("id"))

        state = check_reports_target_out_state(d.pop("state"))

        value = d.pop("value")

        warning = d.pop("warning")

        where = d.pop("where")

        reports_target_out = cls(
            band=band,
            critical=critical,
            id=id,
            state=state,
            value=value,
            warning=warning,
            where=where,
        )

        reports_target_out.additional_properties = d
        return reports_target_out

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
