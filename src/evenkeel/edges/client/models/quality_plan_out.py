from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_plan_out_layers_item import QualityPlanOutLayersItem


T = TypeVar("T", bound="QualityPlanOut")


@_attrs_define
class QualityPlanOut:
    """
    Attributes:
        audited (int):
        audits_a_day (float | None):
        covers_imports (bool):
        drawn (int):
        ended_at (datetime.datetime | None):
        id (UUID):
        keeps_teams_apart (bool):
        layers (list[QualityPlanOutLayersItem]):
        most_a_day (int | None):
        most_a_person (int | None):
        name (str):
        programme_id (UUID):
        queue_id (None | UUID):
        rate (float):
        salt (int | None): for our own people alone: with it anybody knows what will be drawn
        spreads_evenly (bool):
        started_at (datetime.datetime):
        version (int):
        waiting (int):
    """

    audited: int
    audits_a_day: float | None
    covers_imports: bool
    drawn: int
    ended_at: datetime.datetime | None
    id: UUID
    keeps_teams_apart: bool
    layers: list[QualityPlanOutLayersItem]
    most_a_day: int | None
    most_a_person: int | None
    name: str
    programme_id: UUID
    queue_id: None | UUID
    rate: float
    salt: int | None
    spreads_evenly: bool
    started_at: datetime.datetime
    version: int
    waiting: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        audited = self.audited

        audits_a_day: float | None
        audits_a_day = self.audits_a_day

        covers_imports = self.covers_imports

        drawn = self.drawn

        ended_at: None | str
        if isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        id = str(self.id)

        keeps_teams_apart = self.keeps_teams_apart

        layers = []
        for layers_item_data in self.layers:
            layers_item = layers_item_data.to_dict()
            layers.append(layers_item)

        most_a_day: int | None
        most_a_day = self.most_a_day

        most_a_person: int | None
        most_a_person = self.most_a_person

        name = self.name

        programme_id = str(self.programme_id)

        queue_id: None | str
        if isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        rate = self.rate

        salt: int | None
        salt = self.salt

        spreads_evenly = self.spreads_evenly

        started_at = self.started_at.isoformat()

        version = self.version

        waiting = self.waiting

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "audited": audited,
                "audits_a_day": audits_a_day,
                "covers_imports": covers_imports,
                "drawn": drawn,
                "ended_at": ended_at,
                "id": id,
                "keeps_teams_apart": keeps_teams_apart,
                "layers": layers,
                "most_a_day": most_a_day,
                "most_a_person": most_a_person,
                "name": name,
                "programme_id": programme_id,
                "queue_id": queue_id,
                "rate": rate,
                "salt": salt,
                "spreads_evenly": spreads_evenly,
                "started_at": started_at,
                "version": version,
                "waiting": waiting,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_plan_out_layers_item import QualityPlanOutLayersItem

        d = dict(src_dict)
        audited = d.pop("audited")

        def _parse_audits_a_day(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        audits_a_day = _parse_audits_a_day(d.pop("audits_a_day"))

        covers_imports = d.pop("covers_imports")

        drawn = d.pop("drawn")

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

        id = UUID(d.pop("id"))

        keeps_teams_apart = d.pop("keeps_teams_apart")

        layers = []
        _layers = d.pop("layers")
        for layers_item_data in _layers:
            layers_item = QualityPlanOutLayersItem.from_dict(layers_item_data)

            layers.append(layers_item)

        def _parse_most_a_day(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        most_a_day = _parse_most_a_day(d.pop("most_a_day"))

        def _parse_most_a_person(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        most_a_person = _parse_most_a_person(d.pop("most_a_person"))

        name = d.pop("name")

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

        rate = d.pop("rate")

        def _parse_salt(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        salt = _parse_salt(d.pop("salt"))

        spreads_evenly = d.pop("spreads_evenly")

        started_at = datetime.datetime.fromisoformat(d.pop("started_at"))

        version = d.pop("version")

        waiting = d.pop("waiting")

        quality_plan_out = cls(
            audited=audited,
            audits_a_day=audits_a_day,
            covers_imports=covers_imports,
            drawn=drawn,
            ended_at=ended_at,
            id=id,
            keeps_teams_apart=keeps_teams_apart,
            layers=layers,
            most_a_day=most_a_day,
            most_a_person=most_a_person,
            name=name,
            programme_id=programme_id,
            queue_id=queue_id,
            rate=rate,
            salt=salt,
            spreads_evenly=spreads_evenly,
            started_at=started_at,
            version=version,
            waiting=waiting,
        )

        quality_plan_out.additional_properties = d
        return quality_plan_out

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
