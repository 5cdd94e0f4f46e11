"""Checked rows, put aside on disk between the check and the writing: a file is parsed once, and memory stays flat."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator, Sequence
from types import TracebackType

from ..rules.exchange import Record


class Shelf:
    """Rows in the order in which they were put, read back once the last one is there."""

    def __init__(self) -> None:
        # A file without a name: nobody else can open it, and a kill leaves nothing behind.
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed by the context)

    def __enter__(self) -> Shelf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, records: Sequence[Record]) -> None:
        """Put rows behind those that are there, as one portion."""
        pickle.dump(records, self._file, protocol=pickle.HIGHEST_PROTOCOL)

    def __iter__(self) -> Iterator[Record]:
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            # Our own bytes of a moment ago, from a file that nobody else can reach.
            yield from pickle.load(self._file)  # noqa: S301
