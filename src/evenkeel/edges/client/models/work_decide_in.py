from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.work_decide_in_answer import WorkDecideInAnswer
    from ..models.work_decide_in_media_acts_type_0 import WorkDecideInMediaActsType0


T = TypeVar("T", bound="WorkDecideIn")


@_attrs_define
class WorkDecideIn:
    """
    Attributes:
        answer (WorkDecideInAnswer):
        client_key (str): made by you before sending, 8 to 64 characters; sent twice, stored once
        active_ms (int | None | Unset): how long the person worked on the item
        client_build (None | str | Unset): the version of what the person decided in
        first_act_ms (int | None | Unset): from then to the first key or click
        media_acts (None | Unset | WorkDecideInMediaActsType0): what was done with the media, and how often
        prelabel_seen (bool | Unset): a label suggested for the item was shown before Default: False.
        shown_at (datetime.datetime | None | Unset): when the item was on screen
        submit_ms (int | None | Unset): from then to the sending, breaks included
    """

    answer: WorkDecideInAnswer
    client_key: str
    active_ms: int | None | Unset = UNSET
    client_build: None | str | Unset = UNSET
    first_act_ms: int | None | Unset = UNSET
    media_acts: None | Unset | WorkDecideInMediaActsType0 = UNSET
    prelabel_seen: bool | Unset = False
    shown_at: datetime.datetime | None | Unset = UNSET
    submit_ms: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.work_decide_in_media_acts_type_0 import WorkDecideInMediaActsType0

        answer = self.answer.to_dict()

        client_key = self.client_key

        active_ms: int | None | Unset
        if isinstance(self.active_ms, Unset):
            active_ms = UNSET
        else:
            active_ms = self.active_ms

        client_build: None | str | Unset
        if isinstance(self.client_build, Unset):
            client_build = UNSET
        else:
            client_build = self.client_build

        first_act_ms: int | None | Unset
        if isinstance(self.first_act_ms, Unset):
            first_act_ms = UNSET
        else:
            first_act_ms = self.first_act_ms

        media_acts: dict[str, Any] | None | Unset
        if isinstance(self.media_acts, Unset):
            media_acts = UNSET
        elif isinstance(self.media_acts, WorkDecideInMediaActsType0):
            media_acts = self.media_acts.to_dict()
        else:
            media_acts = self.media_acts

        prelabel_seen = self.prelabel_seen

        shown_at: None | str | Unset
        if isinstance(self.shown_at, Unset):
            shown_at = UNSET
        elif isinstance(self.shown_at, datetime.datetime):
            shown_at = self.shown_at.isoformat()
        else:
            shown_at = self.shown_at

        submit_ms: int | None | Unset
        if isinstance(self.submit_ms, Unset):
            submit_ms = UNSET
        else:
            submit_ms = self.submit_ms

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "answer": answer,
                "client_key": client_key,
            }
        )
        if active_ms is not UNSET:
            field_dict["active_ms"] = active_ms
        if client_build is not UNSET:
            field_dict["client_build"] = client_build
        if first_act_ms is not UNSET:
            field_dict["first_act_ms"] = first_act_ms
        if media_acts is not UNSET:
            field_dict["media_acts"] = media_acts
        if prelabel_seen is not UNSET:
            field_dict["prelabel_seen"] = prelabel_seen
        if shown_at is not UNSET:
            field_dict["shown_at"] = shown_at
        if submit_ms is not UNSET:
            field_dict["submit_ms"] = submit_ms

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_decide_in_answer import WorkDecideInAnswer
        from ..models.work_decide_in_media_acts_type_0 import WorkDecideInMediaActsType0

        d = dict(src_dict)
        answer = WorkDecideInAnswer.from_dict(d.pop("answer"))

        client_key = d.pop("client_key")

        def _parse_active_ms(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        active_ms = _parse_active_ms(d.pop("active_ms", UNSET))

        def _parse_client_build(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        client_build = _parse_client_build(d.pop("client_build", UNSET))

        def _parse_first_act_ms(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        first_act_ms = _parse_first_act_ms(d.pop("first_act_ms", UNSET))

        def _parse_media_acts(
            data: object,
        ) -> None | Unset | WorkDecideInMediaActsType0:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                media_acts_type_0 = WorkDecideInMediaActsType0.from_dict(data)

                return media_acts_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WorkDecideInMediaActsType0, data)

        media_acts = _parse_media_acts(d.pop("media_acts", UNSET))

        prelabel_seen = d.pop("prelabel_seen", UNSET)

        def _parse_shown_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                shown_at_type_0 = datetime.datetime.fromisoformat(data)

                return shown_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        shown_at = _parse_shown_at(d.pop("shown_at", UNSET))

        def _parse_submit_ms(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        submit_ms = _parse_submit_ms(d.pop("submit_ms", UNSET))

        work_decide_in = cls(
            answer=answer,
            client_key=client_key,
            active_ms=active_ms,
            client_build=client_build,
            first_act_ms=first_act_ms,
            media_acts=media_acts,
            prelabel_seen=prelabel_seen,
            shown_at=shown_at,
            submit_ms=submit_ms,
        )

        work_decide_in.additional_properties = d
        return work_decide_in

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
