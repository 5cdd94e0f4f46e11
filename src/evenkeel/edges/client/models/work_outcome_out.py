from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_decision_out import WorkDecisionOut
    from ..models.work_problem_out import WorkProblemOut


T = TypeVar("T", bound="WorkOutcomeOut")


@_attrs_define
class WorkOutcomeOut:
    """
    Attributes:
        client_key (str):
        decision (None | WorkDecisionOut):
        problem (None | WorkProblemOut):
    """

    client_key: str
    decision: None | WorkDecisionOut
    problem: None | WorkProblemOut
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.work_decision_out import WorkDecisionOut
        from ..models.work_problem_out import WorkProblemOut

        client_key = self.client_key

        decision: dict[str, Any] | None
        if isinstance(self.decision, WorkDecisionOut):
            decision = self.decision.to_dict()
        else:
            decision = self.decision

        problem: dict[str, Any] | None
        if isinstance(self.problem, WorkProblemOut):
            problem = self.problem.to_dict()
        else:
            problem = self.problem

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "client_key": client_key,
                "decision": decision,
                "problem": problem,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_decision_out import WorkDecisionOut
        from ..models.work_problem_out import WorkProblemOut

        d = dict(src_dict)
        client_key = d.pop("client_key")

        def _parse_decision(data: object) -> None | WorkDecisionOut:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                decision_type_0 = WorkDecisionOut.from_dict(data)

                return decision_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | WorkDecisionOut, data)

        decision = _parse_decision(d.pop("decision"))

        def _parse_problem(data: object) -> None | WorkProblemOut:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                problem_type_0 = WorkProblemOut.from_dict(data)

                return problem_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | WorkProblemOut, data)

        problem = _parse_problem(d.pop("problem"))

        work_outcome_out = cls(
            client_key=client_key,
            decision=decision,
            problem=problem,
        )

        work_outcome_out.additional_properties = d
        return work_outcome_out

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
