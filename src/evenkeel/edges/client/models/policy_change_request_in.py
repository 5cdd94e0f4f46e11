from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.policy_evidence_page import PolicyEvidencePage


T = TypeVar("T", bound="PolicyChangeRequestIn")


@_attrs_define
class PolicyChangeRequestIn:
    """`evidence` are pages on this site, or https.

    Attributes:
        what (str):
        why (str):
        clause (str | Unset):  Default: ''.
        evidence (list[PolicyEvidencePage] | Unset):
    """

    what: str
    why: str
    clause: str | Unset = ""
    evidence: list[PolicyEvidencePage] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        what = self.what

        why = self.why

        clause = self.clause

        evidence: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.evidence, Unset):
            evidence = []
            for evidence_item_data in self.evidence:
                evidence_item = evidence_item_data.to_dict()
                evidence.append(evidence_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "what": what,
                "why": why,
            }
        )
        if clause is not UNSET:
            field_dict["clause"] = clause
        if evidence is not UNSET:
            field_dict["evidence"] = evidence

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.policy_evidence_page import PolicyEvidencePage

        d = dict(src_dict)
        what = d.pop("what")

        why = d.pop("why")

        clause = d.pop("clause", UNSET)

        _evidence = d.pop("evidence", UNSET)
        evidence: list[PolicyEvidencePage] | Unset = UNSET
        if _evidence is not UNSET:
            evidence = []
            for evidence_item_data in _evidence:
                evidence_item = PolicyEvidencePage.from_dict(evidence_item_data)

                evidence.append(evidence_item)

        policy_change_request_in = cls(
            what=what,
            why=why,
            clause=clause,
            evidence=evidence,
        )

        policy_change_request_in.additional_properties = d
        return policy_change_request_in

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
