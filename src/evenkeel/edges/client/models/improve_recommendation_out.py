from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ImproveRecommendationOut")


@_attrs_define
class ImproveRecommendationOut:
    """`change_request_id` is the change of the policy that it asked for.

    Attributes:
        at (datetime.datetime):
        body (str):
        cause (str):
        change_request_id (None | UUID):
        id (UUID):
        kind (str):
    """

    at: datetime.datetime
    body: str
    cause: str
    change_request_id: None | UUID
    id: UUID
    kind: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at.isoformat()

        body = self.body

        cause = self.cause

        change_request_id: None | str
        if isinstance(self.change_request_id, UUID):
            change_request_id = str(self.change_request_id)
        else:
            change_request_id = self.change_request_id

        id = str(self.id)

        kind = self.kind

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "body": body,
                "cause": cause,
                "change_request_id": change_request_id,
                "id": id,
                "kind": kind,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        at = datetime.datetime.fromisoformat(d.pop("at"))

        body = d.pop("body")

        cause = d.pop("cause")

        def _parse_change_request_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                change_request_id_type_0 = UUID(data)

                return change_request_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        change_request_id = _parse_change_request_id(d.pop("change_request_id"))

        id = UUID(d.pop("id"))

        kind = d.pop("kind")

        improve_recommendation_out = cls(
            at=at,
            body=body,
            cause=cause,
            change_request_id=change_request_id,
            id=id,
            kind=kind,
        )

        improve_recommendation_out.additional_properties = d
        return improve_recommendation_out

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
