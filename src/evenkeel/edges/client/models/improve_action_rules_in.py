from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ImproveActionRulesIn")


@_attrs_define
class ImproveActionRulesIn:
    """How a programme approves actions (`is_confirmed`: after logging in again), and what errors and hours cost.

    Attributes:
        approvals (int | Unset):  Default: 1.
        cents_per_error (float | Unset):  Default: 0.0.
        cents_per_hour (float | Unset):  Default: 0.0.
        currency (str | Unset):  Default: 'EUR'.
        is_confirmed (bool | Unset):  Default: False.
        minutes_per_error (float | Unset):  Default: 0.0.
        recurrence_days (int | Unset):  Default: 90.
        validated_from (int | None | Unset):
    """

    approvals: int | Unset = 1
    cents_per_error: float | Unset = 0.0
    cents_per_hour: float | Unset = 0.0
    currency: str | Unset = "EUR"
    is_confirmed: bool | Unset = False
    minutes_per_error: float | Unset = 0.0
    recurrence_days: int | Unset = 90
    validated_from: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        approvals = self.approvals

        cents_per_error = self.cents_per_error

        cents_per_hour = self.cents_per_hour

        currency = self.currency

        is_confirmed = self.is_confirmed

        minutes_per_error = self.minutes_per_error

        recurrence_days = self.recurrence_days

        validated_from: int | None | Unset
        if isinstance(self.validated_from, Unset):
            validated_from = UNSET
        else:
            validated_from = self.validated_from

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if approvals is not UNSET:
            field_dict["approvals"] = approvals
        if cents_per_error is not UNSET:
            field_dict["cents_per_error"] = cents_per_error
        if cents_per_hour is not UNSET:
            field_dict["cents_per_hour"] = cents_per_hour
        if currency is not UNSET:
            field_dict["currency"] = currency
        if is_confirmed is not UNSET:
            field_dict["is_confirmed"] = is_confirmed
        if minutes_per_error is not UNSET:
            field_dict["minutes_per_error"] = minutes_per_error
        if recurrence_days is not UNSET:
            field_dict["recurrence_days"] = recurrence_days
        if validated_from is not UNSET:
            field_dict["validated_from"] = validated_from

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        approvals = d.pop("approvals", UNSET)

        cents_per_error = d.pop("cents_per_error", UNSET)

        cents_per_hour = d.pop("cents_per_hour", UNSET)

        currency = d.pop("currency", UNSET)

        is_confirmed = d.pop("is_confirmed", UNSET)

        minutes_per_error = d.pop("minutes_per_error", UNSET)

        recurrence_days = d.pop("recurrence_days", UNSET)

        def _parse_validated_from(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        validated_from = _parse_validated_from(d.pop("validated_from", UNSET))

        improve_action_rules_in = cls(
            approvals=approvals,
            cents_per_error=cents_per_error,
            cents_per_hour=cents_per_hour,
            currency=currency,
            is_confirmed=is_confirmed,
            minutes_per_error=minutes_per_error,
            recurrence_days=recurrence_days,
            validated_from=validated_from,
        )

        improve_action_rules_in.additional_properties = d
        return improve_action_rules_in

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
