from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from ..importer import Found, Importer, ImporterExample, Reading, importer
from .jsonl import JsonLines


@importer
class Sql(Importer):
    slug = "sql"
    title = gettext_lazy("SQL query")
    why = gettext_lazy(
        "A tool's own database, read-only: one SELECT, with :since for what has changed since the last import."
    )
    source = "https://www.postgresql.org/docs/current/sql-select.html"
    how = gettext_lazy(
        "The operator sets IMPORT_FROM_… to the address of SQLite or PostgreSQL; you name it and write the query."
    )
    suffixes = ()
    asks_database = True
    # What the query found is put aside as JSON Lines and read from there.
    example = ImporterExample(
        file=b'{"job_id": "j-1", "reviewer_id": "ada", "type": "IGNORE", "decided_at": "2026-03-02T09:30:00+00:00"}\n',
        fields={"item": "job_id", "worker": "reviewer_id", "label": "type", "decided_at": "decided_at"},
        options={"connection": "IMPORT_FROM_DESK", "query": "SELECT * FROM decisions WHERE decided_at > :since"},
        facts=[("decision", "j-1", "ada", "IGNORE")],
    )

    @classmethod
    def rows(cls, reading: Reading) -> Iterator[Found]:
        return JsonLines.rows(reading)
