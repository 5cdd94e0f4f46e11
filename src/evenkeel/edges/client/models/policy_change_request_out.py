from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.policy_change_request_out_state import (
    PolicyChangeRequestOutState,
    check_policy_change_request_out_state,
)

if TYPE_CHECKING:
    from ..models.policy_evidence_page import PolicyEvidencePage


T = TypeVar("T", bound="PolicyChangeRequestOut")


@_attrs_define
class PolicyChangeRequestOut:
    """
    Attributes:
        answer (None | str):
        answered_at (datetime.datetime | None):
        asked_at (datetime.datetime):
        asked_by_id (UUID):
        clause (str):
        evidence (list[PolicyEvidencePage]):
        id (UUID):
        policy_id (UUID):
        state (PolicyChangeRequestOutState):
        version (int | None):
        what (str):
        why (str):
    """

    answer: None | str
    answered_at: datetime.datetime | None
    asked_at: datetime.datetime
    asked_by_id: UUID
    clause: str
    evidence: list[PolicyEvidencePage]
    id: UUID
    policy_id: UUID
    state: PolicyChangeRequestOutState
    version: int | None
    what: str
    why: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        answer: None | str
        answer = self.answer

        answered_at: None | str
        if isinstance(self.answered_at, datetime.datetime):
            answered_at = self.answered_at.isoformat()
        else:
            answered_at = self.answered_at

        asked_at = self.asked_at.isoformat()

        asked_by_id = str(self.asked_by_id)

        clause = self.clause

        evidence = []
        for evidence_item_data in self.evidence:
            evidence_item = evidence_item_data.to_dict()
            evidence.append(evidence_item)

        id = str(self.id)

        policy_id = str(self.policy_id)

        state: str = self.state

        version: int | None
        version = self.version

        what = self.what

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "answered_at": answered_at,
                "asked_at": asked_at,
                "asked_by_id": asked_by_id,
                "clause": clause,
                "evidence": evidence,
                "id": id,
                "policy_id": policy_id,
                "state": state,
                "version": version,
                "what": what,
                "why": why,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.policy_evidence_page import PolicyEvidencePage

        d = dict(src_dict)

        def _parse_answer(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        answer = _parse_answer(d.pop("answer"))

        def _parse_answered_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                answered_at_type_0 = datetime.datetime.fromisoformat(data)

                return answered_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        answered_at = _parse_answered_at(d.pop("answered_at"))

        asked_at = datetime.datetime.fromisoformat(d.pop("asked_at"))

        asked_by_id = UUID(d.pop("asked_by_id"))

        clause = d.pop("clause")

        evidence = []
        _evidence = d.pop("evidence")
        for evidence_item_data in _evidence:
            evidence_item = PolicyEvidencePage.from_dict(evidence_item_data)

            evidence.append(evidence_item)

        id = UUID(d.pop("id"))

        policy_id = UUID(d.pop("policy_id"))

        state = check_policy_change_request_out_state(d.pop("state"))

        def _parse_version(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        version = _parse_version(d.pop("version"))

        what = d.pop("what")

        why = d.pop("why")

        policy_change_request_out = cls(
            answer=answer,
            answered_at=answered_at,
            asked_at=asked_at,
            asked_by_id=asked_by_id,
            clause=clause,
            evidence=evidence,
            id=id,
            policy_id=policy_id,
            state=state,
            version=version,
            what=what,
            why=why,
        )

        policy_change_request_out.additional_properties = d
        return policy_change_request_out

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
