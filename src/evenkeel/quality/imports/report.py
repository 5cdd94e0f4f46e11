"""What an import found: how much of what, remarks, and every row that does not fit with its fix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.errors import Invalid
from evenkeel.ground.reading.findings import BadRow, FileSeen, Remark


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
