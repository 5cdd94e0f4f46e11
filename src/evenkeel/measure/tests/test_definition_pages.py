"""Definitions and targets on pages and through the API, as owner, colleague and stranger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evenkeel.ground import clock
from evenkeel.measure import Definition, Target, define, roll_up
from evenkeel.people import Person
from evenkeel.work.tests import factories

from .floor import NOW, Floor
from .test_definitions import SLOW
from .test_targets import set_one

Call = Callable[..., Any]
TODAY = NOW
FORM = {
    "slug": "slow_share", "title": "Slow decisions", "why": "Longer than half a minute.", "fact": "decisions",
    "figure": "share(active_ms > 30 s)", "population": "", "weight": "", "unit": "", "better": "down", "guard": "accuracy",
    "rows": "active_ms, label\n40000, No\n20000, No\n, No", "expected": "50 %", "place": "",
}  # fmt: skip


@pytest.fixture
def call(client: Client, monkeypatch: pytest.MonkeyPatch) -> Call:
    """`call(person, path, status=200, post=...)`: the answer's text, or its JSON under /api."""
    monkeypatch.setattr(clock, "now", lambda: TODAY + timedelta(hours=1))

    def answer(person: Person, path: str, *, status: int = 200, post: Any = None) -> Any:
        client.force_login(person)
        is_api = path.startswith("/api/")
        how = {"content_type": "application/json"} if is_api else {}
        said = client.get(path) if post is None else client.post(path, post, **how)  # type: ignore[arg-type]
        assert said.status_code == status, said.content[:3000]
        return said.json() if is_api else said.content.decode()

    return answer


@pytest.fixture
def manager(db: None) -> Person:
    return factories.make_person("quality_manager")


def at(name: str, *args: object) -> str:
    return reverse(f"measure:{name}", args=args)


def test_a_metric_is_defined_in_the_product(worked: Floor, manager: Person, call: Call) -> None:
    editor = call(manager, at("defining", "metric"))
    assert '"name": "active_ms"' in editor
    assert "worker_id" not in editor
    call(manager, at("defining", "metric"), post=FORM, status=302)
    made = Definition.objects.get(slug="slow_share")
    page = call(manager, at("definition", made.pk))
    for words in (
        "share(active_ms &gt; 30 s)",
        "Unit-test rows",
        "Version 1",
        "slow_share@1",
        "files of the log are in",
    ):
        assert words in page
    roll_up(now=TODAY)
    assert "files of the log are in" not in call(manager, at("definition", made.pk))
    assert "Slow decisions" in call(manager, at("metrics"))
    assert "Definition and its versions" in call(manager, at("metric", "slow_share"))
    assert "slow_share" in call(manager, at("definitions"))


def test_a_mistake_is_shown_at_its_place(worked: Floor, manager: Person, call: Call) -> None:
    page = call(
        manager, at("defining", "metric"), post=FORM | {"figure": "share(actve_ms > 30 s)", "expected": "x"}, status=422
    )
    assert "<mark>actve_ms</mark>" in page
    page = call(manager, at("defining", "metric"), post=FORM | {"figure": "share(actve_ms > 30 s)"}, status=422)
    assert "Did you mean active_ms?" in page
    page = call(manager, at("defining", "metric"), post=FORM | {"rows": "active_ms\nlong"}, status=422)
    assert "Row 1, active_ms: Write a whole number." in page
    page = call(manager, at("defining", "metric"), post=FORM | {"expected": "75 %"}, status=422)
    assert "These rows give 0.5" in page
    assert not Definition.objects.exists()


def test_the_preview_reads_the_last_days(worked: Floor, manager: Person, call: Call) -> None:
    part = call(manager, at("definition-preview", "metric"), post=FORM)
    assert "25.0" in part
    assert "n 80" in part
    assert "Vendor" in part
    assert "<svg" in part
    assert 'hx-swap-oob="true"' in part
    part = call(manager, at("definition-preview", "metric"), post=FORM | {"population": "label ="})
    assert "Here something is missing" in part
    part = call(
        manager, at("definition-preview", "population"), post={"fact": "decisions", "population": "active_ms > 30 s"}
    )
    assert "Share of all rows" in part
    part = call(manager, at("definition-preview", "ratio"), post={"above": "decided", "below": "handle_time"})
    assert "80" in part
    call(manager, at("defining", "nonsense"), status=404)


def test_the_preview_keeps_to_what_one_may_see(worked: Floor, manager: Person, call: Call) -> None:
    scientist = factories.make_person("data_scientist", worked.vendor)
    part = call(scientist, at("definition-preview", "metric"), post=FORM)
    assert "n 40" in part
    assert "House" not in part
    # Four people in all: whoever may not see single people's figures gets none.
    few = factories.make_person("qa_specialist")
    call(few, at("definition-preview", "metric"), post=FORM, status=403)


def test_a_version_is_said_anew_retired_and_restored(worked: Floor, manager: Person, call: Call) -> None:
    made = define(factories.SYSTEM, slug="slow_share", said=SLOW, now=NOW)
    form = call(manager, at("redefining", made.pk))
    assert "40000" in form
    assert "50 %" in form
    anew = FORM | {"figure": "share(active_ms > 10 s)", "expected": "100 %"}
    assert "What changed" in call(manager, at("redefining", made.pk), post=anew, status=422)
    call(manager, at("redefining", made.pk), post=anew | {"note": "Stricter: figures rise."}, status=302)
    page = call(manager, at("definition", made.pk))
    assert "<del>30</del>" in page
    assert "<ins>10</ins>" in page
    assert "Stricter: figures rise." in page
    call(manager, at("retirement", made.pk), post={"reason": "Unused."}, status=302)
    assert "no longer kept up to date" in call(manager, at("definition", made.pk))
    call(manager, at("restoration", made.pk), post={}, status=302)
    lead = factories.make_person("lead")
    assert "Say it anew" not in call(lead, at("definition", made.pk))
    call(lead, at("redefining", made.pk), status=403)
    call(lead, at("retirement", made.pk), post={"reason": "x"}, status=403)


def test_a_stranger_finds_nothing_of_others(worked: Floor, manager: Person, call: Call) -> None:
    made = define(factories.SYSTEM, slug="slow_share", said=SLOW, organisation=worked.vendor, now=NOW)
    stranger = factories.make_person(("vendor_manager", "data_scientist"), factories.make_vendor("Stranger"))
    for name in ("definition", "redefining"):
        call(stranger, at(name, made.pk), status=404)
    call(stranger, at("metric", "slow_share"), status=404)
    call(stranger, at("retirement", made.pk), post={"reason": "x"}, status=404)
    assert "slow_share" not in call(stranger, at("definitions"))
    assert "slow_share" not in {each["slug"] for each in call(stranger, "/api/v1/measure/metrics")}
    call(stranger, "/api/v1/measure/metrics/slow_share", status=404)
    call(stranger, f"/api/v1/measure/definitions/{made.pk}/versions", status=404)
    partner = factories.make_person("vendor_manager", worked.vendor)
    call(partner, at("definition", made.pk))
    moderator = factories.make_person("moderator")
    for name in ("definitions", "targets"):
        call(moderator, at(name), status=403)


def test_definitions_go_through_the_api(worked: Floor, manager: Person, call: Call) -> None:
    base = "/api/v1/measure/definitions"
    said: dict[str, Any] = {
        "title": "Slow", "why": "Longer than half a minute.", "fact": "decisions", "figure": "share(active_ms > 30 s)",
        "better": "down", "guard": "accuracy", "rows": [{"active_ms": 40_000}, {"active_ms": 1}], "expected": 0.5,
    }  # fmt: skip
    found = call(manager, f"{base}/check", post=said)
    assert (found["is_right"], found["unit"], found["answer"]["n"]) == (True, "percent", 2)
    found = call(manager, f"{base}/check", post=said | {"figure": "share(lable = 'x')"})
    (mistake,) = found["mistakes"]
    assert (mistake["field"], mistake["line"], mistake["column"]) == ("figure", 1, 7)
    assert "label" in mistake["names"]
    refused = call(manager, base, post=said | {"slug": "slow_share", "figure": "share(lable = 'x')"}, status=422)
    assert (refused["code"], list(refused["fields"])) == ("wrong-definition", ["figure"])
    made = call(manager, base, post=said | {"slug": "slow_share"})
    anew = said | {"figure": "share(active_ms > 0 s)", "expected": 1.0, "note": "All of them."}
    assert call(manager, f"{base}/{made['id']}/versions", post=anew)["number"] == 2
    roll_up(now=TODAY)
    period = "since=2026-02-15&until=2026-03-05"
    place = f"/api/v1/measure/programmes/{worked.programme.pk}"
    assert call(manager, f"{place}/figures/slow_share?{period}")["estimate"]["value"] == 1.0
    assert call(manager, f"{place}/figures/slow_share@1?{period}")["estimate"]["value"] == 0.25
    assert call(manager, "/api/v1/measure/metrics/slow_share@1")["version"] == 1
    assert [row["number"] for row in call(manager, f"{base}/{made['id']}/versions")] == [2, 1]
    ratio = said | {"sort": "ratio", "slug": "per_slow", "above": "decided", "below": "slow_share", "figure": ""}
    call(manager, base, post=ratio)
    assert call(manager, f"/api/v1/measure/metrics/per_slow/evaluation?{period}")["total"]["estimate"]["value"] == 80
    outside = "since=2024-01-01&until=2024-02-01"
    refused = call(manager, f"/api/v1/measure/metrics/per_slow/evaluation?{outside}", status=422)
    assert "has data from 2026-02-21 to 2026-03-02" in refused["fields"]["until"][0]
    assert call(manager, f"{base}/{made['id']}/retirement", post={"reason": "Unused."})["is_retired"]
    assert not call(manager, f"{base}/{made['id']}/restoration", post={})["is_retired"]
    assert len(call(manager, base)) == 2
    call(factories.make_person("lead"), base, post=said | {"slug": "mine"}, status=403)


def test_targets_are_set_and_ended_on_pages(worked: Floor, manager: Person, call: Call) -> None:
    form = {
        "metric": "accuracy", "place": f"programme:{worked.programme.pk}", "value": "95 %", "warning": "93 %",
        "critical": "90 %", "guard": "", "since_on": "2026-01-01", "until_on": "", "why": "The contract says so.",
    }  # fmt: skip
    assert "Where" in call(manager, at("target-setting"))
    page = call(manager, at("target-setting"), post=form | {"warning": "97 %"}, status=422)
    assert "worse side of the target" in page
    call(manager, at("target-setting"), post=form, status=302)
    made = Target.objects.get()
    assert (made.value, made.guard) == (0.95, "handle_time")
    assert "Another target covers" in call(manager, at("target-setting"), post=form, status=422)
    assert "95.0" in call(manager, at("targets"))
    assert "The contract says so." in call(manager, at("target", made.pk))
    call(manager, at("target-ending", made.pk), post={"until_on": "2026-01-01"}, status=422)
    call(manager, at("target-ending", made.pk), post={"until_on": "2026-02-10"}, status=302)
    assert "over" in call(manager, at("target", made.pk))
    lead = factories.make_person("lead")
    call(lead, at("target", made.pk))
    call(lead, at("target-setting"), status=403)
    stranger = factories.make_person("vendor_manager", factories.make_vendor("Stranger"))
    call(stranger, at("target", made.pk), status=404)
    call(stranger, at("target-ending", made.pk), post={"until_on": "2026-02-12"}, status=404)


def test_a_figure_stands_against_its_target(worked: Floor, manager: Person, call: Call) -> None:
    base = "/api/v1/measure"
    said = {
        "metric": "accuracy", "kind": "programme", "place_id": str(worked.programme.pk), "value": 0.5, "warning": 0.4,
        "critical": 0.3, "why": "To begin with.", "since_on": "2026-01-01",
    }  # fmt: skip
    call(manager, f"{base}/targets", post=said | {"kind": "planet"}, status=422)
    made = call(manager, f"{base}/targets", post=said)
    asked = f"{base}/metrics/accuracy/standing?since=2026-02-15&until=2026-03-05&queue_id={worked.queues[0].pk}"
    found = call(manager, asked)
    assert (found["state"], found["band"], found["target"]["id"]) == ("met", "", made["id"])
    assert found["guard"]["value"] == 20_000
    set_one(worked.queues[0], value=0.85)
    assert call(manager, asked)["state"] == "cannot_tell"
    holding = call(manager, f"{base}/targets?metric=accuracy&on=2026-02-05")
    assert {row["kind"] for row in holding} == {"queue", "programme"}
    assert (
        call(manager, f"{base}/targets/{made['id']}/end", post={"until_on": "2026-02-13"})["until_on"] == "2026-02-13"
    )
    assert call(manager, f"{base}/metrics/decided/standing?since=2026-02-15&until=2026-03-05")["target"] is None
