"""Parquet objects in a bucket as a Spark table, read on Spark's workers through Arrow.

Spark's own way to S3 (s3a) asks for jars that are not in its package and would have to be downloaded; Arrow's reader comes
with pyarrow, which Spark's Python workers have. Everything here is sent to them as it is: a worker needs no evenkeel.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..env_objects import ObjectStorage

_ROWS = 65_536


def frame_of(session: Any, columns: Any, paths: Sequence[str], storage: ObjectStorage) -> Any:
    """The objects as a data frame of these columns; those that an object lacks are empty."""
    import sys

    from pyspark import cloudpickle

    register: Any = cloudpickle.register_pickle_by_value
    register(sys.modules[__name__])
    source = _source(storage.endpoint, storage.region, storage.key_id, storage.secret)
    session.dataSource.register(source)
    return session.read.format(source.name()).schema(columns).option("paths", json.dumps(list(paths))).load()


@lru_cache(maxsize=4)
def _source(endpoint: str, region: str, key_id: str, secret: str) -> Any:
    # The key goes along inside the class, not as an option: options are shown in Spark's plans.
    from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition

    class Reader(DataSourceReader):
        def __init__(self, paths: list[str], schema: Any):
            self.paths, self.schema = paths, schema

        def partitions(self) -> list[InputPartition]:
            return [InputPartition(path) for path in self.paths]

        def read(self, partition: InputPartition) -> Iterator[Any]:
            return _batches(endpoint, region, key_id, secret, partition.value, self.schema)

    class Objects(DataSource):
        @classmethod
        def name(cls) -> str:
            return "evenkeel_objects"

        def reader(self, schema: Any) -> DataSourceReader:
            return Reader(json.loads(self.options["paths"]), schema)

    return Objects


def _batches(endpoint: str, region: str, key_id: str, secret: str, path: str, schema: Any) -> Iterator[Any]:
    import pyarrow.dataset as ds
    from pyarrow.fs import S3FileSystem
    from pyspark.sql.pandas.types import to_arrow_schema

    said: dict[str, Any] = {"region": region}
    if endpoint:
        scheme, _colon, place = endpoint.partition("://")
        said |= {"endpoint_override": place, "scheme": scheme}
    if key_id:
        said |= {"access_key": key_id, "secret_key": secret}
    columns = to_arrow_schema(schema)
    found = ds.dataset([path], schema=columns, format="parquet", filesystem=S3FileSystem(**said))
    yield from found.to_batches(batch_size=_ROWS)
