from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.reports_exploration_in_audience import (
    ReportsExplorationInAudience,
    check_reports_exploration_in_audience,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.reports_question_in import ReportsQuestionIn


T = TypeVar("T", bound="ReportsExplorationIn")


@_attrs_define
class ReportsExplorationIn:
    """A question with its name, and whom it is shared with.

    Attributes:
        name (str):
        question (ReportsQuestionIn): A question as the address of the explore page holds it: a metric, cut, narrowed,
            over a period, compared, drawn.

            By what a metric is kept, and so may be cut and narrowed, its definition says.
            The period is the last `days`, or since <= day <= last where both are given.
        audience (ReportsExplorationInAudience | Unset):  Default: 'private'.
    """

    name: str
    question: ReportsQuestionIn
    audience: ReportsExplorationInAudience | Unset = "private"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        question = self.question.to_dict()

        audience: str | Unset = UNSET
        if not isinstance(self.audience, Unset):
            audience = self.audience

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "question": question,
            }
        )
        if audience is not UNSET:
            field_dict["audience"] = audience

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.reports_question_in import ReportsQuestionIn

        d = dict(src_dict)
        name = d.pop("name")

        question = ReportsQuestionIn.from_dict(d.pop("question"))

        _audience = d.pop("audience", UNSET)
        audience: ReportsExplorationInAudience | Unset
        if isinstance(_audience, Unset):
            audience = UNSET
        else:
            audience = check_reports_exploration_in_audience(_audience)

        reports_exploration_in = cls(
            name=name,
            question=question,
            audience=audience,
        )

        reports_exploration_in.additional_properties = d
        return reports_exploration_in

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
