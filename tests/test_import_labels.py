"""Real labels come in with the counts that their publishers give; a killed import leaves nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from evenkeel.edges.tests.migrated import migrated_sqlite
from evenkeel.ground import log
from evenkeel.ground.access import Actor
from evenkeel.people import Worker, add_organisation
from evenkeel.quality import ExpertAnswer, ImportReport, answers_in_force, import_labels
from evenkeel.work import Decision, Item, Programme, item_content_html

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SYSTEM = Actor.system("test")


@pytest.fixture
def quality(reference_data: Path, db: None) -> Path:
    add_organisation(SYSTEM, name="House", is_house=True, now=NOW)
    return reference_data / "quality"


def imported(labels: Path, items: Path | None = None, **more: object) -> ImportReport:
    return import_labels(SYSTEM, labels=labels, items=items, programme_name="Study", now=NOW, **more)  # type: ignore[arg-type]


@pytest.mark.shared_data
@pytest.mark.django_db(transaction=True)
def test_dices_comes_in_whole(quality: Path) -> None:
    report = imported(quality / "dices350_labels.csv.gz", quality / "dices350_items.csv.gz")
    assert report.counts.to_dict() == {
        "labels": 43_050, "items": 350, "items_new": 350, "workers": 123, "workers_new": 123,
        "expert_answers": 350, "expert_answers_new": 350, "repeats": 0, "left_out": 0,
    }  # fmt: skip
    assert report.answers == {"No": 26_292, "Yes": 14_064, "Unsure": 2_694}
    assert not report.remarks
    programme = Programme.objects.get(name="Study")
    assert answers_in_force(programme).filter(label="Yes").count() == 175
    assert Decision.objects.filter(programme=programme, origin="import", replicate=1).count() == 43_050
    item = Item.objects.get(programme=programme, key="173")
    speakers = [turn["speaker"] for turn in item.content["turns"]]
    assert speakers == ["User", "Lamda", "User", "Lamda", "User", "Lamda"]
    assert "not picking up on your vibe" in item_content_html(item)
    log.flush(NOW)
    files = (log.files.log_dir() / "facts" / "decisions").glob("*/*.parquet")
    assert sum(parquet.read_metadata(path).num_rows for path in files) == 43_050


@pytest.mark.shared_data
@pytest.mark.once
def test_convabuse_names_its_further_columns_and_keeps_its_repeats(quality: Path) -> None:
    report = imported(quality / "convabuse_labels.csv.gz", ignore=["bot", "flags", "conversation", "example_no"])
    assert (report.counts.labels, report.counts.items, report.counts.workers) == (12_768, 4_055, 8)
    assert Decision.objects.filter(replicate__gt=1).count() == 571


@pytest.mark.shared_data
@pytest.mark.once
def test_repeated_pairs_of_s_adult_are_kept_and_said(quality: Path) -> None:
    report = imported(quality / "gal_adult2.csv.gz")
    assert (report.counts.labels, report.counts.items, report.counts.workers) == (92_721, 11_040, 825)
    assert report.counts.expert_answers == ExpertAnswer.objects.count() == 333
    assert [remark.code for remark in report.remarks] == ["repeats"]
    assert report.counts.repeats == Decision.objects.filter(replicate__gt=1).count() == 2_922


@pytest.mark.shared_data
def test_dawid_and_skenes_observer_1_is_asked_three_times(quality: Path) -> None:
    assert imported(quality / "dawid_skene_1979.csv.gz").counts.labels == 315
    worker = Worker.objects.get(code="1")
    assert sorted(worker.decisions.filter(item__key="1").values_list("replicate", flat=True)) == [1, 2, 3]


# A process of its own with an install of its own: it imports, says how far it is, and waits at a point to be killed.
_VICTIM = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from evenkeel.ground.access import Actor
NOW, SYSTEM = datetime(2026, 3, 2, 9, tzinfo=UTC), Actor.system("test")
if sys.argv[1] == "make":
    from evenkeel.people import add_organisation
    add_organisation(SYSTEM, name="House", is_house=True, now=NOW)
else:
    from evenkeel.quality import import_labels
    def said(stage, done, total):
        if stage == "writing" and done >= int(sys.argv[2]):
            print("held", flush=True)
            sys.stdin.read()
    import_labels(SYSTEM, labels=sys.argv[1], programme_name="Study", now=NOW, progress=said)
"""
_ROWS = 20_000


@pytest.mark.once
def test_a_killed_import_leaves_nothing(tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text("item,worker,label,truth\n" + "".join(f"i{n % 997},w{n // 997},Yes,No\n" for n in range(_ROWS)))
    data = tmp_path / "install"
    data.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "EVENKEEL_DATABASE_URL"} | {
        "EVENKEEL_DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings"),
    }

    def run(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", _VICTIM, *arguments],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    shutil.copyfile(migrated_sqlite(), data / "evenkeel.sqlite3")
    with run("make") as made:
        assert made.wait() == 0
    before = rows_of_every_table(data)
    # Before the first decision is written, in the middle, and when all that is left is to commit.
    for point in (0, 8_000, _ROWS):
        with run(str(labels), str(point)) as victim:
            assert victim.stdout is not None
            assert victim.stdout.readline() == "held\n"
            victim.send_signal(signal.SIGKILL)
        assert rows_of_every_table(data) == before
        assert not list(data.glob("log/facts/**/*.parquet"))
    with run(str(labels), str(_ROWS + 1)) as again:
        again.communicate()
        assert again.returncode == 0
    after = rows_of_every_table(data)
    assert (after["work_decision"], after["quality_expertanswer"]) == (_ROWS, 997)


def rows_of_every_table(data: Path) -> dict[str, int]:
    """As the database file itself has them."""
    with closing(sqlite3.connect(data / "evenkeel.sqlite3")) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


@pytest.mark.once
def test_four_million_labels_need_bounded_memory(tmp_path: Path) -> None:
    """Reading holds some ten bytes a label and not the file; measured on a fortieth of it."""
    import tracemalloc

    from evenkeel.ground.reading.findings import Findings
    from evenkeel.ground.reading.sources import Source
    from evenkeel.quality.imports.label_file import LabelCheck

    path = tmp_path / "labels.csv"
    with path.open("w") as file:
        file.write("item,worker,label\n")
        file.writelines(f"item-{n % 1_000},worker-{n // 1_000},Yes\n" for n in range(100_000))
    tracemalloc.start()
    try:
        found = LabelCheck(Source.of(path), Findings(), schema=None, known_items=None).run()
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found) == 100_000
    assert peak < 40 * len(found)
