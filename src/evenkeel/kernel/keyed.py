"""Sampling that an auditor can replay: a keyed hash turns an id into a number in (0, 1), always the same one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from .arrays import BoolArray, FloatArray, UIntArray, floats, same_length

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)

# The same hash for a data warehouse: DuckDB's SQL over `table` with a UBIGINT column `id`; adds h and u. Chained, because one
# nested expression would be worked out many times over.
KEYED_SQL = """
SELECT * EXCLUDE (x0, x1, x2, x3, x4, x5), (h + 0.5) / 4294967296.0 AS u FROM (
SELECT *, xor(x5, x5 >> 16) AS h FROM (
SELECT *, (xor(x4, x4 >> 15) * 2221713035) & 4294967295 AS x5 FROM (
SELECT *, (xor(x3, x3 >> 16) * 2146121005) & 4294967295 AS x4 FROM (
SELECT *, xor(xor(x2, x2 >> 16), {id} >> 32) AS x3 FROM (
SELECT *, (xor(x1, x1 >> 15) * 2221713035) & 4294967295 AS x2 FROM (
SELECT *, (xor(x0, x0 >> 16) * 2146121005) & 4294967295 AS x1 FROM (
SELECT *, xor({id} & 4294967295, {salt}::UBIGINT) AS x0 FROM {table})))))))
"""

# And for a browser or Node; ids as BigInt, because a number holds 53 bits only.
KEYED_JAVASCRIPT = """
const lowbias32 = (x) => {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
};
const keyedHash = (id, salt) => {
  const low = Number(id & 0xffffffffn), high = Number(id >> 32n);
  return lowbias32(lowbias32(low ^ salt) ^ high);
};
const keyedU = (id, salt) => (keyedHash(id, salt) + 0.5) / 4294967296;
"""


def keyed_u(ids: npt.ArrayLike, salt: int) -> FloatArray:
    """One number in (0, 1) for each 64-bit id, uniform over ids and fixed by `salt` (lowbias32x2).

    lb(x): x ^= x>>16; x *= 0x7feb352d; x ^= x>>15; x *= 0x846ca68b; x ^= x>>16, modulo 2^32.
    h = lb(lb(low32(id) ^ salt) ^ high32(id)); u = (h + 0.5) / 2^32. A new salt gives an unrelated sample.
    `ids` are unsigned integers of any shape; the result has the same shape. Raises ValueError when `salt` does not fit
    into 32 bits or an id is negative.

    >>> keyed_u([0, 12345, 9223372036854775813], salt=20261122).round(6).tolist()
    [0.089615, 0.113269, 0.972847]

    Reference: Wellons (2018) Prospecting for hash functions, lowbias32.
    """
    return (keyed_hash(ids, salt).astype(np.float64) + 0.5) / 2.0**32


def keyed_hash(ids: npt.ArrayLike, salt: int) -> UIntArray:
    """The 32-bit hash behind `keyed_u`, before it is scaled.

    >>> keyed_hash([0, 1, 2], salt=20261122).tolist()
    [384894990, 3840463392, 2767982555]
    """
    if not 0 <= salt < 2**32:
        raise ValueError(f"salt must lie in 0 to 2^32 - 1, not {salt}")
    keys = _unsigned(ids)
    low: UIntArray = _lowbias32((keys & _LOW) ^ np.uint64(salt))
    return _lowbias32(low ^ (keys >> _HALF))


def key64(identifier: bytes | int) -> int:
    """Folds a 128-bit id (a UUID's 16 bytes, big-endian, or the same as an integer) into 64 bits: high xor low.

    A smaller integer stays as it is. Both halves of a UUIDv7 enter: time in the high one, randomness in the low one.
    Raises ValueError for bytes of another length, and for integers beyond 128 bits.

    >>> key64(bytes(range(16))) == key64(int.from_bytes(bytes(range(16)), "big")) == 0x0808080808080808
    True
    """
    if isinstance(identifier, bytes):
        if len(identifier) != 16:
            raise ValueError(f"an id has 16 bytes, not {len(identifier)}")
        identifier = int.from_bytes(identifier, "big")
    if not 0 <= identifier < 2**128:
        raise ValueError("an id must lie in 0 to 2^128 - 1")
    return (identifier >> 64) ^ (identifier & 0xFFFFFFFFFFFFFFFF)


def keys64(identifiers: Iterable[bytes | int]) -> UIntArray:
    """`key64` of each id, as the array that `keyed_u` takes.

    >>> keys64([7, bytes(16)]).tolist()
    [7, 0]
    """
    return np.array([key64(identifier) for identifier in identifiers], dtype=np.uint64)


def poisson_sample(u: npt.ArrayLike, pi: npt.ArrayLike) -> BoolArray:
    """Which units are drawn when each decides for itself: u < pi.

    Assumes `u` independent and uniform, `pi` each unit's inclusion probability in [0, 1]. The sample's size varies
    around sum(pi); no unit's draw depends on another's, so units may come one at a time. Raises ValueError for a
    probability outside [0, 1].

    >>> poisson_sample([0.1, 0.5, 0.9], 0.5).tolist()
    [True, False, False]

    Reference: Särndal, Swensson, Wretman (1992) Model Assisted Survey Sampling, section 3.5.
    """
    odds = floats(pi)
    if not ((odds >= 0) & (odds <= 1)).all():
        raise ValueError("pi must lie between 0 and 1")
    return np.asarray(floats(u) < odds)


def sequential_poisson_sample(u: npt.ArrayLike, pi: npt.ArrayLike, *, size: int) -> npt.NDArray[np.int64]:
    """The positions of the `size` units with the smallest u / pi, in that order: Poisson's odds with a fixed size.

    Units with pi = 0 are never drawn; the sample is smaller when too few have a chance.

    >>> sequential_poisson_sample([0.1, 0.5, 0.2], [0.1, 1.0, 0.8], size=2).tolist()
    [2, 1]

    Reference: Ohlsson (1998) Journal of Official Statistics 14.
    """
    key, odds = floats(u), floats(pi)
    same_length(u=key, pi=odds)
    possible = np.flatnonzero(odds > 0)
    order = np.argsort(key[possible] / odds[possible], kind="stable")
    return possible[order[:size]].astype(np.int64)


def inclusion_probabilities(sizes: npt.ArrayLike, *, expected_n: float) -> FloatArray:
    """pi proportional to `sizes`, at most 1, with sum(pi) = `expected_n` (all 1 when there are no more units than that).

    Units whose share would pass 1 are taken for certain, and the rest share what is left.
    Raises ValueError for a negative size.

    >>> inclusion_probabilities([1, 1, 8], expected_n=2).tolist()
    [0.5, 0.5, 1.0]

    Reference: Särndal, Swensson, Wretman (1992), section 3.6.
    """
    size = floats(sizes)
    if (size < 0).any():
        raise ValueError("sizes must not be negative")
    if (size > 0).sum() <= expected_n:
        return np.where(size > 0, 1.0, 0.0)
    certain = np.zeros(size.shape, dtype=bool)
    while True:
        rest = expected_n - certain.sum()
        pi = np.where(certain, 1.0, rest * size / size[~certain].sum())
        over = (pi > 1) & ~certain
        if not over.any():
            return pi
        certain |= over


def _unsigned(ids: npt.ArrayLike) -> UIntArray:
    array = np.asarray(ids)
    if array.size == 0:
        return np.zeros(array.shape, dtype=np.uint64)
    if array.dtype.kind == "u":
        return array.astype(np.uint64)
    if array.dtype.kind == "i":
        if array.min() < 0:
            raise ValueError("ids must not be negative")
        return array.astype(np.uint64)
    # A list that mixes numbers below and above 2^63 would pass through float64 and lose digits.
    exact = np.asarray(ids, dtype=object)
    if not all(isinstance(number, int) and 0 <= number < 2**64 for number in exact.ravel()):
        raise ValueError("ids must be integers in 0 to 2^64 - 1")
    return exact.astype(np.uint64)


def _lowbias32(x: UIntArray) -> UIntArray:
    x = x ^ (x >> np.uint64(16))
    x = (x * np.uint64(0x7FEB352D)) & _LOW
    x = x ^ (x >> np.uint64(15))
    x = (x * np.uint64(0x846CA68B)) & _LOW
    return x ^ (x >> np.uint64(16))
