from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_problem_out_fields import WorkProblemOutFields


T = TypeVar("T", bound="WorkProblemOut")


@_attrs_define
class WorkProblemOut:
    """As the whole answer would be, had it been sent alone.

    Attributes:
        code (str):
        detail (str):
        fields (WorkProblemOutFields):
        status (int):
    """

    code: str
    detail: str
    fields: WorkProblemOutFields
    status: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        detail = self.detail

        fields = self.fields.to_dict()

        status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "detail": detail,
                "fields": fields,
                "status": status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_problem_out_fields import WorkProblemOutFields

        d = dict(src_dict)
        code = d.pop("code")

        detail = d.pop("detail")

        fields = WorkProblemOutFields.from_dict(d.pop("fields"))

        status = d.pop("status")

        work_problem_out = cls(
            code=code,
            detail=detail,
            fields=fields,
            status=status,
        )

        work_problem_out.additional_properties = d
        return work_problem_out

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
