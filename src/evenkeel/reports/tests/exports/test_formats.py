"""Every format holds what was put in, as its consumer's own library reads it, and is there whole or not at all."""

from __future__ import annotations

import errno
import json
import resource
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from evenkeel.ground.errors import NotNow

from ...exports.figures import batch_of
from ...exports.format import ExportFormat, export_formats, offered
from ...exports.kinds import xlsx
from ...exports.sheet import Definition, Field, Sheet
from ...exports.whole import sweep, whole
from . import readers

AT, ON = datetime(2026, 3, 2, 9, 30, 15, tzinfo=UTC), date(2026, 3, 2)
FIELDS = (
    Field(name="label", kind="text", why="the answer"),
    Field(name="decided_at", kind="moment", why="when"),
    Field(name="on", kind="day", why="the day"),
    Field(name="n", kind="whole", why="how many"),
    Field(name="unit", kind="text", why="the unit"),
    Field(name="value", kind="figure", why="the figure"),
    Field(name="is_right", kind="yes_no", why="whether it was right"),
)
NAMES = [field.name for field in FIELDS]
ROWS = [
    dict(zip(NAMES, row, strict=True))
    for row in [
        ('=cmd|" /C calc"!A0', AT, ON, 2**40, "percent", 0.9375, True),
        ("@SUM(A1)", AT, None, -3, "count", 7.0, False),
        ('say "é", 日本', None, ON, None, "duration_ms", 1250.0, None),
        (None, AT, ON, 0, "number", None, True),
    ]
]
MEANING = Definition(
    metric="accuracy", title="Accuracy", meaning="=Share of right decisions", formula="Σ wy / Σ w", unit="percent",
    better="up", interval="wilson, 95 %", population="audited decisions", guard_rail="handle_time", version=1, source="",
)  # fmt: skip


def sheet(rows: list[dict[str, Any]] = ROWS, *, portions: int = 1) -> Sheet:
    def made() -> Iterator[Any]:
        for _portion in range(portions):
            if rows:
                yield batch_of(FIELDS, rows)

    return Sheet(
        name="figures", title="Somebody's figures", fields=FIELDS, portions=made(), total=len(rows) * portions,
        about=[("Exported by", "-Ada"), ("Last day (UTC)", "2026-03-02")], definitions=[MEANING],
    )  # fmt: skip


def written(kind: type[ExportFormat], folder: Path, given: Sheet) -> Path:
    path = folder / f"it{kind.suffix}"
    heard: list[int] = []
    with whole(path) as aside:
        assert kind.write(given, aside, tell=heard.append) == given.total
    assert heard == sorted(heard)
    return path


def test_a_workbook_is_a_typed_table_with_its_definitions(tmp_path: Path) -> None:
    import openpyxl

    path = written(export_formats["xlsx"], tmp_path, sheet())
    book = openpyxl.load_workbook(path)
    page = book["Data"]
    assert page.tables["data_1"].ref == "A1:G5"
    assert [column.name for column in page.tables["data_1"].tableColumns] == NAMES
    assert (page.freeze_panes, page.tables["data_1"].autoFilter.ref) == ("A2", "A1:G5")
    first = dict(zip(NAMES, page[2], strict=True))
    assert (first["label"].value, first["label"].data_type) == ('=cmd|" /C calc"!A0', "s"), "a text, never a formula"
    assert (first["decided_at"].value, first["decided_at"].is_date) == (AT.replace(tzinfo=None), True)
    assert (first["n"].value, first["is_right"].value) == (2**40, True)
    assert [(row[5].value, row[5].number_format) for row in page.iter_rows(min_row=2)][:3] == [
        (0.9375, "0.0%"), (7, "#,##0"), (1250, "#,##0"),
    ]  # fmt: skip
    assert page[4][0].value == 'say "é", 日本'
    assert page[5][5].value is None, "what is not known is empty, not 0"
    said = [[cell.value for cell in row if cell.value is not None] for row in book["Definitions"].iter_rows()]
    assert ["Exported by", "-Ada"] in said
    assert next(row for row in said if row[:1] == ["accuracy"])[:7] == [
        "accuracy",
        "Accuracy",
        "=Share of right decisions",
        "Σ wy / Σ w",
        "percent",
        "up",
        "wilson, 95 %",
    ]
    assert ["is_right", "yes_no", "whether it was right"] in said
    assert {cell.data_type for row in book["Definitions"].iter_rows() for cell in row} <= {"s", "n"}


def test_a_workbook_goes_on_on_further_sheets_and_may_be_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    empty = openpyxl.load_workbook(written(export_formats["xlsx"], tmp_path, sheet([])))
    assert [cell.value for cell in empty["Data"][1]] == NAMES
    assert empty["Data"].tables["data_1"].ref == "A1:G2", "Excel knows no table without a row"
    monkeypatch.setattr(xlsx, "_ROWS_A_SHEET", 5)
    path = written(export_formats["xlsx"], tmp_path, sheet(portions=3))
    book = openpyxl.load_workbook(path)
    assert {name: book[name].tables[f"data_{n}"].ref for n, name in enumerate(("Data", "Data 2", "Data 3"), 1)} == {
        "Data": "A1:G6", "Data 2": "A1:G6", "Data 3": "A1:G3",
    }  # fmt: skip
    labels = [row["label"] for name in ("Data", "Data 2", "Data 3") for row in readers.from_xlsx(path, name)]
    assert labels == [row["label"] for row in ROWS] * 3


@pytest.mark.parametrize(("slug", "encoding"), [("csv", "utf-8"), ("csv_excel", "utf-8-sig")])
def test_csv_is_as_the_standard_has_it_and_runs_nothing(slug: str, encoding: str, tmp_path: Path) -> None:
    path = written(export_formats[slug], tmp_path, sheet())
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") == (slug == "csv_excel")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 5
    first, second, third, fourth = readers.from_csv(path, encoding)
    assert list(first) == NAMES
    assert (first["label"], second["label"]) == (f"'{ROWS[0]['label']}", "'@SUM(A1)")
    assert (third["label"], fourth["label"]) == ('say "é", 日本', "")
    assert (readers.moment(first["decided_at"]), third["decided_at"]) == (AT, "")
    assert (first["n"], second["n"], first["value"], fourth["value"]) == (str(2**40), "-3", "0.9375", "")
    assert (first["is_right"], second["is_right"], third["is_right"]) == ("true", "false", "")


def test_parquet_is_typed_and_says_what_it_means(tmp_path: Path) -> None:
    import duckdb
    import pyarrow.parquet as pq

    path = written(export_formats["parquet"], tmp_path, sheet(portions=2))
    assert readers.from_parquet(path) == ROWS * 2
    said = json.loads(pq.read_metadata(path).metadata[b"evenkeel"])
    assert (said["definitions"][0]["formula"], said["about"]["Exported by"]) == ("Σ wy / Σ w", "-Ada")
    assert pq.read_schema(path).field("label").metadata[b"description"] == b"the answer"
    assert duckdb.read_parquet(str(path)).aggregate("count(*), max(value)").fetchall() == [(8, 1250.0)]


def test_a_duckdb_file_has_rows_definitions_and_comments(tmp_path: Path) -> None:
    import duckdb

    path = written(export_formats["duckdb"], tmp_path, sheet())
    connection = duckdb.connect(str(path), read_only=True)
    rows = connection.sql("FROM figures").to_arrow_table().to_pylist()
    assert rows == ROWS
    assert connection.sql("SELECT metric, unit FROM definitions").fetchall() == [("accuracy", "percent")]
    assert connection.sql("SELECT said FROM about WHERE what = 'Exported by'").fetchall() == [("-Ada",)]
    comments = connection.sql(
        "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'figures'"
    ).fetchall()
    assert dict(comments) == {field.name: field.why for field in FIELDS}
    connection.close()


def test_a_hyper_extract_has_rows_and_definitions(tmp_path: Path) -> None:
    pantab = pytest.importorskip("pantab", reason="the extra `hyper` is not installed")
    path = written(export_formats["hyper"], tmp_path, sheet(portions=2))
    rows = pantab.frame_from_hyper(path, table="figures", return_type="pyarrow", process_params=_log_in(tmp_path))
    assert rows.to_pylist() == ROWS * 2
    meaning = pantab.frame_from_hyper(
        path, table="definitions", return_type="pyarrow", process_params=_log_in(tmp_path)
    )
    assert meaning.to_pylist()[0]["formula"] == "Σ wy / Σ w"


def _log_in(folder: Path) -> dict[str, str]:
    return {"log_dir": str(folder)}


@pytest.mark.parametrize("kind", offered(), ids=lambda kind: kind.slug)
def test_a_full_disk_leaves_nothing_and_says_so(kind: type[ExportFormat], tmp_path: Path) -> None:
    """The system itself refuses to let a file grow, whatever library writes it."""
    path, before = tmp_path / "out" / f"it{kind.suffix}", resource.getrlimit(resource.RLIMIT_FSIZE)
    path.parent.mkdir()
    path.write_text("what was here before")
    rows = [{**row, "label": f"{number} {row['label']}"} for number in range(2_000) for row in ROWS]
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, before[1]))
    try:
        with pytest.raises(NotNow, match="no room") as refused, whole(path) as aside:
            kind.write(sheet(rows), aside, tell=lambda _n: None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.code == "disk-full"
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    assert path.read_text() == "what was here before"


def test_no_room_is_told_from_other_failures(tmp_path: Path) -> None:
    for error, expected in ((OSError(errno.ENOSPC, "full"), NotNow), (OSError(errno.EIO, "broken"), OSError)):
        with pytest.raises(expected):
            _fail(tmp_path / "out" / "it", error)
    assert list((tmp_path / "out").iterdir()) == []


def _fail(path: Path, error: Exception) -> None:
    with whole(path) as aside:
        aside.write_text("half")
        raise error


def test_what_a_kill_left_is_swept_after_a_day(tmp_path: Path) -> None:
    left = tmp_path / "one" / ".evenkeel-part-x"
    left.mkdir(parents=True)
    made = datetime.fromtimestamp(left.stat().st_mtime, tz=UTC)
    assert sweep(tmp_path, now=made) == 0
    assert sweep(tmp_path, now=made.replace(year=made.year + 1)) == 1
    assert not left.exists()


def test_every_format_says_what_it_is_for() -> None:
    for kind in export_formats:
        assert str(kind.why)
        assert kind.suffix.startswith(".")
        assert "/" in kind.media_type
        assert kind.reader
