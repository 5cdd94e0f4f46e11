from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ImproveWhyOut")


@_attrs_define
class ImproveWhyOut:
    """
    Attributes:
        at (datetime.datetime):
        body (str):
        branch (str):
        case_id (None | UUID):
        depth (int):
        id (UUID):
        is_struck (bool):
        under_id (None | UUID):
    """

    at: datetime.datetime
    body: str
    branch: str
    case_id: None | UUID
    depth: int
    id: UUID
    is_struck: bool
    under_id: None | UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at.isoformat()

        body = self.body

        branch = self.branch

        case_id: None | str
        if isinstance(self.case_id, UUID):
            case_id = str(self.case_id)
        else:
            case_id = self.case_id

        depth = self.depth

        id = str(self.id)

        is_struck = self.is_struck

        under_id: None | str
        if isinstance(self.under_id, UUID):
            under_id = str(self.under_id)
        else:
            under_id = self.under_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "body": body,
                "branch": branch,
                "case_id": case_id,
                "depth": depth,
                "id": id,
                "is_struck": is_struck,
                "under_id": under_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        at = datetime.datetime.fromisoformat(d.pop("at"))

        body = d.pop("body")

        branch = d.pop("branch")

        def _parse_case_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                case_id_type_0 = UUID(data)

                return case_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        case_id = _parse_case_id(d.pop("case_id"))

        depth = d.pop("depth")

        id = UUID(d.pop("id"))

        is_struck = d.pop("is_struck")

        def _parse_under_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                under_id_type_0 = UUID(data)

                return under_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        under_id = _parse_under_id(d.pop("under_id"))

        improve_why_out = cls(
            at=at,
            body=body,
            branch=branch,
            case_id=case_id,
            depth=depth,
            id=id,
            is_struck=is_struck,
            under_id=under_id,
        )

        improve_why_out.additional_properties = d
        return improve_why_out

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
