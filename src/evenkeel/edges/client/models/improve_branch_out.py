from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.improve_branch_out_causes import ImproveBranchOutCauses


T = TypeVar("T", bound="ImproveBranchOut")


@_attrs_define
class ImproveBranchOut:
    """A branch of the fishbone: causes with how many cases were put down to each, and the first answers to why.

    Attributes:
        answers (list[str]):
        branch (str):
        causes (ImproveBranchOutCauses):
    """

    answers: list[str]
    branch: str
    causes: ImproveBranchOutCauses
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answers = self.answers

        branch = self.branch

        causes = self.causes.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answers": answers,
                "branch": branch,
                "causes": causes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.improve_branch_out_causes import ImproveBranchOutCauses

        d = dict(src_dict)
        answers = cast(list[str], d.pop("answers"))

        branch = d.pop("branch")

        causes = ImproveBranchOutCauses.from_dict(d.pop("causes"))

        improve_branch_out = cls(
            answers=answers,
            branch=branch,
            causes=causes,
        )

        improve_branch_out.additional_properties = d
        return improve_branch_out

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
