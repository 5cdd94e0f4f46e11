from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.twin_variant_in import TwinVariantIn


T = TypeVar("T", bound="TwinStudyIn")


@_attrs_define
class TwinStudyIn:
    """A question: a scenario that comes along, or a programme and the days since <= day < until to be like.

    Attributes:
        title (str):
        variants (list[TwinVariantIn]):
        for_all (list[str] | Unset):
        programme_id (None | Unset | UUID):
        scenario (str | Unset):  Default: ''.
        seeds (int | Unset):  Default: 3.
        since (datetime.date | None | Unset):
        until (datetime.date | None | Unset):
        work (float | Unset):  Default: 0.1.
    """

    title: str
    variants: list[TwinVariantIn]
    for_all: list[str] | Unset = UNSET
    programme_id: None | Unset | UUID = UNSET
    scenario: str | Unset = ""
    seeds: int | Unset = 3
    since: datetime.date | None | Unset = UNSET
    until: datetime.date | None | Unset = UNSET
    work: float | Unset = 0.1
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        variants = []
        for variants_item_data in self.variants:
            variants_item = variants_item_data.to_dict()
            variants.append(variants_item)

        for_all: list[str] | Unset = UNSET
        if not isinstance(self.for_all, Unset):
            for_all = self.for_all

        programme_id: None | str | Unset
        if isinstance(self.programme_id, Unset):
            programme_id = UNSET
        elif isinstance(self.programme_id, UUID):
            programme_id = str(self.programme_id)
        else:
            programme_id = self.programme_id

        scenario = self.scenario

        seeds = self.seeds

        since: None | str | Unset
        if isinstance(self.since, Unset):
            since = UNSET
        elif isinstance(self.since, datetime.date):
            since = self.since.isoformat()
        else:
            since = self.since

        until: None | str | Unset
        if isinstance(self.until, Unset):
            until = UNSET
        elif isinstance(self.until, datetime.date):
            until = self.until.isoformat()
        else:
            until = self.until

        work = self.work

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "title": title,
                "variants": variants,
            }
        )
        if for_all is not UNSET:
            field_dict["for_all"] = for_all
        if programme_id is not UNSET:
            field_dict["programme_id"] = programme_id
        if scenario is not UNSET:
            field_dict["scenario"] = scenario
        if seeds is not UNSET:
            field_dict["seeds"] = seeds
        if since is not UNSET:
            field_dict["since"] = since
        if until is not UNSET:
            field_dict["until"] = until
        if work is not UNSET:
            field_dict["work"] = work

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.twin_variant_in import TwinVariantIn

        d = dict(src_dict)
        title = d.pop("title")

        variants = []
        _variants = d.pop("variants")
        for variants_item_data in _variants:
            variants_item = TwinVariantIn.from_dict(variants_item_data)

            variants.append(variants_item)

        for_all = cast(list[str], d.pop("for_all", UNSET))

        def _parse_programme_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                programme_id_type_0 = UUID(data)

                return programme_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        programme_id = _parse_programme_id(d.pop("programme_id", UNSET))

        scenario = d.pop("scenario", UNSET)

        seeds = d.pop("seeds", UNSET)

        def _parse_since(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                since_type_0 = datetime.date.fromisoformat(data)

                return since_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        since = _parse_since(d.pop("since", UNSET))

        def _parse_until(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                until_type_0 = datetime.date.fromisoformat(data)

                return until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        until = _parse_until(d.pop("until", UNSET))

        work = d.pop("work", UNSET)

        twin_study_in = cls(
            title=title,
            variants=variants,
            for_all=for_all,
            programme_id=programme_id,
            scenario=scenario,
            seeds=seeds,
            since=since,
            until=until,
            work=work,
        )

        twin_study_in.additional_properties = d
        return twin_study_in

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
