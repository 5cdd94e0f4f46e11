from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.work_hand_out_in_overlap_rule import (
    WorkHandOutInOverlapRule,
    check_work_hand_out_in_overlap_rule,
)
from ..models.work_hand_out_in_prelabel import (
    WorkHandOutInPrelabel,
    check_work_hand_out_in_prelabel,
)
from ..models.work_hand_out_in_priority_rule import (
    WorkHandOutInPriorityRule,
    check_work_hand_out_in_priority_rule,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="WorkHandOutIn")


@_attrs_define
class WorkHandOutIn:
    """What is left out stays as it is, or as it is for a new queue.

    Attributes:
        certifications (list[str] | Unset): skills with a day on which they lapse
        day_cap (int | None | Unset): decisions a person a day at most
        may_ask (bool | Unset):  Default: True.
        may_escalate (bool | Unset):  Default: True.
        may_return (bool | Unset):  Default: True.
        may_skip (bool | Unset):  Default: True.
        overlap_most (int | Unset): people an item at most, for share and adaptive Default: 3.
        overlap_rule (WorkHandOutInOverlapRule | Unset):  Default: 'fixed'.
        overlap_share (float | Unset): share of the items that get overlap_most people Default: 0.1.
        overlap_target (float | Unset): how sure the answer must be, for adaptive Default: 0.9.
        prelabel (WorkHandOutInPrelabel | Unset):  Default: 'off'.
        priority_rule (WorkHandOutInPriorityRule | Unset):  Default: 'arrival'.
        skills (list[str] | Unset): a worker has all of them
        target_s (int | None | Unset): seconds from arrival to decision
        teams_apart (bool | Unset): further opinions come from other teams Default: False.
    """

    certifications: list[str] | Unset = UNSET
    day_cap: int | None | Unset = UNSET
    may_ask: bool | Unset = True
    may_escalate: bool | Unset = True
    may_return: bool | Unset = True
    may_skip: bool | Unset = True
    overlap_most: int | Unset = 3
    overlap_rule: WorkHandOutInOverlapRule | Unset = "fixed"
    overlap_share: float | Unset = 0.1
    overlap_target: float | Unset = 0.9
    prelabel: WorkHandOutInPrelabel | Unset = "off"
    priority_rule: WorkHandOutInPriorityRule | Unset = "arrival"
    skills: list[str] | Unset = UNSET
    target_s: int | None | Unset = UNSET
    teams_apart: bool | Unset = False
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        certifications: list[str] | Unset = UNSET
        if not isinstance(self.certifications, Unset):
            certifications = self.certifications

        day_cap: int | None | Unset
        if isinstance(self.day_cap, Unset):
            day_cap = UNSET
        else:
            day_cap = self.day_cap

        may_ask = self.may_ask

        may_escalate = self.may_escalate

        may_return = self.may_return

        may_skip = self.may_skip

        overlap_most = self.overlap_most

        overlap_rule: str | Unset = UNSET
        if not isinstance(self.overlap_rule, Unset):
            overlap_rule = self.overlap_rule

        overlap_share = self.overlap_share

        overlap_target = self.overlap_target

        prelabel: str | Unset = UNSET
        if not isinstance(self.prelabel, Unset):
            prelabel = self.prelabel

        priority_rule: str | Unset = UNSET
        if not isinstance(self.priority_rule, Unset):
            priority_rule = self.priority_rule

        skills: list[str] | Unset = UNSET
        if not isinstance(self.skills, Unset):
            skills = self.skills

        target_s: int | None | Unset
        if isinstance(self.target_s, Unset):
            target_s = UNSET
        else:
            target_s = self.target_s

        teams_apart = self.teams_apart

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if certifications is not UNSET:
            field_dict["certifications"] = certifications
        if day_cap is not UNSET:
            field_dict["day_cap"] = day_cap
        if may_ask is not UNSET:
            field_dict["may_ask"] = may_ask
        if may_escalate is not UNSET:
            field_dict["may_escalate"] = may_escalate
        if may_return is not UNSET:
            field_dict["may_return"] = may_return
        if may_skip is not UNSET:
            field_dict["may_skip"] = may_skip
        if overlap_most is not UNSET:
            field_dict["overlap_most"] = overlap_most
        if overlap_rule is not UNSET:
            field_dict["overlap_rule"] = overlap_rule
        if overlap_share is not UNSET:
            field_dict["overlap_share"] = overlap_share
        if overlap_target is not UNSET:
            field_dict["overlap_target"] = overlap_target
        if prelabel is not UNSET:
            field_dict["prelabel"] = prelabel
        if priority_rule is not UNSET:
            field_dict["priority_rule"] = priority_rule
        if skills is not UNSET:
            field_dict["skills"] = skills
        if target_s is not UNSET:
            field_dict["target_s"] = target_s
        if teams_apart is not UNSET:
            field_dict["teams_apart"] = teams_apart

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        certifications = cast(list[str], d.pop("certifications", UNSET))

        def _parse_day_cap(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        day_cap = _parse_day_cap(d.pop("day_cap", UNSET))

        may_ask = d.pop("may_ask", UNSET)

        may_escalate = d.pop("may_escalate", UNSET)

        may_return = d.pop("may_return", UNSET)

        may_skip = d.pop("may_skip", UNSET)

        overlap_most = d.pop("overlap_most", UNSET)

        _overlap_rule = d.pop("overlap_rule", UNSET)
        overlap_rule: WorkHandOutInOverlapRule | Unset
        if isinstance(_overlap_rule, Unset):
            overlap_rule = UNSET
        else:
            overlap_rule = check_work_hand_out_in_overlap_rule(_overlap_rule)

        overlap_share = d.pop("overlap_share", UNSET)

        overlap_target = d.pop("overlap_target", UNSET)

        _prelabel = d.pop("prelabel", UNSET)
        prelabel: WorkHandOutInPrelabel | Unset
        if isinstance(_prelabel, Unset):
            prelabel = UNSET
        else:
            prelabel = check_work_hand_out_in_prelabel(_prelabel)

        _priority_rule = d.pop("priority_rule", UNSET)
        priority_rule: WorkHandOutInPriorityRule | Unset
        if isinstance(_priority_rule, Unset):
            priority_rule = UNSET
        else:
            priority_rule = check_work_hand_out_in_priority_rule(_priority_rule)

        skills = cast(list[str], d.pop("skills", UNSET))

        def _parse_target_s(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        target_s = _parse_target_s(d.pop("target_s", UNSET))

        teams_apart = d.pop("teams_apart", UNSET)

        work_hand_out_in = cls(
            certifications=certifications,
            day_cap=day_cap,
            may_ask=may_ask,
            may_escalate=may_escalate,
            may_return=may_return,
            may_skip=may_skip,
            overlap_most=overlap_most,
            overlap_rule=overlap_rule,
            overlap_share=overlap_share,
            overlap_target=overlap_target,
            prelabel=prelabel,
            priority_rule=priority_rule,
            skills=skills,
            target_s=target_s,
            teams_apart=teams_apart,
        )

        work_hand_out_in.additional_properties = d
        return work_hand_out_in

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
