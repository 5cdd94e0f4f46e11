from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ImproveCaseOut")


@_attrs_define
class ImproveCaseOut:
    """A decision drawn as evidence, with its odds, and the latest word on its cause.

    From audits with the auditor's answer; else `value` is what its row says, in the metric's unit.

        Attributes:
            audited_label (None | str):
            cause (None | str):
            comment (None | str):
            decided_at (datetime.datetime):
            decided_label (str):
            draw_id (None | UUID):
            error_class (str):
            id (UUID):
            item_id (UUID):
            item_key (str):
            pi (float):
            severity (int | None):
            u (float):
            value (float | None):
    """

    audited_label: None | str
    cause: None | str
    comment: None | str
    decided_at: datetime.datetime
    decided_label: str
    draw_id: None | UUID
    error_class: str
    id: UUID
    item_id: UUID
    item_key: str
    pi: float
    severity: int | None
    u: float
    value: float | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        audited_label: None | str
        audited_label = self.audited_label

        cause: None | str
        cause = self.cause

        comment: None | str
        comment = self.comment

        decided_at = self.decided_at.isoformat()

        decided_label = self.decided_label

        draw_id: None | str
        if isinstance(self.draw_id, UUID):
            draw_id = str(self.draw_id)
        else:
            draw_id = self.draw_id

        error_class = self.error_class

        id = str(self.id)

        item_id = str(self.item_id)

        item_key = self.item_key

        pi = self.pi

        severity: int | None
        severity = self.severity

        u = self.u

        value: float | None
        value = self.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "audited_label": audited_label,
                "cause": cause,
                "comment": comment,
                "decided_at": decided_at,
                "decided_label": decided_label,
                "draw_id": draw_id,
                "error_class": error_class,
                "id": id,
                "item_id": item_id,
                "item_key": item_key,
                "pi": pi,
                "severity": severity,
                "u": u,
                "value": value,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_audited_label(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        audited_label = _parse_audited_label(d.pop("audited_label"))

        def _parse_cause(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        cause = _parse_cause(d.pop("cause"))

        def _parse_comment(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        comment = _parse_comment(d.pop("comment"))

        decided_at = datetime.datetime.fromisoformat(d.pop("decided_at"))

        decided_label = d.pop("decided_label")

        def _parse_draw_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                draw_id_type_0 = UUID(data)

                return draw_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        draw_id = _parse_draw_id(d.pop("draw_id"))

        error_class = d.pop("error_class")

        id = UUID(d.pop("id"))

        item_id = UUID(d.pop("item_id"))

        item_key = d.pop("item_key")

        pi = d.pop("pi")

        def _parse_severity(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        severity = _parse_severity(d.pop("severity"))

        u = d.pop("u")

        def _parse_value(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        value = _parse_value(d.pop("value"))

        improve_case_out = cls(
            audited_label=audited_label,
            cause=cause,
            comment=comment,
            decided_at=decided_at,
            decided_label=decided_label,
            draw_id=draw_id,
            error_class=error_class,
            id=id,
            item_id=item_id,
            item_key=item_key,
            pi=pi,
            severity=severity,
            u=u,
            value=value,
        )

        improve_case_out.additional_properties = d
        return improve_case_out

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
