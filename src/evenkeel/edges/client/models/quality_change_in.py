from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quality_change_in_layers_item import QualityChangeInLayersItem


T = TypeVar("T", bound="QualityChangeIn")


@_attrs_define
class QualityChangeIn:
    """
    Attributes:
        rate (float): share of decisions to audit, above 0 and at most 1; everybody's odds at least
        audits_a_day (float | None | Unset): layers are thinned so that about so many are drawn
        keeps_teams_apart (bool | Unset):  Default: False.
        layers (list[QualityChangeInLayersItem] | Unset): what raises odds: objects with `kind` and its settings, as
            `list_sampling_layers` tells
        most_a_day (int | None | Unset):
        most_a_person (int | None | Unset):
        spreads_evenly (bool | Unset):  Default: False.
        why (str | Unset):  Default: ''.
    """

    rate: float
    audits_a_day: float | None | Unset = UNSET
    keeps_teams_apart: bool | Unset = False
    layers: list[QualityChangeInLayersItem] | Unset = UNSET
    most_a_day: int | None | Unset = UNSET
    most_a_person: int | None | Unset = UNSET
    spreads_evenly: bool | Unset = False
    why: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rate = self.rate

        audits_a_day: float | None | Unset
        if isinstance(self.audits_a_day, Unset):
            audits_a_day = UNSET
        else:
            audits_a_day = self.audits_a_day

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

        spreads_evenly = self.spreads_evenly

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rate": rate,
            }
        )
        if audits_a_day is not UNSET:
            field_dict["audits_a_day"] = audits_a_day
        if keeps_teams_apart is not UNSET:
            field_dict["keeps_teams_apart"] = keeps_teams_apart
        if layers is not UNSET:
            field_dict["layers"] = layers
        if most_a_day is not UNSET:
            field_dict["most_a_day"] = most_a_day
        if most_a_person is not UNSET:
            field_dict["most_a_person"] = most_a_person
        if spreads_evenly is not UNSET:
            field_dict["spreads_evenly"] = spreads_evenly
        if why is not UNSET:
            field_dict["why"] = why

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_change_in_layers_item import QualityChangeInLayersItem

        d = dict(src_dict)
        rate = d.pop("rate")

        def _parse_audits_a_day(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        audits_a_day = _parse_audits_a_day(d.pop("audits_a_day", UNSET))

        keeps_teams_apart = d.pop("keeps_teams_apart", UNSET)

        _layers = d.pop("layers", UNSET)
        layers: list[QualityChangeInLayersItem] | Unset = UNSET
        if _layers is not UNSET:
            layers = []
            for layers_item_data in _layers:
                layers_item = QualityChangeInLayersItem.from_dict(layers_item_data)

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

        spreads_evenly = d.pop("spreads_evenly", UNSET)

        why = d.pop("why", UNSET)

        quality_change_in = cls(
            rate=rate,
            audits_a_day=audits_a_day,
            keeps_teams_apart=keeps_teams_apart,
            layers=layers,
            most_a_day=most_a_day,
            most_a_person=most_a_person,
            spreads_evenly=spreads_evenly,
            why=why,
        )

        quality_change_in.additional_properties = d
        return quality_change_in

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
