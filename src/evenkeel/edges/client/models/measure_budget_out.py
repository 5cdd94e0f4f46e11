from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="MeasureBudgetOut")


@_attrs_define
class MeasureBudgetOut:
    """A budget, and what came of it over `weeks` weeks.

    Attributes:
        allowed (float):
        is_kept (bool):
        name (str):
        noise (int):
        open_ (int):
        organisation_id (None | UUID):
        per_week (float):
        person_id (None | UUID):
        raised (int):
        weeks (int):
    """

    allowed: float
    is_kept: bool
    name: str
    noise: int
    open_: int
    organisation_id: None | UUID
    per_week: float
    person_id: None | UUID
    raised: int
    weeks: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        allowed = self.allowed

        is_kept = self.is_kept

        name = self.name

        noise = self.noise

        open_ = self.open_

        organisation_id: None | str
        if isinstance(self.organisation_id, UUID):
            organisation_id = str(self.organisation_id)
        else:
            organisation_id = self.organisation_id

        per_week = self.per_week

        person_id: None | str
        if isinstance(self.person_id, UUID):
            person_id = str(self.person_id)
        else:
            person_id = self.person_id

        raised = self.raised

        weeks = self.weeks

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "allowed": allowed,
                "is_kept": is_kept,
                "name": name,
                "noise": noise,
                "open": open_,
                "organisation_id": organisation_id,
                "per_week": per_week,
                "person_id": person_id,
                "raised": raised,
                "weeks": weeks,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        allowed = d.pop("allowed")

        is_kept = d.pop("is_kept")

        name = d.pop("name")

        noise = d.pop("noise")

        open_ = d.pop("open")

        def _parse_organisation_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                organisation_id_type_0 = UUID(data)

                return organisation_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        organisation_id = _parse_organisation_id(d.pop("organisation_id"))

        per_week = d.pop("per_week")

        def _parse_person_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                person_id_type_0 = UUID(data)

                return person_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        person_id = _parse_person_id(d.pop("person_id"))

        raised = d.pop("raised")

        weeks = d.pop("weeks")

        measure_budget_out = cls(
            allowed=allowed,
            is_kept=is_kept,
            name=name,
            noise=noise,
            open_=open_,
            organisation_id=organisation_id,
            per_week=per_week,
            person_id=person_id,
            raised=raised,
            weeks=weeks,
        )

        measure_budget_out.additional_properties = d
        return measure_budget_out

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
