from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.quality_gold_in_provenance import (
    QualityGoldInProvenance,
    check_quality_gold_in_provenance,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="QualityGoldIn")


@_attrs_define
class QualityGoldIn:
    """
    Attributes:
        answer (str): the right answer to the form's main question
        item_id (UUID):
        rationale (str): why it is right; experts agree to the reason as well
        difficulty (int | Unset): 1 easy, 2 medium, 3 hard Default: 2.
        expires_at (datetime.datetime | None | Unset):
        form_id (None | Unset | UUID): empty: the form that the item was asked by
        is_for_exams (bool | Unset):  Default: False.
        provenance (QualityGoldInProvenance | Unset):  Default: 'by_hand'.
        source_id (None | Unset | UUID): what it came from
    """

    answer: str
    item_id: UUID
    rationale: str
    difficulty: int | Unset = 2
    expires_at: datetime.datetime | None | Unset = UNSET
    form_id: None | Unset | UUID = UNSET
    is_for_exams: bool | Unset = False
    provenance: QualityGoldInProvenance | Unset = "by_hand"
    source_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer

        item_id = str(self.item_id)

        rationale = self.rationale

        difficulty = self.difficulty

        expires_at: None | str | Unset
        if isinstance(self.expires_at, Unset):
            expires_at = UNSET
        elif isinstance(self.expires_at, datetime.datetime):
            expires_at = self.expires_at.isoformat()
        else:
            expires_at = self.expires_at

        form_id: None | str | Unset
        if isinstance(self.form_id, Unset):
            form_id = UNSET
        elif isinstance(self.form_id, UUID):
            form_id = str(self.form_id)
        else:
            form_id = self.form_id

        is_for_exams = self.is_for_exams

        provenance: str | Unset = UNSET
        if not isinstance(self.provenance, Unset):
            provenance = self.provenance

        source_id: None | str | Unset
        if isinstance(self.source_id, Unset):
            source_id = UNSET
        elif isinstance(self.source_id, UUID):
            source_id = str(self.source_id)
        else:
            source_id = self.source_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "item_id": item_id,
                "rationale": rationale,
            }
        )
        if difficulty is not UNSET:
            field_dict["difficulty"] = difficulty
        if expires_at is not UNSET:
            field_dict["expires_at"] = expires_at
        if form_id is not UNSET:
            field_dict["form_id"] = form_id
        if is_for_exams is not UNSET:
            field_dict["is_for_exams"] = is_for_exams
        if provenance is not UNSET:
            field_dict["provenance"] = provenance
        if source_id is not UNSET:
            field_dict["source_id"] = source_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        answer = d.pop("answer")

        item_id = UUID(d.pop("item_id"))

        rationale = d.pop("rationale")

        difficulty = d.pop("difficulty", UNSET)

        def _parse_expires_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_at_type_0 = datetime.datetime.fromisoformat(data)

                return expires_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        expires_at = _parse_expires_at(d.pop("expires_at", UNSET))

        def _parse_form_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                form_id_type_0 = UUID(data)

                return form_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        form_id = _parse_form_id(d.pop("form_id", UNSET))

        is_for_exams = d.pop("is_for_exams", UNSET)

        _provenance = d.pop("provenance", UNSET)
        provenance: QualityGoldInProvenance | Unset
        if isinstance(_provenance, Unset):
            provenance = UNSET
        else:
            provenance = check_quality_gold_in_provenance(_provenance)

        def _parse_source_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                source_id_type_0 = UUID(data)

                return source_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        source_id = _parse_source_id(d.pop("source_id", UNSET))

        quality_gold_in = cls(
            answer=answer,
            item_id=item_id,
            rationale=rationale,
            difficulty=difficulty,
            expires_at=expires_at,
            form_id=form_id,
            is_for_exams=is_for_exams,
            provenance=provenance,
            source_id=source_id,
        )

        quality_gold_in.additional_properties = d
        return quality_gold_in

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
