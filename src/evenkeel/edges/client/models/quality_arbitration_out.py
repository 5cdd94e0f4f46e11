from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_arbitration_out_content import QualityArbitrationOutContent
    from ..models.quality_arbitration_out_form import QualityArbitrationOutForm
    from ..models.quality_side_out import QualitySideOut


T = TypeVar("T", bound="QualityArbitrationOut")


@_attrs_define
class QualityArbitrationOut:
    """A dispute in hand, blind: the item, the form, and two answers of which nothing tells whose they are.

    Attributes:
        content (QualityArbitrationOutContent):
        form (QualityArbitrationOutForm):
        held_until (datetime.datetime | None):
        html (str):
        id (UUID):
        kind (str):
        policy_version_id (None | UUID):
        programme_id (UUID):
        sides (list[QualitySideOut]):
    """

    content: QualityArbitrationOutContent
    form: QualityArbitrationOutForm
    held_until: datetime.datetime | None
    html: str
    id: UUID
    kind: str
    policy_version_id: None | UUID
    programme_id: UUID
    sides: list[QualitySideOut]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        content = self.content.to_dict()

        form = self.form.to_dict()

        held_until: None | str
        if isinstance(self.held_until, datetime.datetime):
            held_until = self.held_until.isoformat()
        else:
            held_until = self.held_until

        html = self.html

        id = str(self.id)

        kind = self.kind

        policy_version_id: None | str
        if isinstance(self.policy_version_id, UUID):
            policy_version_id = str(self.policy_version_id)
        else:
            policy_version_id = self.policy_version_id

        programme_id = str(self.programme_id)

        sides = []
        for sides_item_data in self.sides:
            sides_item = sides_item_data.to_dict()
            sides.append(sides_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "content": content,
                "form": form,
                "held_until": held_until,
                "html": html,
                "id": id,
                "kind": kind,
                "policy_version_id": policy_version_id,
                "programme_id": programme_id,
                "sides": sides,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_arbitration_out_content import (
            QualityArbitrationOutContent,
        )
        from ..models.quality_arbitration_out_form import QualityArbitrationOutForm
        from ..models.quality_side_out import QualitySideOut

        d = dict(src_dict)
        content = QualityArbitrationOutContent.from_dict(d.pop("content"))

        form = QualityArbitrationOutForm.from_dict(d.pop("form"))

        def _parse_held_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                held_until_type_0 = datetime.datetime.fromisoformat(data)

                return held_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        held_until = _parse_held_until(d.pop("held_until"))

        html = d.pop("html")

        id = UUID(d.pop("id"))

        kind = d.pop("kind")

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

        programme_id = UUID(d.pop("programme_id"))

        sides = []
        _sides = d.pop("sides")
        for sides_item_data in _sides:
            sides_item = QualitySideOut.from_dict(sides_item_data)

            sides.append(sides_item)

        quality_arbitration_out = cls(
            content=content,
            form=form,
            held_until=held_until,
            html=html,
            id=id,
            kind=kind,
            policy_version_id=policy_version_id,
            programme_id=programme_id,
            sides=sides,
        )

        quality_arbitration_out.additional_properties = d
        return quality_arbitration_out

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
