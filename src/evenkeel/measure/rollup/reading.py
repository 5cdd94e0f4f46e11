"""A connection to read the log with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from evenkeel.ground.log import connect


@contextmanager
def log_open() -> Iterator[Any]:
    """A connection whose days are days in UTC, whatever the machine's own zone; closed at the end."""
    connection = connect()
    try:
        connection.raw_sql("SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.disconnect()
