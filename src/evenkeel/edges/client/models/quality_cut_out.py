from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_cut_out_ac_1 import QualityCutOutAc1
    from ..models.quality_cut_out_alpha import QualityCutOutAlpha
    from ..models.quality_cut_out_percent import QualityCutOutPercent


T = TypeVar("T", bound="QualityCutOut")


@_attrs_define
class QualityCutOut:
    """
    Attributes:
        ac1 (QualityCutOutAc1):
        alpha (QualityCutOutAlpha):
        by (str):
        is_withheld (bool): too few people stand behind it to be shown
        items (int):
        labels (int):
        name (str):
        other (str):
        people (int):
        percent (QualityCutOutPercent):
    """

    ac1: QualityCutOutAc1
    alpha: QualityCutOutAlpha
    by: str
    is_withheld: bool
    items: int
    labels: int
    name: str
    other: str
    people: int
    percent: QualityCutOutPercent
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        ac1 = self.ac1.to_dict()

        alpha = self.alpha.to_dict()

        by = self.by

        is_withheld = self.is_withheld

        items = self.items

        labels = self.labels

        name = self.name

        other = self.other

        people = self.people

        percent = self.percent.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "ac1": ac1,
                "alpha": alpha,
                "by": by,
                "is_withheld": is_withheld,
                "items": items,
                "labels": labels,
                "name": name,
                "other": other,
                "people": people,
                "percent": percent,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_cut_out_ac_1 import QualityCutOutAc1
        from ..models.quality_cut_out_alpha import QualityCutOutAlpha
        from ..models.quality_cut_out_percent import QualityCutOutPercent

        d = dict(src_dict)
        ac1 = QualityCutOutAc1.from_dict(d.pop("ac1"))

        alpha = QualityCutOutAlpha.from_dict(d.pop("alpha"))

        by = d.pop("by")

        is_withheld = d.pop("is_withheld")

        items = d.pop("items")

        labels = d.pop("labels")

        name = d.pop("name")

        other = d.pop("other")

        people = d.pop("people")

        percent = QualityCutOutPercent.from_dict(d.pop("percent"))

        quality_cut_out = cls(
            ac1=ac1,
            alpha=alpha,
            by=by,
            is_withheld=is_withheld,
            items=items,
            labels=labels,
            name=name,
            other=other,
            people=people,
            percent=percent,
        )

        quality_cut_out.additional_properties = d
        return quality_cut_out

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
