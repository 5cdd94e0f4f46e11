from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.improve_driver_out_cell_item import ImproveDriverOutCellItem


T = TypeVar("T", bound="ImproveDriverOut")


@_attrs_define
class ImproveDriverOut:
    """A part of the change: a cell of one to three dimensions, counted in both windows.

    `is_beyond`: a cause that the same work outside the investigation's place has shown. `is_unproven`: no cause, but
    among the
    first three to look at; chance leaves differences as large.

        Attributes:
            baseline_errors (float):
            baseline_n (float):
            cell (list[ImproveDriverOutCellItem]):
            current_errors (float):
            current_n (float):
            excess (float):
            is_beyond (bool):
            is_cause (bool):
            is_unproven (bool):
            rank (int):
            share_of_change (float | None):
    """

    baseline_errors: float
    baseline_n: float
    cell: list[ImproveDriverOutCellItem]
    current_errors: float
    current_n: float
    excess: float
    is_beyond: bool
    is_cause: bool
    is_unproven: bool
    rank: int
    share_of_change: float | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        baseline_errors = self.baseline_errors

        baseline_n = self.baseline_n

        cell = []
        for cell_item_data in self.cell:
            cell_item = cell_item_data.to_dict()
            cell.append(cell_item)

        current_errors = self.current_errors

        current_n = self.current_n

        excess = self.excess

        is_beyond = self.is_beyond

        is_cause = self.is_cause

        is_unproven = self.is_unproven

        rank = self.rank

        share_of_change: float | None
        share_of_change = self.share_of_change

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "baseline_errors": baseline_errors,
                "baseline_n": baseline_n,
                "cell": cell,
                "current_errors": current_errors,
                "current_n": current_n,
                "excess": excess,
                "is_beyond": is_beyond,
                "is_cause": is_cause,
                "is_unproven": is_unproven,
                "rank": rank,
                "share_of_change": share_of_change,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.improve_driver_out_cell_item import ImproveDriverOutCellItem

        d = dict(src_dict)
        baseline_errors = d.pop("baseline_errors")

        baseline_n = d.pop("baseline_n")

        cell = []
        _cell = d.pop("cell")
        for cell_item_data in _cell:
            cell_item = ImproveDriverOutCellItem.from_dict(cell_item_data)

            cell.append(cell_item)

        current_errors = d.pop("current_errors")

        current_n = d.pop("current_n")

        excess = d.pop("excess")

        is_beyond = d.pop("is_beyond")

        is_cause = d.pop("is_cause")

        is_unproven = d.pop("is_unproven")

        rank = d.pop("rank")

        def _parse_share_of_change(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        share_of_change = _parse_share_of_change(d.pop("share_of_change"))

        improve_driver_out = cls(
            baseline_errors=baseline_errors,
            baseline_n=baseline_n,
            cell=cell,
            current_errors=current_errors,
            current_n=current_n,
            excess=excess,
            is_beyond=is_beyond,
            is_cause=is_cause,
            is_unproven=is_unproven,
            rank=rank,
            share_of_change=share_of_change,
        )

        improve_driver_out.additional_properties = d
        return improve_driver_out

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
