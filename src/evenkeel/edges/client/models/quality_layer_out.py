from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_layer_out_settings_item import QualityLayerOutSettingsItem


T = TypeVar("T", bound="QualityLayerOut")


@_attrs_define
class QualityLayerOut:
    """
    Attributes:
        kind (str):
        settings (list[QualityLayerOutSettingsItem]):
        title (str):
        why (str):
    """

    kind: str
    settings: list[QualityLayerOutSettingsItem]
    title: str
    why: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kind = self.kind

        settings = []
        for settings_item_data in self.settings:
            settings_item = settings_item_data.to_dict()
            settings.append(settings_item)

        title = self.title

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "kind": kind,
                "settings": settings,
                "title": title,
                "why": why,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_layer_out_settings_item import QualityLayerOutSettingsItem

        d = dict(src_dict)
        kind = d.pop("kind")

        settings = []
        _settings = d.pop("settings")
        for settings_item_data in _settings:
            settings_item = QualityLayerOutSettingsItem.from_dict(settings_item_data)

            settings.append(settings_item)

        title = d.pop("title")

        why = d.pop("why")

        quality_layer_out = cls(
            kind=kind,
            settings=settings,
            title=title,
            why=why,
        )

        quality_layer_out.additional_properties = d
        return quality_layer_out

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
