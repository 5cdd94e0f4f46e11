"""Ids by the million: UUIDv7 as text, from numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pyarrow as pa

_HEX = np.frombuffer(b"".join(f"{value:02x}".encode() for value in range(256)), dtype=np.uint8).reshape(256, 2)
# Where the sixteen bytes stand among the 36 characters.
_PLACES = np.array([0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34])
_DASHES = [8, 13, 18, 23]


def new_ids(at: npt.NDArray[np.int64], rng: np.random.Generator) -> pa.StringArray:
    """A UUIDv7 for each moment (microseconds since 1970), in the 36 characters that the log keeps.

    The same moments and generator give the same ids.
    """
    raw = np.frombuffer(rng.bytes(16 * len(at)), dtype=np.uint8).reshape(-1, 16).copy()
    raw[:, :6] = (at // 1000).astype(">u8").view(np.uint8).reshape(-1, 8)[:, 2:]
    raw[:, 6] = (raw[:, 6] & 0x0F) | 0x70
    raw[:, 8] = (raw[:, 8] & 0x3F) | 0x80
    return _as_text(raw)


def picked(ids: Sequence[UUID | None], place: npt.NDArray[np.int64]) -> pa.Array:
    """The id of each place of a list, as text."""
    import pyarrow as pa

    known: Any = pa.array([None if each is None else str(each) for each in ids], type=pa.string())
    return known.take(pa.array(place))


def _as_text(raw: npt.NDArray[np.uint8]) -> pa.StringArray:
    import pyarrow as pa

    text = np.empty((len(raw), 36), dtype=np.uint8)
    text[:, _DASHES] = ord("-")
    digits = _HEX[raw]
    text[:, _PLACES] = digits[:, :, 0]
    text[:, _PLACES + 1] = digits[:, :, 1]
    ends = np.arange(0, 36 * (len(raw) + 1), 36, dtype=np.int32)
    return pa.StringArray.from_buffers(len(raw), pa.py_buffer(ends.tobytes()), pa.py_buffer(text.tobytes()))
