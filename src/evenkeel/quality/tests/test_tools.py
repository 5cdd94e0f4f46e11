"""Importing from other tools: what comes in, what is known again, what is refused; all of it measured like our own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from evenkeel.ground import log
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.ground.reading.sources import Source
from evenkeel.people import Organisation, Worker, add_site, add_team
from evenkeel.policy import add_policy, publish_version
from evenkeel.quality import (
    Draw,
    OutsideReview,
    SamplingPlan,
    ToolImportFailed,
    ToolRun,
    Verdict,
    add_tool,
    begin_run,
    carry_on,
    draw_due,
    save_mapping,
)
from evenkeel.quality.models import MappingVersion, OutsideRow
from evenkeel.quality.tools import sql
from evenkeel.quality.tools.importing import carry_on as go_on
from evenkeel.quality.tools.sql import fetch
from evenkeel.work import Decision, Item, Programme, add_programme, add_queue, standing
from evenkeel.work.tests.factories import make_form

from .conftest import NOW, SYSTEM, House

Write = Callable[..., Path]
FIELDS = {
    "item": "content_id", "text": "text", "worker": "moderator", "label": "decision", "decided_at": "at", "seconds": "took",
    "reviewer": "auditor", "review_right": "right", "review_label": "should_be", "reviewed_at": "audited_at",
}  # fmt: skip
VALUES = {"label": {"remove": "Violating", "approve": "Fine", "skip": None}}
HEADER = "content_id,text,moderator,decision,at,took,auditor,right,should_be,audited_at\n"
ROWS = (
    "p-1,Buy gold!,ada,remove,2026-02-01T09:30:00Z,21,zoe,yes,,2026-02-02T09:00:00Z\n"
    "p-2,Hello,bo,approve,2026-02-01T09:31:00Z,14.5,zoe,no,Violating,2026-02-02T09:01:00Z\n"
    "p-3,Hi,bo,skip,2026-02-01T09:32:00Z,1,,,,\n"
    "p-1,Buy gold!,bo,remove,2026-02-01T09:40:00Z,,,,,\n"
)


@pytest.fixture
def programme(house: House) -> Programme:
    return add_programme(SYSTEM, name="Outside", now=NOW)


def mapping(
    programme: Programme,
    fields: Mapping[str, str] = FIELDS,
    values: Mapping[str, Any] = VALUES,
    *,
    importer: str = "csv",
    name: str = "Acme rows",
    organisation: Organisation | None = None,
    **options: Any,
) -> MappingVersion:
    tool = add_tool(SYSTEM, name="Acme", programme=programme, organisation=organisation, now=NOW)
    spec = {"fields": dict(fields), "values": values, "options": options}
    return save_mapping(SYSTEM, tool=tool, name=name, importer=importer, spec=spec, now=NOW)


def bring(version: MappingVersion, path: Path, *, now: datetime = NOW, **how: Any) -> ToolRun:
    run = begin_run(SYSTEM, version=version, file_name=path.name, size_bytes=path.stat().st_size, now=now, **how)
    return carry_on(SYSTEM, run=run, source=Source.of(path), now=now)


def told(run: ToolRun) -> tuple[int, int, int, int]:
    new, changed, same, bad = (run.counts.get(name, 0) for name in ("new", "changed", "same", "bad"))
    return new, changed, same, bad


# ------------------------------------------------------------------ what comes in


def test_rows_become_items_people_decisions_and_reviews(programme: Programme, write: Write) -> None:
    run = bring(mapping(programme), write("acme.csv", HEADER + ROWS))
    assert run.state == "done"
    assert told(run) == (5, 0, 0, 0)
    made = Decision.objects.filter(programme=programme).order_by("decided_at")
    assert [(d.item.key, d.worker.code, d.label, d.active_ms, d.origin, d.tool, d.replicate) for d in made] == [
        ("p-1", "ada", "Violating", 21_000, "import", "Acme", 1),
        ("p-2", "bo", "Fine", 14_500, "import", "Acme", 1),
        ("p-1", "bo", "Violating", None, "import", "Acme", 1),
    ]
    assert Item.objects.get(programme=programme, key="p-1").content == {"text": "Buy gold!"}
    assert {worker.person_id for worker in Worker.objects.filter(code__in=["ada", "bo", "zoe"])} == {None}
    assert [(r.decision.label, r.is_right, r.label, r.error_class) for r in OutsideReview.objects.order_by("reviewed_at")] == [
        ("Violating", True, "Violating", ""), ("Fine", False, "Violating", "wrong_selection"),
    ]  # fmt: skip
    assert any("label: skip" in remark for remark in run.remarks)
    assert "5 new, 0 changed, 0 the same, 0 refused." in "\n".join(run.lines())


def test_a_word_that_is_no_verdict_yet_leaves_the_decision(programme: Programme, write: Write) -> None:
    version = mapping(programme, values={**VALUES, "review_right": {"pending": None}})
    run = bring(version, write("acme.csv", HEADER + ROWS.replace("zoe,yes", "zoe,pending")))
    assert (run.counts["decisions"], run.counts["reviews"]) == (3, 1)
    assert any("review_right: pending" in remark for remark in run.remarks)


def test_one_import_of_a_tool_at_a_time(programme: Programme, write: Write) -> None:
    version = mapping(programme)
    first = begin_run(SYSTEM, version=version, file_name="other.csv", now=NOW)
    ToolRun.objects.filter(pk=first.pk).update(state="writing", beat_at=NOW)
    with pytest.raises(NotNow, match="waits its turn"):
        bring(version, write("acme.csv", HEADER + ROWS))
    assert ToolRun.objects.filter(state="queued").count() == 1


def test_the_same_rows_again_change_nothing_and_changed_ones_correct(programme: Programme, write: Write) -> None:
    version = mapping(programme)
    bring(version, write("acme.csv", HEADER + ROWS))
    again = bring(version, write("again.csv", HEADER + ROWS))
    assert told(again) == (0, 0, 5, 0)
    assert Decision.objects.filter(programme=programme).count() == 3
    changed = ROWS.replace("bo,approve", "bo,remove").replace("zoe,no,Violating", "zoe,yes,")
    third = bring(version, write("third.csv", HEADER + changed + "p-9,New,ada,approve,2026-02-03T09:00:00Z,3,,,,\n"))
    assert told(third) == (1, 2, 3, 0)
    second = Decision.objects.get(programme=programme, item__key="p-2", correction=None)
    assert (second.label, second.corrects.label if second.corrects else "", second.replicate) == (
        "Violating",
        "Fine",
        1,
    )
    assert standing(Decision.objects.filter(programme=programme)).count() == 4
    stands = OutsideReview.objects.get(decision__item__key="p-2", replaced_by=None)
    assert (stands.is_right, stands.decision_id) == (True, second.pk)
    assert told(bring(version, write("back.csv", HEADER + ROWS)))[1] == 2


@pytest.mark.django_db(transaction=True)
def test_the_log_counts_what_stands(programme: Programme, write: Write) -> None:
    version = mapping(programme)
    bring(version, write("acme.csv", HEADER + ROWS))
    bring(version, write("b.csv", HEADER + ROWS.replace("bo,approve", "bo,remove")))
    log.flush(NOW)
    assert log.verify().faults == ()


def test_reviews_with_known_odds_are_audits_and_others_are_not(programme: Programme, write: Write) -> None:
    bring(mapping(programme, design="share", share=0.25), write("acme.csv", HEADER + ROWS))
    plan = SamplingPlan.objects.get(programme=programme)
    assert (plan.design, plan.rate) == ("elsewhere", 0.25)
    assert [(v.draw.pi, v.is_right, v.auditor.code, v.draw.task.closed_at) for v in Verdict.objects.order_by("audited_at")] == [
        (0.25, True, "zoe", datetime(2026, 2, 2, 9, tzinfo=UTC)), (0.25, False, "zoe", datetime(2026, 2, 2, 9, 1, tzinfo=UTC)),
    ]  # fmt: skip
    assert not OutsideReview.objects.exists()
    assert draw_due(NOW) == 0
    assert Draw.objects.count() == 2


def test_odds_come_from_a_column_and_a_later_review_replaces(programme: Programme, write: Write) -> None:
    version = mapping(programme, {**FIELDS, "review_odds": "odds"}, design="column")
    head, rows = HEADER.strip() + ",odds\n", ROWS.replace("\n", ",0.5\n")
    bring(version, write("acme.csv", head + rows))
    bring(version, write("b.csv", head + rows.replace("zoe,yes,", "zoe,no,Fine")))
    first = Verdict.objects.get(corrected_by=None, draw__decision__item__key="p-1")
    assert (first.is_right, first.label, first.draw.pi, first.corrects.is_right if first.corrects else None) == (
        False, "Fine", 0.5, True,
    )  # fmt: skip


def test_reviews_come_in_a_file_of_their_own(programme: Programme, write: Write) -> None:
    fields = {"item": "item", "worker": "who", "label": "label", "decision_id": "id"}
    bring(mapping(programme, fields, {}), write("d.csv", "id,item,who,label\n1,a,ada,Yes\n2,b,bo,No\n"))
    reviews = {"reviewed_decision": "decision", "reviewer": "=panel", "review_label": "truth"}
    version = mapping(programme, reviews, {}, name="Acme reviews", design="all")
    bring(version, write("r.csv", "decision,truth\n1,Yes\n2,Yes\n"))
    assert [v.is_right for v in Verdict.objects.order_by("draw__decision__item__key")] == [True, False]
    with pytest.raises(ToolImportFailed, match="1 thing"):
        bring(version, write("r2.csv", "decision,truth\n9,Yes\n"))


def test_queue_policy_site_and_team_are_those_of_then(programme: Programme, house: House, write: Write) -> None:
    policy = add_policy(SYSTEM, name="Rules", now=datetime(2026, 1, 1, tzinfo=UTC))
    old = publish_version(SYSTEM, policy=policy, body_markdown="a", now=datetime(2026, 1, 1, tzinfo=UTC))
    new = publish_version(
        SYSTEM, policy=policy, body_markdown="b", what_changed="All.", now=datetime(2026, 2, 15, tzinfo=UTC)
    )
    form = make_form(programme)
    add_queue(SYSTEM, programme=programme, name="First", form=form, policy=policy, now=NOW)
    site = add_site(SYSTEM, organisation=house.house, name="Lisbon", time_zone="Europe/Lisbon", now=NOW)
    team = add_team(SYSTEM, site=site, name="Blue", now=NOW)
    fields = {"item": "item", "worker": "who", "label": "label", "decided_at": "at", "queue": "queue", "team": "team"}
    rows = "item,who,label,at,queue,team\na,ada,Yes,2026-02-01T00:00:00Z,First,Blue\nb,ada,No,2026-02-20T00:00:00Z,First,\n"
    bring(mapping(programme, fields, {}), write("q.csv", rows))
    first, second = Decision.objects.filter(programme=programme).order_by("decided_at")
    assert (first.policy_version, first.queue and first.queue.name, first.team, first.site) == (
        old,
        "First",
        team,
        site,
    )
    assert (second.policy_version, second.team) == (new, team)
    with pytest.raises(ToolImportFailed):
        bring(mapping(programme, fields, {}), write("r.csv", rows.replace("Blue", "Red").replace("First", "Last")))
    added = mapping(programme, fields, {}, add_queues=True, add_places=True, name="Acme adds")
    bring(added, write("r.csv", rows.replace("Blue", "Red").replace("First", "Last")))
    assert Decision.objects.filter(programme=programme, queue__name="Last", team__name="Red").count() == 1


def test_time_becomes_stretches_once(programme: Programme, write: Write) -> None:
    fields = {"time_worker": "who", "time_state": "aux", "time_began_at": "start", "time_ended_at": "end"}
    version = mapping(programme, fields, {"time_state": {"on queue": "production", "lunch": "break", "login": None}})
    rows = (
        "who,aux,start,end\nada,on queue,2026-02-01 08:00:00,2026-02-01 12:00:00\n"
        "ada,lunch,2026-02-01 12:00:00,2026-02-01 12:30:00\nada,login,2026-02-01 07:59:00,2026-02-01 08:00:00\n"
    )
    assert told(bring(version, write("t.csv", rows))) == (2, 0, 0, 0)
    assert told(bring(version, write("u.csv", rows))) == (0, 0, 2, 0)
    assert told(bring(version, write("v.csv", rows.replace("12:30", "12:20")))) == (0, 1, 1, 0)
    worker = Worker.objects.get(code="ada")
    spans = [
        (span.state, span.origin, span.ended_at and (span.ended_at - span.began_at).total_seconds())
        for span in worker.time_spans.order_by("began_at")
    ]
    assert spans == [("production", "import", 14_400.0), ("break", "import", 1_200.0)]


# ------------------------------------------------------------------ what is refused


def test_bad_rows_stop_everything_unless_they_may_be_left_out(programme: Programme, write: Write) -> None:
    bad = (
        "p-4,x,,remove,2026-02-01T09:30:00Z,,,,,\np-5,x,ada,remove,yesterday,,,,,\n"
        "p-6,x,ada,remove,2026-02-01T09:30:00Z,long,,,,\np-7,x,ada,remove,2026-02-01T09:30:00Z,,ada,yes,,\n"
    )
    version = mapping(programme)
    with pytest.raises(ToolImportFailed) as failed:
        bring(version, write("acme.csv", HEADER + ROWS + bad))
    report = failed.value.run
    assert [(row["row"], row["column"]) for row in report.bad_rows] == [
        (6, "moderator"), (7, "at"), (8, "took"), (9, "auditor"),
    ]  # fmt: skip
    assert all(row["fix"] for row in report.bad_rows)
    assert not Decision.objects.filter(programme=programme).exists()
    run = bring(version, write("acme.csv", HEADER + ROWS + bad), is_partial=True)
    assert told(run) == (5, 0, 0, 4)


def test_a_trial_writes_nothing_and_says_what_would_be(programme: Programme, write: Write) -> None:
    version = mapping(programme)
    run = bring(version, write("acme.csv", HEADER + ROWS), is_trial=True)
    assert (told(run), Decision.objects.filter(programme=programme).count(), OutsideRow.objects.count()) == (
        (5, 0, 0, 0),
        0,
        0,
    )
    bring(version, write("acme.csv", HEADER + ROWS))
    changed = bring(version, write("b.csv", HEADER + ROWS.replace("bo,approve", "bo,remove")), is_trial=True)
    assert told(changed) == (0, 1, 4, 0)


def test_labels_must_be_those_of_the_forms(house: House, write: Write) -> None:
    version = mapping(house.programme)
    with pytest.raises(ToolImportFailed) as failed:
        bring(version, write("acme.csv", HEADER + ROWS))
    assert "Safe, Unsafe, Unsure" in failed.value.run.bad_rows[0]["fix"]
    better = mapping(house.programme, values={"label": {"remove": "Unsafe", "approve": "Safe", "skip": None}})
    assert better.number == 2
    fixed = HEADER + ROWS.replace("no,Violating", "no,Unsafe")
    assert told(bring(better, write("acme.csv", fixed))) == (5, 0, 0, 0)
    # What the forms say of the labels tells which kind of error it was.
    assert OutsideReview.objects.get(is_right=False).error_class == "under_enforcement"


DECISION = {"item": "a", "worker": "b", "label": "c"}
REVIEW = {"reviewer": "d", "review_right": "e", "reviewed_decision": "f"}


@pytest.mark.parametrize(
    ("spec", "field"),
    [
        ({"fields": {"item": "a"}}, "fields"),
        ({"fields": {"label": "a"}}, "item"),
        ({"fields": {"itme": "a"}}, "itme"),
        ({"fields": {**DECISION, "reviewer": "d"}}, "review_right"),
        ({"fields": {"reviewer": "d", "review_right": "e"}}, "reviewed_decision"),
        ({"fields": DECISION, "options": {"time_zone": "Mars"}}, "time_zone"),
        ({"fields": DECISION, "options": {"desgn": 1}}, "options.desgn"),
        ({"fields": DECISION, "options": {"design": []}}, "design"),
        ({"fields": DECISION, "options": {"query": {}}}, "query"),
        ({"fields": DECISION, "values": {"label": {"a\0": "b"}}}, "spec"),
        ({"fields": [], "values": [], "options": [], "more": 1}, "more"),
        ({"fields": DECISION, "values": {"label": {"x": ""}}}, "values.label"),
        ({"fields": REVIEW, "options": {"design": "share"}}, "share"),
        ({"fields": REVIEW, "options": {"design": "column"}}, "review_odds"),
    ],
)
def test_a_mapping_that_does_not_fit_says_where(programme: Programme, spec: dict[str, Any], field: str) -> None:
    tool = add_tool(SYSTEM, name="Acme", programme=programme, now=NOW)
    with pytest.raises(Invalid) as wrong:
        save_mapping(SYSTEM, tool=tool, name="m", importer="csv", spec=spec, now=NOW)
    assert field in wrong.value.fields


def test_partners_bring_nothing_in(programme: Programme, house: House) -> None:
    stranger = house.actor(house.person("Stranger", "administrator", organisation=house.partner))
    with pytest.raises(Refused):
        add_tool(stranger, name="Acme", programme=programme, now=NOW)
    colleague = house.actor(house.person("Colleague", "moderator"))
    with pytest.raises(Refused):
        add_tool(colleague, name="Acme", programme=programme, now=NOW)


# ------------------------------------------------------------------ broken off


def test_it_goes_on_behind_the_last_step(programme: Programme, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from evenkeel.quality.tools import importing, writing

    monkeypatch.setattr(writing, "STEP", 2)
    path = write("acme.csv", HEADER + "".join(f"p-{n},x,ada,remove,2026-02-01T09:{n:02}:00Z,1,,,,\n" for n in range(7)))
    version = mapping(programme)
    run = begin_run(SYSTEM, version=version, file_name=path.name, size_bytes=path.stat().st_size, now=NOW)
    written, whole = 0, importing._Run._step

    def break_off(self: Any, portion: Any, known: Any) -> None:
        nonlocal written
        if written == 2:
            raise KeyboardInterrupt
        whole(self, portion, known)
        written += 1

    monkeypatch.setattr(importing._Run, "_step", break_off)
    with pytest.raises(KeyboardInterrupt):
        carry_on(SYSTEM, run=run, source=Source.of(path), now=NOW)
    assert Decision.objects.filter(programme=programme).count() == 4
    monkeypatch.setattr(importing._Run, "_step", whole)
    later = datetime(2026, 3, 2, 10, tzinfo=UTC)
    same = begin_run(SYSTEM, version=version, file_name=path.name, size_bytes=path.stat().st_size, now=later)
    assert same.pk == run.pk
    done = go_on(SYSTEM, run=same, source=Source.of(path), now=later)
    assert (done.state, told(done), Decision.objects.filter(programme=programme).count()) == ("done", (7, 0, 0, 0), 7)


def test_the_later_word_in_one_file_corrects_the_earlier(programme: Programme, write: Write) -> None:
    fields = {"item": "item", "worker": "who", "label": "label", "decision_id": "id"}
    rows = [{"id": 1, "item": "a", "who": "ada", "label": label} for label in ("Yes", "No", "No")]
    run = bring(mapping(programme, fields, {}, importer="jsonl"), write("d.jsonl", "\n".join(map(json.dumps, rows))))
    assert told(run) == (1, 1, 1, 0)
    assert [d.label for d in standing(Decision.objects.filter(programme=programme))] == ["No"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks the PostgreSQL server that the tests run on")
def test_a_query_on_postgresql_reads_and_changes_nothing(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = connection.settings_dict
    place = f"{quote(said['HOST'], safe='')}:{said['PORT']}/{said['NAME']}"
    address = f"postgresql://{said['USER']}:{quote(said['PASSWORD'])}@{place}"
    monkeypatch.setenv("IMPORT_FROM_DESK", address)
    path = tmp_path / "rows.jsonl"
    query = (
        "SELECT n AS item, '50 %' AS label, '2026-02-01'::date AS at FROM generate_series(1, 5) n WHERE now() > :since;"
    )
    assert fetch("IMPORT_FROM_DESK", query, path) == 5
    assert json.loads(path.read_text().splitlines()[0])["label"] == "50 %"
    assert fetch("IMPORT_FROM_DESK", query, path, most=2) == 2
    assert fetch("IMPORT_FROM_DESK", query, path, since=datetime(2200, 1, 1, tzinfo=UTC)) == 0
    for bad in (
        "WITH gone AS (DELETE FROM work_item RETURNING id) SELECT * FROM gone",
        "SELECT nothing",
        "SELECT pg_sleep(9)",
    ):
        monkeypatch.setattr(sql, "TIMEOUT_S", 1)
        with pytest.raises(Invalid):
            fetch("IMPORT_FROM_DESK", bad, path)
