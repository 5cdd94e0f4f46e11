"""Identifiers: UUIDv7, so that rows sort by the moment they were made and indexes stay compact."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from itertools import count
from uuid import UUID

import uuid_utils.compat

_FROM: ContextVar[Callable[[], UUID] | None] = ContextVar("ids_from", default=None)


def uuid7() -> UUID:
    """A new UUIDv7 (RFC 9562) as a standard `uuid.UUID`."""
    own = _FROM.get()
    made: UUID = uuid_utils.compat.uuid7() if own is None else own()
    return made


@contextmanager
def ids_from(seed: int, *, at: datetime) -> Iterator[None]:
    """Inside, ids follow from a seed and a moment, in the order in which they are asked for: the same acts make the same ids.

    For organisations that are generated, so that their logs are the same to the last byte. Never for anybody's real rows:
    whoever knows the seed knows the ids.
    """
    rng, turns, began_ms = random.Random(seed), count(), int(at.timestamp() * 1000)  # noqa: S311  (nothing is secret here)

    def made() -> UUID:
        # Twelve bits beside the millisecond count on, so that ids sort as they were made.
        turn = next(turns)
        ms, place = began_ms + (turn >> 12), turn & 0xFFF
        return UUID(int=ms << 80 | 7 << 76 | place << 64 | 2 << 62 | rng.getrandbits(62))

    token = _FROM.set(made)
    try:
        yield
    finally:
        _FROM.reset(token)
