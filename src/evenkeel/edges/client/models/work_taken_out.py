from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_appeal_out import WorkAppealOut


T = TypeVar("T", bound="WorkTakenOut")


@_attrs_define
class WorkTakenOut:
    """
    Attributes:
        appeal (None | WorkAppealOut): empty when none waits for you
    """

    appeal: None | WorkAppealOut
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.work_appeal_out import WorkAppealOut

        appeal: dict[str, Any] | None
        if isinstance(self.appeal, WorkAppealOut):
            appeal = self.appeal.to_dict()
        else:
            appeal = self.appeal

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "appeal": appeal,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_appeal_out import WorkAppealOut

        d = dict(src_dict)

        def _parse_appeal(data: object) -> None | WorkAppealOut:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                appeal_type_0 = WorkAppealOut.from_dict(data)

                return appeal_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | WorkAppealOut, data)

        appeal = _parse_appeal(d.pop("appeal"))

        work_taken_out = cls(
            appeal=appeal,
        )

        work_taken_out.additional_properties = d
        return work_taken_out

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
