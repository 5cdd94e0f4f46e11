from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="WorkMediaOut")


@_attrs_define
class WorkMediaOut:
    """
    Attributes:
        content_type (str):
        digest (str): SHA-256 of the file as it is stored: without metadata
        duration_ms (int | None):
        height (int | None):
        id (UUID):
        kind (str):
        size_bytes (int):
        width (int | None):
    """

    content_type: str
    digest: str
    duration_ms: int | None
    height: int | None
    id: UUID
    kind: str
    size_bytes: int
    width: int | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        content_type = self.content_type

        digest = self.digest

        duration_ms: int | None
        duration_ms = self.duration_ms

        height: int | None
        height = self.height

        id = str(self.id)

        kind = self.kind

        size_bytes = self.size_bytes

        width: int | None
        width = self.width

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "content_type": content_type,
                "digest": digest,
                "duration_ms": duration_ms,
                "height": height,
                "id": id,
                "kind": kind,
                "size_bytes": size_bytes,
                "width": width,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        content_type = d.pop("content_type")

        digest = d.pop("digest")

        def _parse_duration_ms(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        duration_ms = _parse_duration_ms(d.pop("duration_ms"))

        def _parse_height(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        height = _parse_height(d.pop("height"))

        id = UUID(d.pop("id"))

        kind = d.pop("kind")

        size_bytes = d.pop("size_bytes")

        def _parse_width(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        width = _parse_width(d.pop("width"))

        work_media_out = cls(
            content_type=content_type,
            digest=digest,
            duration_ms=duration_ms,
            height=height,
            id=id,
            kind=kind,
            size_bytes=size_bytes,
            width=width,
        )

        work_media_out.additional_properties = d
        return work_media_out

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
