from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_batch_out_plan import QualityBatchOutPlan


T = TypeVar("T", bound="QualityBatchOut")


@_attrs_define
class QualityBatchOut:
    """
    Attributes:
        audited (list[int]): by sample
        digest (str): SHA-256 of the decisions' ids, sorted, one a line
        errors (list[int]): by sample, once there is a verdict
        from_at (datetime.datetime):
        given_at (datetime.datetime | None):
        handed_in_at (datetime.datetime):
        id (UUID):
        inspection (str):
        is_accepted (bool | None):
        lot (int):
        name (str):
        number (int):
        plan (QualityBatchOutPlan):
        queue_id (None | UUID):
        resubmits_id (None | UUID):
        salt (int | None): told with the verdict: with it anybody draws the sample again
        scheme_id (UUID):
        until_at (datetime.datetime):
    """

    audited: list[int]
    digest: str
    errors: list[int]
    from_at: datetime.datetime
    given_at: datetime.datetime | None
    handed_in_at: datetime.datetime
    id: UUID
    inspection: str
    is_accepted: bool | None
    lot: int
    name: str
    number: int
    plan: QualityBatchOutPlan
    queue_id: None | UUID
    resubmits_id: None | UUID
    salt: int | None
    scheme_id: UUID
    until_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        audited = self.audited

        digest = self.digest

        errors = self.errors

        from_at = self.from_at.isoformat()

        given_at: None | str
        if isinstance(self.given_at, datetime.datetime):
            given_at = self.given_at.isoformat()
        else:
            given_at = self.given_at

        handed_in_at = self.handed_in_at.isoformat()

        id = str(self.id)

        inspection = self.inspection

        is_accepted: bool | None
        is_accepted = self.is_accepted

        lot = self.lot

        name = self.name

        number = self.number

        plan = self.plan.to_dict()

        queue_id: None | str
        if isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        resubmits_id: None | str
        if isinstance(self.resubmits_id, UUID):
            resubmits_id = str(self.resubmits_id)
        else:
            resubmits_id = self.resubmits_id

        salt: int | None
        salt = self.salt

        scheme_id = str(self.scheme_id)

        until_at = self.until_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "audited": audited,
                "digest": digest,
                "errors": errors,
                "from_at": from_at,
                "given_at": given_at,
                "handed_in_at": handed_in_at,
                "id": id,
                "inspection": inspection,
                "is_accepted": is_accepted,
                "lot": lot,
                "name": name,
                "number": number,
                "plan": plan,
                "queue_id": queue_id,
                "resubmits_id": resubmits_id,
                "salt": salt,
                "scheme_id": scheme_id,
                "until_at": until_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_batch_out_plan import QualityBatchOutPlan

        d = dict(src_dict)
        audited = cast(list[int], d.pop("audited"))

        digest = d.pop("digest")

        errors = cast(list[int], d.pop("errors"))

        from_at = datetime.datetime.fromisoformat(d.pop("from_at"))

        def _parse_given_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                given_at_type_0 = datetime.datetime.fromisoformat(data)

                return given_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        given_at = _parse_given_at(d.pop("given_at"))

        handed_in_at = datetime.datetime.fromisoformat(d.pop("handed_in_at"))

        id = UUID(d.pop("id"))

        inspection = d.pop("inspection")

        def _parse_is_accepted(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        is_accepted = _parse_is_accepted(d.pop("is_accepted"))

        lot = d.pop("lot")

        name = d.pop("name")

        number = d.pop("number")

        plan = QualityBatchOutPlan.from_dict(d.pop("plan"))

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

        def _parse_resubmits_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                resubmits_id_type_0 = UUID(data)

                return resubmits_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        resubmits_id = _parse_resubmits_id(d.pop("resubmits_id"))

        def _parse_salt(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        salt = _parse_salt(d.pop("salt"))

        scheme_id = UUID(d.pop("scheme_id"))

        until_at = datetime.datetime.fromisoformat(d.pop("until_at"))

        quality_batch_out = cls(
            audited=audited,
            digest=digest,
            errors=errors,
            from_at=from_at,
            given_at=given_at,
            handed_in_at=handed_in_at,
            id=id,
            inspection=inspection,
            is_accepted=is_accepted,
            lot=lot,
            name=name,
            number=number,
            plan=plan,
            queue_id=queue_id,
            resubmits_id=resubmits_id,
            salt=salt,
            scheme_id=scheme_id,
            until_at=until_at,
        )

        quality_batch_out.additional_properties = d
        return quality_batch_out

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
