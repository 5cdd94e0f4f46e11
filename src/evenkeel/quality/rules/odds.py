"""A day's odds, and what they say of decisions as columns. With a plan's salt this is all that a draw depends on.

    pi = rate + share * (max(rate, every layer's odds) - rate)        drawn when u(id, salt) < pi

The highest layer counts: each layer's promise is kept at the least number of audits, and adding a layer undraws nothing.
`share` is below 1 where a day's audits are limited; it was worked out beforehand, so the odds stay known. Everybody's rate
is above 0: no decision is out of reach, and 1 / pi counts each for what it stands for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from evenkeel.kernel import keyed_u

if TYPE_CHECKING:
    import pyarrow as pa

FloatArray = npt.NDArray[np.float64]

# What layers may look at: columns of a decision as exports have them.
COLUMNS = (
    "id", "decided_at", "queue_id", "worker_id", "organisation_id", "site_id", "team_id", "policy_version_id", "label",
    "origin", "language", "risk", "reach",
)  # fmt: skip
_BETWEEN = "|"
_DASH = ord("-")


@dataclass(frozen=True, kw_only=True)
class LayerOdds:
    """One layer's odds on one day: by the values of columns, or in proportion to the product of two numbers."""

    layer: str
    by: tuple[str, ...] = ()
    rates: Mapping[str, float] = field(default_factory=dict)
    otherwise: float = 0.0
    per_size: float | None = None  # odds = per_size * risk * reach, at most 1

    def of(self, rows: pa.Table) -> FloatArray:
        """The odds of each row, 0 to 1."""
        if self.per_size is not None:
            return np.minimum(self.per_size * sizes(rows), 1.0)
        codes, cells = coded(rows, self.by)
        rates = np.array([self.rates.get(cell, self.otherwise) for cell in cells] or [0.0])
        found: FloatArray = rates[codes]
        return found


@dataclass(frozen=True, kw_only=True)
class DayOdds:
    """The odds of one day's decisions."""

    rate: float
    share: float = 1.0
    layers: tuple[LayerOdds, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> DayOdds:
        """From what `to_dict` gave."""
        layers = tuple(LayerOdds(**{**each, "by": tuple(each["by"])}) for each in said.get("layers", ()))
        return cls(rate=said["rate"], share=said.get("share", 1.0), layers=layers)

    def of(self, rows: pa.Table) -> Odds:
        """What each row's odds are, and from where."""
        n = rows.num_rows
        each = np.full((len(self.layers) + 1, n), self.rate)
        for place, layer in enumerate(self.layers, 1):
            own = layer.of(rows)
            # Within a limit a layer gives less of what it adds to everybody's rate.
            each[place] = np.where(own > self.rate, self.rate + self.share * (own - self.rate), own)
        return Odds(pi=each.max(axis=0), each=each, layers=tuple(layer.layer for layer in self.layers))


@dataclass(frozen=True, kw_only=True, eq=False)
class Odds:
    """Odds of rows: `pi`, and `each` layer's alone (the first line is everybody's)."""

    pi: FloatArray
    each: FloatArray
    layers: tuple[str, ...]

    def names(self, row: int, u: float) -> tuple[str, list[str]]:
        """The layer with the highest odds ("" when everybody's), and all that would have drawn the row alone."""
        column = self.each[:, row]
        best = int(np.argmax(column))
        alone = [("", *self.layers)[place] for place in np.flatnonzero(u < column)]
        return ("", *self.layers)[best], [name or "random" for name in alone]


def sizes(rows: pa.Table) -> FloatArray:
    """Risk times reach; a number that is missing or not above 0 counts as 1."""
    found = np.ones(rows.num_rows)
    for name in ("risk", "reach"):
        if name in rows.column_names:
            numbers = rows[name].to_numpy(zero_copy_only=False).astype(float)
            found *= np.where(np.isfinite(numbers) & (numbers > 0), numbers, 1.0)
    return found


def coded(rows: pa.Table, by: Sequence[str]) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Each row's cell as a number, and the cells' names: the columns' values with | between. Empty values are ""."""
    codes, cells = np.zeros(rows.num_rows, dtype=np.int64), [""]
    for place, name in enumerate(by):
        own, values = _dictionary(rows, name)
        codes = codes * len(values) + own
        cells = values if place == 0 else [f"{cell}{_BETWEEN}{value}" for cell in cells for value in values]
    return codes, cells


def _dictionary(rows: pa.Table, name: str) -> tuple[npt.NDArray[np.int64], list[str]]:
    if name not in rows.column_names:
        return np.zeros(rows.num_rows, dtype=np.int64), [""]
    import pyarrow.compute as pc

    column = rows[name].combine_chunks() if rows.num_rows else rows[name]
    array = pc.fill_null(column.cast("string"), "").dictionary_encode() if rows.num_rows else None
    if array is None:
        return np.zeros(0, dtype=np.int64), [""]
    if hasattr(array, "combine_chunks"):
        array = array.combine_chunks()
    return array.indices.to_numpy(zero_copy_only=False).astype(np.int64), array.dictionary.to_pylist()


def keys_of(ids: pa.ChunkedArray | pa.Array) -> npt.NDArray[np.uint64]:
    """`kernel.key64` of a column of ids written as text, without an object a row.

    Raises ValueError when one of them is not 36 characters of hexadecimal digits and dashes.
    """
    import pyarrow as pa

    array = ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], pa.string())
    if not len(array):
        return np.zeros(0, dtype=np.uint64)
    array = array.cast(pa.large_string())
    offsets = np.frombuffer(array.buffers()[1], dtype=np.int64)[array.offset : array.offset + len(array) + 1]
    if array.null_count or not (np.diff(offsets) == 36).all():
        raise ValueError("an id has 36 characters, as in 01890a5d-ac96-774b-bcce-b302099a8057")
    text = np.frombuffer(array.buffers()[2], dtype=np.uint8)[offsets[0] : offsets[-1]].reshape(-1, 36)
    digits = np.delete(_NIBBLES[text], (8, 13, 18, 23), axis=1)
    if (digits > 15).any() or not (text[:, [8, 13, 18, 23]] == _DASH).all():
        raise ValueError("an id holds hexadecimal digits and dashes")
    packed = np.ascontiguousarray((digits[:, ::2] << 4) | digits[:, 1::2])
    halves = packed.view(">u8").astype(np.uint64)
    found: npt.NDArray[np.uint64] = halves[:, 0] ^ halves[:, 1]
    return found


def drawn(rows: pa.Table, odds: Odds, *, salt: int) -> tuple[FloatArray, npt.NDArray[np.int64]]:
    """Each row's number u, and which rows are drawn: u < pi."""
    u = keyed_u(keys_of(rows["id"]), salt)
    return u, np.flatnonzero(u < odds.pi)


def _nibbles() -> npt.NDArray[np.uint8]:
    table = np.full(256, 255, dtype=np.uint8)
    for digit in range(16):
        table[ord(f"{digit:x}")] = table[ord(f"{digit:X}")] = digit
    return table


_NIBBLES = _nibbles()
