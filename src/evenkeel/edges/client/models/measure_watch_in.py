from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.measure_watch_in_kind import (
    MeasureWatchInKind,
    check_measure_watch_in_kind,
)
from ..models.measure_watch_in_sort import (
    MeasureWatchInSort,
    check_measure_watch_in_sort,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="MeasureWatchIn")


@_attrs_define
class MeasureWatchIn:
    """`sort` off: the metric is left alone there, for the reason given.

    Attributes:
        kind (MeasureWatchInKind):
        metric (str):
        place_id (UUID):
        why (str):
        owner_id (None | Unset | UUID):
        sort (MeasureWatchInSort | Unset):  Default: 'on'.
    """

    kind: MeasureWatchInKind
    metric: str
    place_id: UUID
    why: str
    owner_id: None | Unset | UUID = UNSET
    sort: MeasureWatchInSort | Unset = "on"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kind: str = self.kind

        metric = self.metric

        place_id = str(self.place_id)

        why = self.why

        owner_id: None | str | Unset
        if isinstance(self.owner_id, Unset):
            owner_id = UNSET
        elif isinstance(self.owner_id, UUID):
            owner_id = str(self.owner_id)
        else:
            owner_id = self.owner_id

        sort: str | Unset = UNSET
        if not isinstance(self.sort, Unset):
            sort = self.sort

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "kind": kind,
                "metric": metric,
                "place_id": place_id,
                "why": why,
            }
        )
        if owner_id is not UNSET:
            field_dict["owner_id"] = owner_id
        if sort is not UNSET:
            field_dict["sort"] = sort

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        kind = check_measure_watch_in_kind(d.pop("kind"))

        metric = d.pop("metric")

        place_id = UUID(d.pop("place_id"))

        why = d.pop("why")

        def _parse_owner_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                owner_id_type_0 = UUID(data)

                return owner_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        owner_id = _parse_owner_id(d.pop("owner_id", UNSET))

        _sort = d.pop("sort", UNSET)
        sort: MeasureWatchInSort | Unset
        if isinstance(_sort, Unset):
            sort = UNSET
        else:
            sort = check_measure_watch_in_sort(_sort)

        measure_watch_in = cls(
            kind=kind,
            metric=metric,
            place_id=place_id,
            why=why,
            owner_id=owner_id,
            sort=sort,
        )

        measure_watch_in.additional_properties = d
        return measure_watch_in

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
