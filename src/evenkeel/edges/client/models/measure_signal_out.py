from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.measure_estimate_out import MeasureEstimateOut


T = TypeVar("T", bound="MeasureSignalOut")


@_attrs_define
class MeasureSignalOut:
    """
    Attributes:
        acknowledged_at (datetime.datetime | None):
        after (MeasureEstimateOut): A figure: never without its interval, its sample size and its method. null = not
            known.
        before (MeasureEstimateOut): A figure: never without its interval, its sample size and its method. null = not
            known.
        change (MeasureEstimateOut): A figure: never without its interval, its sample size and its method. null = not
            known.
        closed_at (datetime.datetime | None):
        disposition (None | str):
        first_on (datetime.date):
        id (UUID):
        last_on (datetime.date):
        metric (str):
        owner_id (None | UUID):
        programme_id (UUID):
        raised_at (datetime.datetime):
        reason (None | str):
        rule (str):
        side (int):
        where_kind (str):
        where_name (str):
    """

    acknowledged_at: datetime.datetime | None
    after: MeasureEstimateOut
    before: MeasureEstimateOut
    change: MeasureEstimateOut
    closed_at: datetime.datetime | None
    disposition: None | str
    first_on: datetime.date
    id: UUID
    last_on: datetime.date
    metric: str
    owner_id: None | UUID
    programme_id: UUID
    raised_at: datetime.datetime
    reason: None | str
    rule: str
    side: int
    where_kind: str
    where_name: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        acknowledged_at: None | str
        if isinstance(self.acknowledged_at, datetime.datetime):
            acknowledged_at = self.acknowledged_at.isoformat()
        else:
            acknowledged_at = self.acknowledged_at

        after = self.after.to_dict()

        before = self.before.to_dict()

        change = self.change.to_dict()

        closed_at: None | str
        if isinstance(self.closed_at, datetime.datetime):
            closed_at = self.closed_at.isoformat()
        else:
            closed_at = self.closed_at

        disposition: None | str
        disposition = self.disposition

        first_on = self.first_on.isoformat()

        id = str(self.id)

        last_on = self.last_on.isoformat()

        metric = self.metric

        owner_id: None | str
        if isinstance(self.owner_id, UUID):
            owner_id = str(self.owner_id)
        else:
            owner_id = self.owner_id

        programme_id = str(self.programme_id)

        raised_at = self.raised_at.isoformat()

        reason: None | str
        reason = self.reason

        rule = self.rule

        side = self.side

        where_kind = self.where_kind

        where_name = self.where_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "acknowledged_at": acknowledged_at,
                "after": after,
                "before": before,
                "change": change,
                "closed_at": closed_at,
                "disposition": disposition,
                "first_on": first_on,
                "id": id,
                "last_on": last_on,
                "metric": metric,
                "owner_id": owner_id,
                "programme_id": programme_id,
                "raised_at": raised_at,
                "reason": reason,
                "rule": rule,
                "side": side,
                "where_kind": where_kind,
                "where_name": where_name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_estimate_out import MeasureEstimateOut

        d = dict(src_dict)

        def _parse_acknowledged_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                acknowledged_at_type_0 = datetime.datetime.fromisoformat(data)

                return acknowledged_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        acknowledged_at = _parse_acknowledged_at(d.pop("acknowledged_at"))

        after = MeasureEstimateOut.from_dict(d.pop("after"))

        before = MeasureEstimateOut.from_dict(d.pop("before"))

        change = MeasureEstimateOut.from_dict(d.pop("change"))

        def _parse_closed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                closed_at_type_0 = datetime.datetime.fromisoformat(data)

                return closed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        closed_at = _parse_closed_at(d.pop("closed_at"))

        def _parse_disposition(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        disposition = _parse_disposition(d.pop("disposition"))

        first_on = datetime.date.fromisoformat(d.pop("first_on"))

        id = UUID(d.pop("id"))

        last_on = datetime.date.fromisoformat(d.pop("last_on"))

        metric = d.pop("metric")

        def _parse_owner_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                owner_id_type_0 = UUID(data)

                return owner_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        owner_id = _parse_owner_id(d.pop("owner_id"))

        programme_id = UUID(d.pop("programme_id"))

        raised_at = datetime.datetime.fromisoformat(d.pop("raised_at"))

        def _parse_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        reason = _parse_reason(d.pop("reason"))

        rule = d.pop("rule")

        side = d.pop("side")

        where_kind = d.pop("where_kind")

        where_name = d.pop("where_name")

        measure_signal_out = cls(
            acknowledged_at=acknowledged_at,
            after=after,
            before=before,
            change=change,
            closed_at=closed_at,
            disposition=disposition,
            first_on=first_on,
            id=id,
            last_on=last_on,
            metric=metric,
            owner_id=owner_id,
            programme_id=programme_id,
            raised_at=raised_at,
            reason=reason,
            rule=rule,
            side=side,
            where_kind=where_kind,
            where_name=where_name,
        )

        measure_signal_out.additional_properties = d
        return measure_signal_out

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
