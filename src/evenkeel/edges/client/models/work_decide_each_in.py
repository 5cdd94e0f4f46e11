from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.work_decide_one_in import WorkDecideOneIn
    from ..models.work_take_next_in import WorkTakeNextIn


T = TypeVar("T", bound="WorkDecideEachIn")


@_attrs_define
class WorkDecideEachIn:
    """
    Attributes:
        decisions (list[WorkDecideOneIn]):
        take (None | Unset | WorkTakeNextIn): hand the next batch out along with the answer
    """

    decisions: list[WorkDecideOneIn]
    take: None | Unset | WorkTakeNextIn = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.work_take_next_in import WorkTakeNextIn

        decisions = []
        for decisions_item_data in self.decisions:
            decisions_item = decisions_item_data.to_dict()
            decisions.append(decisions_item)

        take: dict[str, Any] | None | Unset
        if isinstance(self.take, Unset):
            take = UNSET
        elif isinstance(self.take, WorkTakeNextIn):
            take = self.take.to_dict()
        else:
            take = self.take

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "decisions": decisions,
            }
        )
        if take is not UNSET:
            field_dict["take"] = take

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_decide_one_in import WorkDecideOneIn
        from ..models.work_take_next_in import WorkTakeNextIn

        d = dict(src_dict)
        decisions = []
        _decisions = d.pop("decisions")
        for decisions_item_data in _decisions:
            decisions_item = WorkDecideOneIn.from_dict(decisions_item_data)

            decisions.append(decisions_item)

        def _parse_take(data: object) -> None | Unset | WorkTakeNextIn:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                take_type_0 = WorkTakeNextIn.from_dict(data)

                return take_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WorkTakeNextIn, data)

        take = _parse_take(d.pop("take", UNSET))

        work_decide_each_in = cls(
            decisions=decisions,
            take=take,
        )

        work_decide_each_in.additional_properties = d
        return work_decide_each_in

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
