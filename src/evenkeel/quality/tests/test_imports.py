"""Importing labels: what goes in, what is said about it."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pyarrow.parquet as parquet
import pytest

from evenkeel.ground import log
from evenkeel.people import Worker
from evenkeel.quality import EXPERT_ANSWERS, ExpertAnswer, ImportFailed, import_labels
from evenkeel.work import DECISIONS, Decision, ImportRun, Item, Programme

from .conftest import NOW, SYSTEM, House

Write = Callable[..., Path]
LABELS = "item,worker,label\na,r1,Yes\na,r2,No\nb,r1,No\nb,r2,No\n"
ITEMS = 'item,truth,context,response,market\na,Yes,"USER: Hi\nBOT: Hello",So long.,SG\nb,No,USER: Bye,Good day.,DE\n'


@pytest.fixture(autouse=True)
def _house(house: House) -> None:
    """Every import needs our own organisation."""


def test_labels_and_items_come_in_whole(write: Write) -> None:
    report = import_labels(
        SYSTEM, labels=write("l.csv", LABELS), items=write("i.csv", ITEMS), programme_name="Study", now=NOW
    )
    assert report.is_imported
    assert report.counts.to_dict() == {
        "labels": 4, "items": 2, "items_new": 2, "workers": 2, "workers_new": 2,
        "expert_answers": 2, "expert_answers_new": 2, "repeats": 0, "left_out": 0,
    }  # fmt: skip
    assert report.answers == {"No": 3, "Yes": 1}
    programme = Programme.objects.get(name="Study")
    decisions = Decision.objects.filter(programme=programme).order_by("id")
    assert [(d.item.key, d.worker.code, d.label, d.replicate) for d in decisions] == [
        ("a", "r1", "Yes", 1), ("a", "r2", "No", 1), ("b", "r1", "No", 1), ("b", "r2", "No", 1),
    ]  # fmt: skip
    assert {(d.origin, d.decided_at, d.organisation.is_house) for d in decisions} == {("import", NOW, True)}
    item = Item.objects.get(programme=programme, key="a")
    assert item.kind == "conversation"
    assert [turn["text"] for turn in item.content["turns"]] == ["Hi", "Hello", "So long."]
    assert item.attributes == {"market": "SG"}
    assert {(a.item.key, a.label, a.source) for a in ExpertAnswer.objects.all()} == {
        ("a", "Yes", "i.csv"), ("b", "No", "i.csv"),
    }  # fmt: skip
    run = ImportRun.objects.get(pk=str(report.run_id))
    assert run.counts["answers"] == {"No": 3, "Yes": 1}
    assert [file["name"] for file in run.files] == ["l.csv", "i.csv"]


@pytest.mark.django_db(transaction=True)
def test_the_log_has_each_label_once(write: Write) -> None:
    import_labels(SYSTEM, labels=write("l.csv", LABELS), items=write("i.csv", ITEMS), programme_name="Study", now=NOW)
    log.flush(NOW)
    assert rows_of(DECISIONS) == 4
    assert rows_of(EXPERT_ANSWERS) == 2


def rows_of(fact: log.Fact) -> int:
    """How many rows the log's files of a fact hold."""
    files = (log.files.log_dir() / "facts" / fact.name).glob("*/*.parquet")
    return sum(parquet.read_metadata(path).num_rows for path in files)


def test_labels_alone_make_items_of_their_keys(write: Write) -> None:
    report = import_labels(SYSTEM, labels=write("l.csv", LABELS), programme_name="Study", now=NOW)
    assert report.counts.items_new == 2
    assert Item.objects.get(key="a").content == {"text": "a"}


def test_optional_columns_are_kept(write: Write) -> None:
    said = "item,worker,label,replicate,decided_at,truth\na,r1,Yes,2,2026-02-01T10:00:00Z,Yes\na,r1,No,1,,Yes\nb,r1,No,1,,\n"
    import_labels(SYSTEM, labels=write("l.csv", said), programme_name="Study", now=NOW)
    assert [(d.item.key, d.label, d.replicate, d.decided_at) for d in Decision.objects.order_by("id")] == [
        ("a", "Yes", 2, datetime(2026, 2, 1, 10, tzinfo=UTC)),
        ("a", "No", 1, NOW),
        ("b", "No", 1, NOW),
    ]
    assert [(a.item.key, a.label) for a in ExpertAnswer.objects.all()] == [("a", "Yes")]


def test_the_same_person_on_the_same_item_is_a_repeat_and_said_so(write: Write) -> None:
    said = LABELS + "a,r1,No\na,r1,Yes\n"
    report = import_labels(SYSTEM, labels=write("l.csv", said), programme_name="Study", now=NOW)
    assert report.counts.repeats == 2
    assert "repeats" in [remark.code for remark in report.remarks]
    assert any("2 rows" in line for line in report.lines())
    repeated = Decision.objects.filter(item__key="a", worker__code="r1").order_by("id")
    assert [(d.label, d.replicate) for d in repeated] == [("Yes", 1), ("No", 2), ("Yes", 3)]


def test_repeats_are_left_out_when_asked(write: Write) -> None:
    report = import_labels(
        SYSTEM, labels=write("l.csv", LABELS + "a,r1,No\n"), programme_name="Study", on_repeat="skip", now=NOW
    )
    assert (report.counts.labels, report.counts.left_out, report.counts.repeats) == (4, 1, 0)
    assert Decision.objects.count() == 4


def test_a_second_import_goes_on_where_the_first_ended(write: Write) -> None:
    import_labels(SYSTEM, labels=write("l.csv", LABELS), programme_name="Study", now=NOW)
    more = "item,worker,label,truth\na,r1,No,Yes\nc,r3,Yes,\n"
    report = import_labels(SYSTEM, labels=write("m.csv", more), programme_name="Study", now=NOW)
    assert (report.counts.items_new, report.counts.workers_new, report.counts.repeats) == (1, 1, 1)
    assert Decision.objects.get(label="No", item__key="a", worker__code="r1").replicate == 2
    assert Worker.objects.filter(code__startswith="r").count() == 3


def test_a_later_truth_replaces_an_earlier_one(write: Write) -> None:
    import_labels(SYSTEM, labels=write("l.csv", LABELS), items=write("i.csv", ITEMS), programme_name="Study", now=NOW)
    more = "item,worker,label,truth\na,r3,No,No\nb,r3,No,No\n"
    report = import_labels(SYSTEM, labels=write("m.csv", more), programme_name="Study", now=NOW)
    assert report.counts.expert_answers_new == 1
    chain = ExpertAnswer.objects.filter(item__key="a").order_by("id")
    assert [answer.label for answer in chain] == ["Yes", "No"]
    assert chain[1].replaces == chain[0]


def test_gzip_bom_semicolons_and_blank_lines_are_read(write: Write) -> None:
    said = "\ufeff" + LABELS.replace(",", ";").replace("\n", "\r\n\r\n")
    report = import_labels(
        SYSTEM, labels=write("l.csv.gz", gzip.compress(said.encode())), programme_name="Study", now=NOW
    )
    assert report.counts.labels == 4


def test_the_same_files_are_not_imported_twice(write: Write) -> None:
    first = write("l.csv", LABELS)
    import_labels(SYSTEM, labels=first, programme_name="Study", now=NOW)
    packed = write("again.csv.gz", gzip.compress(LABELS.encode()))
    with pytest.raises(ImportFailed) as failed:
        import_labels(SYSTEM, labels=packed, programme_name="Study", now=NOW)
    assert "were imported on 2026-03-02 by test" in failed.value.report.lines()[1]
    assert Decision.objects.count() == 4


def test_rare_labels_that_look_like_slips_are_remarked(write: Write) -> None:
    rows = "".join(f"i{n},r1,Unsafe\n" for n in range(400)) + "x,r1,unsafe\ny,r1,Unsave\n"
    report = import_labels(SYSTEM, labels=write("l.csv", f"item,worker,label\n{rows}"), programme_name="Study", now=NOW)
    told = [remark.sentence for remark in report.remarks if remark.code == "slip"]
    assert len(told) == 2
    assert "only in case or blanks" in told[0]
    assert "“Unsave” was given only once and looks like “Unsafe”" in told[1]


def test_open_files_are_read_too(write: Write) -> None:
    with (
        write("l.csv", LABELS).open("rb") as labels,
        write("i.csv.gz", gzip.compress(ITEMS.encode())).open("rb") as items,
    ):
        report = import_labels(SYSTEM, labels=labels, items=items, programme_name="Study", now=NOW)
        assert not labels.closed
    assert (report.counts.labels, report.counts.expert_answers_new) == (4, 2)
    assert [seen.name for seen in report.files] == ["l.csv", "i.csv.gz"]


def test_a_pipe_is_put_aside_and_read(write: Write, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=lambda: pipe.write_bytes(LABELS.encode()))
    writer.start()
    report = import_labels(SYSTEM, labels=pipe, programme_name="Study", now=NOW)
    writer.join()
    assert report.counts.labels == 4
