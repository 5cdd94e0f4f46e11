"""The service document, `$metadata`, and rows as OData has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from math import isfinite
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from .sets import KEY, EntitySet

NAMESPACE = "evenkeel"
_TYPES = {
    "text": "Edm.String", "whole": "Edm.Int64", "number": "Edm.Double", "share": "Edm.Double", "figure": "Edm.Double",
    "yes_no": "Edm.Boolean", "moment": "Edm.DateTimeOffset", "day": "Edm.Date",
}  # fmt: skip


def service(root: str, sets: Iterable[EntitySet]) -> dict[str, Any]:
    """What there is to read."""
    listed = [{"name": each.name, "kind": "EntitySet", "url": each.name} for each in sets]
    return {"@odata.context": f"{root}$metadata", "value": listed}


def metadata(sets: Iterable[EntitySet]) -> str:
    """`$metadata`: the sets' types in CSDL, every property with what it tells."""
    types, entries = [], []
    for each in sets:
        properties = "".join(_property(field.name, field.kind, field.why) for field in each.fields)
        key = f'<Key><PropertyRef Name="{KEY}"/></Key>'
        types.append(f'<EntityType Name="{each.name}">{key}{properties}</EntityType>')
        about = f'<Annotation Term="Org.OData.Core.V1.Description" String={quoteattr(each.why)}/>'
        entries.append(f'<EntitySet Name="{each.name}" EntityType="{NAMESPACE}.{each.name}">{about}</EntitySet>')
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>'
        f'<Schema Namespace="{escape(NAMESPACE)}" xmlns="http://docs.oasis-open.org/odata/ns/edm">{"".join(types)}'
        f'<EntityContainer Name="Container">{"".join(entries)}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>'
    )


def _property(name: str, kind: str, why: str) -> str:
    # Moments to the microsecond, as the log keeps them.
    more = ' Precision="6"' if kind == "moment" else ""
    nullable = ' Nullable="false"' if name == KEY else ""
    about = f'<Annotation Term="Org.OData.Core.V1.Description" String={quoteattr(why)}/>'
    return f'<Property Name="{name}" Type="{_TYPES[kind]}"{more}{nullable}>{about}</Property>'


def entity(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON carries it."""
    return {name: _plain(value) for name, value in row.items()}


def context(root: str, wanted: EntitySet, select: Sequence[str], *, is_one: bool = False) -> str:
    """The context address: the set, and which of its properties when not all."""
    some = "" if len(select) == len(wanted.fields) else f"({','.join(select)})"
    return f"{root}$metadata#{wanted.name}{some}{'/$entity' if is_one else ''}"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value.isoformat() if hasattr(value, "isoformat") else value
