from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_form_in_spec import WorkFormInSpec


T = TypeVar("T", bound="WorkFormIn")


@_attrs_define
class WorkFormIn:
    """
    Attributes:
        name (str):
        spec (WorkFormInSpec): question, fields, main; see the manual's chapter on forms
    """

    name: str
    spec: WorkFormInSpec
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        spec = self.spec.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "spec": spec,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_form_in_spec import WorkFormInSpec

        d = dict(src_dict)
        name = d.pop("name")

        spec = WorkFormInSpec.from_dict(d.pop("spec"))

        work_form_in = cls(
            name=name,
            spec=spec,
        )

        work_form_in.additional_properties = d
        return work_form_in

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
