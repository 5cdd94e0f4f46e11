from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.quality_gate_in_consequence import (
    QualityGateInConsequence,
    check_quality_gate_in_consequence,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="QualityGateIn")


@_attrs_define
class QualityGateIn:
    """
    Attributes:
        bad (float): accuracy that is too low
        consequence (QualityGateInConsequence):
        good (float): accuracy that is good enough
        name (str):
        queue_id (UUID):
        certification_id (None | Unset | UUID): given to whoever passes
        exam_id (None | Unset | UUID): the exam that leads back
        most (int | Unset): answers at most Default: 200.
        risk_bad (float | Unset): risk of passing who is too low Default: 0.1.
        risk_good (float | Unset): risk of stopping who is good enough; of a gate: within a year Default: 0.05.
    """

    bad: float
    consequence: QualityGateInConsequence
    good: float
    name: str
    queue_id: UUID
    certification_id: None | Unset | UUID = UNSET
    exam_id: None | Unset | UUID = UNSET
    most: int | Unset = 200
    risk_bad: float | Unset = 0.1
    risk_good: float | Unset = 0.05
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        bad = self.bad

        consequence: str = self.consequence

        good = self.good

        name = self.name

        queue_id = str(self.queue_id)

        certification_id: None | str | Unset
        if isinstance(self.certification_id, Unset):
            certification_id = UNSET
        elif isinstance(self.certification_id, UUID):
            certification_id = str(self.certification_id)
        else:
            certification_id = self.certification_id

        exam_id: None | str | Unset
        if isinstance(self.exam_id, Unset):
            exam_id = UNSET
        elif isinstance(self.exam_id, UUID):
            exam_id = str(self.exam_id)
        else:
            exam_id = self.exam_id

        most = self.most

        risk_bad = self.risk_bad

        risk_good = self.risk_good

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "bad": bad,
                "consequence": consequence,
                "good": good,
                "name": name,
                "queue_id": queue_id,
            }
        )
        if certification_id is not UNSET:
            field_dict["certification_id"] = certification_id
        if exam_id is not UNSET:
            field_dict["exam_id"] = exam_id
        if most is not UNSET:
            field_dict["most"] = most
        if risk_bad is not UNSET:
            field_dict["risk_bad"] = risk_bad
        if risk_good is not UNSET:
            field_dict["risk_good"] = risk_good

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        bad = d.pop("bad")

        consequence = check_quality_gate_in_consequence(d.pop("consequence"))

        good = d.pop("good")

        name = d.pop("name")

        queue_id = UUID(d.pop("queue_id"))

        def _parse_certification_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                certification_id_type_0 = UUID(data)

                return certification_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        certification_id = _parse_certification_id(d.pop("certification_id", UNSET))

        def _parse_exam_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                exam_id_type_0 = UUID(data)

                return exam_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        exam_id = _parse_exam_id(d.pop("exam_id", UNSET))

        most = d.pop("most", UNSET)

        risk_bad = d.pop("risk_bad", UNSET)

        risk_good = d.pop("risk_good", UNSET)

        quality_gate_in = cls(
            bad=bad,
            consequence=consequence,
            good=good,
            name=name,
            queue_id=queue_id,
            certification_id=certification_id,
            exam_id=exam_id,
            most=most,
            risk_bad=risk_bad,
            risk_good=risk_good,
        )

        quality_gate_in.additional_properties = d
        return quality_gate_in

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
