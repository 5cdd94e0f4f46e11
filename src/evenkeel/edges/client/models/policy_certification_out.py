from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="PolicyCertificationOut")


@_attrs_define
class PolicyCertificationOut:
    """
    Attributes:
        id (UUID):
        name (str): queues ask for it by this name
        lapses_after_days (int | None | Unset):
        lapses_with_policy (bool | Unset): a new version of the policy ends every certificate Default: False.
        policy_id (None | Unset | UUID):
        renew_days (int | Unset): days in which it is renewed: after a new version, and before the day it lapses
            Default: 0.
    """

    id: UUID
    name: str
    lapses_after_days: int | None | Unset = UNSET
    lapses_with_policy: bool | Unset = False
    policy_id: None | Unset | UUID = UNSET
    renew_days: int | Unset = 0
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        name = self.name

        lapses_after_days: int | None | Unset
        if isinstance(self.lapses_after_days, Unset):
            lapses_after_days = UNSET
        else:
            lapses_after_days = self.lapses_after_days

        lapses_with_policy = self.lapses_with_policy

        policy_id: None | str | Unset
        if isinstance(self.policy_id, Unset):
            policy_id = UNSET
        elif isinstance(self.policy_id, UUID):
            policy_id = str(self.policy_id)
        else:
            policy_id = self.policy_id

        renew_days = self.renew_days

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
            }
        )
        if lapses_after_days is not UNSET:
            field_dict["lapses_after_days"] = lapses_after_days
        if lapses_with_policy is not UNSET:
            field_dict["lapses_with_policy"] = lapses_with_policy
        if policy_id is not UNSET:
            field_dict["policy_id"] = policy_id
        if renew_days is not UNSET:
            field_dict["renew_days"] = renew_days

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = UUID(d.pop("id"))

        name = d.pop("name")

        def _parse_lapses_after_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        lapses_after_days = _parse_lapses_after_days(d.pop("lapses_after_days", UNSET))

        lapses_with_policy = d.pop("lapses_with_policy", UNSET)

        def _parse_policy_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                policy_id_type_0 = UUID(data)

                return policy_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        policy_id = _parse_policy_id(d.pop("policy_id", UNSET))

        renew_days = d.pop("renew_days", UNSET)

        policy_certification_out = cls(
            id=id,
            name=name,
            lapses_after_days=lapses_after_days,
            lapses_with_policy=lapses_with_policy,
            policy_id=policy_id,
            renew_days=renew_days,
        )

        policy_certification_out.additional_properties = d
        return policy_certification_out

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
