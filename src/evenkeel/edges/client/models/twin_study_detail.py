from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.twin_compared_out import TwinComparedOut
    from ..models.twin_variant_out import TwinVariantOut


T = TypeVar("T", bound="TwinStudyDetail")


@_attrs_define
class TwinStudyDetail:
    """A study with its figures, over the seeds that every variant has lived through.

    Attributes:
        by_name (str):
        created_at (datetime.datetime):
        ended_at (datetime.datetime | None):
        figures (list[TwinComparedOut]):
        for_all (list[str]):
        id (UUID):
        programme_id (None | UUID):
        runs (int):
        runs_asked (int):
        said (str):
        scenario (str):
        seeds (int):
        since (datetime.date | None):
        state (str):
        title (str):
        until (datetime.date | None):
        variants (list[TwinVariantOut]):
        work (float):
    """

    by_name: str
    created_at: datetime.datetime
    ended_at: datetime.datetime | None
    figures: list[TwinComparedOut]
    for_all: list[str]
    id: UUID
    programme_id: None | UUID
    runs: int
    runs_asked: int
    said: str
    scenario: str
    seeds: int
    since: datetime.date | None
    state: str
    title: str
    until: datetime.date | None
    variants: list[TwinVariantOut]
    work: float
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        by_name = self.by_name

        created_at = self.created_at.isoformat()

        ended_at: None | str
        if isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        figures = []
        for figures_item_data in self.figures:
            figures_item = figures_item_data.to_dict()
            figures.append(figures_item)

        for_all = self.for_all

        id = str(self.id)

        programme_id: None | str
        if isinstance(self.programme_id, UUID):
            programme_id = str(self.programme_id)
        else:
            programme_id = self.programme_id

        runs = self.runs

        runs_asked = self.runs_asked

        said = self.said

        scenario = self.scenario

        seeds = self.seeds

        since: None | str
        if isinstance(self.since, datetime.date):
            since = self.since.isoformat()
        else:
            since = self.since

        state = self.state

        title = self.title

        until: None | str
        if isinstance(self.until, datetime.date):
            until = self.until.isoformat()
        else:
            until = self.until

        variants = []
        for variants_item_data in self.variants:
            variants_item = variants_item_data.to_dict()
            variants.append(variants_item)

        work = self.work

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "by_name": by_name,
                "created_at": created_at,
                "ended_at": ended_at,
                "figures": figures,
                "for_all": for_all,
                "id": id,
                "programme_id": programme_id,
                "runs": runs,
                "runs_asked": runs_asked,
                "said": said,
                "scenario": scenario,
                "seeds": seeds,
                "since": since,
                "state": state,
                "title": title,
                "until": until,
                "variants": variants,
                "work": work,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.twin_compared_out import TwinComparedOut
        from ..models.twin_variant_out import TwinVariantOut

        d = dict(src_dict)
        by_name = d.pop("by_name")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        def _parse_ended_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                ended_at_type_0 = datetime.datetime.fromisoformat(data)

                return ended_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        ended_at = _parse_ended_at(d.pop("ended_at"))

        figures = []
        _figures = d.pop("figures")
        for figures_item_data in _figures:
            figures_item = TwinComparedOut.from_dict(figures_item_data)

            figures.append(figures_item)

        for_all = cast(list[str], d.pop("for_all"))

        id = UUID(d.pop("id"))

        def _parse_programme_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                programme_id_type_0 = UUID(data)

                return programme_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        programme_id = _parse_programme_id(d.pop("programme_id"))

        runs = d.pop("runs")

        runs_asked = d.pop("runs_asked")

        said = d.pop("said")

        scenario = d.pop("scenario")

        seeds = d.pop("seeds")

        def _parse_since(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                since_type_0 = datetime.date.fromisoformat(data)

                return since_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        since = _parse_since(d.pop("since"))

        state = d.pop("state")

        title = d.pop("title")

        def _parse_until(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                until_type_0 = datetime.date.fromisoformat(data)

                return until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        until = _parse_until(d.pop("until"))

        variants = []
        _variants = d.pop("variants")
        for variants_item_data in _variants:
            variants_item = TwinVariantOut.from_dict(variants_item_data)

            variants.append(variants_item)

        work = d.pop("work")

        twin_study_detail = cls(
            by_name=by_name,
            created_at=created_at,
            ended_at=ended_at,
            figures=figures,
            for_all=for_all,
            id=id,
            programme_id=programme_id,
            runs=runs,
            runs_asked=runs_asked,
            said=said,
            scenario=scenario,
            seeds=seeds,
            since=since,
            state=state,
            title=title,
            until=until,
            variants=variants,
            work=work,
        )

        twin_study_detail.additional_properties = d
        return twin_study_detail

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
