from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quality_preview_in_layers_item import QualityPreviewInLayersItem


T = TypeVar("T", bound="QualityPreviewIn")


@_attrs_define
class QualityPreviewIn:
    """
    Attributes:
        programme_id (UUID):
        rate (float): share of decisions to audit, above 0 and at most 1; everybody's odds at least
        audits_a_day (float | None | Unset): layers are thinned so that about so many are drawn
        cents_an_hour (float | None | Unset):
        covers_imports (bool | Unset):  Default: False.
        layers (list[QualityPreviewInLayersItem] | Unset): what raises odds: objects with `kind` and its settings, as
            `list_sampling_layers` tells
        queue_id (None | Unset | UUID):
    """

    programme_id: UUID
    rate: float
    audits_a_day: float | None | Unset = UNSET
    cents_an_hour: float | None | Unset = UNSET
    covers_imports: bool | Unset = False
    layers: list[QualityPreviewInLayersItem] | Unset = UNSET
    queue_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        programme_id = str(self.programme_id)

        rate = self.rate

        audits_a_day: float | None | Unset
        if isinstance(self.audits_a_day, Unset):
            audits_a_day = UNSET
        else:
            audits_a_day = self.audits_a_day

        cents_an_hour: float | None | Unset
        if isinstance(self.cents_an_hour, Unset):
            cents_an_hour = UNSET
        else:
            cents_an_hour = self.cents_an_hour

        covers_imports = self.covers_imports

        layers: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.layers, Unset):
            layers = []
            for layers_item_data in self.layers:
                layers_item = layers_item_data.to_dict()
                layers.append(layers_item)

        queue_id: None | str | Unset
        if isinstance(self.queue_id, Unset):
            queue_id = UNSET
        elif isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "programme_id": programme_id,
                "rate": rate,
            }
        )
        if audits_a_day is not UNSET:
            field_dict["audits_a_day"] = audits_a_day
        if cents_an_hour is not UNSET:
            field_dict["cents_an_hour"] = cents_an_hour
        if covers_imports is not UNSET:
            field_dict["covers_imports"] = covers_imports
        if layers is not UNSET:
            field_dict["layers"] = layers
        if queue_id is not UNSET:
            field_dict["queue_id"] = queue_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_preview_in_layers_item import QualityPreviewInLayersItem

        d = dict(src_dict)
        programme_id = UUID(d.pop("programme_id"))

        rate = d.pop("rate")

        def _parse_audits_a_day(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        audits_a_day = _parse_audits_a_day(d.pop("audits_a_day", UNSET))

        def _parse_cents_an_hour(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        cents_an_hour = _parse_cents_an_hour(d.pop("cents_an_hour", UNSET))

        covers_imports = d.pop("covers_imports", UNSET)

        _layers = d.pop("layers", UNSET)
        layers: list[QualityPreviewInLayersItem] | Unset = UNSET
        if _layers is not UNSET:
            layers = []
            for layers_item_data in _layers:
                layers_item = QualityPreviewInLayersItem.from_dict(layers_item_data)

                layers.append(layers_item)

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

        quality_preview_in = cls(
            programme_id=programme_id,
            rate=rate,
            audits_a_day=audits_a_day,
            cents_an_hour=cents_an_hour,
            covers_imports=covers_imports,
            layers=layers,
            queue_id=queue_id,
        )

        quality_preview_in.additional_properties = d
        return quality_preview_in

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
