from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_unclear_out_estimate import QualityUnclearOutEstimate


T = TypeVar("T", bound="QualityUnclearOut")


@_attrs_define
class QualityUnclearOut:
    """
    Attributes:
        bound (float):
        clause (str):
        estimate (QualityUnclearOutEstimate):
        from_at (datetime.datetime):
        policy_id (UUID):
        until_at (datetime.datetime | None):
        version_id (UUID):
    """

    bound: float
    clause: str
    estimate: QualityUnclearOutEstimate
    from_at: datetime.datetime
    policy_id: UUID
    until_at: datetime.datetime | None
    version_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        bound = self.bound

        clause = self.clause

        estimate = self.estimate.to_dict()

        from_at = self.from_at.isoformat()

        policy_id = str(self.policy_id)

        until_at: None | str
        if isinstance(self.until_at, datetime.datetime):
            until_at = self.until_at.isoformat()
        else:
            until_at = self.until_at

        version_id = str(self.version_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "bound": bound,
                "clause": clause,
                "estimate": estimate,
                "from_at": from_at,
                "policy_id": policy_id,
                "until_at": until_at,
                "version_id": version_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_unclear_out_estimate import QualityUnclearOutEstimate

        d = dict(src_dict)
        bound = d.pop("bound")

        clause = d.pop("clause")

        estimate = QualityUnclearOutEstimate.from_dict(d.pop("estimate"))

        from_at = datetime.datetime.fromisoformat(d.pop("from_at"))

        policy_id = UUID(d.pop("policy_id"))

        def _parse_until_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                until_at_type_0 = datetime.datetime.fromisoformat(data)

                return until_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        until_at = _parse_until_at(d.pop("until_at"))

        version_id = UUID(d.pop("version_id"))

        quality_unclear_out = cls(
            bound=bound,
            clause=clause,
            estimate=estimate,
            from_at=from_at,
            policy_id=policy_id,
            until_at=until_at,
            version_id=version_id,
        )

        quality_unclear_out.additional_properties = d
        return quality_unclear_out

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
