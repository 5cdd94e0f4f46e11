from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ..duckdb_tables import add_definitions, add_sheet, opened
from ..format import ExportFormat, Tell, export_format
from ..sheet import Sheet


@export_format
class DuckDb(ExportFormat):
    slug = "duckdb"
    title = _("DuckDB file")
    why = _("For SQL without a server: one table, a table of definitions, every column with its comment.")
    suffix, media_type = ".duckdb", "application/vnd.duckdb.file"
    reader = "duckdb.connect('figures.duckdb', read_only=True).sql('FROM figures')"
    most_at_once = 1_000_000

    @classmethod
    def write(cls, sheet: Sheet, path: Path, *, tell: Tell) -> int:
        with opened(path) as connection:
            n = add_sheet(connection, sheet, tell=tell)
            add_definitions(connection, [sheet])
        return n
