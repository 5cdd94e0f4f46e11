"""Plans with layers: versions, each day's odds, replay here and from files, coverage, who audits what."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from evenkeel.ground import clock
from evenkeel.ground.append_only import guarded_tables, lift
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.people import Worker
from evenkeel.quality import (
    Draw,
    SamplingPlan,
    change_plan,
    draw_due,
    end_plan,
    replay_files,
    replay_plan,
    start_plan,
    write_sample,
)
from evenkeel.quality.acts.plans import close_gaps
from evenkeel.quality.models import AuditTask, PlanFrame, PlanVersion, Verdict
from evenkeel.quality.queries import waiting_for
from evenkeel.quality.queries.assignment import auditor_of
from evenkeel.quality.queries.coverage import coverage_map
from evenkeel.quality.queries.history import history_before
from evenkeel.quality.rules.assignment import PATIENCE, Auditor, Waiting, why_not
from evenkeel.work import Decision, NewItem, add_items

from .conftest import NOW, SYSTEM, House, worker_of

DAY = timedelta(days=1)
LAYERS = [{"kind": "rare_class", "labels": ["Unsafe"], "rate": 1.0, "below": 0.01}]


def decisions(house: House, worker: Worker, labels: list[str], *, at: datetime, **item: Any) -> list[Decision]:
    items = [NewItem(key=f"made-{next(house.numbers)}", content={"text": "x"}, **item) for _label in labels]
    made = add_items(SYSTEM, programme=house.programme, items=items, now=at)
    return Decision.objects.bulk_create(
        Decision(
            programme=house.programme, queue=house.queue, item=each, worker=worker, organisation=worker.organisation,
            team=worker.team, form_version=house.form, label=label, origin="api", decided_at=at,
        )
        for each, label in zip(made, labels, strict=True)
    )  # fmt: skip


@pytest.fixture
def mo(house: House) -> Worker:
    return worker_of(house.person("Mo", "moderator"))


@pytest.fixture
def plan(house: House) -> SamplingPlan:
    return start_plan(
        SYSTEM,
        programme=house.programme,
        name="Layered",
        rate=0.05,
        layers=LAYERS,
        salt=5,
        now=NOW - timedelta(minutes=1),
    )


def test_a_layer_draws_what_it_names_and_the_draw_says_so(house: House, plan: SamplingPlan, mo: Worker) -> None:
    decisions(house, mo, ["Safe"] * 40 + ["Unsafe"] * 5, at=NOW)
    draw_due(house.later)
    unsafe = Draw.objects.filter(decision__label="Unsafe")
    assert {(draw.pi, draw.stratum) for draw in unsafe} == {(1.0, "rare_class")}
    assert all("rare_class" in (draw.layers or ()) for draw in unsafe)
    assert {
        (draw.pi, draw.stratum, tuple(draw.layers or ())) for draw in Draw.objects.exclude(decision__label="Unsafe")
    } <= {(0.05, "", ("random",))}
    assert unsafe.count() == 5
    frame = PlanFrame.objects.get()
    assert (frame.day, frame.odds["layers"][0]["layer"]) == (NOW.date(), "rare_class")


def test_a_decision_that_comes_late_has_the_odds_of_its_day(house: House, plan: SamplingPlan, mo: Worker) -> None:
    decisions(house, mo, ["Safe"], at=NOW)
    draw_due(house.later)
    change_plan(SYSTEM, plan=plan, rate=1.0, layers=[], why="Look at all.", now=NOW + DAY)
    decisions(house, mo, ["Safe"] * 20, at=NOW + timedelta(hours=1))
    decisions(house, mo, ["Safe"] * 3, at=NOW + DAY)
    draw_due(NOW + 2 * DAY)
    assert {draw.pi for draw in Draw.objects.filter(decision__decided_at__lt=NOW + DAY)} <= {0.05}
    assert [draw.pi for draw in Draw.objects.filter(decision__decided_at=NOW + DAY)] == [1.0] * 3
    assert [each.number for each in PlanVersion.objects.filter(plan=plan).order_by("number")] == [1, 2]
    assert replay_plan(SamplingPlan.objects.get()).is_true


@pytest.mark.django_db
def test_what_was_written_once_is_guarded() -> None:
    own = {"planversion", "planframe", "batch", "batchdraw", "batchverdict", "inspection", "draw", "verdict"}
    assert {f"quality_{name}" for name in own} <= set(guarded_tables(connection))


def test_a_plan_that_ended_or_does_not_fit_is_not_changed(plan: SamplingPlan) -> None:
    with pytest.raises(Invalid) as refused:
        change_plan(SYSTEM, plan=plan, layers=[{"kind": "luck"}], now=NOW)
    assert list(refused.value.fields) == ["layers"]
    with pytest.raises(Invalid):
        change_plan(SYSTEM, plan=plan, most_a_day=0, now=NOW)
    end_plan(SYSTEM, plan=plan, now=NOW)
    with pytest.raises(NotNow):
        change_plan(SYSTEM, plan=plan, rate=0.5, now=NOW)


def test_a_plan_older_than_versions_keeps_its_odds_for_what_was_decided_before(house: House, mo: Worker) -> None:
    old = SamplingPlan.objects.create(programme=house.programme, name="Old", rate=1.0, salt=1, started_at=NOW - DAY)
    decisions(house, mo, ["Safe"] * 4, at=NOW)
    change_plan(SYSTEM, plan=old, rate=0.01, now=NOW + timedelta(seconds=1))
    draw_due(house.later)
    assert Draw.objects.filter(plan=old, pi=1.0).count() == 4
    assert [each.design["rate"] for each in PlanVersion.objects.filter(plan=old).order_by("number")] == [1.0, 0.01]


# ------------------------------------------------------------------ replay


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_an_outsider_draws_again_from_files(
    house: House, plan: SamplingPlan, mo: Worker, tmp_path: Path, form: str
) -> None:
    decisions(house, mo, ["Safe", "Unsafe"] * 30, at=NOW)
    decisions(house, mo, ["Safe", "Unsafe"] * 5, at=NOW + DAY)
    draw_due(NOW + 2 * DAY)
    plan.refresh_from_db()
    assert write_sample(plan, tmp_path, from_=None, until=NOW + DAY, form=form)["decisions"] == 60
    found = replay_files(tmp_path)
    assert (found.decisions, found.is_true) == (60, True)
    assert found.draws == Draw.objects.filter(decision__decided_at=NOW).count()
    assert replay_plan(plan, from_=NOW + DAY).decisions == 10
    design = json.loads((tmp_path / "design.json").read_text())
    (tmp_path / "design.json").write_text(json.dumps(design | {"days": []}))
    assert {each.kind for each in replay_files(tmp_path).mismatches} == {"design"}
    (tmp_path / "design.json").write_text(json.dumps(design | {"salt": 6}))
    assert {each.kind for each in replay_files(tmp_path).mismatches} <= {"missing", "extra", "odds"}
    assert not replay_files(tmp_path).is_true


def test_files_that_do_not_fit_are_named(plan: SamplingPlan, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"design\.json is not there"):
        replay_files(tmp_path)
    write_sample(plan, tmp_path, from_=None, until=None)
    (tmp_path / "draws.csv").write_text("decision_id,pi\n")
    with pytest.raises(ValueError, match=r"draws\.csv, row 1: the column u"):
        replay_files(tmp_path)
    (tmp_path / "draws.csv").write_text("decision_id,pi,u\nx,many,0.5\n")
    with pytest.raises(ValueError, match=r"draws\.csv.*many"):
        replay_files(tmp_path)


def test_odds_that_were_tampered_with_show(house: House, plan: SamplingPlan, mo: Worker) -> None:
    decisions(house, mo, ["Unsafe"] * 6, at=NOW)
    draw_due(house.later)
    lift(connection, "quality_planframe")
    frame = PlanFrame.objects.get()
    frame.odds["layers"][0]["rates"]["Unsafe"] = 0.5
    frame.save()
    assert {each.kind for each in replay_plan(SamplingPlan.objects.get()).mismatches} <= {"odds", "extra"}
    assert not replay_plan(SamplingPlan.objects.get()).is_true


# ------------------------------------------------------------------ overlapping plans


def test_plans_that_might_draw_the_same_share_its_weight(house: House, mo: Worker) -> None:
    for name, queue in (("All", None), ("One", house.queue)):
        start_plan(SYSTEM, programme=house.programme, queue=queue, name=name, rate=1, now=NOW - DAY)
    ended = start_plan(SYSTEM, programme=house.programme, name="Over", rate=1, now=NOW - DAY)
    end_plan(SYSTEM, plan=ended, now=NOW - timedelta(hours=1))
    decisions(house, mo, ["Safe"], at=NOW)
    draw_due(house.later)
    assert [(draw.plan.name, draw.plans) for draw in Draw.objects.order_by("plan__name")] == [("All", 2), ("One", 2)]


# ------------------------------------------------------------------ history


def test_a_history_tells_volumes_people_and_changes(house: House, plan: SamplingPlan, mo: Worker) -> None:
    mo.started_on = NOW.date()
    mo.save()
    decisions(house, mo, ["Safe", "Unsafe"], at=NOW, language="de", attributes={"risk": 3, "reach": "far"})
    needs = ("item", "looked_at", "started_on", "published_on", "right")
    found = history_before(NOW.date() + DAY, programme=house.programme, needs=needs)
    assert found.rows["language"].to_pylist() == ["de", "de"]
    assert (found.rows["risk"].to_pylist(), found.rows["reach"].to_pylist()) == ([3.0, 3.0], [None, None])
    assert (found.days, found.volumes(["label"])) == (1.0, {"Safe": 1.0, "Unsafe": 1.0})
    assert found.started_on == {str(mo.pk): NOW.date()}
    assert history_before(NOW.date(), programme=house.programme).rows.num_rows == 0


def test_a_long_history_is_a_picture_in_proportion(house: House, mo: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    from evenkeel.quality.queries import history

    monkeypatch.setattr(history, "MOST_ROWS", 300)
    for hour in range(8):
        decisions(house, mo, ["Safe"] * (150 - hour * 10), at=NOW + timedelta(hours=hour))
    found = history_before(NOW.date() + DAY, programme=house.programme)
    assert found.rows.num_rows == 300
    assert found.a_day == pytest.approx(920)


# ------------------------------------------------------------------ coverage


def test_the_map_shows_who_was_not_looked_at_and_a_plan_closes_the_gap(
    house: House, plan: SamplingPlan, mo: Worker, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = worker_of(house.person("Ann", "moderator"))
    decisions(house, mo, ["Unsafe"] * 2, at=NOW, language="de")
    decisions(house, ann, ["Safe"], at=NOW, language="fr")
    draw_due(house.later)
    AuditTask.objects.filter(worker=mo).update(closed_at=house.later)
    cells = coverage_map(SYSTEM, programme=house.programme, of="worker", days=7, now=house.later)
    assert [(cell.name, cell.is_seen, cell.decisions) for cell in cells] == [("Ann", False, 1), ("Mo", True, 2)]
    tongues = coverage_map(SYSTEM, programme=house.programme, of="language", days=7, now=house.later)
    assert [(cell.name, cell.is_seen) for cell in tongues] == [("fr", False), ("de", True)]
    monkeypatch.setattr(clock, "now", lambda: house.later)
    client.force_login(house.person("Qi", "quality_manager"))
    page = reverse("quality:coverage", args=[house.programme.pk])
    shown = client.get(page, {"of": "worker", "days": "7"}).content.decode()
    assert shown.index("Ann") < shown.rindex("Mo")
    assert "Close the gaps" in shown
    close = reverse("quality:close_gaps", args=[house.programme.pk, "worker"])
    assert client.post(close, {"plan": str(plan.pk), "days": "0"}).status_code == 302
    assert PlanVersion.objects.filter(plan=plan).count() == 1
    client.post(close, {"plan": str(plan.pk), "days": "7"})
    made = PlanVersion.objects.filter(plan=plan).latest("number")
    assert made.design["layers"][-1] == {"kind": "floor", "worker": 7, "queue": 0, "language": 0, "organisation": 0}
    close_gaps(SYSTEM, plan=plan, of="language", days=3, now=house.later + DAY)
    again = PlanVersion.objects.filter(plan=plan).latest("number").design["layers"]
    assert (len(again), again[-1]["worker"], again[-1]["language"]) == (2, 7, 3)
    client.force_login(house.person("Vera", "lead", organisation=house.partner))
    outside = client.get(page).content.decode()
    assert "Ann" not in outside
    assert "Close the gaps" not in outside


# ------------------------------------------------------------------ who audits what

people = st.integers(1, 4).map(lambda n: UUID(int=n))
tongues = st.sampled_from(["", "de", "fr"])


@given(
    auditor=st.builds(
        Auditor, worker_id=people, team_id=st.none() | people, languages=st.lists(tongues.filter(bool), max_size=2),
        today=st.integers(0, 5), lately=st.dictionaries(people, st.integers(1, 5), max_size=3),
    ),
    task=st.builds(
        Waiting, worker_id=people, team_id=st.none() | people, language=tongues,
        waited=st.sampled_from([timedelta(0), PATIENCE]), keeps_teams_apart=st.booleans(),
        most_a_person=st.none() | st.integers(1, 4), most_a_day=st.none() | st.integers(1, 4),
    ),
)  # fmt: skip
def test_nobody_audits_what_the_rules_keep_from_her(auditor: Auditor, task: Waiting) -> None:
    reason = why_not(auditor, task)
    if auditor.worker_id == task.worker_id:
        assert reason == "own"
    if not reason:
        assert not (task.keeps_teams_apart and auditor.team_id and auditor.team_id == task.team_id)
        assert not task.language or not auditor.languages or task.language in auditor.languages
        if task.waited < PATIENCE:
            assert task.most_a_person is None or (auditor.lately or {}).get(task.worker_id, 0) < task.most_a_person
            assert task.most_a_day is None or auditor.today < task.most_a_day
    elif task.waited >= PATIENCE:
        assert reason in ("own", "team", "language")


def test_the_question_to_the_database_says_the_same_as_the_rule(house: House, mo: Worker) -> None:
    from evenkeel.people import add_site, add_team

    site = add_site(SYSTEM, organisation=house.house, name="Oslo", time_zone="UTC", now=NOW)
    one, two = (add_team(SYSTEM, site=site, name=name, now=NOW) for name in ("One", "Two"))
    ada = house.person("Ada", "qa_specialist")
    Worker.objects.filter(person=ada).update(team=one, languages=["de", "en"])
    ann = worker_of(house.person("Ann", "moderator"))
    Worker.objects.filter(pk=ann.pk).update(team=one)
    Worker.objects.filter(pk=mo.pk).update(team=two)
    ann.refresh_from_db()
    mo.refresh_from_db()
    start_plan(
        SYSTEM, programme=house.programme, name="Ruled", rate=1, keeps_teams_apart=True, most_a_person=2, most_a_day=4,
        now=NOW - 5 * DAY,
    )  # fmt: skip
    start_plan(SYSTEM, programme=house.programme, name="Free", rate=1, now=NOW - 5 * DAY)
    for at in (NOW - 4 * DAY, NOW):
        for worker in (mo, ann, worker_of(ada)):
            for language in ("", "de", "fr"):
                decisions(house, worker, ["Safe"], at=at, language=language)
        draw_due(at + timedelta(hours=1))
    now, actor = NOW + timedelta(hours=2), house.actor(ada)

    def agree() -> None:
        auditor = auditor_of(worker_of(ada).pk, now=now)
        judged = set(Verdict.objects.filter(auditor=auditor.worker_id).values_list("draw__decision", flat=True))
        said = set()
        for task in AuditTask.objects.filter(closed_at=None).select_related("draw__plan", "draw__decision__item"):
            decision, own = task.draw.decision, task.draw.plan
            waits = Waiting(
                worker_id=decision.worker_id, team_id=decision.team_id, language=decision.item.language,
                waited=now - task.draw.drawn_at, keeps_teams_apart=own.keeps_teams_apart,
                most_a_person=own.most_a_person, most_a_day=own.most_a_day,
            )  # fmt: skip
            if not why_not(auditor, waits) and decision.pk not in judged:
                said.add(task.pk)
        assert set(waiting_for(actor, now=now).values_list("pk", flat=True)) == said
        assert said

    agree()
    for task in AuditTask.objects.filter(worker=mo, draw__plan__name="Free").order_by("-id")[:2]:
        Verdict.objects.create(
            draw=task.draw, auditor=worker_of(ada), label="Safe", is_right=True, client_key=uuid4().hex, audited_at=NOW
        )
        AuditTask.objects.filter(pk=task.pk).update(closed_at=NOW)
        agree()
