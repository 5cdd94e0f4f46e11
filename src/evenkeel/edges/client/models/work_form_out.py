from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.work_form_out_spec import WorkFormOutSpec


T = TypeVar("T", bound="WorkFormOut")


@_attrs_define
class WorkFormOut:
    """
    Attributes:
        form_id (UUID):
        form_version_id (UUID):
        number (int):
        spec (WorkFormOutSpec):
        remarks (list[str] | Unset): what a taken-over configuration had that was changed or left out
    """

    form_id: UUID
    form_version_id: UUID
    number: int
    spec: WorkFormOutSpec
    remarks: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        form_id = str(self.form_id)

        form_version_id = str(self.form_version_id)

        number = self.number

        spec = self.spec.to_dict()

        remarks: list[str] | Unset = UNSET
        if not isinstance(self.remarks, Unset):
            remarks = self.remarks

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "form_id": form_id,
                "form_version_id": form_version_id,
                "number": number,
                "spec": spec,
            }
        )
        if remarks is not UNSET:
            field_dict["remarks"] = remarks

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_form_out_spec import WorkFormOutSpec

        d = dict(src_dict)
        form_id = UUID(d.pop("form_id"))

        form_version_id = UUID(d.pop("form_version_id"))

        number = d.pop("number")

        spec = WorkFormOutSpec.from_dict(d.pop("spec"))

        remarks = cast(list[str], d.pop("remarks", UNSET))

        work_form_out = cls(
            form_id=form_id,
            form_version_id=form_version_id,
            number=number,
            spec=spec,
            remarks=remarks,
        )

        work_form_out.additional_properties = d
        return work_form_out

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
