from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ImproveWhyIn")


@_attrs_define
class ImproveWhyIn:
    """An answer to why: under the problem, or under another answer, whose branch it then shares.

    Attributes:
        body (str):
        branch (str | Unset):  Default: ''.
        case_id (None | Unset | UUID):
        under_id (None | Unset | UUID):
    """

    body: str
    branch: str | Unset = ""
    case_id: None | Unset | UUID = UNSET
    under_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        body = self.body

        branch = self.branch

        case_id: None | str | Unset
        if isinstance(self.case_id, Unset):
            case_id = UNSET
        elif isinstance(self.case_id, UUID):
            case_id = str(self.case_id)
        else:
            case_id = self.case_id

        under_id: None | str | Unset
        if isinstance(self.under_id, Unset):
            under_id = UNSET
        elif isinstance(self.under_id, UUID):
            under_id = str(self.under_id)
        else:
            under_id = self.under_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "body": body,
            }
        )
        if branch is not UNSET:
            field_dict["branch"] = branch
        if case_id is not UNSET:
            field_dict["case_id"] = case_id
        if under_id is not UNSET:
            field_dict["under_id"] = under_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        body = d.pop("body")

        branch = d.pop("branch", UNSET)

        def _parse_case_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                case_id_type_0 = UUID(data)

                return case_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        case_id = _parse_case_id(d.pop("case_id", UNSET))

        def _parse_under_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                under_id_type_0 = UUID(data)

                return under_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        under_id = _parse_under_id(d.pop("under_id", UNSET))

        improve_why_in = cls(
            body=body,
            branch=branch,
            case_id=case_id,
            under_id=under_id,
        )

        improve_why_in.additional_properties = d
        return improve_why_in

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
