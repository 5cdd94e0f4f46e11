from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ..format import ExportFormat, Tell, export_format
from ..sheet import Sheet, arrow_schema


@export_format
class Parquet(ExportFormat):
    slug = "parquet"
    title = _("Parquet")
    why = _("For notebooks and databases: typed and packed columns; the definitions stand in the file's own metadata.")
    suffix, media_type = ".parquet", "application/vnd.apache.parquet"
    reader = "duckdb.sql(\"SELECT * FROM 'figures.parquet'\")"
    most_at_once = 1_000_000

    @classmethod
    def write(cls, sheet: Sheet, path: Path, *, tell: Tell) -> int:
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = arrow_schema(sheet.fields)
        said = {
            "title": sheet.title,
            "about": dict(sheet.about),
            "definitions": [asdict(each) for each in sheet.definitions],
        }
        n = 0
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            writer.add_key_value_metadata({"evenkeel": json.dumps(said, ensure_ascii=False)})
            for portion in sheet.portions:
                writer.write_batch(pa.RecordBatch.from_arrays(portion.columns, schema=schema))
                n += portion.num_rows
                tell(n)
        return n
