from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.improve_effect_check_out_benefit import ImproveEffectCheckOutBenefit
    from ..models.improve_effect_check_out_data_type_0 import (
        ImproveEffectCheckOutDataType0,
    )
    from ..models.improve_effect_check_out_looks_item import (
        ImproveEffectCheckOutLooksItem,
    )
    from ..models.improve_estimate_out import ImproveEstimateOut


T = TypeVar("T", bound="ImproveEffectCheckOut")


@_attrs_define
class ImproveEffectCheckOut:
    """What a plan's own rules said; `improvement` is above 0 for better, its interval the careful one.

    `data` is null where it holds weeks of single teams and you may not see figures of single people.

        Attributes:
            because (str):
            benefit (ImproveEffectCheckOutBenefit):
            checked_at (datetime.datetime):
            data (ImproveEffectCheckOutDataType0 | None):
            data_sha256 (str):
            id (UUID):
            improvement (ImproveEstimateOut): A figure with its uncertainty; unknown numbers are null.
            looks (list[ImproveEffectCheckOutLooksItem]):
            number (int):
            plan_id (UUID):
            until (datetime.date):
            verdict (str):
    """

    because: str
    benefit: ImproveEffectCheckOutBenefit
    checked_at: datetime.datetime
    data: ImproveEffectCheckOutDataType0 | None
    data_sha256: str
    id: UUID
    improvement: ImproveEstimateOut
    looks: list[ImproveEffectCheckOutLooksItem]
    number: int
    plan_id: UUID
    until: datetime.date
    verdict: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.improve_effect_check_out_data_type_0 import (
            ImproveEffectCheckOutDataType0,
        )

        because = self.because

        benefit = self.benefit.to_dict()

        checked_at = self.checked_at.isoformat()

        data: dict[str, Any] | None
        if isinstance(self.data, ImproveEffectCheckOutDataType0):
            data = self.data.to_dict()
        else:
            data = self.data

        data_sha256 = self.data_sha256

        id = str(self.id)

        improvement = self.improvement.to_dict()

        looks = []
        for looks_item_data in self.looks:
            looks_item = looks_item_data.to_dict()
            looks.append(looks_item)

        number = self.number

        plan_id = str(self.plan_id)

        until = self.until.isoformat()

        verdict = self.verdict

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "because": because,
                "benefit": benefit,
                "checked_at": checked_at,
                "data": data,
                "data_sha256": data_sha256,
                "id": id,
                "improvement": improvement,
                "looks": looks,
                "number": number,
                "plan_id": plan_id,
                "until": until,
                "verdict": verdict,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.improve_effect_check_out_benefit import (
            ImproveEffectCheckOutBenefit,
        )
        from ..models.improve_effect_check_out_data_type_0 import (
            ImproveEffectCheckOutDataType0,
        )
        from ..models.improve_effect_check_out_looks_item import (
            ImproveEffectCheckOutLooksItem,
        )
        from ..models.improve_estimate_out import ImproveEstimateOut

        d = dict(src_dict)
        because = d.pop("because")

        benefit = ImproveEffectCheckOutBenefit.from_dict(d.pop("benefit"))

        checked_at = datetime.datetime.fromisoformat(d.pop("checked_at"))

        def _parse_data(data: object) -> ImproveEffectCheckOutDataType0 | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                data_type_0 = ImproveEffectCheckOutDataType0.from_dict(data)

                return data_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ImproveEffectCheckOutDataType0 | None, data)

        data = _parse_data(d.pop("data"))

        data_sha256 = d.pop("data_sha256")

        id = UUID(d.pop("id"))

        improvement = ImproveEstimateOut.from_dict(d.pop("improvement"))

        looks = []
        _looks = d.pop("looks")
        for looks_item_data in _looks:
            looks_item = ImproveEffectCheckOutLooksItem.from_dict(looks_item_data)

            looks.append(looks_item)

        number = d.pop("number")

        plan_id = UUID(d.pop("plan_id"))

        until = datetime.date.fromisoformat(d.pop("until"))

        verdict = d.pop("verdict")

        improve_effect_check_out = cls(
            because=because,
            benefit=benefit,
            checked_at=checked_at,
            data=data,
            data_sha256=data_sha256,
            id=id,
            improvement=improvement,
            looks=looks,
            number=number,
            plan_id=plan_id,
            until=until,
            verdict=verdict,
        )

        improve_effect_check_out.additional_properties = d
        return improve_effect_check_out

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
