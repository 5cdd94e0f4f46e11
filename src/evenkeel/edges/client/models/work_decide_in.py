from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.work_decide_in_answer import WorkDecideInAnswer


T = TypeVar("T", bound="WorkDecideIn")


@_attrs_define
class WorkDecideIn:
    """
    Attributes:
        answer (WorkDecideInAnswer):
        client_key (str): made by you before sending, 8 to 64 characters; sent twice, stored once
        active_ms (int | None | Unset): how long the person worked on the item
    """

    answer: WorkDecideInAnswer
    client_key: str
    active_ms: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer.to_dict()

        client_key = self.client_key

        active_ms: int | None | Unset
        if isinstance(self.active_ms, Unset):
            active_ms = UNSET
        else:
            active_ms = self.active_ms

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "client_key": client_key,
            }
        )
        if active_ms is not UNSET:
            field_dict["active_ms"] = active_ms

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_decide_in_answer import WorkDecideInAnswer

        d = dict(src_dict)
        answer = WorkDecideInAnswer.from_dict(d.pop("answer"))

        client_key = d.pop("client_key")

        def _parse_active_ms(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        active_ms = _parse_active_ms(d.pop("active_ms", UNSET))

        work_decide_in = cls(
            answer=answer,
            client_key=client_key,
            active_ms=active_ms,
        )

        work_decide_in.additional_properties = d
        return work_decide_in

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
