from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.people_staff_row_in import PeopleStaffRowIn


T = TypeVar("T", bound="PeopleStaffIn")


@_attrs_define
class PeopleStaffIn:
    """
    Attributes:
        rows (list[PeopleStaffRowIn]):
        adds_accounts (bool | Unset): give an account to whoever has an address and none yet Default: False.
        adds_teams (bool | Unset): make a team that its site does not have yet Default: False.
        only_tries (bool | Unset): only say what it would do Default: False.
        role_id (None | Unset | UUID): of those who get an account, everywhere in their organisation
    """

    rows: list[PeopleStaffRowIn]
    adds_accounts: bool | Unset = False
    adds_teams: bool | Unset = False
    only_tries: bool | Unset = False
    role_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rows = []
        for rows_item_data in self.rows:
            rows_item = rows_item_data.to_dict()
            rows.append(rows_item)

        adds_accounts = self.adds_accounts

        adds_teams = self.adds_teams

        only_tries = self.only_tries

        role_id: None | str | Unset
        if isinstance(self.role_id, Unset):
            role_id = UNSET
        elif isinstance(self.role_id, UUID):
            role_id = str(self.role_id)
        else:
            role_id = self.role_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rows": rows,
            }
        )
        if adds_accounts is not UNSET:
            field_dict["adds_accounts"] = adds_accounts
        if adds_teams is not UNSET:
            field_dict["adds_teams"] = adds_teams
        if only_tries is not UNSET:
            field_dict["only_tries"] = only_tries
        if role_id is not UNSET:
            field_dict["role_id"] = role_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.people_staff_row_in import PeopleStaffRowIn

        d = dict(src_dict)
        rows = []
        _rows = d.pop("rows")
        for rows_item_data in _rows:
            rows_item = PeopleStaffRowIn.from_dict(rows_item_data)

            rows.append(rows_item)

        adds_accounts = d.pop("adds_accounts", UNSET)

        adds_teams = d.pop("adds_teams", UNSET)

        only_tries = d.pop("only_tries", UNSET)

        def _parse_role_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                role_id_type_0 = UUID(data)

                return role_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        role_id = _parse_role_id(d.pop("role_id", UNSET))

        people_staff_in = cls(
            rows=rows,
            adds_accounts=adds_accounts,
            adds_teams=adds_teams,
            only_tries=only_tries,
            role_id=role_id,
        )

        people_staff_in.additional_properties = d
        return people_staff_in

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
