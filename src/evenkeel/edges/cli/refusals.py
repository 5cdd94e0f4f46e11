"""What went wrong as one sentence for people, or as a problem for programs; anything unexpected stays a traceback."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import IO, Any

import click

# What a person can put right, with the name of the file or folder in it. Other OSErrors are bugs until shown otherwise.
_FILE_TROUBLES = (
    FileNotFoundError,
    FileExistsError,
    IsADirectoryError,
    NotADirectoryError,
    PermissionError,
)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Refusal(click.ClickException):
    """An expected refusal on its way out."""

    exit_code = 2

    def __init__(self, said: dict[str, Any], *, as_json: bool):
        super().__init__(said["detail"])
        self.said, self.as_json = said, as_json

    def show(self, file: IO[Any] | None = None) -> None:
        if self.as_json:
            shown = {name: value for name, value in self.said.items() if name != "lines"}
            click.echo(json.dumps({"problem": shown}, default=str, ensure_ascii=False, indent=2))
            return
        click.echo(f"Error: {self.said['detail']}", err=True)
        by_field = [f"  {name}: {' '.join(texts)}" for name, texts in self.said["fields"].items()]
        for line in self.said.get("lines", by_field):
            click.echo(line, err=True)


def cell_refused(path: Path, row: int, column: str, what: str, fix: str, *, as_json: bool) -> Refusal:
    """A cell of a file that does not fit; `row` counts from 0, the sentence as a spreadsheet does, the header being row 1."""
    detail = f"{path.name}, row {row + 2}, column {column}: {what}. {fix}"
    return Refusal({"code": "input", "detail": detail, "fields": {column: [fix]}, "row": row + 2}, as_json=as_json)


def refusal_of(error: Exception) -> dict[str, Any] | None:
    """The problem behind an exception: `code`, `detail`, `fields`; None for a bug of ours."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import DatabaseError

    from evenkeel.ground.errors import Problem

    if isinstance(error, Problem):
        said: dict[str, Any] = {"code": error.code, "detail": error.sentence, "fields": error.fields}
        report = getattr(error, "report", None)
        if report is not None:
            first, *rest = report.lines()
            said |= {"detail": first, "report": report.to_dict(), "lines": rest}
        return said
    if isinstance(error, ImproperlyConfigured):
        return {"code": "settings", "detail": str(error), "fields": {}}
    if isinstance(error, DatabaseError):
        sentence = _about_database(error)
        return {"code": "database", "detail": sentence, "fields": {}} if sentence else None
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        detail = "There is no room on the disk. What was there before stands as it was; make room and try again."
        return {"code": "disk-full", "detail": detail, "fields": {}}
    if isinstance(error, OSError) and error.filename is not None and (isinstance(error, _FILE_TROUBLES) or error.errno):
        return {"code": "file", "detail": f"{error.filename}: {error.strerror}.", "fields": {}}
    return None


def _about_database(error: Exception) -> str:
    from django.conf import settings
    from django.db.utils import OperationalError

    said = " ".join(str(error).split())
    name = settings.DATABASES["default"]["NAME"]
    lacks_table = "no such table" in said or ("relation" in said and "does not exist" in said)
    lacks_column = "no such column" in said or ("column" in said and "does not exist" in said)
    if lacks_table or lacks_column:
        return "The database is not at this version: run `evenkeel migrate`."
    if "not a database" in said or "malformed" in said:
        return f"{name} is no SQLite database, or a damaged one ({said}): name another in EVENKEEL_DATABASE_URL."
    if "unable to open database file" in said:
        return f"The database {name} cannot be opened: see that its folder is there and may be written."
    if "locked" in said:
        return "The database is busy with another command's long transaction: wait for it, then try again."
    if isinstance(error, OperationalError):
        return f"The database does not answer: {said}"
    return ""
