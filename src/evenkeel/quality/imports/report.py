"""What an import found: how much of what, remarks, and every row that does not fit with its fix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.errors import Invalid

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


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much of what is in the files, and how much of it was new to the programme."""

    labels: int = 0
    items: int = 0
    items_new: int = 0
    workers: int = 0
    workers_new: int = 0
    expert_answers: int = 0
    expert_answers_new: int = 0
    repeats: int = 0
    left_out: int = 0

    def to_dict(self) -> dict[str, int]:
        """As JSON carries it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """The outcome of an import, whether it went in whole or not at all."""

    programme_name: str
    programme_id: UUID | None = None
    run_id: UUID | None = None
    files: tuple[FileSeen, ...] = ()
    digest: str = ""
    counts: Counts = field(default_factory=Counts)
    answers: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    bad_rows: tuple[BadRow, ...] = ()
    bad_total: int = 0
    took_s: float = 0.0

    @property
    def is_imported(self) -> bool:
        """Whether everything went in; otherwise nothing did."""
        return self.run_id is not None

    @property
    def bad_hidden(self) -> int:
        """How many more rows do not fit than are listed."""
        return self.bad_total - len(self.bad_rows)

    def to_dict(self) -> dict[str, Any]:
        """As JSON carries it; `evenkeel import labels --json` prints this."""
        return {
            "imported": self.is_imported,
            "programme": {"id": str(self.programme_id) if self.programme_id else None, "name": self.programme_name},
            "run_id": str(self.run_id) if self.run_id else None,
            "digest": self.digest,
            "files": [seen.to_dict() for seen in self.files],
            "counts": self.counts.to_dict(),
            "answers": dict(self.answers),
            "remarks": [remark.to_dict() for remark in self.remarks],
            "bad_rows": [bad.to_dict() for bad in self.bad_rows],
            "bad_total": self.bad_total,
            "took_s": round(self.took_s, 3),
        }

    def lines(self) -> list[str]:
        """The report as a person reads it in a terminal."""
        return self._good_lines() if self.is_imported else self._bad_lines()

    def _good_lines(self) -> list[str]:
        counts = self.counts
        said = [
            _("Imported into the programme “%(name)s”: %(labels)s labels, %(items)s items, %(workers)s workers.")
            % {
                "name": self.programme_name,
                "labels": f"{counts.labels:,}",
                "items": f"{counts.items:,}",
                "workers": f"{counts.workers:,}",
            },
            _("New here: %(items)s items, %(workers)s workers, %(experts)s expert answers.")
            % {
                "items": f"{counts.items_new:,}",
                "workers": f"{counts.workers_new:,}",
                "experts": f"{counts.expert_answers_new:,}",
            },
            _("Answers: %(answers)s")
            % {"answers": ", ".join(f"{label} {count:,}" for label, count in self.answers.items())},
        ]
        said += [f"- {remark.sentence}" for remark in self.remarks]
        said.append(_("Took %(seconds)s s.") % {"seconds": f"{self.took_s:.1f}"})
        return said

    def _bad_lines(self) -> list[str]:
        said = [
            ngettext(
                "Nothing was imported: one thing does not fit.",
                "Nothing was imported: %(count)s things do not fit.",
                self.bad_total,
            )
            % {"count": f"{self.bad_total:,}"}
        ]
        said += [f"- {bad}" for bad in self.bad_rows]
        if self.bad_hidden:
            said.append(_("… and %(count)s more.") % {"count": f"{self.bad_hidden:,}"})
        return said + [f"- {remark.sentence}" for remark in self.remarks]


class ImportFailed(Invalid):
    """The files do not fit; nothing was imported. `report` names every row that has to be put right."""

    code = "import-failed"

    def __init__(self, report: ImportReport):
        fields: dict[str, list[str]] = {}
        for bad in report.bad_rows:
            fields.setdefault(bad.column or "file", []).append(str(bad))
        super().__init__(report.lines()[0], fields=fields)
        self.report = report


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
            self.bad_rows.append(BadRow(file=file, row=row, line=line, column=column, what=what, fix=fix))

    def remark(self, code: str, sentence: str) -> None:
        """Note something worth knowing."""
        self.remarks.append(Remark(code=code, sentence=sentence))
