from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_hand_out import WorkHandOut


T = TypeVar("T", bound="WorkQueueOut")


@_attrs_define
class WorkQueueOut:
    """
    Attributes:
        batch_size (int):
        form_id (UUID):
        handout (WorkHandOut):
        id (UUID):
        in_hand_count (int): leases running
        is_open (bool):
        languages (list[str]):
        lease_s (int):
        name (str):
        open_count (int): tasks that want a decision
        overlap (int):
        policy_id (None | UUID):
        programme_id (UUID):
        severity (int):
        undo_s (int):
    """

    batch_size: int
    form_id: UUID
    handout: WorkHandOut
    id: UUID
    in_hand_count: int
    is_open: bool
    languages: list[str]
    lease_s: int
    name: str
    open_count: int
    overlap: int
    policy_id: None | UUID
    programme_id: UUID
    severity: int
    undo_s: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        batch_size = self.batch_size

        form_id = str(self.form_id)

        handout = self.handout.to_dict()

        id = str(self.id)

        in_hand_count = self.in_hand_count

        is_open = self.is_open

        languages = self.languages

        lease_s = self.lease_s

        name = self.name

        open_count = self.open_count

        overlap = self.overlap

        policy_id: None | str
        if isinstance(self.policy_id, UUID):
            policy_id = str(self.policy_id)
        else:
            policy_id = self.policy_id

        programme_id = str(self.programme_id)

        severity = self.severity

        undo_s = self.undo_s

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "batch_size": batch_size,
                "form_id": form_id,
                "handout": handout,
                "id": id,
                "in_hand_count": in_hand_count,
                "is_open": is_open,
                "languages": languages,
                "lease_s": lease_s,
                "name": name,
                "open_count": open_count,
                "overlap": overlap,
                "policy_id": policy_id,
                "programme_id": programme_id,
                "severity": severity,
                "undo_s": undo_s,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_hand_out import WorkHandOut

        d = dict(src_dict)
        batch_size = d.pop("batch_size")

        form_id = UUID(d.pop("form_id"))

        handout = WorkHandOut.from_dict(d.pop("handout"))

        id = UUID(d.pop("id"))

        in_hand_count = d.pop("in_hand_count")

        is_open = d.pop("is_open")

        languages = cast(list[str], d.pop("languages"))

        lease_s = d.pop("lease_s")

        name = d.pop("name")

        open_count = d.pop("open_count")

        overlap = d.pop("overlap")

        def _parse_policy_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                policy_id_type_0 = UUID(data)

                return policy_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        policy_id = _parse_policy_id(d.pop("policy_id"))

        programme_id = UUID(d.pop("programme_id"))

        severity = d.pop("severity")

        undo_s = d.pop("undo_s")

        work_queue_out = cls(
            batch_size=batch_size,
            form_id=form_id,
            handout=handout,
            id=id,
            in_hand_count=in_hand_count,
            is_open=is_open,
            languages=languages,
            lease_s=lease_s,
            name=name,
            open_count=open_count,
            overlap=overlap,
            policy_id=policy_id,
            programme_id=programme_id,
            severity=severity,
            undo_s=undo_s,
        )

        work_queue_out.additional_properties = d
        return work_queue_out

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
