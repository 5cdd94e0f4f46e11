"""The log flows into the roll-ups exactly once, whatever is killed, and can be made anew with the same result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any

import hypothesis.strategies as st
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as examples

from evenkeel.ground import log
from evenkeel.ground.log.files import final_name, log_dir
from evenkeel.measure import figure, rebuild, roll_up
from evenkeel.measure.kinds.accuracy import Accuracy
from evenkeel.measure.kinds.prevalence import PrevalenceRate
from evenkeel.measure.models import (
    CellParts,
    ConsumedBatch,
    CutParts,
    DayParts,
    ItemFigures,
    LabelTally,
    SketchParts,
    Study,
    WorkerDayParts,
)
from evenkeel.measure.rollup import feeds, parts, take_in, tallies
from evenkeel.measure.rollup.adding import add_rows, first_key_of
from evenkeel.measure.rollup.examples import parts_of_rows
from evenkeel.work import DECISIONS

from .floor import NOW, Floor, day

TABLES: tuple[Any, ...] = (DayParts, WorkerDayParts, CellParts, CutParts, SketchParts, LabelTally, ItemFigures)
DAY = NOW.date()
NEXT = DAY + timedelta(days=1)


def state() -> dict[str, list[dict[str, Any]]]:
    """Everything that the roll-ups hold, to the last bit."""
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in TABLES}


def test_it_sums_by_day_team_and_worker(floor: Floor) -> None:
    floor.write(
        decisions=[floor.decision(0), floor.decision(0, 1), floor.decision(1, active_ms=None), floor.decision(2)],
        audits=[floor.audit(0), floor.audit(0, is_right=False, pi=0.5), floor.audit(1, pi=0.2)],
    )
    roll_up(now=NOW)
    where: dict[str, Any] = {"programme": floor.programme, "since": DAY, "until": NEXT}
    assert figure("decided", **where).value == 4
    assert figure("decided", **where, organisation=floor.vendor).value == 1
    assert figure("decided", **where, worker=floor.workers[0]).value == 2
    assert figure("handle_time", **where).n == 3
    assert figure("handle_time", **where).value == pytest.approx(20_000)
    accuracy = figure("accuracy", **where)
    assert accuracy.value == pytest.approx((10 + 5) / (10 + 2 + 5), rel=1e-6)
    assert accuracy.n == 3
    by_team = figure("accuracy", **where, by="team")
    assert {team: found.n for team, found in by_team.items()} == {floor.teams[0].id: 2, floor.teams[1].id: 1}
    assert CellParts.objects.count() == 2  # one a worker here: same answer, same policy


def test_accuracy_belongs_to_the_day_of_the_decision(floor: Floor) -> None:
    floor.write(audits=[floor.audit(at=day(3))], now=day(9))
    roll_up(now=day(9))
    assert DayParts.objects.filter(metric="accuracy").exists()
    assert set(DayParts.objects.values_list("day", flat=True)) == {day(3).date()}


def test_what_was_taken_back_leaves_no_trace(floor: Floor) -> None:
    row = floor.decision(label="Yes")
    floor.write(decisions=[row, floor.decision(1, label="No")], audits=[floor.audit(0, is_right=False)])
    roll_up(now=NOW)
    floor.write(decisions=[row | {"sign": -1}], audits=[floor.audit(0, is_right=False, sign=-1)])
    roll_up(now=NOW)
    assert figure("decided", programme=floor.programme, since=DAY, until=NEXT).value == 1
    assert not figure("accuracy", programme=floor.programme, since=DAY, until=NEXT).is_known
    assert not DayParts.objects.filter(metric="accuracy").exists()
    assert not LabelTally.objects.filter(label="Yes").exists()


def test_a_sign_that_comes_first_waits_for_its_row(floor: Floor) -> None:
    """Rows of one decision may lie in batches that are consumed in either order."""
    row = floor.decision()
    floor.write(decisions=[row | {"sign": -1}])
    roll_up(now=NOW)
    assert DayParts.objects.get(metric="decided").n == -1
    floor.write(decisions=[row])
    roll_up(now=NOW)
    assert not DayParts.objects.exists()
    assert not LabelTally.objects.exists()


def test_a_second_run_adds_nothing(floor: Floor) -> None:
    floor.write(decisions=[floor.decision()], audits=[floor.audit()], experts=[floor.expert(0, "No")])
    roll_up(now=NOW)
    before = state()
    roll_up(now=NOW)
    take_in(NOW, everything=True)
    assert state() == before


STEPS: dict[str, tuple[Any, str]] = {
    "before the sums are read": (feeds, "opened"),
    "when batches are marked": (ConsumedBatch.objects, "bulk_create"),
    "within adding up": (parts, "add_rows"),
    "within the tallies": (tallies, "add_up"),
    "before items are brought up to date": (tallies, "refresh_items"),
    "before the study is marked": (tallies, "mark_changed"),
}


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_it_comes_out_the_same(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    floor = Floor.make()
    rows = floor.labels(["NNY", "YN", "NNU"])
    floor.write(decisions=rows, audits=[floor.audit(), floor.audit(1, is_right=False)], experts=[floor.expert(0, "No")])
    floor.write(decisions=[rows[0] | {"sign": -1}])
    with _killed_once(monkeypatch, *STEPS[step]) as was_killed, pytest.raises(KeyboardInterrupt):
        take_in(NOW)
    assert was_killed()
    take_in(NOW)
    grown = state()
    rebuild(NOW)
    assert state() == grown
    assert figure("decided", programme=floor.programme, since=DAY, until=NEXT).value == 7


@pytest.fixture
def killed_after_half(monkeypatch: pytest.MonkeyPatch) -> None:
    real = add_rows

    def half(model: Any, names: Any, rows: Any, *, sums: Any) -> int:
        kept = list(rows)
        real(model, names, kept[: len(kept) // 2 + 1], sums=sums)
        raise KeyboardInterrupt

    monkeypatch.setattr(parts, "add_rows", half)


def test_killed_in_the_middle_of_writing_nothing_remains(transactional_db: None, killed_after_half: None) -> None:
    floor = Floor.make()
    floor.write(decisions=[floor.decision(worker, item) for worker in range(4) for item in range(3)])
    with pytest.raises(KeyboardInterrupt):
        take_in(NOW)
    assert not ConsumedBatch.objects.exists()
    assert not WorkerDayParts.objects.exists()


def _killed_once(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> Any:
    from contextlib import contextmanager

    @contextmanager
    def patched() -> Iterator[Callable[[], bool]]:
        hits: list[int] = []

        def killed(*_args: Any, **_kwargs: Any) -> None:
            hits.append(1)
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(owner, name, killed)
            yield lambda: bool(hits)

    return patched()


def test_of_two_processes_one_leaves_the_batch_alone(floor: Floor) -> None:
    floor.write(decisions=[floor.decision()])
    feed = next(feed for feed in feeds.feeds() if feed.consumer == "parts:decisions.decided_at")
    batches = log.batches_since(DECISIONS)
    engine = log.connect()
    assert feeds._take(feed, batches, engine, NOW) == 1
    # The other process had looked before the first one was done.
    assert feeds._take(feed, batches, engine, NOW) == 0
    assert DayParts.objects.get(metric="decided").n == 1


def test_another_broken_rule_is_not_taken_for_that(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    floor.write(decisions=[floor.decision()])

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise IntegrityError("something else")

    monkeypatch.setattr(parts, "add_rows", broken)
    with pytest.raises(IntegrityError, match="something else"):
        take_in(NOW)


def test_a_new_version_of_a_metric_starts_from_the_whole_log(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    floor.write(audits=[floor.audit(), floor.audit(1, is_right=False)])
    roll_up(now=NOW)
    monkeypatch.setattr(Accuracy, "version", Accuracy.version + 1)
    monkeypatch.setattr(Accuracy, "weight", classmethod(lambda cls, rows: rows.pi * 0 + 1.0))
    roll_up(now=NOW)
    found = figure("accuracy", programme=floor.programme, since=DAY, until=NEXT)
    assert (found.value, found.n) == (0.5, 2)
    assert DayParts.objects.filter(metric="accuracy").count() == 2


def test_a_late_batch_is_found_by_looking_back(floor: Floor) -> None:
    floor.write(decisions=[floor.decision(at=day(60))], now=day(60))
    roll_up(now=day(60))
    floor.write(decisions=[floor.decision(1, at=day(1))], now=day(1))  # made long before it was written
    roll_up(now=day(60))
    assert DayParts.objects.filter(metric="decided").count() == 1
    take_in(day(61), everything=True)
    assert DayParts.objects.filter(metric="decided").count() == 2


def test_items_are_brought_up_to_date(floor: Floor) -> None:
    floor.write(
        decisions=floor.labels(["NNY", "NY", "N", "YYY"]), experts=[floor.expert(0, "Yes"), floor.expert(2, "No")]
    )
    roll_up(now=NOW)
    found = {row.item_id: row for row in ItemFigures.objects.all()}
    first, tied, single, alike = (found.get(item.id) for item in floor.items[:4])
    assert first is not None
    assert first.counts == {"No": 2, "Yes": 1}
    assert first.differs
    assert first.expert_label == "Yes"
    assert first.disagreement == pytest.approx(2 / 3)
    assert tied is not None
    assert tied.is_tied
    assert tied.majority_label == ""
    assert not tied.differs
    assert single is not None
    assert single.n == 1
    assert not single.differs
    assert alike is not None
    assert alike.disagreement == 0
    assert alike.entropy == 0
    # One answer and no expert: nothing to show.
    assert floor.items[4].id not in found


def test_an_expert_who_changes_her_mind_is_followed(floor: Floor) -> None:
    floor.write(decisions=floor.labels(["NNY"]), experts=[floor.expert(0, "Yes")])
    roll_up(now=NOW)
    floor.write(experts=[floor.expert(0, "Yes", sign=-1), floor.expert(0, "No")])
    roll_up(now=NOW)
    assert not ItemFigures.objects.get().differs
    assert Study.objects.get().changes > 2


@examples(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_rebuilt_rollup_equals_the_grown_one(transactional_db: None, data: st.DataObject) -> None:
    with transaction.atomic():
        floor = Floor.make()
        for _step in range(data.draw(st.integers(1, 3))):
            _write_some(floor, data)
            take_in(NOW)
        grown = state()
        rebuild(NOW)
        assert state() == grown
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_batches_put_together_are_neither_taken_in_twice_nor_left_out() -> None:
    floor = Floor.make()
    for number in range(10):
        floor.write(decisions=[floor.decision(number % 4, number % 3, "Yes")])
        if number == 5:
            take_in(NOW)
    assert log.compact(NOW + timedelta(days=40)) > 0
    take_in(NOW)
    grown = state()
    rebuild(NOW)
    assert state() == grown
    assert figure("decided", since=DAY, until=NEXT).n == 10


@pytest.mark.django_db
def test_a_damaged_file_is_set_aside_and_the_rest_is_taken_in() -> None:
    floor = Floor.make()
    for _number in range(3):
        floor.write(decisions=[floor.decision(0, 0, "Yes")])
    batch = log.batches_since(DECISIONS)[1]
    (log_dir() / final_name(batch)).write_bytes(b"not a Parquet file")
    take_in(NOW)
    assert figure("decided", since=DAY, until=NEXT).n == 2
    batch.refresh_from_db()
    assert batch.set_aside_at == NOW
    assert take_in(NOW) == 0


def _write_some(floor: Floor, data: st.DataObject) -> None:
    draw, few = data.draw, st.integers(0, 8)
    place = st.integers(0, 3)
    decisions = [
        floor.decision(
            draw(place),
            draw(place),
            draw(st.sampled_from(["No", "Yes"])),
            at=day(draw(place)),
            queue=draw(st.sampled_from([0, 1, None])),
            active_ms=draw(st.one_of(st.none(), st.integers(0, 4_000_000))),
        )
        for _row in range(draw(few))
    ]
    audits = [
        floor.audit(draw(place), is_right=draw(st.booleans()), pi=draw(st.floats(0.001, 1)), at=day(draw(place)))
        for _row in range(draw(few))
    ]
    experts = [floor.expert(item, draw(st.sampled_from(["No", "Yes"]))) for item in draw(st.sets(place, max_size=2))]
    decisions += [row | {"sign": -1} for row in decisions if draw(st.booleans())]
    audits += [row | {"sign": -1} for row in audits if draw(st.booleans())]
    floor.write(decisions=decisions, audits=audits, experts=experts)


def test_cells_of_a_day_stand_together_by_key(floor: Floor) -> None:
    floor.write(decisions=[floor.decision(at=day(number)) for number in range(3)])
    take_in(NOW)
    rows = list(WorkerDayParts.objects.order_by("pk").values_list("pk", "day"))
    assert [on for _pk, on in rows] == sorted(on for _pk, on in rows)
    assert all(first_key_of(on) <= pk < first_key_of(on + timedelta(days=1)) for pk, on in rows)
    # Keys from before begin anyhow: what the migration makes of them is what they are made now.
    before = import_module("evenkeel.measure.migrations.0006_cells_by_day")
    before.by_day(apps, connection.schema_editor())
    assert list(WorkerDayParts.objects.order_by("pk").values_list("pk", "day")) == rows


def test_sums_are_exact_in_any_order() -> None:
    rows = [{"pi": pi, "is_right": right} for pi in (0.1, 0.3, 1 / 7, 0.013, 0.9) for right in (True, False)]
    forward = parts_of_rows(Accuracy, rows)
    backward = parts_of_rows(Accuracy, rows[::-1])
    halves = parts_of_rows(Accuracy, rows[:3]) + parts_of_rows(Accuracy, rows[3:])
    assert forward == backward == halves
    assert forward.w == pytest.approx(sum(2 / pi for pi in (0.1, 0.3, 1 / 7, 0.013, 0.9)), rel=1e-6)


def test_what_is_seen_by_many_and_rarely_drawn_is_summed_up() -> None:
    rows = [{"views": views, "item_pi": 0.004, "violates": views > 5_000} for views in (900.0, 4_000.0, 20_000.0)]
    found = parts_of_rows(PrevalenceRate, rows)
    assert found.wwyy == pytest.approx((20_000 / 0.004) ** 2)
    assert found.ww == pytest.approx(sum((row["views"] / 0.004) ** 2 for row in rows))


def test_days_that_left_the_log_keep_their_sums_also_when_all_is_made_anew(floor: Floor, settings: Any) -> None:
    floor.write(
        decisions=[floor.decision(at=day(0)), floor.decision(1, at=day(0), label="Yes")],
        audits=[floor.audit(at=day(0))],
    )
    floor.write(decisions=[floor.decision(1)], experts=[floor.expert(0, "No")])
    roll_up(now=NOW)
    before = state()
    settings.EVENKEEL = replace(settings.EVENKEEL, log=replace(settings.EVENKEEL.log, keep_days=(("decisions", 30),)))
    (left,) = log.retain(NOW)
    assert left.rows == 2
    roll_up(now=NOW)
    assert state() == before
    rebuild(NOW)
    assert state() == before
    floor.write(decisions=[floor.decision(2)])
    roll_up(now=NOW)
    assert figure("decided", programme=floor.programme, since=day(0).date(), until=NEXT).value == 4
