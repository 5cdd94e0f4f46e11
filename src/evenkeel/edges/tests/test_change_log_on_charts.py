"""Every chart over time that a page draws shows what happened meanwhile: the manual says so."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

import evenkeel
from evenkeel.ground import changes
from evenkeel.ground.access import Actor
from evenkeel.ground.changes import Change
from evenkeel.improve.pages import charts_actions
from evenkeel.kernel import WeightedParts, wilson
from evenkeel.measure import SeriesPoint, metrics
from evenkeel.measure.pages.charts import trend_of

ROOT = Path(evenkeel.__file__).parent
# Its horizontal axis is a share of errors, and no time.
NOT_OVER_TIME = {"quality/pages/oc_chart.py"}


def drawn() -> Iterator[tuple[str, int, int]]:
    """Each file that draws charts of a kind that runs over time: how many, and how often it hands events over."""
    for path in sorted(ROOT.glob("*/**/*.py")):
        place = path.relative_to(ROOT).as_posix()
        if "/tests/" in place or place.startswith(("ground/charts/", "edges/cli/")) or place in NOT_OVER_TIME:
            continue
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        charts = sum(isinstance(call.func, ast.Name) and call.func.id in ("Trend", "Control") for call in calls)
        if charts:
            yield place, charts, sum(word.arg == "events" for call in calls for word in call.keywords)


def test_no_chart_over_time_is_without_its_events() -> None:
    found = list(drawn())
    assert {place for place, _charts, _events in found} >= {"measure/pages/charts.py", "reports/charts.py"}
    assert [place for place, charts, events in found if events < charts] == []


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Change:
    change = Change(at=datetime(2026, 3, 4, 9, tzinfo=UTC), title="Policy 2", url="/policy/2/")

    def teller(_actor: Actor, span: changes.Span) -> list[Change]:
        return [change] if span.since <= change.at < span.until else []

    monkeypatch.setattr(changes, "_tellers", [teller])
    return change


def test_a_course_shows_the_changes_of_its_own_days(told: Change) -> None:
    actor, accuracy = Actor.system("test"), metrics["accuracy"]
    points = [SeriesPoint(day=date(2026, 3, n), parts=WeightedParts(), estimate=wilson(8, 10)) for n in (2, 4)]
    chart = trend_of(points, accuracy, where="You", actor=actor)
    assert [(event.x, event.label, event.href) for event in chart.events] == [(date(2026, 3, 4), told.title, told.url)]
    assert not trend_of(points[:1], accuracy, where="You", actor=actor).events
    assert not trend_of([], accuracy, where="You", actor=actor).events


def test_an_effect_shows_its_start_and_what_else_changed(told: Change) -> None:
    course = {"day": ["2026-02-23", "2026-03-02"], "seen": [1, 2], "expected": [1, 1], "low": [0, 0], "high": [2, 2]}
    plan = SimpleNamespace(metric="accuracy", unit="percent", is_share=True, start=date(2026, 3, 2))
    chart = charts_actions.course(
        SimpleNamespace(found={"course": course}), plan, actor=Actor.system("test"), programme_id=None  # type: ignore[arg-type]
    )  # fmt: skip
    assert chart is not None
    assert [(event.x, event.label) for event in chart.events] == [
        (date(2026, 3, 2), "Start"), (date(2026, 3, 4), "Policy 2"),
    ]  # fmt: skip
