from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="PolicyCertificateOut")


@_attrs_define
class PolicyCertificateOut:
    """
    Attributes:
        certification_id (UUID):
        ends_at (datetime.datetime | None): when it lapsed or will, as far as is known; when it begins, if ahead
        ends_by (str): what ends it then: expired, replaced (a new version), withdrawn; empty: nothing
        id (UUID):
        lapse (str): why it is not in force: expired, replaced, withdrawn, ahead; empty when it is
        valid_from (datetime.datetime):
        valid_until (datetime.datetime | None):
        worker_id (UUID):
    """

    certification_id: UUID
    ends_at: datetime.datetime | None
    ends_by: str
    id: UUID
    lapse: str
    valid_from: datetime.datetime
    valid_until: datetime.datetime | None
    worker_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        certification_id = str(self.certification_id)

        ends_at: None | str
        if isinstance(self.ends_at, datetime.datetime):
            ends_at = self.ends_at.isoformat()
        else:
            ends_at = self.ends_at

        ends_by = self.ends_by

        id = str(self.id)

        lapse = self.lapse

        valid_from = self.valid_from.isoformat()

        valid_until: None | str
        if isinstance(self.valid_until, datetime.datetime):
            valid_until = self.valid_until.isoformat()
        else:
            valid_until = self.valid_until

        worker_id = str(self.worker_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "certification_id": certification_id,
                "ends_at": ends_at,
                "ends_by": ends_by,
                "id": id,
                "lapse": lapse,
                "valid_from": valid_from,
                "valid_until": valid_until,
                "worker_id": worker_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        certification_id = UUID(d.pop("certification_id"))

        def _parse_ends_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                ends_at_type_0 = datetime.datetime.fromisoformat(data)

                return ends_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        ends_at = _parse_ends_at(d.pop("ends_at"))

        ends_by = d.pop("ends_by")

        id = UUID(d.pop("id"))

        lapse = d.pop("lapse")

        valid_from = datetime.datetime.fromisoformat(d.pop("valid_from"))

        def _parse_valid_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                valid_until_type_0 = datetime.datetime.fromisoformat(data)

                return valid_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        valid_until = _parse_valid_until(d.pop("valid_until"))

        worker_id = UUID(d.pop("worker_id"))

        policy_certificate_out = cls(
            certification_id=certification_id,
            ends_at=ends_at,
            ends_by=ends_by,
            id=id,
            lapse=lapse,
            valid_from=valid_from,
            valid_until=valid_until,
            worker_id=worker_id,
        )

        policy_certificate_out.additional_properties = d
        return policy_certificate_out

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
