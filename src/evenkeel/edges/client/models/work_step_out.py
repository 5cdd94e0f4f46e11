from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_rule_out import WorkRuleOut
    from ..models.work_tested_out import WorkTestedOut


T = TypeVar("T", bound="WorkStepOut")


@_attrs_define
class WorkStepOut:
    """
    Attributes:
        condition (str):
        outcome (str): matched, failed, closed (its queue is), or not reached
        rule (WorkRuleOut):
        tests (list[WorkTestedOut]):
    """

    condition: str
    outcome: str
    rule: WorkRuleOut
    tests: list[WorkTestedOut]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        condition = self.condition

        outcome = self.outcome

        rule = self.rule.to_dict()

        tests = []
        for tests_item_data in self.tests:
            tests_item = tests_item_data.to_dict()
            tests.append(tests_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "condition": condition,
                "outcome": outcome,
                "rule": rule,
                "tests": tests,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_rule_out import WorkRuleOut
        from ..models.work_tested_out import WorkTestedOut

        d = dict(src_dict)
        condition = d.pop("condition")

        outcome = d.pop("outcome")

        rule = WorkRuleOut.from_dict(d.pop("rule"))

        tests = []
        _tests = d.pop("tests")
        for tests_item_data in _tests:
            tests_item = WorkTestedOut.from_dict(tests_item_data)

            tests.append(tests_item)

        work_step_out = cls(
            condition=condition,
            outcome=outcome,
            rule=rule,
            tests=tests,
        )

        work_step_out.additional_properties = d
        return work_step_out

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
