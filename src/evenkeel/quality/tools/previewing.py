"""What a file looks like before anything is decided: its columns, the words in them, and its first rows as facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.reading.findings import BadRow, Findings
from evenkeel.ground.reading.sources import Source, Unreadable

from ..kinds.importer import importers
from ..models import Tool
from .checking import Checked, Checking, drafts, opened
from .drafts import Draft
from .fields import OPTIONS
from .known import Known
from .paths import columns_of, getter, plain
from .spec import suggest

_LOOKED_AT, _SHOWN_ROWS, _SHOWN_VALUES, _MOST_VALUES = 200, 20, 3, 60


@dataclass(frozen=True, kw_only=True)
class LookedAt:
    """The columns of a file with the first values they hold; `fault` says why it cannot be read."""

    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: int = 0
    fault: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)
    _rows: Sequence[Mapping[str, Any]] = ()

    def values_of(self, path: str) -> list[str]:
        """The different values that a path finds in the rows looked at."""
        found = dict.fromkeys(plain(getter(path)(row)) for row in self._rows) if path else {}
        return [value for value in found if value][:_MOST_VALUES]


def look(importer: str, source: Source) -> LookedAt:
    """Read the first rows of a file, whatever a mapping will make of them."""
    findings = Findings()
    try:
        with opened(source, findings) as reading:
            rows = [found.values for found in islice(importers[importer].rows(reading), _LOOKED_AT)]
            left_out = dict(reading.left_out)
    except Unreadable as error:
        return LookedAt(fault=f"{error.what} {error.fix}")
    if not rows:
        fault = str(findings.bad_rows[0]) if findings.bad_rows else "" if left_out else _("The file holds no rows.")
        return LookedAt(fault=fault, left_out=left_out)
    columns = {path: values[:_SHOWN_VALUES] for path, values in columns_of(rows).items()}
    return LookedAt(columns=columns, rows=len(rows), left_out=left_out, _rows=rows)


def suggested(importer: str, looked_at: LookedAt) -> dict[str, Any]:
    """A spec to begin with: what the importer knows, then what the columns' names say."""
    kind = importers[importer]
    has = set(looked_at.columns)
    mark, better = kind.came_from_here
    is_ours = bool(mark) and any(each == mark or each.startswith(f"{mark}.") for each in has)
    known = {
        slug: path
        for slug, path in {**kind.known, **(better if is_ours else {})}.items()
        if path.startswith("=") or path in has or any(each.startswith(f"{path}.") for each in has) or not has
    }
    # A tool that is known by heart is not guessed at; where it asks one question, that is the answer.
    fields = suggest([] if kind.known else looked_at.columns, known=known)
    answers = [path for path in looked_at.columns if path.startswith("answers.")]
    if fields.get("answer") and not fields.get("label") and len(answers) == 1:
        fields["label"] = answers[0]
    return {
        "fields": fields,
        "values": {slug: dict(table) for slug, table in kind.values.items()},
        "options": {**OPTIONS, **kind.options},
    }


@dataclass(frozen=True, kw_only=True)
class PreviewRow:
    """One row as facts, or why it is none."""

    row: int
    draft: Draft | None
    faults: tuple[BadRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The first rows as facts."""

    rows: tuple[PreviewRow, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    fault: str = ""

    @property
    def bad(self) -> int:
        """How many of them do not fit."""
        return sum(bool(row.faults) for row in self.rows)


def preview(tool: Tool, importer: str, spec: dict[str, Any], source: Source, *, now: datetime) -> Preview:
    """The first twenty rows by a mapping, checked against the house as an import would."""
    findings = Findings()
    found = Checked(known=Known(tool.programme, tool.organisation), findings=findings)
    try:
        with opened(source, findings) as reading:
            rows = list(islice(drafts(importer, spec, reading, now=now), _SHOWN_ROWS))
            checking = Checking(tool, spec, reading, found, compares=False, now=now)
            checking.look_at([draft for _row, draft in rows if draft is not None])
            left_out = dict(reading.left_out)
    except Unreadable as error:
        return Preview(fault=f"{error.what} {error.fix}")
    by_row: dict[int | None, list[BadRow]] = {}
    for bad in findings.bad_rows:
        by_row.setdefault(bad.row, []).append(bad)
    shown = [PreviewRow(row=row, draft=draft, faults=tuple(by_row.get(row, ()))) for row, draft in rows]
    whole = by_row.get(1, []) if not rows else []
    return Preview(rows=tuple(shown), left_out=left_out, fault=" ".join(map(str, whole)))
