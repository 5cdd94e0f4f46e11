from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.people_bad_cell_out import PeopleBadCellOut


T = TypeVar("T", bound="PeopleStaffOut")


@_attrs_define
class PeopleStaffOut:
    """
    Attributes:
        added (int):
        bad (list[PeopleBadCellOut]): while there are any nothing is written
        changed (int):
        is_done (bool):
        left (int):
        new_accounts (int):
        new_teams (int):
        rows (int):
        same (int):
    """

    added: int
    bad: list[PeopleBadCellOut]
    changed: int
    is_done: bool
    left: int
    new_accounts: int
    new_teams: int
    rows: int
    same: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        added = self.added

        bad = []
        for bad_item_data in self.bad:
            bad_item = bad_item_data.to_dict()
            bad.append(bad_item)

        changed = self.changed

        is_done = self.is_done

        left = self.left

        new_accounts = self.new_accounts

        new_teams = self.new_teams

        rows = self.rows

        same = self.same

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "added": added,
                "bad": bad,
                "changed": changed,
                "is_done": is_done,
                "left": left,
                "new_accounts": new_accounts,
                "new_teams": new_teams,
                "rows": rows,
                "same": same,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.people_bad_cell_out import PeopleBadCellOut

        d = dict(src_dict)
        added = d.pop("added")

        bad = []
        _bad = d.pop("bad")
        for bad_item_data in _bad:
            bad_item = PeopleBadCellOut.from_dict(bad_item_data)

            bad.append(bad_item)

        changed = d.pop("changed")

        is_done = d.pop("is_done")

        left = d.pop("left")

        new_accounts = d.pop("new_accounts")

        new_teams = d.pop("new_teams")

        rows = d.pop("rows")

        same = d.pop("same")

        people_staff_out = cls(
            added=added,
            bad=bad,
            changed=changed,
            is_done=is_done,
            left=left,
            new_accounts=new_accounts,
            new_teams=new_teams,
            rows=rows,
            same=same,
        )

        people_staff_out.additional_properties = d
        return people_staff_out

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
