from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityGoldOut")


@_attrs_define
class QualityGoldOut:
    """
    Attributes:
        difficulty (int):
        expires_at (datetime.datetime | None):
        exposures (int): to how many people it was handed; each meets it once
        form_id (UUID):
        id (UUID):
        is_for_exams (bool):
        item_id (UUID):
        label (str):
        policy_version_id (None | UUID):
        provenance (str):
        rationale (str):
        source_id (None | UUID):
        state (str): proposed, in_force, flagged, retired
    """

    difficulty: int
    expires_at: datetime.datetime | None
    exposures: int
    form_id: UUID
    id: UUID
    is_for_exams: bool
    item_id: UUID
    label: str
    policy_version_id: None | UUID
    provenance: str
    rationale: str
    source_id: None | UUID
    state: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        difficulty = self.difficulty

        expires_at: None | str
        if isinstance(self.expires_at, datetime.datetime):
            expires_at = self.expires_at.isoformat()
        else:
            expires_at = self.expires_at

        exposures = self.exposures

        form_id = str(self.form_id)

        id = str(self.id)

        is_for_exams = self.is_for_exams

        item_id = str(self.item_id)

        label = self.label

        policy_version_id: None | str
        if isinstance(self.policy_version_id, UUID):
            policy_version_id = str(self.policy_version_id)
        else:
            policy_version_id = self.policy_version_id

        provenance = self.provenance

        rationale = self.rationale

        source_id: None | str
        if isinstance(self.source_id, UUID):
            source_id = str(self.source_id)
        else:
            source_id = self.source_id

        state = self.state

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "difficulty": difficulty,
                "expires_at": expires_at,
                "exposures": exposures,
                "form_id": form_id,
                "id": id,
                "is_for_exams": is_for_exams,
                "item_id": item_id,
                "label": label,
                "policy_version_id": policy_version_id,
                "provenance": provenance,
                "rationale": rationale,
                "source_id": source_id,
                "state": state,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        difficulty = d.pop("difficulty")

        def _parse_expires_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_at_type_0 = datetime.datetime.fromisoformat(data)

                return expires_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        expires_at = _parse_expires_at(d.pop("expires_at"))

        exposures = d.pop("exposures")

        form_id = UUID(d.pop("form_id"))

        id = UUID(d.pop("id"))

        is_for_exams = d.pop("is_for_exams")

        item_id = UUID(d.pop("item_id"))

        label = d.pop("label")

        def _parse_policy_version_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                policy_version_id_type_0 = UUID(data)

                return policy_version_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        policy_version_id = _parse_policy_version_id(d.pop("policy_version_id"))

        provenance = d.pop("provenance")

        rationale = d.pop("rationale")

        def _parse_source_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                source_id_type_0 = UUID(data)

                return source_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        source_id = _parse_source_id(d.pop("source_id"))

        state = d.pop("state")

        quality_gold_out = cls(
            difficulty=difficulty,
            expires_at=expires_at,
            exposures=exposures,
            form_id=form_id,
            id=id,
            is_for_exams=is_for_exams,
            item_id=item_id,
            label=label,
            policy_version_id=policy_version_id,
            provenance=provenance,
            rationale=rationale,
            source_id=source_id,
            state=state,
        )

        quality_gold_out.additional_properties = d
        return quality_gold_out

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
