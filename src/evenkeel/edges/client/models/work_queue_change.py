from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.work_hand_out_in import WorkHandOutIn


T = TypeVar("T", bound="WorkQueueChange")


@_attrs_define
class WorkQueueChange:
    """What is left out stays as it is.

    Attributes:
        batch_size (int | Unset):  Default: 10.
        form_id (None | Unset | UUID):
        handout (WorkHandOutIn | Unset): What is left out stays as it is, or as it is for a new queue.
        languages (list[str] | Unset):
        lease_s (int | Unset):  Default: 900.
        name (str | Unset):  Default: ''.
        overlap (int | Unset):  Default: 1.
        policy_id (None | Unset | UUID):
        severity (int | Unset):  Default: 0.
        undo_s (int | Unset):  Default: 120.
    """

    batch_size: int | Unset = 10
    form_id: None | Unset | UUID = UNSET
    handout: WorkHandOutIn | Unset = UNSET
    languages: list[str] | Unset = UNSET
    lease_s: int | Unset = 900
    name: str | Unset = ""
    overlap: int | Unset = 1
    policy_id: None | Unset | UUID = UNSET
    severity: int | Unset = 0
    undo_s: int | Unset = 120
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        batch_size = self.batch_size

        form_id: None | str | Unset
        if isinstance(self.form_id, Unset):
            form_id = UNSET
        elif isinstance(self.form_id, UUID):
            form_id = str(self.form_id)
        else:
            form_id = self.form_id

        handout: dict[str, Any] | Unset = UNSET
        if not isinstance(self.handout, Unset):
            handout = self.handout.to_dict()

        languages: list[str] | Unset = UNSET
        if not isinstance(self.languages, Unset):
            languages = self.languages

        lease_s = self.lease_s

        name = self.name

        overlap = self.overlap

        policy_id: None | str | Unset
        if isinstance(self.policy_id, Unset):
            policy_id = UNSET
        elif isinstance(self.policy_id, UUID):
            policy_id = str(self.policy_id)
        else:
            policy_id = self.policy_id

        severity = self.severity

        undo_s = self.undo_s

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if batch_size is not UNSET:
            field_dict["batch_size"] = batch_size
        if form_id is not UNSET:
            field_dict["form_id"] = form_id
        if handout is not UNSET:
            field_dict["handout"] = handout
        if languages is not UNSET:
            field_dict["languages"] = languages
        if lease_s is not UNSET:
            field_dict["lease_s"] = lease_s
        if name is not UNSET:
            field_dict["name"] = name
        if overlap is not UNSET:
            field_dict["overlap"] = overlap
        if policy_id is not UNSET:
            field_dict["policy_id"] = policy_id
        if severity is not UNSET:
            field_dict["severity"] = severity
        if undo_s is not UNSET:
            field_dict["undo_s"] = undo_s

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_hand_out_in import WorkHandOutIn

        d = dict(src_dict)
        batch_size = d.pop("batch_size", UNSET)

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

        _handout = d.pop("handout", UNSET)
        handout: WorkHandOutIn | Unset
        if isinstance(_handout, Unset):
            handout = UNSET
        else:
            handout = WorkHandOutIn.from_dict(_handout)

        languages = cast(list[str], d.pop("languages", UNSET))

        lease_s = d.pop("lease_s", UNSET)

        name = d.pop("name", UNSET)

        overlap = d.pop("overlap", UNSET)

        def _parse_policy_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                policy_id_type_0 = UUID(data)

                return policy_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        policy_id = _parse_policy_id(d.pop("policy_id", UNSET))

        severity = d.pop("severity", UNSET)

        undo_s = d.pop("undo_s", UNSET)

        work_queue_change = cls(
            batch_size=batch_size,
            form_id=form_id,
            handout=handout,
            languages=languages,
            lease_s=lease_s,
            name=name,
            overlap=overlap,
            policy_id=policy_id,
            severity=severity,
            undo_s=undo_s,
        )

        work_queue_change.additional_properties = d
        return work_queue_change

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
