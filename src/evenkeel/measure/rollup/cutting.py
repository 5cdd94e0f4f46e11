"""Sums by what lies beside place: language, answer, tenure ... and enough of the people behind each to protect them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..base import PLACES, SUMS
from ..cuts import BETWEEN
from ..models import CutParts
from .adding import add_up, in_parts, key

if TYPE_CHECKING:
    import pyarrow as pa

    from ..base import DayMetric

# So many people are kept of each row, and a sum of rows is shown when it has as many.
PEOPLE_KEPT = 5
# Of a worker's key the end, which is random in UUIDv7: twelve hexadecimal digits.
_SIGN_FROM = 24


def store_cuts(metrics: Sequence[type[DayMetric]], finest: pa.Table) -> None:
    """Add the sums of every kept cut, within the transaction that marks their batches."""
    rows = []
    for kind in metrics:
        for cut in kind.kept:
            rows += _rows(kind, cut, finest)
    _with_known(rows)
    add_up(CutParts, rows, sums=SUMS, sets=["people"])


def _rows(kind: type[DayMetric], cut: tuple[str, ...], finest: pa.Table) -> list[dict[str, Any]]:
    import pyarrow.compute as pc

    from .parts import grouped, sums_of, whole_of

    counted = finest.filter(pc.greater(finest[f"{kind.slug}.rows"], 0))
    if not counted.num_rows:
        return []
    columns = [f"cut.{name}" for name in cut]
    by = ["day", *(f"{name}_id" for name in PLACES if name in kind.places), *columns]
    people = _people(counted, by) if kind.people_of() else {}
    names = ",".join(cut)
    found = []
    for row in grouped(counted, by, sums_of(kind, counted)):
        values = BETWEEN.join((row[column] or "")[:120] for column in columns)
        place = {name: row.get(f"{name}_id") for name in PLACES}
        key_ = key(kind.slug, row["day"], *place.values(), names, values)
        who = people.get(tuple(row[name] for name in by), "")
        made = {"id": key_, "metric": kind.slug, "day": row["day"], **place, "names": names, "values": values}
        found.append({**made, "people": who, **whole_of(kind, row)})
    return found


def _people(counted: pa.Table, by: Sequence[str]) -> dict[tuple[Any, ...], str]:
    import pyarrow.compute as pc

    signs = pc.utf8_slice_codeunits(counted["worker_id"], _SIGN_FROM, _SIGN_FROM + 12)
    table = counted.select(list(by)).append_column("sign", signs)
    found = table.group_by(list(by)).aggregate([("sign", "distinct")])
    rows = zip(*(found[name].to_pylist() for name in by), strict=True)
    return {row: _kept(each) for row, each in zip(rows, found["sign_distinct"].to_pylist(), strict=True)}


def _kept(signs: Iterable[str | None]) -> str:
    # The smallest, so that rows put together in any order keep the same ones.
    return ",".join(sorted({sign for sign in signs if sign})[:PEOPLE_KEPT])


def _with_known(rows: list[dict[str, Any]]) -> None:
    """Put the people of rows that are there already beside the new ones'."""
    by_key = {row["id"]: row for row in rows}
    for part in in_parts(list(by_key)):
        known = CutParts.objects.select_for_update().filter(pk__in=part).values_list("pk", "people")
        for pk, people in known:
            by_key[pk]["people"] = _kept([*people.split(","), *by_key[pk]["people"].split(",")])
