"""Every importer reads its own worked example, and a mapping turns the rows into the facts that it names."""

from __future__ import annotations

import io
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
