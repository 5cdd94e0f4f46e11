"""A worker is erased: nobody can tell who she was, and every figure is what it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoDbBlocker

from evenkeel.ground import log, trail
from evenkeel.ground.append_only import guarded_tables
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.ground.models import LogErasure
from evenkeel.ground.tests.worlds import Given, made_once
from evenkeel.measure import Dimension, day_metrics, evaluate, roll_up
from evenkeel.measure.evaluation import evaluate_changed
from evenkeel.measure.models import CellParts, Evaluation, RaterFigures, WorkerDayParts
from evenkeel.measure.rollup import take_in
from evenkeel.people import Worker, actor_for, erase_worker, erasing_of, switch_state
from evenkeel.people.acts import end_worker, issue_token
from evenkeel.quality import (
    Verdict,
    correct_verdict,
    draw_due,
    give_verdict,
    set_expert_answer,
    start_plan,
    take_audit,
)
from evenkeel.quality.models import AgreementCut, LabelReading
from evenkeel.quality.reading import data_version, read_labels
from evenkeel.quality.tests.conftest import NOW, SYSTEM, House, make_house, worker_of
from evenkeel.work import DECISIONS, Decision

ERASING = import_module("evenkeel.ground.log.erasing")
LATER = NOW + timedelta(days=2)
PERIOD: dict[str, Any] = {"since": NOW.date() - timedelta(days=1), "until": LATER.date()}


class World:
    """Two who decided, one of them erased; one who audited."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.ada, self.bea = house.person("Ada Unique", "moderator"), house.person("Bea", "moderator")
        self.auditor = house.person("Cleo", "qa_specialist")
        self.worker = worker_of(self.ada)
        start_plan(SYSTEM, programme=house.programme, name="Random", rate=1, now=NOW)
        switch_state(actor_for(self.ada, now=NOW), worker=self.worker, state="production", now=NOW)
        decided = house.decide(self.ada, ["Safe", "Safe", "Unsafe"]) + house.decide(self.bea, ["Safe", "Unsure"])
        for decision in decided[:2]:
            set_expert_answer(SYSTEM, item=decision.item, label="Safe", now=NOW)
        switch_state(actor_for(self.ada, now=NOW), worker=self.worker, state="break", now=NOW + timedelta(hours=1))
        draw_due(house.later)
        for answer in ("Safe", "Unsafe", "Unsafe"):
            actor = actor_for(self.auditor, now=house.later)
            task = take_audit(actor, programme=house.programme, now=house.later)
            assert task is not None
            give_verdict(actor, task_id=task.pk, answer={"label": answer}, client_key=f"key-{task.pk}", now=house.later)
        log.flush(house.later)
        roll_up(now=house.later)
        take_in(house.later, everything=True)
        end_worker(SYSTEM, worker=self.worker, left_on=NOW.date(), now=LATER)

    def erase(self) -> Worker:
        left = erase_worker(SYSTEM, worker=self.worker, reason="She asked for it.", now=LATER)
        log.replace_asked(LATER)
        return left


@pytest.fixture(scope="module")
def _world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Given[World]]:
    with made_once(django_db_blocker, tmp_path_factory.mktemp("world"), lambda: World(make_house())) as given:
        yield given


@pytest.fixture
def world(_world: Given[World], db: None, data_dir: Path) -> World:
    return _world(data_dir)


def figures() -> dict[str, Any]:
    """Every figure, of all, by place, and by worker without saying by whom."""
    found: dict[str, Any] = {}
    cuts: tuple[list[Dimension], ...] = ([], ["organisation"], ["programme", "queue"], ["worker"])
    for kind in day_metrics():
        for by in [by for by in cuts if kind.is_kept_by(by)]:
            said = evaluate(kind.slug, by=by, **PERIOD)
            cells = [(() if by == ["worker"] else cell.values, cell.estimate) for cell in said.cells]
            # As text: what is not known equals itself there.
            found[f"{kind.slug} {by}"] = str((said.total.estimate, sorted(cells, key=str)))
    studies = Evaluation.objects.order_by("metric", "organisation").values_list("metric", "value", "n", "low", "high")
    return found | {"studies": list(studies), "raters": sorted(RaterFigures.objects.values_list("n", "hits", "value"))}


def mentions(*words: str) -> set[str]:
    """The tables in which one of the words stands, whatever the column."""
    return {
        model._meta.label_lower
        for model in apps.get_models()
        for row in model._default_manager.values_list()
        if any(word in str(value) for value in row for word in words)
    }


@pytest.mark.django_db
def test_every_figure_stays_and_the_log_is_whole(world: World) -> None:
    before = figures()
    left = world.erase()
    evaluate_changed(LATER + timedelta(hours=1))
    assert figures() == before
    assert log.verify().faults == ()
    assert Decision.objects.filter(worker=left).count() == 3
    assert sorted(WorkerDayParts.objects.filter(worker=left).values_list("metric", flat=True).distinct()) == sorted(
        WorkerDayParts.objects.values_list("metric", flat=True).distinct()
    )


@pytest.mark.django_db
def test_how_far_she_and_another_agree_is_kept_under_the_pseudonym(world: World) -> None:
    programme = world.house.programme
    items = list(programme.items.order_by("id")[:3])
    kept = {"programme": programme, "items": 3, "labels": 6, "people": 2, "percent": {}, "alpha": {}, "ac1": {}}
    others = str(worker_of(world.bea).pk)
    AgreementCut.objects.create(by="pair", key=str(world.worker.pk), other=others, examples=[], **kept)
    AgreementCut.objects.create(by="all", examples=[str(item.pk) for item in items], **kept)
    LabelReading.objects.create(
        programme=programme, data_version=data_version(), labels=6, items=3, people=2, predicted=0,
        expected_wrong=0, as_of=NOW,
    )  # fmt: skip
    assert read_labels(LATER) == 0, "nothing is new"
    world.erase()
    assert "quality.agreementcut" not in mentions(str(world.worker.pk))
    assert AgreementCut.objects.filter(by="all").count() == 1
    assert read_labels(LATER) == 1, "the next night reads them anew"


@pytest.mark.django_db
def test_nothing_but_the_sealed_trail_says_who_she_was(world: World) -> None:
    actor = actor_for(world.ada, now=NOW)
    issue_token(actor, person=world.ada, name="t", wanted=["work:task:decide"], expires_at=LATER, now=NOW)
    gone = (str(world.worker.pk), "Ada Unique", world.ada.email)
    assert {"people.person", "people.worker", "work.decision"} <= mentions(*gone)
    left = world.erase()
    assert mentions(*gone) == {"ground.trailentry"}
    assert log.rows_with(world.worker.pk) == {}
    assert log.rows_with(left.pk)["decisions"] == 3
    said = trail.entries().get(verb="erased")
    assert "Ada" not in said.detail_json
    assert (said.object_id, str(world.worker.pk) in said.detail_json) == (str(left.pk), False)
    world.ada.refresh_from_db()
    assert (world.ada.is_active, world.ada.has_usable_password(), world.ada.tokens.count()) == (False, False, 0)
    assert LogErasure.objects.get().old_id is None
    trail.seal()
    assert trail.verify().is_intact


@pytest.mark.django_db
def test_what_is_corrected_later_meets_the_same_cells(world: World) -> None:
    left = world.erase()
    verdict = Verdict.objects.filter(draw__decision__worker=left, is_right=True).first()
    assert verdict is not None
    before = CellParts.objects.filter(worker=left).count()
    correct_verdict(
        actor_for(world.auditor, now=LATER),
        verdict=verdict,
        answer={"label": "Unsure"},
        client_key="again-and-again",
        now=LATER,
    )
    log.flush(LATER)
    roll_up(now=LATER)
    assert CellParts.objects.filter(worker=left, n__lte=0).count() == 0
    assert CellParts.objects.filter(worker=left).count() == before
    assert log.verify().faults == ()


@pytest.mark.django_db
def test_rows_that_wait_and_files_put_together_are_changed_as_well(world: World) -> None:
    log.compact(LATER, least=2)
    rows = [row for row in log.read(DECISIONS).to_pyarrow().to_pylist() if row["worker_id"] == str(world.worker.pk)]
    with transaction.atomic():
        left = erase_worker(SYSTEM, worker=world.worker, reason="She asked.", now=LATER)
        # As if somebody had decided in between.
        old = rows[0] | {"exposure_s": 7, "sign": 1}
        log.append(DECISIONS, [old])
        log.append(DECISIONS, [old | {"sign": -1}])
        log.ask_to_replace(world.worker.pk, left.pk, now=LATER)
    log.flush(LATER)
    log.replace_asked(LATER)
    after = log.read(DECISIONS).to_pyarrow().to_pylist()
    assert {row["worker_id"] for row in after} == {str(left.pk), str(worker_of(world.bea).pk)}
    assert {row["exposure_s"] for row in after if row["worker_id"] == str(left.pk)} == {None}
    assert log.verify().faults == ()
    assert not LogErasure.objects.filter(done_at=None).exists()


@pytest.mark.django_db
def test_a_damaged_file_is_set_aside_and_goes_with_her(world: World) -> None:
    for path in (log.files.log_dir() / "facts" / "audits").glob("*/*.parquet"):
        path.write_bytes(b"not Parquet")
    world.erase()
    assert log.rows_with(world.worker.pk) == {}
    assert log.set_aside_rows() == 3
    assert not list((log.files.log_dir() / "damaged").iterdir())
    log.rebuild(LATER)
    log.flush(LATER)
    assert log.verify().faults == ()


@pytest.mark.django_db
def test_killed_between_files_it_goes_on_where_it_was(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = figures()
    erase_worker(SYSTEM, worker=world.worker, reason="She asked.", now=LATER)
    done: list[int] = []
    write = ERASING.write_anew

    def killed(*args: Any, **said: Any) -> Any:
        if done:
            raise KeyboardInterrupt
        done.append(1)
        return write(*args, **said)

    with monkeypatch.context() as patch:
        patch.setattr(ERASING, "write_anew", killed)
        with pytest.raises(KeyboardInterrupt):
            log.replace_asked(LATER)
    assert log.verify(against_database=False).is_whole
    assert log.replace_asked(LATER) > 0
    assert log.replace_asked(LATER) == 0
    assert log.rows_with(world.worker.pk) == {}
    assert log.verify().faults == ()
    assert figures() == before


@pytest.mark.django_db
def test_it_is_told_before_and_asks_for_a_permission_a_last_day_and_a_reason(world: World) -> None:
    seen = erasing_of(SYSTEM, worker=world.worker)
    assert (seen.database["work.decision"], seen.has_account) == (3, True)
    assert log.rows_with(world.worker.pk)["decisions"] == 3
    stranger = actor_for(world.auditor, now=LATER)
    for act in (
        lambda: erasing_of(stranger, worker=world.worker),
        lambda: erase_worker(stranger, worker=world.worker, reason="x", now=LATER),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(Invalid):
        erase_worker(SYSTEM, worker=world.worker, reason=" ", now=LATER)
    with pytest.raises(NotNow, match="last day"):
        erase_worker(SYSTEM, worker=worker_of(world.bea), reason="x", now=LATER)
    assert Worker.objects.filter(name="Ada Unique").exists()


@pytest.mark.django_db
def test_tables_that_only_grow_are_closed_again(world: World) -> None:
    before = guarded_tables(connection)
    world.erase()
    assert guarded_tables(connection) == before
    with pytest.raises(DatabaseError, match="are facts"), transaction.atomic():
        Decision.objects.update(label="other")
