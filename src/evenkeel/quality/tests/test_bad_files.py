"""Files that do not fit: the report names file, row, column and fix, and nothing goes in."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evenkeel.ground.models import LogBatch, LogRow, TrailEntry
from evenkeel.ground.reading.streams import ROW_LIMIT
from evenkeel.people import Worker
from evenkeel.quality import ExpertAnswer, ImportFailed, ImportReport, import_labels
from evenkeel.work import Decision, ImportRun, Item, Programme

from .conftest import NOW, SYSTEM, House

Write = Callable[..., Path]
HEAD = "item,worker,label\n"


def counts() -> dict[str, int]:
    """Rows of every table that an import writes."""
    tables = (Programme, Item, Worker, Decision, ImportRun, ExpertAnswer, LogRow, LogBatch, TrailEntry)
    return {table.__name__: table.objects.count() for table in tables}


@pytest.fixture(autouse=True)
def _nothing_goes_in(house: House, data_dir: Path) -> Iterator[None]:
    """Whatever a test hands in, tables and log are as they were."""
    before = counts()
    yield
    assert counts() == before
    assert not list((data_dir / "log").glob("facts/*/*/*.parquet"))


def refused(labels: object, items: object = None, **more: object) -> ImportReport:
    with pytest.raises(ImportFailed) as failed:
        import_labels(SYSTEM, labels=labels, items=items, programme_name="Study", now=NOW, **more)  # type: ignore[arg-type]
    assert failed.value.status == 422
    assert not failed.value.report.is_imported
    return failed.value.report


def only(report: ImportReport) -> tuple[str, int | None, str, str]:
    """File, row and column of the only thing that does not fit, and everything said about it."""
    assert report.bad_total == 1, report.lines()
    (bad,) = report.bad_rows
    return bad.file, bad.row, bad.column, f"{bad.what} {bad.fix}"


def test_an_unknown_column_is_named_with_its_likely_meaning(write: Write) -> None:
    report = refused(write("l.csv", "item,worker,label,replicat\na,r,Yes,1\n"))
    file, row, column, said = only(report)
    assert (file, row, column) == ("l.csv", 1, "replicat")
    assert "Did you mean “replicate”?" in said
    assert "--ignore replicat" in said


def test_a_missing_column_is_named_with_its_likely_misspelling(write: Write) -> None:
    report = refused(write("l.csv", "item,worker,labels\na,r,Yes\n"))
    assert [(bad.column, bad.what) for bad in report.bad_rows] == [
        ("label", "The column is missing."),
        ("labels", "The column is unknown."),
    ]
    assert report.bad_rows[0].fix == "Rename the column “labels” to “label”."


def test_a_column_that_is_there_twice_is_named(write: Write) -> None:
    assert only(refused(write("l.csv", "item,worker,label,label\na,r,Yes,No\n")))[:3] == ("l.csv", 1, "label")


def test_an_item_that_is_there_twice_is_named_with_its_first_row(write: Write) -> None:
    report = refused(write("l.csv", HEAD + "a,r,Yes\n"), write("i.csv", "item,text\na,x\nb,y\na,z\n"))
    file, row, column, said = only(report)
    assert (file, row, column) == ("i.csv", 4, "item")
    assert "stands in row 2 already" in said


def test_a_label_outside_those_asked_for_is_named_with_the_nearest(write: Write) -> None:
    report = refused(write("l.csv", HEAD + "a,r,Yes\nb,r,yes \n"), allowed_labels=["Yes", "No", "Unsure"])
    file, row, column, said = only(report)
    assert (file, row, column) == ("l.csv", 3, "label")
    assert "Did you mean “Yes”?" in said


def test_a_label_outside_the_programmes_form_is_refused(write: Write, house: House) -> None:
    with pytest.raises(ImportFailed) as failed:
        import_labels(SYSTEM, labels=write("l.csv", HEAD + "a,r,Maybe\n"), programme_name=house.programme.name, now=NOW)
    assert "Allowed are: Safe, Unsafe, Unsure." in only(failed.value.report)[3]


def test_a_truth_outside_the_schema_is_named(write: Write) -> None:
    report = refused(
        write("l.csv", HEAD + "a,r,Yes\n"), write("i.csv", "item,truth,text\na,Ja,x\n"), allowed_labels=["Yes", "No"]
    )
    assert only(report)[:3] == ("i.csv", 2, "truth")


def test_an_item_that_is_not_in_the_items_file_is_named(write: Write) -> None:
    report = refused(write("l.csv", HEAD + "alpha1,r,Yes\nalpha9,r,No\n"), write("i.csv", "item,text\nalpha1,x\n"))
    file, row, column, said = only(report)
    assert (file, row, column) == ("l.csv", 3, "item")
    assert "not in the items file" in said
    assert "Did you mean “alpha1”?" in said


def test_empty_cells_are_named_with_their_column(write: Write) -> None:
    report = refused(write("l.csv", HEAD + "a,r,Yes\n,r,No\na,,No\na,r,\n"))
    assert [(bad.row, bad.column) for bad in report.bad_rows] == [(3, "item"), (4, "worker"), (5, "label")]


def test_rows_with_too_few_or_too_many_cells_are_named(write: Write) -> None:
    report = refused(write("l.csv", HEAD + "a,r\nb,r,Yes,1\nc,r,No\n"))
    assert [(bad.row, bad.what) for bad in report.bad_rows] == [
        (2, "The row has 2 cells, the header has 3."),
        (3, "The row has 4 cells, the header has 3."),
    ]


def test_wrong_optional_cells_are_named(write: Write) -> None:
    head = "item,worker,label,replicate,decided_at,truth\n"
    rows = "a,r,Yes,0,,\na,s,Yes,x,,\na,t,Yes,1,yesterday,\na,u,Yes,1,2027-01-01T00:00:00Z,\na,v,Yes,1,,Yes\na,w,Yes,1,,No\n"
    report = refused(write("l.csv", head + rows))
    assert [(bad.row, bad.column) for bad in report.bad_rows] == [
        (2, "replicate"), (3, "replicate"), (4, "decided_at"), (5, "decided_at"), (7, "truth"),
    ]  # fmt: skip


def test_the_first_thousand_bad_rows_are_listed_and_all_are_counted(write: Write) -> None:
    report = refused(write("l.csv", HEAD + "a,,Yes\n" * 2_500))
    assert (len(report.bad_rows), report.bad_total, report.bad_hidden) == (1_000, 2_500, 1_500)
    assert report.lines()[0] == "Nothing was imported: 2,500 things do not fit."
    assert report.lines()[-1] == "… and 1,500 more."
    assert report.to_dict()["bad_total"] == 2_500


def test_a_gzip_that_was_cut_off_is_named_with_what_could_be_read(write: Write) -> None:
    rows = "".join(f"i{n},r{os.urandom(4).hex()},Yes\n" for n in range(20_000))
    packed = gzip.compress((HEAD + rows).encode())
    said = only(refused(write("l.csv.gz", packed[: len(packed) // 2])))[3]
    assert "ends too early" in said
    assert "gzip -t" in said


def test_a_gzip_with_a_flipped_byte_is_named(write: Write) -> None:
    packed = bytearray(gzip.compress((HEAD + "a,r,Yes\n" * 500).encode()))
    packed[-6] ^= 0xFF
    assert "damaged" in only(refused(write("l.csv.gz", bytes(packed))))[3]


class Endless(io.RawIOBase):
    """A file that says `size` bytes of one line, without there being any."""

    def __init__(self, head: bytes, size: int):
        self._head, self._size, self._at, self.most = head, size, 0, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset if whence == io.SEEK_SET else len(self._head) + self._size + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "nobody may ask for all of it"
        at, self._at = self._at, self._at + size
        self.most = max(self.most, self._at)
        return (self._head[at:] + b"x" * size)[:size]


@pytest.mark.parametrize("opening", ["a,r,", 'a,r,"'], ids=["a line", "an open quote"])
def test_a_line_of_two_gigabytes_is_given_up_after_one_megabyte(opening: str) -> None:
    endless = Endless((HEAD + "a,r,Yes\n" + opening).encode(), 2_000_000_000)
    _file, row, _column, said = only(refused(endless))
    assert row == 3
    assert "1,048,576 bytes" in said
    assert endless.most < 2 * ROW_LIMIT


def test_a_quote_that_is_never_closed_is_named(write: Write) -> None:
    _file, row, _column, said = only(refused(write("l.csv", HEAD + 'a,r,Yes\nb,r,"No\nc,r,No\n')))
    assert row == 3
    assert "never closed" in said


def test_many_lines_inside_one_quote_are_given_up_after_one_megabyte(write: Write) -> None:
    _file, row, _column, said = only(refused(write("l.csv", HEAD + 'a,r,"' + "x\n" * ROW_LIMIT)))
    assert row == 2
    assert "longer than 1,048,576 bytes" in said


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-16", ""), ("utf-16-le", ""), ("utf-16-be", ""), ("utf-32", "")], ids=str
)
def test_another_encoding_is_named_with_the_way_to_convert_it(write: Write, encoding: str, mark: str) -> None:
    said = only(refused(write("l.csv", (HEAD + "a,r,Yes\n").encode(encoding))))[3]
    assert "UTF-16" in said or "UTF-32" in said
    assert "byte 0" in said
    assert "iconv -f UTF-" in said


def test_latin_1_is_named_with_row_and_byte(write: Write) -> None:
    content = (HEAD + "a,r,Yes\n").encode() + "b,Zoë,No\n".encode("latin-1")
    _file, row, _column, said = only(refused(write("l.csv", content)))
    assert row == 3
    assert f"Byte {content.index(0xEB)} (0xeb)" in said
    assert "iconv -f WINDOWS-1252" in said


def test_a_nul_byte_is_named_with_row_and_byte(write: Write) -> None:
    content = (HEAD + "a,r,Yes\nb,r,N\0o\n").encode()
    _file, row, _column, said = only(refused(write("l.csv", content)))
    assert row == 3
    assert f"NUL byte at byte {content.index(0)}" in said


def test_what_is_wrong_before_a_nul_byte_is_named_first(write: Write) -> None:
    # A picture under another name: its first byte is no text, and NUL bytes follow some lines below.
    _file, row, _column, said = only(refused(write("l.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")))
    assert row == 1
    assert "Byte 0 (0x89)" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (HEAD.encode(), "no row under it"),
        (b"PK\x03\x04 and so on", "zip archive or an Excel workbook"),
        (b"PAR1 and so on", "Parquet"),
        (b"BZh91AY and so on", "bzip2"),
        (b"item,worker,label\ra,r,Yes\r", "old Macs"),
    ],
)
def test_a_file_of_no_use_is_named(write: Write, content: bytes, said: str) -> None:
    assert said in only(refused(write("l.csv", content)))[3]


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    assert "folder" in only(refused(tmp_path))[3]
    file, row, _column, said = only(refused(tmp_path / "none.csv"))
    assert (file, row) == ("none.csv", None)
    assert "no such file" in said


def test_broken_items_do_not_blame_every_label(write: Write) -> None:
    report = refused(write("l.csv", HEAD + "a,r,Yes\nb,r,No\n"), write("i.csv", "key,text\na,x\n"))
    assert [(bad.file, bad.column) for bad in report.bad_rows] == [("i.csv", "item")]


def test_free_text_is_no_label(write: Write) -> None:
    rows = "".join(f"i{n},r,answer number {n}\n" for n in range(600))
    _file, row, column, said = only(refused(write("l.csv", HEAD + rows)))
    assert (row, column) == (502, "label")
    assert "free text" in said


def test_a_programme_without_a_name_is_refused(write: Write) -> None:
    with pytest.raises(ImportFailed) as failed:
        import_labels(SYSTEM, labels=write("l.csv", HEAD + "a,r,Yes\n"), programme_name=" ", now=NOW)
    assert only(failed.value.report)[2] == "programme"
