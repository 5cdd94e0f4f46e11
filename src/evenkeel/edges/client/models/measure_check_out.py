from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.measure_check_out_fields import MeasureCheckOutFields
    from ..models.measure_estimate_out import MeasureEstimateOut
    from ..models.measure_mistake_out import MeasureMistakeOut


T = TypeVar("T", bound="MeasureCheckOut")


@_attrs_define
class MeasureCheckOut:
    """`is_right` when it could be published; else what does not fit, by field and by place.

    Attributes:
        answer (MeasureEstimateOut | None):
        fields (MeasureCheckOutFields):
        is_right (bool):
        mistakes (list[MeasureMistakeOut]):
        unit (None | str):
    """

    answer: MeasureEstimateOut | None
    fields: MeasureCheckOutFields
    is_right: bool
    mistakes: list[MeasureMistakeOut]
    unit: None | str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.measure_estimate_out import MeasureEstimateOut

        answer: dict[str, Any] | None
        if isinstance(self.answer, MeasureEstimateOut):
            answer = self.answer.to_dict()
        else:
            answer = self.answer

        fields = self.fields.to_dict()

        is_right = self.is_right

        mistakes = []
        for mistakes_item_data in self.mistakes:
            mistakes_item = mistakes_item_data.to_dict()
            mistakes.append(mistakes_item)

        unit: None | str
        unit = self.unit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "fields": fields,
                "is_right": is_right,
                "mistakes": mistakes,
                "unit": unit,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_check_out_fields import MeasureCheckOutFields
        from ..models.measure_estimate_out import MeasureEstimateOut
        from ..models.measure_mistake_out import MeasureMistakeOut

        d = dict(src_dict)

        def _parse_answer(data: object) -> MeasureEstimateOut | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                answer_type_0 = MeasureEstimateOut.from_dict(data)

                return answer_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MeasureEstimateOut | None, data)

        answer = _parse_answer(d.pop("answer"))

        fields = MeasureCheckOutFields.from_dict(d.pop("fields"))

        is_right = d.pop("is_right")

        mistakes = []
        _mistakes = d.pop("mistakes")
        for mistakes_item_data in _mistakes:
            mistakes_item = MeasureMistakeOut.from_dict(mistakes_item_data)

            mistakes.append(mistakes_item)

        def _parse_unit(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        unit = _parse_unit(d.pop("unit"))

        measure_check_out = cls(
            answer=answer,
            fields=fields,
            is_right=is_right,
            mistakes=mistakes,
            unit=unit,
        )

        measure_check_out.additional_properties = d
        return measure_check_out

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
