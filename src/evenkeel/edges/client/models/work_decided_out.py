from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.work_batch_out import WorkBatchOut
    from ..models.work_outcome_out import WorkOutcomeOut
    from ..models.work_problem_out import WorkProblemOut


T = TypeVar("T", bound="WorkDecidedOut")


@_attrs_define
class WorkDecidedOut:
    """
    Attributes:
        results (list[WorkOutcomeOut]): in the order in which they were sent
        batch (None | Unset | WorkBatchOut): what you have in hand now, where `take` asked for it
        not_taken (None | Unset | WorkProblemOut): why nothing was handed out, where `take` asked for it; the decisions
            stand all the same
    """

    results: list[WorkOutcomeOut]
    batch: None | Unset | WorkBatchOut = UNSET
    not_taken: None | Unset | WorkProblemOut = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.work_batch_out import WorkBatchOut
        from ..models.work_problem_out import WorkProblemOut

        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        batch: dict[str, Any] | None | Unset
        if isinstance(self.batch, Unset):
            batch = UNSET
        elif isinstance(self.batch, WorkBatchOut):
            batch = self.batch.to_dict()
        else:
            batch = self.batch

        not_taken: dict[str, Any] | None | Unset
        if isinstance(self.not_taken, Unset):
            not_taken = UNSET
        elif isinstance(self.not_taken, WorkProblemOut):
            not_taken = self.not_taken.to_dict()
        else:
            not_taken = self.not_taken

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "results": results,
            }
        )
        if batch is not UNSET:
            field_dict["batch"] = batch
        if not_taken is not UNSET:
            field_dict["not_taken"] = not_taken

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_batch_out import WorkBatchOut
        from ..models.work_outcome_out import WorkOutcomeOut
        from ..models.work_problem_out import WorkProblemOut

        d = dict(src_dict)
        results = []
        _results = d.pop("results")
        for results_item_data in _results:
            results_item = WorkOutcomeOut.from_dict(results_item_data)

            results.append(results_item)

        def _parse_batch(data: object) -> None | Unset | WorkBatchOut:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                batch_type_0 = WorkBatchOut.from_dict(data)

                return batch_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WorkBatchOut, data)

        batch = _parse_batch(d.pop("batch", UNSET))

        def _parse_not_taken(data: object) -> None | Unset | WorkProblemOut:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                not_taken_type_0 = WorkProblemOut.from_dict(data)

                return not_taken_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WorkProblemOut, data)

        not_taken = _parse_not_taken(d.pop("not_taken", UNSET))

        work_decided_out = cls(
            results=results,
            batch=batch,
            not_taken=not_taken,
        )

        work_decided_out.additional_properties = d
        return work_decided_out

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
