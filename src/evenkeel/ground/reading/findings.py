"""What does not fit in a file that was read, each with its place and its fix, and what is worth knowing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

# More than this nobody reads; the total is said all the same.
BAD_ROWS_SHOWN = 1_000


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """One thing that does not fit. `row` counts records as a spreadsheet does, the header being row 1; None = the file."""

    file: str
    row: int | None
    line: int | None
    column: str
    what: str
    fix: str

    @property
    def place(self) -> str:
        """Where it is, as people say it: file, row, and line where the two differ."""
        if self.row is None:
            return self.file
        if self.line in (None, self.row):
            return _("%(file)s, row %(row)s") % {"file": self.file, "row": f"{self.row:,}"}
        return _("%(file)s, row %(row)s (line %(line)s)") % {
            "file": self.file,
            "row": f"{self.row:,}",
            "line": f"{self.line:,}",
        }

    def __str__(self) -> str:
        column = _(", column %(column)s") % {"column": self.column} if self.column else ""
        return f"{self.place}{column}: {self.what} {self.fix}".strip()

    def to_dict(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {
            "file": self.file,
            "row": self.row,
            "line": self.line,
            "column": self.column,
            "what": self.what,
            "fix": self.fix,
        }


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something kept, but worth knowing. `code` is for programs."""

    code: str
    sentence: str

    def to_dict(self) -> dict[str, str]:
        """As JSON carries it."""
        return {"code": self.code, "sentence": self.sentence}


@dataclass(frozen=True, kw_only=True)
class FileSeen:
    """A file that was read: records without the header, bytes as they came, and the hash of the unpacked text."""

    name: str
    rows: int
    size_bytes: int
    sha256: str

    def to_dict(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {"name": self.name, "rows": self.rows, "bytes": self.size_bytes, "sha256": self.sha256}


class Findings:
    """Collects what does not fit: the first thousand in full, the rest as a number."""

    def __init__(self) -> None:
        self.bad_rows: list[BadRow] = []
        self.bad_total = 0
        self.remarks: list[Remark] = []

    def bad(
        self, file: str, what: str, fix: str, *, row: int | None = None, line: int | None = None, column: str = ""
    ) -> None:
        """Note one thing that does not fit."""
        self.bad_total += 1
        if len(self.bad_rows) < BAD_ROWS_SHOWN:
            what, column = _kept(what), _kept(column)
            self.bad_rows.append(BadRow(file=file, row=row, line=line, column=column, what=what, fix=fix))

    def remark(self, code: str, sentence: str) -> None:
        """Note something worth knowing."""
        self.remarks.append(Remark(code=code, sentence=_kept(sentence)))


def _kept(words: str) -> str:
    """A sentence that quotes a file, without what no database keeps: NUL and halves of characters."""
    return words.replace("\x00", "�").encode(errors="replace").decode()
