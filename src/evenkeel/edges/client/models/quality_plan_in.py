from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quality_plan_in_layers_item import QualityPlanInLayersItem


T = TypeVar("T", bound="QualityPlanIn")


@_attrs_define
class QualityPlanIn:
    """
    Attributes:
        name (str):
        programme_id (UUID):
        rate (float): share of decisions to audit, above 0 and at most 1; everybody's odds at least
        audits_a_day (float | None | Unset): layers are thinned so that about so many are drawn
        covers_imports (bool | Unset):  Default: False.
        keeps_teams_apart (bool | Unset):  Default: False.
        layers (list[QualityPlanInLayersItem] | Unset): what raises odds: objects with `kind` and its settings, as
            `list_sampling_layers` tells
        most_a_day (int | None | Unset): audits an auditor a day
        most_a_person (int | None | Unset): audits of one person by one auditor in seven days
        queue_id (None | Unset | UUID):
        spreads_evenly (bool | Unset): the last audits are left to whoever on duty audited less today Default: False.
    """

    name: str
    programme_id: UUID
    rate: float
    audits_a_day: float | None | Unset = UNSET
    covers_imports: bool | Unset = False
    keeps_teams_apart: bool | Unset = False
    layers: list[QualityPlanInLayersItem] | Unset = UNSET
    most_a_day: int | None | Unset = UNSET
    most_a_person: int | None | Unset = UNSET
    queue_id: None | Unset | UUID = UNSET
    spreads_evenly: bool | Unset = False
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        programme_id = str(self.programme_id)

        rate = self.rate

        audits_a_day: float | None | Unset
        if isinstance(self.audits_a_day, Unset):
            audits_a_day = UNSET
        else:
            audits_a_day = self.audits_a_day

        covers_imports = self.covers_imports

        keeps_teams_apart = self.keeps_teams_apart

        layers: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.layers, Unset):
            layers = []
            for layers_item_data in self.layers:
                layers_item = layers_item_data.to_dict()
                layers.append(layers_item)

        most_a_day: int | None | Unset
        if isinstance(self.most_a_day, Unset):
            most_a_day = UNSET
        else:
            most_a_day = self.most_a_day

        most_a_person: int | None | Unset
        if isinstance(self.most_a_person, Unset):
            most_a_person = UNSET
        else:
            most_a_person = self.most_a_person

        queue_id: None | str | Unset
        if isinstance(self.queue_id, Unset):
            queue_id = UNSET
        elif isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        spreads_evenly = self.spreads_evenly

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "programme_id": programme_id,
                "rate": rate,
            }
        )
        if audits_a_day is not UNSET:
            field_dict["audits_a_day"] = audits_a_day
        if covers_imports is not UNSET:
            field_dict["covers_imports"] = covers_imports
        if keeps_teams_apart is not UNSET:
            field_dict["keeps_teams_apart"] = keeps_teams_apart
        if layers is not UNSET:
            field_dict["layers"] = layers
        if most_a_day is not UNSET:
            field_dict["most_a_day"] = most_a_day
        if most_a_person is not UNSET:
            field_dict["most_a_person"] = most_a_person
        if queue_id is not UNSET:
            field_dict["queue_id"] = queue_id
        if spreads_evenly is not UNSET:
            field_dict["spreads_evenly"] = spreads_evenly

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_plan_in_layers_item import QualityPlanInLayersItem

        d = dict(src_dict)
        name = d.pop("name")

        programme_id = UUID(d.pop("programme_id"))

        rate = d.pop("rate")

        def _parse_audits_a_day(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        audits_a_day = _parse_audits_a_day(d.pop("audits_a_day", UNSET))

        covers_imports = d.pop("covers_imports", UNSET)

        keeps_teams_apart = d.pop("keeps_teams_apart", UNSET)

        _layers = d.pop("layers", UNSET)
        layers: list[QualityPlanInLayersItem] | Unset = UNSET
        if _layers is not UNSET:
            layers = []
            for layers_item_data in _layers:
                layers_item = QualityPlanInLayersItem.from_dict(layers_item_data)

                layers.append(layers_item)

        def _parse_most_a_day(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        most_a_day = _parse_most_a_day(d.pop("most_a_day", UNSET))

        def _parse_most_a_person(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        most_a_person = _parse_most_a_person(d.pop("most_a_person", UNSET))

        def _parse_queue_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                queue_id_type_0 = UUID(data)

                return queue_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        queue_id = _parse_queue_id(d.pop("queue_id", UNSET))

        spreads_evenly = d.pop("spreads_evenly", UNSET)

        quality_plan_in = cls(
            name=name,
            programme_id=programme_id,
            rate=rate,
            audits_a_day=audits_a_day,
            covers_imports=covers_imports,
            keeps_teams_apart=keeps_teams_apart,
            layers=layers,
            most_a_day=most_a_day,
            most_a_person=most_a_person,
            queue_id=queue_id,
            spreads_evenly=spreads_evenly,
        )

        quality_plan_in.additional_properties = d
        return quality_plan_in

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
