from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="WorkDeskPreferenceIn")


@_attrs_define
class WorkDeskPreferenceIn:
    """
    Attributes:
        blur (bool | None | Unset): empty: by the queue's severity
        break_after_min (int | Unset):  Default: 50.
        greyscale (bool | None | Unset):
        mute (bool | None | Unset):
        small (bool | None | Unset):
        speed (float | Unset):  Default: 1.0.
    """

    blur: bool | None | Unset = UNSET
    break_after_min: int | Unset = 50
    greyscale: bool | None | Unset = UNSET
    mute: bool | None | Unset = UNSET
    small: bool | None | Unset = UNSET
    speed: float | Unset = 1.0
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        blur: bool | None | Unset
        if isinstance(self.blur, Unset):
            blur = UNSET
        else:
            blur = self.blur

        break_after_min = self.break_after_min

        greyscale: bool | None | Unset
        if isinstance(self.greyscale, Unset):
            greyscale = UNSET
        else:
            greyscale = self.greyscale

        mute: bool | None | Unset
        if isinstance(self.mute, Unset):
            mute = UNSET
        else:
            mute = self.mute

        small: bool | None | Unset
        if isinstance(self.small, Unset):
            small = UNSET
        else:
            small = self.small

        speed = self.speed

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if blur is not UNSET:
            field_dict["blur"] = blur
        if break_after_min is not UNSET:
            field_dict["break_after_min"] = break_after_min
        if greyscale is not UNSET:
            field_dict["greyscale"] = greyscale
        if mute is not UNSET:
            field_dict["mute"] = mute
        if small is not UNSET:
            field_dict["small"] = small
        if speed is not UNSET:
            field_dict["speed"] = speed

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_blur(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        blur = _parse_blur(d.pop("blur", UNSET))

        break_after_min = d.pop("break_after_min", UNSET)

        def _parse_greyscale(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        greyscale = _parse_greyscale(d.pop("greyscale", UNSET))

        def _parse_mute(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        mute = _parse_mute(d.pop("mute", UNSET))

        def _parse_small(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        small = _parse_small(d.pop("small", UNSET))

        speed = d.pop("speed", UNSET)

        work_desk_preference_in = cls(
            blur=blur,
            break_after_min=break_after_min,
            greyscale=greyscale,
            mute=mute,
            small=small,
            speed=speed,
        )

        work_desk_preference_in.additional_properties = d
        return work_desk_preference_in

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
