"""The OpenAPI document: ninja's, with names that rooms cannot take from each other, and with the refusals."""

from __future__ import annotations

from typing import Any

from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation

from .api_problems import MEDIA_TYPE, STATUSES, ProblemOut

_PLACE = REF_TEMPLATE.format(model="")


class HouseDocument(OpenAPISchema):
    """Two rooms may each have an `ItemOut`: here they are `WorkItemOut` and `MeasureItemOut`.

    Ninja keeps one of the two and lets both rooms' operations point at it.
    """

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        kept, self.schemas = self.schemas, {}
        details = super().operation_details(operation)
        room = operation.view_func.__module__.split(".")[1]
        own, self.schemas = self.schemas, kept
        for name, schema in own.items():
            full = _full_name(room, name)
            shown = _renamed(schema, room) | {"title": full}
            # The same class may be read and written; where that makes a difference it needs two names.
            assert self.schemas.setdefault(full, shown) == shown, f"two shapes of the room {room} are named {name}"
        return dict(_renamed(details, room)) | {
            # Ninja titles an operation after its function, which is named for the code's readers.
            "summary": details["operationId"].replace("_", " ").capitalize(),
            "responses": _refusals() | _renamed(details["responses"], room),
        }

    def get_components(self) -> dict[str, Any]:
        self.schemas["Problem"] = ProblemOut.json_schema() | {"title": "Problem"}
        self.schemas = dict(sorted(self.schemas.items()))
        return dict(super().get_components())


def _refusals() -> dict[int, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": f"{_PLACE}Problem"}}}
    return {status: {"description": title, "content": content} for status, title in STATUSES.items()}


def _full_name(room: str, name: str) -> str:
    """`WorkItemOut` of `ItemOut` in work; a name that says its room already stays, and so do the edges' own."""
    prefix = "" if room == "edges" else room.capitalize()
    return name if name.startswith(prefix) else f"{prefix}{name}"


def _renamed(said: Any, room: str) -> Any:
    """The same, with every reference under its full name."""
    if isinstance(said, list):
        return [_renamed(each, room) for each in said]
    if not isinstance(said, dict):
        return said
    return {
        key: f"{_PLACE}{_full_name(room, each.removeprefix(_PLACE))}" if key == "$ref" else _renamed(each, room)
        for key, each in said.items()
    }
