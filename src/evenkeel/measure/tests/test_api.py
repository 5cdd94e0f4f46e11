"""/api/v1/measure: figures never without their interval, partners' own only, acts as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenkeel.ground import clock
from evenkeel.measure import Signal, roll_up
from evenkeel.people import Person
from evenkeel.work.tests import factories

from .floor import NOW, Floor
from .test_study import SAID
from .test_watching import signal as signal  # a fixture

Ask = Callable[..., Any]


@pytest.fixture
def ask(client: Client, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """`ask(person, path, status=200)`: the answer as JSON; `post=` sends a body."""
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))

    def answer(person: Person, path: str, *, status: int = 200, post: dict[str, Any] | None = None) -> Any:
        client.force_login(person)
        url = f"/api/v1/measure/{path}"
        said = client.get(url) if post is None else client.post(url, post, content_type="application/json")
        assert said.status_code == status, said.content[:2000]
        return said.json()

    return answer


@pytest.fixture
def study(floor: Floor) -> Floor:
    floor.write(
        decisions=floor.labels(SAID),
        experts=[floor.expert(0, "No")],
        audits=[floor.audit(worker, is_right=worker != 1) for worker in range(4) for _audit in range(3)],
    )
    roll_up(now=NOW)
    return floor


PERIOD = "?since=2026-03-01&until=2026-03-03"


def test_a_figure_comes_with_interval_and_size(study: Floor, ask: Ask) -> None:
    found = ask(factories.make_person("lead"), f"programmes/{study.programme.pk}/figures/accuracy{PERIOD}")
    estimate = found["estimate"]
    assert (estimate["value"], estimate["n"], estimate["is_thin"]) == (0.75, 12, True)
    assert estimate["low"] < 0.75 < estimate["high"]
    assert estimate["method"] == "hajek_wilson"
    series = ask(factories.make_person("lead"), f"programmes/{study.programme.pk}/series/accuracy{PERIOD}")
    assert [point["day"] for point in series] == ["2026-03-02"]


def test_a_partner_asks_about_her_own(study: Floor, ask: Ask) -> None:
    manager = factories.make_person("vendor_manager", study.vendor)
    found = ask(manager, f"programmes/{study.programme.pk}/figures/accuracy{PERIOD}")
    assert (found["estimate"]["value"], found["estimate"]["n"]) == (0.5, 6)
    cuts = ask(manager, f"programmes/{study.programme.pk}/figures/accuracy/by/organisation{PERIOD}")
    assert [cut["value"] for cut in cuts] == [str(study.vendor.pk)]
    raters = ask(manager, f"programmes/{study.programme.pk}/raters")
    assert {rater["name"] for rater in raters} == {"Worker 001", "Worker 003"}
    assert ask(manager, f"programmes/{study.programme.pk}/items") == []
    labels = {row["metric"]: row for row in ask(manager, f"programmes/{study.programme.pk}/study")}["labels"]
    assert labels["estimate"]["n"] == 12


def test_groups_of_few_people_are_withheld(study: Floor, ask: Ask) -> None:
    auditor = factories.make_person("qa_specialist")
    assert ask(auditor, f"programmes/{study.programme.pk}/figures/accuracy/by/team{PERIOD}") == []
    # Four people in all: no narrower question gets an answer either.
    for path in ("figures/accuracy", f"figures/accuracy{PERIOD}&team_id={study.teams[0].pk}"):
        at = path if "?" in path else path + PERIOD
        found = ask(auditor, f"programmes/{study.programme.pk}/{at}")["estimate"]
        assert (found["value"], found["n"], found["method"]) == (None, 0, "withheld")
    assert ask(auditor, f"programmes/{study.programme.pk}/series/accuracy{PERIOD}") == []
    assert ask(auditor, f"programmes/{study.programme.pk}/study") == []
    ask(auditor, f"programmes/{study.programme.pk}/figures/accuracy/by/worker{PERIOD}", status=403)
    ask(auditor, f"programmes/{study.programme.pk}/raters", status=403)


def test_a_stranger_finds_nothing(study: Floor, ask: Ask) -> None:
    stranger = factories.make_person("vendor_manager", factories.make_vendor("Stranger"))
    for path in (f"figures/accuracy{PERIOD}", f"series/accuracy{PERIOD}", "study", "raters", "items"):
        ask(stranger, f"programmes/{study.programme.pk}/{path}", status=404)


def test_what_does_not_fit_is_said(study: Floor, ask: Ask) -> None:
    lead = factories.make_person("lead")
    at = f"programmes/{study.programme.pk}"
    assert "until" in ask(lead, f"{at}/figures/accuracy?since=2026-03-03&until=2026-03-01", status=422)["fields"]
    assert "metric" in ask(lead, f"{at}/figures/krippendorff_alpha{PERIOD}", status=422)["fields"]
    ask(lead, f"{at}/figures/nonsense{PERIOD}", status=404)


def test_the_catalogue_is_there(db: None, ask: Ask) -> None:
    found = {metric["slug"]: metric for metric in ask(factories.make_person("lead"), "metrics")}
    assert found["accuracy"]["is_by_day"]
    assert found["accuracy"]["guard"] == "handle_time"
    assert not found["krippendorff_alpha"]["is_by_day"]


def test_a_signal_is_taken_on_and_closed(signal: Signal, ask: Ask) -> None:
    manager = factories.make_person("quality_manager")
    assert [row["id"] for row in ask(manager, "signals?is_open=true")] == [str(signal.pk)]
    taken = ask(manager, f"signals/{signal.pk}/acknowledgement", post={})
    assert taken["owner_id"] == str(manager.pk)
    assert (
        "reason"
        in ask(manager, f"signals/{signal.pk}/disposition", post={"kind": "noise", "reason": ""}, status=422)["fields"]
    )
    closed = ask(manager, f"signals/{signal.pk}/disposition", post={"kind": "noise", "reason": "A holiday."})
    assert (closed["disposition"], closed["reason"]) == ("noise", "A holiday.")
    assert ask(manager, "signals?is_open=true") == []
    ask(factories.make_person("data_scientist"), f"signals/{signal.pk}/acknowledgement", post={}, status=403)
    stranger = factories.make_person("lead", factories.make_vendor("Stranger"))
    assert ask(stranger, "signals") == []
    ask(stranger, f"signals/{signal.pk}", status=404)


def test_a_metric_is_cut_by_anything_one_may_see(study: Floor, ask: Ask) -> None:
    manager = factories.make_person("quality_manager")
    found = ask(manager, f"metrics/accuracy/evaluation{PERIOD}&by=organisation&by=worker&compare=previous")
    assert (found["by"], len(found["cells"]), found["total"]["estimate"]["n"]) == (["organisation", "worker"], 4, 12)
    assert found["total"]["before"]["n"] == 0
    assert all(worker.looks.filter(viewer=manager).exists() for worker in study.workers)
    partner = factories.make_person("vendor_manager", study.vendor)
    assert ask(partner, f"metrics/accuracy/evaluation{PERIOD}&by=organisation")["total"]["estimate"]["n"] == 6
    specialist = factories.make_person("qa_specialist")
    ask(specialist, f"metrics/accuracy/evaluation{PERIOD}&by=worker", status=403)
    assert ask(specialist, f"metrics/accuracy/evaluation{PERIOD}")["total"]["estimate"]["method"] == "withheld"
    ask(factories.make_person("moderator"), f"metrics/accuracy/evaluation{PERIOD}", status=403)
    ask(manager, "metrics/accuracy/evaluation?since=2026-03-03&until=2026-03-01", status=422)
    ask(manager, f"metrics/gwet_ac1/evaluation{PERIOD}", status=422)
    ask(manager, f"metrics/none/evaluation{PERIOD}", status=404)
