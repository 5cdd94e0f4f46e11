"""Beyond sums by place: cuts, histograms, two facts in one metric, and figures made comparable."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from django.db import transaction

from evenkeel.kernel import LogHistogram, life_table_quantile, quantile
from evenkeel.measure import day_metric, day_metrics, evaluate, figure, figures, rebuild
from evenkeel.measure.models import CutParts, DayParts, SketchParts, WorkerDayParts
from evenkeel.measure.rollup import take_in
from evenkeel.measure.rules.hiding import hidden_places
from evenkeel.work.tests import factories

from .floor import NOW, Floor, day

DAY = NOW.date()
NEXT = DAY + timedelta(days=1)
SPAN: dict[str, Any] = {"since": DAY, "until": NEXT}
TABLES: tuple[Any, ...] = (DayParts, WorkerDayParts, CutParts, SketchParts)


@pytest.fixture
def busy(db: None) -> Floor:
    """Twelve people on one day: decisions in two languages with times, audits, hours of work and of break."""
    floor = Floor.make(workers=12)
    decisions = []
    for worker in range(12):
        for number in range(4):
            row = floor.decision(worker, number % 6, "Yes" if number % 2 else "No", active_ms=10_000 * (number + 1))
            said = {"language": "de" if worker < 8 else "fi", "violates": bool(number % 2), "tenure_days": 10 * worker}
            decisions.append(row | said | {"turnaround_s": 3600.0 * (number + 1), "in_time": number < 3})
    floor.write(
        decisions=decisions,
        audits=[
            floor.audit(worker, is_right=worker % 4 > 0, pi=0.5) | {"language": "de" if worker < 8 else "fi"}
            for worker in range(12)
        ],
        times=[
            *(floor.time(worker, seconds=3600.0 * (6 + worker % 2)) for worker in range(12)),
            *(floor.time(worker, seconds=1800.0, state="break") for worker in range(0, 12, 2)),
        ],
    )
    take_in(NOW)
    return floor


def test_every_estimator_answers_over_the_rollups(busy: Floor) -> None:
    found = figures([kind.slug for kind in day_metrics()], **SPAN)
    assert set(found) == {kind.slug for kind in day_metrics()}
    assert found["decided"].value == 48
    assert found["throughput"].value == pytest.approx(48 / (12 * 6.5), rel=1e-6)
    assert found["throughput"].n == 12
    assert found["throughput"].low < found["throughput"].value < found["throughput"].high
    assert found["handle_time_median"].value == pytest.approx(25_000, rel=0.011)
    assert found["turnaround_p90"].value == pytest.approx(4 * 3600 * 1000, rel=0.011)
    assert found["within_target"].value == 0.75
    assert found["utilisation"].value == pytest.approx(78 / (78 + 3), rel=1e-6)
    assert found["break_compliance"].value == pytest.approx(0.5)
    assert found["audit_coverage"].value == 0.25
    assert found["sigma_level"].is_known
    # Facts that nobody writes yet: not known, and no fault.
    for slug in ("golden_accuracy", "adherence", "calibration_alignment", "costs", "accuracy_corrected"):
        assert not found[slug].is_known, slug


def test_it_is_cut_by_what_lies_beside_place(busy: Floor) -> None:
    assert {value: one.n for value, one in figure("decided", by="language", **SPAN).items()} == {"de": 32, "fi": 16}
    assert figure("decided", language="fi", organisation=busy.vendor, **SPAN).n == 8
    assert figure("decided", label="Yes", language="de", **SPAN).n == 16
    found = evaluate("handle_time", by=["team", "tenure"], **SPAN)
    assert {cell.names[1] for cell in found.cells} == {"000-029 days", "030-089 days", "090-179 days"}
    assert sum(cell.estimate.n for cell in found.cells) == 48
    with pytest.raises(ValueError, match="handle_time is not kept by market"):
        figure("handle_time", by="market", **SPAN)
    with pytest.raises(ValueError, match="not kept by team"):
        evaluate("backlog", by=["team"], **SPAN)
    with pytest.raises(ValueError, match="together"):
        evaluate("decided", by=["worker", "language"], **SPAN)


def test_few_people_are_protected_in_every_cut(busy: Floor) -> None:
    specialist = factories.as_actor(factories.make_person("qa_specialist"), now=NOW)
    # Four people work in Finnish; with the total known, the eight others would give them away.
    assert figure("decided", by="language", actor=specialist, **SPAN) == {}
    assert figure("handle_time_median", by="organisation", actor=specialist, **SPAN).keys() == {
        busy.house.pk,
        busy.vendor.pk,
    }
    assert figure("decided", language="fi", actor=specialist, **SPAN).method == "withheld"
    hidden = evaluate("decided", by=["language"], actor=specialist, **SPAN)
    assert (hidden.cells, hidden.hidden, hidden.total.estimate.n) == ((), 2, 48)
    # A guarded metric hides few people from everybody.
    assert figure("break_compliance", team=busy.teams[0], **SPAN).is_known
    later = NOW + timedelta(days=1)
    busy.write(times=[busy.time(worker, seconds=25_200.0, at=later) for worker in range(4)], now=later)
    take_in(later)
    assert figure("break_compliance", since=NEXT, until=NEXT + timedelta(days=1)).method == "withheld"


def test_hidden_cells_are_enough_people_together() -> None:
    people = {("a",): {"1"}, ("b",): {"2"}, ("c",): set("345678"), ("d",): set("ABCDEFGHI")}
    assert hidden_places(people) == {("a",), ("b",), ("c",)}
    assert hidden_places({("c",): set("345678"), ("d",): set("ABCDEFGHI")}) == set()


def test_figures_are_made_comparable(db: None) -> None:
    floor = Floor.make(workers=4)
    rows = []
    # Both are right nine times of ten in queue A and five of ten in B; the vendor has more of B.
    for worker, (easy, hard) in enumerate([(90, 10), (30, 70)]):
        rows += [floor.audit(worker, is_right=number % 10 > 0, queue=0) for number in range(easy)]
        rows += [floor.audit(worker, is_right=number % 10 > 4, queue=1) for number in range(hard)]
    floor.write(audits=rows)
    take_in(NOW)
    found = evaluate("accuracy", by=["organisation"], adjust="mix", mix_of=["queue"], **SPAN)
    plain = [cell.estimate.value for cell in found.cells]
    alike = [cell.adjusted.estimate.value for cell in found.cells if cell.adjusted]
    assert sorted(plain) == pytest.approx([0.62, 0.86])
    assert alike == pytest.approx([0.6 * 0.9 + 0.4 * 0.5] * 2)
    assert all(cell.adjusted and cell.adjusted.covered == 1.0 for cell in found.cells)
    shrunk = evaluate("accuracy", by=["organisation"], adjust="shrunk", **SPAN)
    assert all(0.62 <= cell.adjusted.estimate.value <= 0.86 for cell in shrunk.cells if cell.adjusted)
    with pytest.raises(ValueError, match="mix_of"):
        evaluate("accuracy", by=["queue"], adjust="mix", mix_of=["queue"], **SPAN)
    with pytest.raises(ValueError, match="no share"):
        evaluate("handle_time", by=["queue"], adjust="shrunk", **SPAN)


def state() -> dict[str, list[dict[str, Any]]]:
    """Everything that the roll-ups hold, to the last bit."""
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in TABLES}


@pytest.mark.parametrize("seed", [1, 2])
def test_any_split_in_any_order_equals_the_rebuilt_one(floor: Floor, seed: int) -> None:
    luck = random.Random(seed)
    decisions = [_decision(floor, luck) for _row in range(12)]
    back = [row | {"sign": -1} for row in decisions if luck.random() < 0.4]
    times = [floor.time(luck.randrange(4), seconds=luck.uniform(1, 30_000)) for _row in range(6)]
    shuffled = luck.sample([*decisions, *back], k=len(decisions) + len(back))
    for part in range(3):
        floor.write(decisions=shuffled[part::3], times=times[part::3])
        take_in(NOW)
    grown = state()
    rebuild(NOW)
    assert state() == grown


def _decision(floor: Floor, luck: random.Random) -> dict[str, Any]:
    row = floor.decision(
        luck.randrange(4), luck.randrange(4), at=day(luck.randrange(3)), active_ms=luck.randrange(10**6)
    )
    return row | {"language": luck.choice(["de", "fi", None]), "turnaround_s": luck.uniform(0, 1e7)}


def test_a_metric_that_is_new_comes_in_by_itself(busy: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state()
    monkeypatch.setattr(day_metric("handle_time"), "version", 2)
    take_in(NOW)
    assert state() == before
    busy.write(decisions=[busy.decision(0, active_ms=90_000)])
    take_in(NOW)
    assert figure("handle_time", **SPAN).n == 49
    assert figure("decided", **SPAN).n == 49
    assert figure("throughput", **SPAN).value == pytest.approx(49 / 78, rel=1e-6)


def test_decisions_without_hours_lift_what_is_done_an_hour_and_the_figure_says_so(busy: Floor) -> None:
    busy.write(decisions=[busy.decision(worker, queue=1) for worker in range(12)])
    take_in(NOW)
    assert figure("throughput", **SPAN).value == pytest.approx(60 / 78, rel=1e-6)
    assert figure("throughput", queue=busy.queues[0], **SPAN).value == pytest.approx(48 / 78, rel=1e-6)
    assert not figure("throughput", queue=busy.queues[1], **SPAN).is_known, "no hours"
    assert "clock no hours" in str(day_metric("throughput").population)


def test_histograms_tell_any_quantile_to_one_percent() -> None:
    luck = np.random.default_rng(4)
    values = np.exp(luck.normal(9, 2, 5_000))
    parts = [LogHistogram.of(part) for part in np.array_split(values, 7)]
    together = sum(parts[::-1], LogHistogram())
    assert together == LogHistogram.of(values)
    assert LogHistogram.from_list(together.to_list()) == together
    for p in (0.01, 0.5, 0.9, 0.99):
        from evenkeel.kernel import histogram_quantile

        found, exact = histogram_quantile(together, p=p), quantile(values, p=p)
        assert found.value == pytest.approx(exact.value, rel=0.0101)
        assert found.low <= exact.low <= exact.high <= found.high


def test_what_is_open_counts_for_as_long_as_it_is_open() -> None:
    luck = np.random.default_rng(5)
    waits = luck.exponential(1000.0, 4_000)
    seen = luck.uniform(0, 2000.0, 4_000)
    closed, still = waits[waits <= seen], seen[waits > seen]
    naive = quantile(closed, p=0.5).value
    found = life_table_quantile(LogHistogram.of(closed), still_open=LogHistogram.of(still), p=0.5)
    assert naive < 600
    assert found.value == pytest.approx(1000 * np.log(2), rel=0.05)
    assert found.low < 1000 * np.log(2) < found.high


def test_open_items_at_both_ends_enter_the_life_table(db: None) -> None:
    from evenkeel.ground import log
    from evenkeel.work import OPEN_ITEMS

    floor = Floor.make()
    same = {"sign": 1, "programme_id": floor.programme.id, "queue_id": floor.queues[0].id, "overdue": None}
    rows = [
        {"id": "a", "at": day(0), "is_whole": True, "items": 4, "age_s": 9_000.0, **same, "overdue": 1},
        {"id": "b", "at": day(0), "is_whole": False, "items": 4, "age_s": 9_000.0, **same},
    ]
    floor.write(decisions=[floor.decision(at=day(0)) | {"turnaround_s": 3600.0 * n} for n in (1, 2, 3)])
    with transaction.atomic():
        log.append(OPEN_ITEMS, rows)
    log.flush(NOW)
    take_in(NOW)
    first = date(2026, 1, 1)
    found = figures(
        ["turnaround_with_open", "turnaround_median", "backlog", "overdue_share"], since=first, until=day(1).date()
    )
    assert found["turnaround_median"].value == pytest.approx(7_200_000, rel=0.011)
    # Four that wait for two hours and a half: half are done only with the last.
    assert not found["turnaround_with_open"].is_known or found["turnaround_with_open"].value > 7_300_000
    assert (found["backlog"].value, found["overdue_share"].value) == (4, 0.25)
