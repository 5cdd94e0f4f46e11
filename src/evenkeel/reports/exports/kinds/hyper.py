from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..format import ExportFormat, Tell, export_format
from ..sheet import Sheet, arrow_schema


@export_format
class Hyper(ExportFormat):
    """Tableau's own extract. The package is BSD; the engine inside it is Tableau's, under Tableau's terms, and so an extra."""

    slug = "hyper"
    title = _("Tableau extract (Hyper)")
    why = _("For Tableau Desktop and Cloud: one table, and a table of definitions.")
    suffix, media_type = ".hyper", "application/vnd.tableau.hyper"
    reader = "pantab.frame_from_hyper('figures.hyper', table='figures')"
    extra, package = "hyper", "pantab"
    most_at_once = 1_000_000

    @classmethod
    def write(cls, sheet: Sheet, path: Path, *, tell: Tell) -> int:
        import pantab
        import pyarrow as pa

        schema, n = arrow_schema(sheet.fields), 0

        def portions() -> Iterator[Any]:
            nonlocal n
            for portion in sheet.portions:
                yield pa.RecordBatch.from_arrays(portion.columns, schema=schema)
                n += portion.num_rows
                tell(n)

        tables: dict[str, Any] = {sheet.name: pa.RecordBatchReader.from_batches(schema, portions())}
        if sheet.definitions:
            tables["definitions"] = pa.Table.from_pylist([asdict(each) for each in sheet.definitions])
        # Its log would otherwise stand wherever the process does. Usage data it sends none: pantab switches that off.
        pantab.frames_to_hyper(tables, path, process_params={"log_dir": str(path.parent)})
        return n
