from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.work_decision_out_answer import WorkDecisionOutAnswer
    from ..models.work_prelabel_out import WorkPrelabelOut


T = TypeVar("T", bound="WorkDecisionOut")


@_attrs_define
class WorkDecisionOut:
    """
    Attributes:
        active_ms (int | None):
        answer (WorkDecisionOutAnswer):
        corrects_id (None | UUID): the decision that this one puts right
        decided_at (datetime.datetime):
        id (UUID):
        is_taken_back (bool):
        item_id (UUID):
        label (str):
        origin (str):
        prelabel_followed (bool | None): whether the answer is what was suggested
        prelabel_seen (bool | None): whether a suggested label was seen first; empty without one
        programme_id (UUID):
        queue_id (None | UUID):
        replicate (int):
        undo_until (datetime.datetime | None): until when its maker may take it back; empty for imports
        worker_id (UUID):
        prelabel (None | Unset | WorkPrelabelOut): what was suggested; told on deciding, in queues that show it once
            answered
    """

    active_ms: int | None
    answer: WorkDecisionOutAnswer
    corrects_id: None | UUID
    decided_at: datetime.datetime
    id: UUID
    is_taken_back: bool
    item_id: UUID
    label: str
    origin: str
    prelabel_followed: bool | None
    prelabel_seen: bool | None
    programme_id: UUID
    queue_id: None | UUID
    replicate: int
    undo_until: datetime.datetime | None
    worker_id: UUID
    prelabel: None | Unset | WorkPrelabelOut = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.work_prelabel_out import WorkPrelabelOut

        active_ms: int | None
        active_ms = self.active_ms

        answer = self.answer.to_dict()

        corrects_id: None | str
        if isinstance(self.corrects_id, UUID):
            corrects_id = str(self.corrects_id)
        else:
            corrects_id = self.corrects_id

        decided_at = self.decided_at.isoformat()

        id = str(self.id)

        is_taken_back = self.is_taken_back

        item_id = str(self.item_id)

        label = self.label

        origin = self.origin

        prelabel_followed: bool | None
        prelabel_followed = self.prelabel_followed

        prelabel_seen: bool | None
        prelabel_seen = self.prelabel_seen

        programme_id = str(self.programme_id)

        queue_id: None | str
        if isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        replicate = self.replicate

        undo_until: None | str
        if isinstance(self.undo_until, datetime.datetime):
            undo_until = self.undo_until.isoformat()
        else:
            undo_until = self.undo_until

        worker_id = str(self.worker_id)

        prelabel: dict[str, Any] | None | Unset
        if isinstance(self.prelabel, Unset):
            prelabel = UNSET
        elif isinstance(self.prelabel, WorkPrelabelOut):
            prelabel = self.prelabel.to_dict()
        else:
            prelabel = self.prelabel

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "active_ms": active_ms,
                "answer": answer,
                "corrects_id": corrects_id,
                "decided_at": decided_at,
                "id": id,
                "is_taken_back": is_taken_back,
                "item_id": item_id,
                "label": label,
                "origin": origin,
                "prelabel_followed": prelabel_followed,
                "prelabel_seen": prelabel_seen,
                "programme_id": programme_id,
                "queue_id": queue_id,
                "replicate": replicate,
                "undo_until": undo_until,
                "worker_id": worker_id,
            }
        )
        if prelabel is not UNSET:
            field_dict["prelabel"] = prelabel

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_decision_out_answer import WorkDecisionOutAnswer
        from ..models.work_prelabel_out import WorkPrelabelOut

        d = dict(src_dict)

        def _parse_active_ms(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        active_ms = _parse_active_ms(d.pop("active_ms"))

        answer = WorkDecisionOutAnswer.from_dict(d.pop("answer"))

        def _parse_corrects_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                corrects_id_type_0 = UUID(data)

                return corrects_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        corrects_id = _parse_corrects_id(d.pop("corrects_id"))

        decided_at = datetime.datetime.fromisoformat(d.pop("decided_at"))

        id = UUID(d.pop("id"))

        is_taken_back = d.pop("is_taken_back")

        item_id = UUID(d.pop("item_id"))

        label = d.pop("label")

        origin = d.pop("origin")

        def _parse_prelabel_followed(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        prelabel_followed = _parse_prelabel_followed(d.pop("prelabel_followed"))

        def _parse_prelabel_seen(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        prelabel_seen = _parse_prelabel_seen(d.pop("prelabel_seen"))

        programme_id = UUID(d.pop("programme_id"))

        def _parse_queue_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                queue_id_type_0 = UUID(data)

                return queue_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        queue_id = _parse_queue_id(d.pop("queue_id"))

        replicate = d.pop("replicate")

        def _parse_undo_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                undo_until_type_0 = datetime.datetime.fromisoformat(data)

                return undo_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        undo_until = _parse_undo_until(d.pop("undo_until"))

        worker_id = UUID(d.pop("worker_id"))

        def _parse_prelabel(data: object) -> None | Unset | WorkPrelabelOut:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                prelabel_type_0 = WorkPrelabelOut.from_dict(data)

                return prelabel_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WorkPrelabelOut, data)

        prelabel = _parse_prelabel(d.pop("prelabel", UNSET))

        work_decision_out = cls(
            active_ms=active_ms,
            answer=answer,
            corrects_id=corrects_id,
            decided_at=decided_at,
            id=id,
            is_taken_back=is_taken_back,
            item_id=item_id,
            label=label,
            origin=origin,
            prelabel_followed=prelabel_followed,
            prelabel_seen=prelabel_seen,
            programme_id=programme_id,
            queue_id=queue_id,
            replicate=replicate,
            undo_until=undo_until,
            worker_id=worker_id,
            prelabel=prelabel,
        )

        work_decision_out.additional_properties = d
        return work_decision_out

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
