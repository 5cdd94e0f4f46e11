from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_check_out_content import QualityCheckOutContent
    from ..models.quality_check_out_form import QualityCheckOutForm


T = TypeVar("T", bound="QualityCheckOut")


@_attrs_define
class QualityCheckOut:
    """A second audit, or a case to settle, in hand.

    Attributes:
        content (QualityCheckOutContent):
        expires_at (datetime.datetime | None):
        form (QualityCheckOutForm):
        html (str):
        id (UUID):
        kind (str):
        others (list[str]): in a case, both answers without names, in alphabetical order
        policy_version_id (None | UUID):
        programme_id (UUID):
        stage (str): second: judge blind; expert: settle what two auditors said
    """

    content: QualityCheckOutContent
    expires_at: datetime.datetime | None
    form: QualityCheckOutForm
    html: str
    id: UUID
    kind: str
    others: list[str]
    policy_version_id: None | UUID
    programme_id: UUID
    stage: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        content = self.content.to_dict()

        expires_at: None | str
        if isinstance(self.expires_at, datetime.datetime):
            expires_at = self.expires_at.isoformat()
        else:
            expires_at = self.expires_at

        form = self.form.to_dict()

        html = self.html

        id = str(self.id)

        kind = self.kind

        others = self.others

        policy_version_id: None | str
        if isinstance(self.policy_version_id, UUID):
            policy_version_id = str(self.policy_version_id)
        else:
            policy_version_id = self.policy_version_id

        programme_id = str(self.programme_id)

        stage = self.stage

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "content": content,
                "expires_at": expires_at,
                "form": form,
                "html": html,
                "id": id,
                "kind": kind,
                "others": others,
                "policy_version_id": policy_version_id,
                "programme_id": programme_id,
                "stage": stage,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_check_out_content import QualityCheckOutContent
        from ..models.quality_check_out_form import QualityCheckOutForm

        d = dict(src_dict)
        content = QualityCheckOutContent.from_dict(d.pop("content"))

        def _parse_expires_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_at_type_0 = datetime.datetime.fromisoformat(data)

                return expires_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        expires_at = _parse_expires_at(d.pop("expires_at"))

        form = QualityCheckOutForm.from_dict(d.pop("form"))

        html = d.pop("html")

        id = UUID(d.pop("id"))

        kind = d.pop("kind")

        others = cast(list[str], d.pop("others"))

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

        stage = d.pop("stage")

        quality_check_out = cls(
            content=content,
            expires_at=expires_at,
            form=form,
            html=html,
            id=id,
            kind=kind,
            others=others,
            policy_version_id=policy_version_id,
            programme_id=programme_id,
            stage=stage,
        )

        quality_check_out.additional_properties = d
        return quality_check_out

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
