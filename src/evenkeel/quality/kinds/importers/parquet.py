from __future__ import annotations

import io
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.reading.sources import Unreadable

from ..importer import Found, Importer, ImporterExample, Reading, importer


def _example() -> bytes:
    """Made when it is asked for: pyarrow is not loaded by looking at the catalogue."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(pa.table({"item": [7, 8], "worker": ["ada", "bo"], "label": ["Fine", "Violating"]}), file)
    return file.getvalue()


@importer
class Parquet(Importer):
    slug = "parquet"
    title = gettext_lazy("Parquet")
    why = gettext_lazy("A warehouse's export: typed columns, nested ones by a path with dots.")
    source = "https://parquet.apache.org/docs/file-format/"
    how = gettext_lazy("COPY … TO 'decisions.parquet' in most warehouses.")
    suffixes = (".parquet",)
    example = ImporterExample(
        file=_example, facts=[("decision", "7", "ada", "Fine"), ("decision", "8", "bo", "Violating")]
    )

    @classmethod
    def rows(cls, reading: Reading) -> Iterator[Found]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        row = 0
        try:
            for batch in pq.ParquetFile(reading.stream.raw).iter_batches(batch_size=2_000):
                for said in batch.to_pylist():
                    row += 1
                    reading.stream.row = row
                    yield Found(row, said)
        except (pa.ArrowException, OSError) as error:
            raise Unreadable(
                _("This is no Parquet file, or a damaged one (%(why)s).") % {"why": str(error)[:160]},
                _("Write it again, or copy it again."),
                row=row or None,
            ) from None
