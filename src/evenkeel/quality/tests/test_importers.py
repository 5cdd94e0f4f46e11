"""Every importer reads its own worked example, and a mapping turns the rows into the facts that it names."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from evenkeel.ground.reading.findings import Findings
from evenkeel.ground.reading.sources import Source
from evenkeel.quality.kinds.importer import Importer, importers
from evenkeel.quality.tools.checking import drafts, opened
from evenkeel.quality.tools.previewing import look, suggested
from evenkeel.quality.tools.spec import checked_spec

NOW = datetime(2026, 9, 1, tzinfo=UTC)
each_importer = pytest.mark.parametrize("kind", list(importers), ids=lambda kind: kind.slug)


def source_of(kind: type[Importer], content: bytes | None = None) -> Source:
    return Source(
        name=f"example{(*kind.suffixes, '')[0]}",
        file=io.BytesIO(kind.example.content() if content is None else content),
    )


def spec_of(kind: type[Importer]) -> dict[str, Any]:
    example = kind.example
    said = suggested(kind.slug, look(kind.slug, source_of(kind)))
    said["fields"] |= example.fields
    said["values"] |= example.values
    said["options"] |= example.options
    return checked_spec(said, importer=kind.slug)


def facts_of(
    kind: type[Importer], spec: dict[str, Any], content: bytes | None = None
) -> tuple[list[Any], Findings, dict[str, int]]:
    findings = Findings()
    with opened(source_of(kind, content), findings) as reading:
        made = [draft for _row, draft in drafts(kind.slug, spec, reading, now=NOW) if draft is not None]
    said: list[Any] = []
    for draft in made:
        if draft.decided:
            said.append(("decision", draft.decided.item, draft.decided.worker, draft.decided.label))
        if draft.reviewed:
            right = draft.reviewed.is_right
            label = draft.reviewed.label or (draft.decided.label if draft.decided and right else "")
            said.append(("review", draft.reviewed.reviewer, right, label))
        if draft.timed:
            seconds = (draft.timed.ended_at - draft.timed.began_at).total_seconds()
            said.append(("time", draft.timed.worker, draft.timed.state, seconds))
    return said, findings, reading.left_out


@each_importer
def test_it_reads_its_own_example(kind: type[Importer]) -> None:
    said, findings, left_out = facts_of(kind, spec_of(kind))
    assert [str(bad) for bad in findings.bad_rows] == []
    assert said == list(kind.example.facts)
    assert set(kind.example.leaves_out) <= set(left_out)


@each_importer
def test_it_says_where_its_format_is_written_down(kind: type[Importer]) -> None:
    assert kind.source.startswith("https://")
    assert str(kind.title)
    assert str(kind.why).endswith((".", ")"))
    assert str(kind.how)


@each_importer
@pytest.mark.parametrize("content", [b"", b"{", b"\x00\x01\x02", b"<x/>", b"a,b\n1", b'[1, "x", null]'], ids=range(6))
def test_it_refuses_what_it_cannot_read_with_a_fix(kind: type[Importer], content: bytes) -> None:
    found = look(kind.slug, source_of(kind, content))
    assert found.fault or found.columns or found.left_out


# ------------------------------------------------------------------ files as the tools write them


def test_it_tells_an_argilla_draft_from_an_answer_in_a_data_set() -> None:
    """`records.to_datasets().to_json()` of the SDK: one object a line, three lists of one length for each question."""
    lines = (
        b'{"id": "r-1", "status": "pending", "_server_id": "s", "text": "Buy gold!", "market": "SG",'
        b' "label.responses": ["Spam", "Fine"], "label.responses.users": ["u-1", "u-2"],'
        b' "label.responses.status": ["submitted", "draft"], "why.responses": ["gold"],'
        b' "why.responses.users": ["u-1"], "why.responses.status": ["submitted"],'
        b' "label.suggestion": "Spam", "label.suggestion.score": null, "label.suggestion.agent": null}\n'
        b'{"id": "r-2", "status": "pending", "_server_id": "t", "text": "Hello", "label.responses": null,'
        b' "label.responses.users": null, "label.responses.status": null, "label.suggestion": null}\n'
    )
    kind = importers["argilla"]
    for content in (lines, _as_parquet(lines)):
        said, findings, left_out = facts_of(kind, spec_of(kind), content)
        assert said == [("decision", "r-1", "u-1", "Spam")]
        assert (findings.bad_total, left_out) == (0, {"suggestion": 1, "draft response": 1})
        assert look("argilla", source_of(kind, content)).columns["fields.text"] == ["Buy gold!"]


def _as_parquet(lines: bytes) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([json.loads(line) for line in lines.splitlines()]), file)
    return file.getvalue()


def test_it_reads_when_coop_says_a_decision_was_made() -> None:
    kind = importers["coop"]
    with opened(source_of(kind), Findings()) as reading:
        made = [draft for _row, draft in drafts("coop", spec_of(kind), reading, now=NOW) if draft is not None]
    assert [draft.decided and draft.decided.decided_at for draft in made] == [datetime(2026, 3, 2, 0, 28, tzinfo=UTC)]


_OF_A_PROJECT = (
    b"<annotations><version>1.1</version><meta><project><id>5</id><tasks>"
    b"<task><id>12</id><updated>2026-03-02 09:30:00+00:00</updated><assignee><username>ada</username></assignee></task>"
    b"<task><id>13</id><updated>2026-03-03 09:30:00+00:00</updated><assignee><username>bo</username></assignee></task>"
    b"</tasks><owner><username>boss</username></owner></project></meta>"
    b'<image id="0" name="a.jpg" subset="Train" task_id="12"><skeleton label="person" source="manual">'
    b'<points label="nose" source="manual" points="1,2"/></skeleton></image>'
    b'<image id="0" name="b.jpg" subset="Train" task_id="13"></image></annotations>'
)


def test_it_keeps_the_tasks_of_a_cvat_project_apart_and_counts_a_skeleton_once() -> None:
    kind = importers["cvat"]
    with opened(source_of(kind, _OF_A_PROJECT), Findings()) as reading:
        made = [
            draft.decided for _row, draft in drafts("cvat", spec_of(kind), reading, now=NOW) if draft and draft.decided
        ]
    assert [(said.item, said.worker, said.label) for said in made] == [
        ("a.jpg", "ada", "1 person"),
        ("b.jpg", "bo", "nothing marked"),
    ]
    assert len({said.key for said in made}) == 2


def test_it_says_how_to_export_a_video_of_cvat() -> None:
    content = b'<annotations><track id="0" label="car"><box frame="0" outside="0"/></track></annotations>'
    assert "CVAT for images" in look("cvat", source_of(importers["cvat"], content)).fault


def test_it_knows_items_again_that_went_to_label_studio_from_here() -> None:
    kind = importers["label_studio"]
    example = kind.example.file
    assert isinstance(example, bytes)
    [task] = json.loads(example)
    assert suggested("label_studio", look("label_studio", source_of(kind, example)))["fields"]["item"] == "task"
    # A key alone may be anybody's; what this product writes beside it may not.
    task["data"] |= {"key": "post-9", "evenkeel": {"kind": "text", "content": {"text": "Buy gold!"}, "attributes": {}}}
    source = source_of(kind, json.dumps([task]).encode())
    assert suggested("label_studio", look("label_studio", source))["fields"]["item"] == "data.key"
