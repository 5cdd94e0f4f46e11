from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QualityMixIn")


@_attrs_define
class QualityMixIn:
    """
    Attributes:
        share (float): share of what is handed out, 0 to 0.5
        new_days (int | Unset):  Default: 30.
        new_share (float | None | Unset): for new people; empty: the same
    """

    share: float
    new_days: int | Unset = 30
    new_share: float | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        share = self.share

        new_days = self.new_days

        new_share: float | None | Unset
        if isinstance(self.new_share, Unset):
            new_share = UNSET
        else:
            new_share = self.new_share

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "share": share,
            }
        )
        if new_days is not UNSET:
            field_dict["new_days"] = new_days
        if new_share is not UNSET:
            field_dict["new_share"] = new_share

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        share = d.pop("share")

        new_days = d.pop("new_days", UNSET)

        def _parse_new_share(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        new_share = _parse_new_share(d.pop("new_share", UNSET))

        quality_mix_in = cls(
            share=share,
            new_days=new_days,
            new_share=new_share,
        )

        quality_mix_in.additional_properties = d
        return quality_mix_in

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
