"""Bringing in decisions made elsewhere: all or nothing, once, in the table and in the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenkeel.ground import log, trail
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.people import Worker, add_worker
from evenkeel.work import (
    DECISIONS,
    Decision,
    ImportedDecision,
    ImportRun,
    Item,
    NewItem,
    Programme,
    bulk,
    record_import,
)

from .factories import NOW, SYSTEM, as_actor, make_house, make_person, make_programme

# Staged files take their place when the transaction has committed, so these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def workers() -> dict[str, Worker]:
    return {
        code: add_worker(SYSTEM, organisation=make_house(), code=code, name=code.upper(), now=NOW)
        for code in ("r1", "r2")
    }


def items(n: int) -> list[NewItem]:
    return [NewItem(key=f"i{place}", content={"text": f"Text {place}"}) for place in range(n)]


def bring_in(
    programme: Programme, workers: dict[str, Worker], decisions: list[ImportedDecision], *, digest: str = "d1"
) -> ImportRun:
    return record_import(
        SYSTEM,
        programme=programme,
        files=[{"name": "labels.csv", "rows": len(decisions)}],
        digest=digest,
        items=items(2),
        decisions=iter(decisions),
        workers=workers,
        now=NOW,
    )


def test_what_comes_in_stands_in_the_table_and_in_the_log(programme: Programme, workers: dict[str, Worker]) -> None:
    moment = datetime(2025, 12, 31, 23, 30, 0, 250_000, tzinfo=UTC)
    run = bring_in(
        programme,
        workers,
        [
            ImportedDecision("i0", "r1", "Yes"),
            ImportedDecision("i0", "r1", "No", replicate=2),
            ImportedDecision("i1", "r2", "Nö", decided_at=moment, active_ms=1_500),
        ],
    )
    assert run.counts == {"items": 2, "items_known": 0, "decisions": 3, "workers": 2}
    first, repeat, dated = Decision.objects.order_by("id").select_related("item", "worker")
    assert (first.label, first.item.key, first.worker.code, first.decided_at) == ("Yes", "i0", "r1", NOW)
    assert (first.organisation, first.origin, first.answer, first.queue, first.client_key) == (
        make_house(), "import", {}, None, None,
    )  # fmt: skip
    assert (repeat.replicate, repeat.label) == (2, "No")
    assert (dated.label, dated.decided_at, dated.active_ms) == ("Nö", moment, 1_500)
    rows = sorted(log.read(DECISIONS).to_pyarrow().to_pylist(), key=lambda row: str(row["id"]))
    assert [row["id"] for row in rows] == [
        str(pk) for pk in Decision.objects.order_by("id").values_list("id", flat=True)
    ]
    assert [(row["label"], row["sign"], row["replicate"], row["origin"]) for row in rows] == [
        ("Yes", 1, 1, "import"),
        ("No", 1, 2, "import"),
        ("Nö", 1, 1, "import"),
    ]
    assert rows[2]["decided_at"] == moment
    assert trail.history(run)[0].verb == "imported"


def test_a_day_of_decisions_lies_in_the_folder_of_that_day(
    programme: Programme, workers: dict[str, Worker], data_dir: Path
) -> None:
    moment = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    bring_in(
        programme, workers, [ImportedDecision("i0", "r1", "Yes", decided_at=moment), ImportedDecision("i1", "r1", "No")]
    )
    assert sorted(path.name for path in (data_dir / "log" / "facts" / "decisions").iterdir()) == [
        "day=2025-12-31",
        "day=2026-03-02",
    ]


def test_the_same_files_come_in_once(programme: Programme, workers: dict[str, Worker]) -> None:
    bring_in(programme, workers, [ImportedDecision("i0", "r1", "Yes")])
    with pytest.raises(NotNow, match="were imported on 2026-03-02 by test"):
        bring_in(programme, workers, [ImportedDecision("i0", "r1", "Yes")])
    bring_in(programme, workers, [ImportedDecision("i0", "r2", "Yes")], digest="d2")
    assert (Decision.objects.count(), Item.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (ImportedDecision("i9", "r1", "Yes"), "i9 is unknown"),
        (ImportedDecision("i0", "r9", "Yes"), "r9 is unknown"),
        (ImportedDecision("i0", "r1", ""), "1 to 120"),
        (ImportedDecision("i0", "r1", "x" * 121), "1 to 120"),
        (ImportedDecision("i0", "r1", "a\x00"), "1 to 120"),
        (ImportedDecision("i0", "r1", "Yes", replicate=0), "from 1"),
        (ImportedDecision("i0", "r1", "Yes", active_ms=-1), "milliseconds"),
        (ImportedDecision("i0", "r1", "Yes", decided_at=datetime(2026, 1, 1)), "zone"),
    ],
)
def test_one_wrong_row_keeps_everything_out(
    programme: Programme,
    workers: dict[str, Worker],
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    wrong: ImportedDecision,
    sentence: str,
) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 2)
    with pytest.raises(Invalid) as refused:
        bring_in(programme, workers, [ImportedDecision("i0", "r1", "Yes")] * 2 + [wrong])
    assert sentence in refused.value.fields["decisions.3"][0]
    assert not Decision.objects.exists()
    assert not Item.objects.exists()
    assert not ImportRun.objects.exists()
    log.flush(NOW)
    assert not list((data_dir / "log").glob("facts/decisions/*/*.parquet"))


def test_chunks_make_no_difference(
    programme: Programme, workers: dict[str, Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 3)
    run = bring_in(programme, workers, [ImportedDecision("i0", "r1", f"label {place}") for place in range(10)])
    assert run.counts["decisions"] == 10
    assert Decision.objects.count() == 10
    assert log.read(DECISIONS).count().to_pyarrow().as_py() == 10


def test_it_reads_a_generator_once_and_asks_no_more_for_more(programme: Programme, workers: dict[str, Worker]) -> None:
    def many(n: int) -> Iterator[ImportedDecision]:
        for place in range(n):
            yield ImportedDecision(f"i{place % 2}", "r1", "Yes", replicate=1 + place // 2)

    asked = []
    for digest, n in (("first", 2), ("a", 10), ("b", 1_000)):
        with CaptureQueriesContext(connection) as queries:
            record_import(
                SYSTEM,
                programme=programme,
                files=[],
                digest=digest,
                items=items(2),
                decisions=many(n),
                workers=workers,
                now=NOW,
            )
        asked.append(len(queries))
    # The first one also inserts the items, and the log notes its columns.
    assert asked[1] == asked[2]


def test_only_those_who_may_import_do(programme: Programme, workers: dict[str, Worker]) -> None:
    with pytest.raises(Refused):
        record_import(
            as_actor(make_person("lead")),
            programme=programme,
            files=[],
            digest="d",
            items=[],
            decisions=[],
            workers=workers,
            now=NOW,
        )
