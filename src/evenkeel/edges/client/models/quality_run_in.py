from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QualityRunIn")


@_attrs_define
class QualityRunIn:
    """
    Attributes:
        mapping (str):
        is_partial (bool | Unset): leave rows out that do not fit, instead of stopping everything Default: False.
        is_trial (bool | Unset): check and compare only; write nothing Default: False.
    """

    mapping: str
    is_partial: bool | Unset = False
    is_trial: bool | Unset = False
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        mapping = self.mapping

        is_partial = self.is_partial

        is_trial = self.is_trial

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "mapping": mapping,
            }
        )
        if is_partial is not UNSET:
            field_dict["is_partial"] = is_partial
        if is_trial is not UNSET:
            field_dict["is_trial"] = is_trial

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        mapping = d.pop("mapping")

        is_partial = d.pop("is_partial", UNSET)

        is_trial = d.pop("is_trial", UNSET)

        quality_run_in = cls(
            mapping=mapping,
            is_partial=is_partial,
            is_trial=is_trial,
        )

        quality_run_in.additional_properties = d
        return quality_run_in

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
