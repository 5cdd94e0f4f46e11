"""Settings of the log: which engine reads it, where its files lie, how long they are kept."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_BUCKET = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([^\s?#]*))?")
# Spark's own names for where it runs: some threads of this process, or the masters of a standalone cluster.
_SPARK = re.compile(r"local\[(?:[1-9]\d{0,2}|\*)\]|spark://[^\s/,:]+:\d{1,5}(?:,[^\s/,:]+:\d{1,5})*")
_MOST_DAYS = 36_500


@dataclass(frozen=True, kw_only=True)
class LogSettings:
    """`engine`: duckdb, or a Spark master. `bucket`: empty for the data folder. `keep_days`: (fact, days), others stay."""

    engine: str
    bucket: str
    folder: str
    keep_days: tuple[tuple[str, int], ...]

    @property
    def is_spark(self) -> bool:
        return self.engine != "duckdb"


def read_log(wrong: Callable[[str, str, str], Exception], *, engine: str, url: str, keep: str) -> LogSettings:
    """The log's settings as the environment says; a missing extra or Java is said at the start, not at the first figure."""
    if engine != "duckdb":
        _insist_on_spark(wrong, engine)
    found = _BUCKET.fullmatch(url) if url else None
    folder = (found[2] or "").strip("/") if found else ""
    if url and (found is None or ".." in folder.split("/")):
        raise wrong("LOG_URL", url, "empty for the data folder, or s3://bucket/folder")
    return LogSettings(
        engine=engine, bucket=found[1] if found else "", folder=folder, keep_days=tuple(_kept(wrong, keep).items())
    )


def _insist_on_spark(wrong: Callable[[str, str, str], Exception], engine: str) -> None:
    if not _SPARK.fullmatch(engine):
        raise wrong("ENGINE", engine, "duckdb, local[2] for Spark in this process, or spark://host:port")
    if importlib.util.find_spec("pyspark") is None:
        raise wrong("ENGINE", engine, "duckdb, or the extra installed: pip install 'evenkeel[spark]'")
    if shutil.which("java") is None:
        raise wrong("ENGINE", engine, "duckdb, or Java 17 or newer on the PATH, which Spark runs on")


def _kept(wrong: Callable[[str, str, str], Exception], text: str) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, _sign, days = (each.strip() for each in part.partition("="))
        if not name or not days.isdecimal() or not 1 <= int(days) <= _MOST_DAYS:
            raise wrong("LOG_KEEP_DAYS", text, "fact=days by commas, such as decisions=1095,time=400, at least 1")
        found[name] = int(days)
    return found
