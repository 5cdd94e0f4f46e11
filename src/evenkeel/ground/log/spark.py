"""Spark as an engine: one session a process, and a backend whose answers are those of DuckDB."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Mapping, Sequence
from math import isfinite
from threading import Lock
from typing import TYPE_CHECKING, Any

from ibis.backends.pyspark import Backend
from ibis.backends.sql.compilers.pyspark import PySparkCompiler

from ..errors import NotNow
from .store import FolderStore

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow

_opening = Lock()
_open: dict[str, SparkBackend] = {}


def backend(master: str) -> SparkBackend:
    """The connection of this process to a Spark master; made at the first call. Raises `NotNow` when none answers."""
    with _opening:
        kept = _open.get(master)
        if kept is None or kept.is_stopped:
            kept = _open[master] = SparkBackend()
            kept.register_options()
            kept.do_connect(_session(master))
        return kept


class _Compiler(PySparkCompiler):  # type: ignore[misc]
    """Spark reads 0.1 as a decimal, and calculates on with as few digits as those have; here it is a double."""

    def visit_NonNullLiteral(self, op: Any, *, value: Any, dtype: Any) -> Any:  # noqa: N802  (Ibis's own name)
        if dtype.is_floating() and isfinite(value):
            return self.cast(str(float(value)), dtype)
        return super().visit_NonNullLiteral(op, value=value, dtype=dtype)


class SparkBackend(Backend):  # type: ignore[misc]
    """Ibis's backend, but for what would make its answers differ from DuckDB's: numbers with a point are doubles, results and
    tables of our own travel as Arrow. Closing a connection leaves the session open for the next.
    """

    compiler = _Compiler()

    @property
    def is_stopped(self) -> bool:
        """Whether somebody has stopped the session meanwhile."""
        return self._session.sparkContext._jsc is None

    def disconnect(self) -> None:
        """The session ends with the process: starting one takes seconds."""

    def read_files(self, paths: Sequence[str], schema: pyarrow.Schema, place: Any) -> ir.Table:
        """Files of the log as a table; from a bucket, each file is read by a worker through Arrow."""
        import ibis
        from pyspark.sql.pandas.types import from_arrow_schema

        columns = from_arrow_schema(schema)
        if isinstance(place, FolderStore):
            frame = self._session.read.schema(columns).parquet(*paths)
        else:
            from .spark_objects import frame_of

            frame = frame_of(self._session, columns, paths, place.storage)
        view = ibis.util.gen_name("log_files")
        frame.createOrReplaceTempView(view)
        return self.table(view)

    def to_pyarrow(
        self, expr: ir.Expr, /, *, params: Mapping[Any, Any] | None = None, limit: Any = None, **said: Any
    ) -> Any:
        """The answer through Arrow: by way of pandas a whole number beside an empty one would become a float."""
        self._run_pre_execute_hooks(expr)
        asked = expr.as_table()
        found = self.raw_sql(self.compile(asked, params=params, limit=limit)).toArrow()
        return _shaped(expr, _as_declared(found, asked.schema().to_pyarrow()))

    def _register_in_memory_table(self, op: Any) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema

        table = op.data.to_pyarrow(op.schema)
        self._session.createDataFrame(table, from_arrow_schema(table.schema)).createOrReplaceTempView(op.name)


def _shaped(expr: Any, table: pyarrow.Table) -> Any:
    """A table, a column or a single value, as was asked for; Ibis's own way here would drop the zone again."""
    import ibis.expr.types as ir

    if isinstance(expr, ir.Table):
        return table
    return table.column(0)[0] if isinstance(expr, ir.Scalar) else table.column(0)


def _as_declared(table: pyarrow.Table, wanted: pyarrow.Schema) -> pyarrow.Table:
    """In the types of the expression, but moments keep saying that they are of UTC, which Ibis's Spark forgets."""
    import pyarrow as pa

    moment = pa.timestamp("us", tz="UTC")
    fields = [pa.field(each.name, moment if pa.types.is_timestamp(each.type) else each.type) for each in wanted]
    return table.rename_columns([each.name for each in fields]).cast(pa.schema(fields))


def _session(master: str) -> Any:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    # Spark would look for a program named python3 on its workers, which may be any.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = (
        SparkSession.builder.master(master)
        .appName("evenkeel")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
    )
    if master.startswith("local["):
        # Nobody else has business with a Spark within the process.
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise NotNow(_why_not(master, error), code="engine") from error
    except Exception as error:
        # What Java threw arrives as an exception of the bridge, whose class is known only where Spark is installed.
        if type(error).__module__.startswith("py4j"):
            raise NotNow(_why_not(master, error), code="engine") from error
        raise
    atexit.register(session.stop)
    return session


def _why_not(master: str, error: Exception) -> str:
    first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return (
        f"Spark did not start at {master} ({first[:200]}). It needs Java 17 or newer and a master that answers; "
        "EVENKEEL_ENGINE=duckdb reads the log without it."
    )
