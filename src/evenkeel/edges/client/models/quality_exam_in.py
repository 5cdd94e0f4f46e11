from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QualityExamIn")


@_attrs_define
class QualityExamIn:
    """
    Attributes:
        bad (float): accuracy that is too low
        certification_id (UUID):
        good (float): accuracy that is good enough
        queue_id (UUID): an empty queue
        most (int | Unset): answers at most Default: 200.
        risk_bad (float | Unset): risk of passing who is too low Default: 0.1.
        risk_good (float | Unset): risk of stopping who is good enough; of a gate: within a year Default: 0.05.
        wait_days (int | Unset):  Default: 7.
    """

    bad: float
    certification_id: UUID
    good: float
    queue_id: UUID
    most: int | Unset = 200
    risk_bad: float | Unset = 0.1
    risk_good: float | Unset = 0.05
    wait_days: int | Unset = 7
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        bad = self.bad

        certification_id = str(self.certification_id)

        good = self.good

        queue_id = str(self.queue_id)

        most = self.most

        risk_bad = self.risk_bad

        risk_good = self.risk_good

        wait_days = self.wait_days

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "bad": bad,
                "certification_id": certification_id,
                "good": good,
                "queue_id": queue_id,
            }
        )
        if most is not UNSET:
            field_dict["most"] = most
        if risk_bad is not UNSET:
            field_dict["risk_bad"] = risk_bad
        if risk_good is not UNSET:
            field_dict["risk_good"] = risk_good
        if wait_days is not UNSET:
            field_dict["wait_days"] = wait_days

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        bad = d.pop("bad")

        certification_id = UUID(d.pop("certification_id"))

        good = d.pop("good")

        queue_id = UUID(d.pop("queue_id"))

        most = d.pop("most", UNSET)

        risk_bad = d.pop("risk_bad", UNSET)

        risk_good = d.pop("risk_good", UNSET)

        wait_days = d.pop("wait_days", UNSET)

        quality_exam_in = cls(
            bad=bad,
            certification_id=certification_id,
            good=good,
            queue_id=queue_id,
            most=most,
            risk_bad=risk_bad,
            risk_good=risk_good,
            wait_days=wait_days,
        )

        quality_exam_in.additional_properties = d
        return quality_exam_in

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
