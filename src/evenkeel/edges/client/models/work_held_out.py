from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_held_out_leases import WorkHeldOutLeases


T = TypeVar("T", bound="WorkHeldOut")


@_attrs_define
class WorkHeldOut:
    """
    Attributes:
        leases (WorkHeldOutLeases): what you have in hand, and until when
    """

    leases: WorkHeldOutLeases
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        leases = self.leases.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "leases": leases,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_held_out_leases import WorkHeldOutLeases

        d = dict(src_dict)
        leases = WorkHeldOutLeases.from_dict(d.pop("leases"))

        work_held_out = cls(
            leases=leases,
        )

        work_held_out.additional_properties = d
        return work_held_out

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
