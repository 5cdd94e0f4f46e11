"""The engine that reads the log: DuckDB in the process, or Spark on the same files. One place opens either.

Both answer alike: days are days in UTC, moments come out in UTC to the microsecond, empty stays empty. Neither fetches
anything from the network that the settings do not name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings

from .files import log_dir
from .store import FolderStore, store

if TYPE_CHECKING:
    import pyarrow


def connect() -> Any:
    """A connection to the engine that the settings name. Spark's session is one for the process and outlives it."""
    if settings.EVENKEEL.log.is_spark:
        from .spark import backend

        return backend(settings.EVENKEEL.log.engine)
    return connect_duckdb()


def connect_duckdb() -> Any:
    """A DuckDB connection of its own, bounded in memory and threads so that it leaves room for the web beside it."""
    import ibis

    spill = log_dir() / "spill"
    spill.mkdir(parents=True, exist_ok=True)
    connection = ibis.duckdb.connect(
        memory_limit="2GB",
        threads=max(1, (os.cpu_count() or 2) // 2),
        temp_directory=str(spill),
        # DuckDB would fetch an extension from the network when a query seems to want one; we make no such calls.
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
    )
    connection.raw_sql("SET TimeZone = 'UTC'")
    return connection


@contextmanager
def opened() -> Iterator[Any]:
    """A connection for as long as it is needed."""
    connection = connect()
    try:
        yield connection
    finally:
        connection.disconnect()


def is_duckdb_on_folder(connection: Any) -> bool:
    """Whether DuckDB opens the files by itself."""
    return connection.name == "duckdb" and isinstance(store(), FolderStore)


def files_as_table(connection: Any, names: Sequence[str], schema: pyarrow.Schema) -> Any:
    """The log's files as one Ibis table of these columns; those that a file lacks are empty in its rows, or missing."""
    place = store()
    paths = [place.place(name) for name in names]
    if connection.name == "pyspark":
        return connection.read_files(paths, schema, place)
    if isinstance(place, FolderStore):
        return connection.read_parquet(paths, union_by_name=True, hive_partitioning=False)
    # DuckDB's own way to S3 is an extension that is not in its wheel and would have to be downloaded: Arrow's is in ours.
    import ibis
    import pyarrow.dataset as ds

    found = ds.dataset(paths, schema=schema, format="parquet", filesystem=place.filesystem)
    view = ibis.util.gen_name("log_objects")
    connection.con.register(view, found)
    return connection.table(view)
