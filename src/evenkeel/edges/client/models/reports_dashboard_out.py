from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.reports_tile_out import ReportsTileOut


T = TypeVar("T", bound="ReportsDashboardOut")


@_attrs_define
class ReportsDashboardOut:
    """A dashboard with its tiles in their order.

    Attributes:
        based_on (None | str):
        id (None | UUID):
        slug (None | str):
        tiles (list[ReportsTileOut]):
        title (str):
        why (str):
    """

    based_on: None | str
    id: None | UUID
    slug: None | str
    tiles: list[ReportsTileOut]
    title: str
    why: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        based_on: None | str
        based_on = self.based_on

        id: None | str
        if isinstance(self.id, UUID):
            id = str(self.id)
        else:
            id = self.id

        slug: None | str
        slug = self.slug

        tiles = []
        for tiles_item_data in self.tiles:
            tiles_item = tiles_item_data.to_dict()
            tiles.append(tiles_item)

        title = self.title

        why = self.why

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "based_on": based_on,
                "id": id,
                "slug": slug,
                "tiles": tiles,
                "title": title,
                "why": why,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.reports_tile_out import ReportsTileOut

        d = dict(src_dict)

        def _parse_based_on(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        based_on = _parse_based_on(d.pop("based_on"))

        def _parse_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                id_type_0 = UUID(data)

                return id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        id = _parse_id(d.pop("id"))

        def _parse_slug(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        slug = _parse_slug(d.pop("slug"))

        tiles = []
        _tiles = d.pop("tiles")
        for tiles_item_data in _tiles:
            tiles_item = ReportsTileOut.from_dict(tiles_item_data)

            tiles.append(tiles_item)

        title = d.pop("title")

        why = d.pop("why")

        reports_dashboard_out = cls(
            based_on=based_on,
            id=id,
            slug=slug,
            tiles=tiles,
            title=title,
            why=why,
        )

        reports_dashboard_out.additional_properties = d
        return reports_dashboard_out

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
