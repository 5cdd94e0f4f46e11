"""The whole loop over an organisation that never uses our desk: from a table of decisions and reviews to an investigation."""

from __future__ import annotations

import io
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from evenkeel.ground import log
from evenkeel.ground.reading.sources import Source
from evenkeel.improve import Investigation
from evenkeel.improve.acts import open_from_signal
from evenkeel.measure import Signal, evaluate, figure, roll_up, watch
from evenkeel.people import add_site, add_team
from evenkeel.quality import Tool, ToolRun, add_tool, begin_run, carry_on, importers, look, save_mapping, suggested
from evenkeel.work import Decision, Programme, add_programme, order_export, write_export
from evenkeel.work.tests import factories

SYSTEM, NOW = factories.SYSTEM, datetime.fromisoformat("2026-03-04T09:00:00+00:00")
FIRST, DAYS, FALL = date(2026, 2, 7), 25, 20
HEADER = "id,content_id,moderator,team,decision,decided_at,handle_time,auditor,is_correct,correct_label,reviewed_at\n"


@pytest.fixture
def programme(db: None) -> Programme:
    factories.make_house()
    return add_programme(SYSTEM, name="Somebody else's desk", now=NOW)


def table() -> tuple[str, int, int]:
    """Decisions of two teams, three in four reviewed; from the twentieth day on team B takes scams for fine."""
    luck, rows, n, right = random.Random(11), [HEADER], 0, 0
    for day in range(DAYS):
        for place in range(40):
            team = "AB"[place % 2]
            is_scam, at = luck.random() < 0.5, f"{FIRST + timedelta(days=day)}T{8 + place // 20:02}:{place % 20:02}:00Z"
            misses = luck.random() < (0.9 if team == "B" and day >= FALL and is_scam else 0.12)
            truth = "scam" if is_scam else "fine"
            said = {"scam": "fine", "fine": "scam"}[truth] if misses else truth
            review = ",,,"
            if luck.random() < 0.75:
                n, right = n + 1, right + (not misses)
                review = f"q{place % 3},{'no' if misses else 'yes'},{truth},{FIRST + timedelta(days=day)}T20:00:00Z"
            rows.append(
                f"{day}-{place},c{day}-{place},{team}{place % 8},{team},{said},{at},{luck.randint(5, 40)},{review}\n"
            )
    return "".join(rows), n, right


def bring(
    tool: Tool, importer: str, content: bytes | str, *, spec: dict[str, Any] | None = None, name: str = "m", **more: Any
) -> ToolRun:
    source = Source(name="rows", file=io.BytesIO(content.encode() if isinstance(content, str) else content))
    said = spec or suggested(importer, look(importer, source))
    for part, table in more.items():
        said[part] = {**said[part], **table}
    version = save_mapping(SYSTEM, tool=tool, name=name, importer=importer, spec=said, now=NOW)
    run = begin_run(SYSTEM, version=version, file_name="rows", now=NOW)
    return carry_on(SYSTEM, run=run, source=source, now=NOW)


def test_the_whole_loop_over_another_desk(programme: Programme) -> None:
    house = factories.make_house()
    site = add_site(SYSTEM, organisation=house, name="Lisbon", time_zone="Europe/Lisbon", now=NOW)
    for name in "AB":
        add_team(SYSTEM, site=site, name=name, now=NOW)
    programme.owner = factories.make_person("quality_manager")
    programme.save()
    tool = add_tool(SYSTEM, name="Acme", programme=programme, now=NOW)
    rows, n, right = table()
    run = bring(tool, "csv", rows, options={"design": "share", "share": 0.75})
    assert (run.counts["decisions"], run.counts["reviews"]) == (DAYS * 40, n)
    log.flush(NOW)
    roll_up(now=NOW)

    # Accuracy, with its interval; decisions and handling time beside it.
    whole = figure("accuracy", programme=programme, since=FIRST, until=NOW.date())
    assert whole.value == pytest.approx(right / n)
    assert whole.n == n
    assert whole.low < whole.value < whole.high
    assert figure("decided", programme=programme, since=FIRST, until=NOW.date()).n == DAYS * 40
    by_team = evaluate(
        "accuracy", by=["team"], since=FIRST + timedelta(days=FALL), until=NOW.date(), programme=programme
    )
    found = {cell.names: cell.estimate.value for cell in by_team.cells}
    assert found["B",] < found["A",] - 0.2

    # The watch raises a signal about the team, and an investigation opens that names its scams.
    watch(now=NOW)
    signal = Signal.objects.get(side=-1)
    assert "B" in {signal.where_name, *signal.also_in}
    manager = factories.as_actor(programme.owner)
    opened = open_from_signal(manager, signal=signal, now=NOW)
    assert Investigation.objects.get() == opened
    assert opened.cases.exists()
    assert "B" in opened.statement


def test_reviews_of_unknown_odds_never_pass_for_accuracy(programme: Programme) -> None:
    tool = add_tool(SYSTEM, name="Acme", programme=programme, now=NOW)
    fields = {"item": "i", "worker": "w", "label": "l", "decided_at": "at", "reviewer": "q", "review_right": "ok"}
    rows = "i,w,l,at,q,ok\n" + "".join(
        f"i{n},w,Fine,2026-02-10T10:00:00Z,q,{'no' if n % 4 == 0 else 'yes'}\n" for n in range(40)
    )
    bring(tool, "csv", rows, spec={"fields": fields, "values": {}, "options": {}})
    log.flush(NOW)
    roll_up(now=NOW)
    assert not figure("accuracy", programme=programme, since=FIRST, until=NOW.date()).is_known
    reviewed = figure("reviewed_accuracy", programme=programme, since=FIRST, until=NOW.date())
    assert (reviewed.value, reviewed.n) == (0.75, 40)


@pytest.mark.parametrize("file_format", ["csv", "jsonl", "parquet", "label_studio"])
def test_what_we_export_comes_back_as_the_same_figures(programme: Programme, tmp_path: Path, file_format: str) -> None:
    tool = add_tool(SYSTEM, name="Acme", programme=programme, now=NOW)
    rows, _n, _right = table()
    bring(tool, "csv", "\n".join(rows.splitlines()[:121]), options={"add_places": True})
    path = tmp_path / f"out.{file_format}"
    transfer = order_export(
        SYSTEM, programme=programme, what="decisions", file_format=file_format, in_background=False, now=NOW
    )
    write_export(SYSTEM, transfer=transfer, path=path, now=NOW)
    again = add_programme(SYSTEM, name="The same again", now=NOW)
    back = add_tool(SYSTEM, name="Ourselves", programme=again, now=NOW)
    fields: dict[str, Any] = {}
    if file_format != "label_studio":
        fields = {
            "decision_id": "id",
            "item": "item",
            "worker": "worker",
            "label": "label",
            "decided_at": "decided_at",
            "milliseconds": "active_ms",
        }
    spec = {"fields": fields, "values": {}, "options": {}} if fields else None
    first = bring(back, file_format, path.read_bytes(), spec=spec, name="back")
    assert first.counts["decisions"] == 120
    assert bring(back, file_format, path.read_bytes(), spec=spec, name="back").counts["same"] == 120
    log.flush(NOW)
    roll_up(now=NOW)
    for metric in ("decided", "handle_time"):
        ours, theirs = (figure(metric, programme=each, since=FIRST, until=NOW.date()) for each in (programme, again))
        assert ours.n == theirs.n, metric
        assert (ours.value, ours.low) == pytest.approx((theirs.value, theirs.low)), metric
    counts = [
        sorted(Decision.objects.filter(programme=each).values_list("label", "worker__code", "decided_at"))
        for each in (programme, again)
    ]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("slug", importers.slugs())
def test_each_worked_example_becomes_facts_that_are_measured(programme: Programme, slug: str) -> None:
    kind, tool = importers[slug], add_tool(SYSTEM, name="Acme", programme=programme, now=NOW)
    example = kind.example
    if slug == "cvat_quality":
        bring(tool, "cvat", importers["cvat"].example.content(), name="annotations")
    said = [fact for fact in example.facts if fact[0] == "review"]
    bring(
        tool, slug, example.content(), fields=dict(example.fields), values=dict(example.values),
        options={**example.options, "design": "all"},
    )  # fmt: skip
    log.flush(NOW)
    roll_up(now=NOW)
    since, until = date(2026, 1, 1), NOW.date() + timedelta(days=1)
    decided = [
        fact
        for fact in (*example.facts, *(importers["cvat"].example.facts if slug == "cvat_quality" else ()))
        if fact[0] == "decision"
    ]
    assert figure("decided", programme=programme, since=since, until=until).n == len(decided)
    accuracy = evaluate("accuracy", since=since, until=until, programme=programme).total.estimate
    if said:
        assert (accuracy.n, accuracy.value) == (len(said), sum(fact[2] for fact in said) / len(said))
    else:
        assert not accuracy.is_known
