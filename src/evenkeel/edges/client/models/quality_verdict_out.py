from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QualityVerdictOut")


@_attrs_define
class QualityVerdictOut:
    """
    Attributes:
        audit_id (UUID):
        audited_at (datetime.datetime):
        comment (str):
        corrects_id (None | UUID):
        draw_id (UUID):
        error_class (str):
        first_label (str):
        id (UUID):
        is_right (bool):
        label (str):
        pi (float):
    """

    audit_id: UUID
    audited_at: datetime.datetime
    comment: str
    corrects_id: None | UUID
    draw_id: UUID
    error_class: str
    first_label: str
    id: UUID
    is_right: bool
    label: str
    pi: float
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        audit_id = str(self.audit_id)

        audited_at = self.audited_at.isoformat()

        comment = self.comment

        corrects_id: None | str
        if isinstance(self.corrects_id, UUID):
            corrects_id = str(self.corrects_id)
        else:
            corrects_id = self.corrects_id

        draw_id = str(self.draw_id)

        error_class = self.error_class

        first_label = self.first_label

        id = str(self.id)

        is_right = self.is_right

        label = self.label

        pi = self.pi

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "audit_id": audit_id,
                "audited_at": audited_at,
                "comment": comment,
                "corrects_id": corrects_id,
                "draw_id": draw_id,
                "error_class": error_class,
                "first_label": first_label,
                "id": id,
                "is_right": is_right,
                "label": label,
                "pi": pi,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        audit_id = UUID(d.pop("audit_id"))

        audited_at = datetime.datetime.fromisoformat(d.pop("audited_at"))

        comment = d.pop("comment")

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

        draw_id = UUID(d.pop("draw_id"))

        error_class = d.pop("error_class")

        first_label = d.pop("first_label")

        id = UUID(d.pop("id"))

        is_right = d.pop("is_right")

        label = d.pop("label")

        pi = d.pop("pi")

        quality_verdict_out = cls(
            audit_id=audit_id,
            audited_at=audited_at,
            comment=comment,
            corrects_id=corrects_id,
            draw_id=draw_id,
            error_class=error_class,
            first_label=first_label,
            id=id,
            is_right=is_right,
            label=label,
            pi=pi,
        )

        quality_verdict_out.additional_properties = d
        return quality_verdict_out

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
