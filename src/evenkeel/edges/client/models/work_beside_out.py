from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_banner_out import WorkBannerOut
    from ..models.work_beside_out_items import WorkBesideOutItems


T = TypeVar("T", bound="WorkBesideOut")


@_attrs_define
class WorkBesideOut:
    """
    Attributes:
        banners (list[WorkBannerOut]): event modes that hold in this queue now
        items (WorkBesideOutItems): what was said about each item that you have in hand, newest first
        open_questions (int): questions of the queue that wait for an answer, up to 100
    """

    banners: list[WorkBannerOut]
    items: WorkBesideOutItems
    open_questions: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        banners = []
        for banners_item_data in self.banners:
            banners_item = banners_item_data.to_dict()
            banners.append(banners_item)

        items = self.items.to_dict()

        open_questions = self.open_questions

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "banners": banners,
                "items": items,
                "open_questions": open_questions,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_banner_out import WorkBannerOut
        from ..models.work_beside_out_items import WorkBesideOutItems

        d = dict(src_dict)
        banners = []
        _banners = d.pop("banners")
        for banners_item_data in _banners:
            banners_item = WorkBannerOut.from_dict(banners_item_data)

            banners.append(banners_item)

        items = WorkBesideOutItems.from_dict(d.pop("items"))

        open_questions = d.pop("open_questions")

        work_beside_out = cls(
            banners=banners,
            items=items,
            open_questions=open_questions,
        )

        work_beside_out.additional_properties = d
        return work_beside_out

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
