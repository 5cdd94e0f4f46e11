"""Detectors of odd work: their examples, their false alarms, what they read, and looks that are no verdict."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pyarrow as pa
import pytest

from evenkeel.ground import log
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.kernel import odds_excess
from evenkeel.people import Worker
from evenkeel.quality.acts import integrity as acts
from evenkeel.quality.acts.integrity import close_look, run_detectors, take_look
from evenkeel.quality.jobs_integrity import open_looks
from evenkeel.quality.models import IntegrityLook, IntegrityRun
from evenkeel.quality.queries import integrity as reading
from evenkeel.quality.rules.integrity import Detector, Judged, detectors, limit_of, suspicions
from evenkeel.work import DECISIONS, NewItem, add_items, decide, fill_queue, take_batch

from .conftest import NOW, SYSTEM, House, worker_of
from .integrity_worlds import WORLDS, names

ALL = list(detectors)
MONDAY = date(2026, 3, 2)


# ------------------------------------------------------------------ rules


@pytest.mark.parametrize("kind", ALL, ids=[kind.slug for kind in ALL])
def test_each_kind_answers_its_own_example(kind: type[Detector]) -> None:
    judged = kind.judge(kind.example.rows)
    found = dict(zip(judged.workers, judged.chances.round(4).tolist(), strict=True))
    assert found == pytest.approx(dict(kind.example.chances), abs=5e-5)
    assert set(judged.evidence) == set(kind.evidence)
    assert all(len(values) == len(judged.workers) for values in judged.evidence.values())
    assert kind.else_explains
    assert kind.table in reading.TABLES


@pytest.mark.parametrize("kind", ALL, ids=[kind.slug for kind in ALL])
def test_the_order_of_rows_does_not_matter_and_none_is_nobody(kind: type[Detector]) -> None:
    rows = {name: np.asarray(values) for name, values in kind.example.rows.items()}
    backwards = kind.judge({name: values[::-1] for name, values in rows.items()})
    assert backwards.chances == pytest.approx(kind.judge(rows).chances, nan_ok=True)
    assert list(kind.judge({name: values[:0] for name, values in rows.items()}).workers) == []


@pytest.mark.parametrize("kind", ALL, ids=[kind.slug for kind in ALL])
def test_ordinary_people_are_left_alone_and_planted_ones_found(kind: type[Detector]) -> None:
    rng, people = np.random.default_rng(7), 200
    limit = limit_of(len(ALL))
    ordinary = kind.judge(WORLDS[kind.slug](people, rng, np.zeros(people, dtype=bool)))
    assert len(suspicions({kind.slug: ordinary}, limit=limit)) <= 1
    some = np.arange(people) % 20 == 0
    looks = suspicions({kind.slug: kind.judge(WORLDS[kind.slug](people, rng, some))}, limit=limit)
    bad = set(names(people)[some])
    assert sum(each.worker in bad for each in looks) >= 0.5 * kind.measured.found * len(bad) - 1
    assert sum(each.worker not in bad for each in looks) <= 1


def test_all_detectors_together_keep_to_the_alarms_that_are_stated() -> None:
    assert limit_of(len(ALL)) * len(ALL) * 1000 == pytest.approx(2.0)
    assert sum(kind.measured.false_looks for kind in ALL) <= 2.0
    judged = Judged(
        workers=["a", "b", "c"], chances=np.array([1e-5, 0.5, np.nan]), evidence={"n": np.array([1, 2, np.nan])}
    )
    (found,) = suspicions({"x": judged}, limit=1e-4)
    assert (found.worker, found.evidence) == ("a", {"n": 1.0})


def test_chances_of_odds_are_those_of_fishers_noncentral_distribution() -> None:
    # scipy.stats.nchypergeom_fisher.sf(8, 22, 14, 10, 1.7) and (29, 130, 50, 60, 0.6), SciPy 1.17.1.
    ours = odds_excess([9, 30], [10, 60], [5, 20], [12, 70], odds=[1.7, 0.6])
    assert ours.tolist() == pytest.approx([0.09228552481032937, 8.857383335914015e-05], rel=1e-8)


# ------------------------------------------------------------------ what is read


def written(rows: list[dict[str, Any]]) -> None:
    """Decisions straight into the log."""
    full = [dict.fromkeys(DECISIONS.columns) | row for row in rows]
    table = pa.Table.from_pylist(full, schema=DECISIONS.schema())
    log.append_table(DECISIONS, table, day=MONDAY, now=datetime(2026, 3, 9, 6, tzinfo=UTC))


def decision(worker: UUID, at: datetime, **said: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "sign": 1, "decided_at": at, "worker_id": str(worker), "origin": "desk", "label": "A",
        "item_id": str(uuid4()), "programme_id": "p", "queue_id": "q", "item_kind": "text",
    } | said  # fmt: skip


@pytest.mark.django_db
def test_sums_of_the_log_are_what_a_hand_counts(django_capture_on_commit_callbacks: Any) -> None:
    since, until = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 9))
    ann, ben, cem = uuid4(), uuid4(), uuid4()
    at = since + timedelta(hours=8)
    rows = []
    # Ann's shift of three hours: 30 decisions of 8 s, the last six, in the last 45 minutes, of 2 s.
    for n in range(30):
        second = n * 360 + 1
        late = second > 29 * 360 + 1 - 45 * 60
        rows.append(decision(ann, at + timedelta(seconds=second), shift_s=second, active_ms=2_000 if late else 8_000))
    taken_back = decision(ann, at, shift_s=100, active_ms=8_000)
    rows += [taken_back, taken_back | {"sign": -1}]
    # Five answer five items; X is right, and Ann follows Ben within minutes in what is wrong.
    for n in range(5):
        item = f"shared-{n}"
        labels = {ben: "Y", ann: "Y", cem: "X", uuid4(): "X", uuid4(): "X", uuid4(): "X"}
        for place, (worker, label) in enumerate(labels.items()):
            rows.append(
                decision(
                    worker, at + timedelta(hours=n, minutes=2 * place), item_id=item, label=label,
                    site_id="s" if worker in (ann, ben) else "t",
                )
            )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        written(rows)
    with log.opened() as connection:
        ends = reading.shift_ends(connection, since, until)
        pairs = reading.pairs(connection, since, until)
        assert all(len(values) == 0 for values in reading.golds(connection, since, until).values())
        assert all(len(values) == 0 for values in reading.findings(connection, since, until).values())
        assert all(len(values) == 0 for values in reading.skips(connection, since, until).values())
    (place,) = [n for n, worker in enumerate(ends["worker"]) if worker == str(ann)]
    assert (ends["late_n"][place], ends["early_n"][place]) == (8, 22)
    assert ends["change"][place] == pytest.approx(np.log(2 / 8))
    found = {(w, b): n for n, (w, b) in enumerate(zip(pairs["worker"], pairs["neighbour"], strict=True))}
    near = found[str(ann), str(ben)]
    assert (pairs["is_near"][near], pairs["n"][near], pairs["same_wrong"][near]) == (True, 5, 5)
    # Both are always wrong, always with the same label: their shares would have it each time.
    assert pairs["expected"][near] == pytest.approx(5.0)
    apart = found[str(cem), str(ann)]
    assert (pairs["is_near"][apart], pairs["same_wrong"][apart]) == (False, 0)


def test_texts_answered_sooner_than_read_are_counted(house: House) -> None:
    mo = house.person("Mo", "moderator")
    texts = ["A post about gold.", "x" * 200]
    items = [NewItem(key=text[:9], content={"text": text}) for text in texts]
    made = add_items(SYSTEM, programme=house.programme, items=items, now=NOW)
    fill_queue(SYSTEM, queue=house.queue, item_ids=[item.id for item in made], now=NOW)
    actor = house.actor(mo)
    for text in texts:
        (lease, *_rest) = take_batch(actor, queue=house.queue, now=NOW)
        decide(
            actor, lease_id=lease.id, answer={"label": "Safe"}, client_key=text[:9] * 2, active_ms=900,
            now=NOW + timedelta(seconds=5),
        )  # fmt: skip
    # 200 characters take two seconds to skim, eighteen 0.3.
    found = reading.readings(None, NOW, NOW + timedelta(days=1))
    assert (found["worker"], found["n"], found["unread"]) == ([str(worker_of(mo).pk)], [2], [1])


# ------------------------------------------------------------------ looks


@pytest.fixture
def suspected(house: House, monkeypatch: pytest.MonkeyPatch) -> Worker:
    """Mo, whom one detector finds odd in whatever week."""
    worker = worker_of(house.person("Mo", "moderator"))
    odd = Judged(
        workers=[str(worker.pk), str(uuid4())], chances=np.array([1e-6, 1e-6]), evidence={"share": np.array([0.5, 0.5])}
    )
    monkeypatch.setattr(acts, "_judged", lambda since, until: {"answering_unread": odd})
    return worker


def test_a_week_is_judged_once_and_a_look_is_not_doubled(suspected: Worker) -> None:
    now = datetime(2026, 3, 9, 6, tzinfo=UTC)
    open_looks(now)
    open_looks(now + timedelta(hours=1))
    run = IntegrityRun.objects.get()
    assert (run.week_on, run.tested) == (MONDAY, {"answering_unread": 2})
    look = IntegrityLook.objects.get()
    assert (look.worker, look.evidence) == (suspected, {"share": 0.5})
    open_looks(now + timedelta(days=7))
    assert IntegrityRun.objects.count() == 2
    assert IntegrityLook.objects.count() == 1


def test_a_look_is_taken_and_closed_with_a_reason(house: House, suspected: Worker) -> None:
    now = datetime(2026, 3, 9, 6, tzinfo=UTC)
    run_detectors(SYSTEM, week_on=MONDAY, now=now)
    look = IntegrityLook.objects.get()
    qi = house.actor(house.person("Qi", "quality_manager"))
    with pytest.raises(NotNow, match="take it first"):
        close_look(qi, look=look, disposition="explained", reason="Templates.", now=now)
    take_look(qi, look=look, now=now)
    for disposition, reason in (("guilty", "So."), ("explained", " ")):
        with pytest.raises(Invalid):
            close_look(qi, look=look, disposition=disposition, reason=reason, now=now)
    made = close_look(qi, look=look, disposition="explained", reason="Templates.", now=now)
    assert made.look.closed_at == now
    with pytest.raises(NotNow):
        take_look(qi, look=look, now=now)
    # On the same weeks it is not opened again.
    run_detectors(SYSTEM, week_on=MONDAY + timedelta(days=7), now=now + timedelta(days=7))
    assert IntegrityLook.objects.count() == 1


def test_looks_are_for_quality_managers_of_the_house_alone(house: House, suspected: Worker) -> None:
    now = datetime(2026, 3, 9, 6, tzinfo=UTC)
    run_detectors(SYSTEM, week_on=MONDAY, now=now)
    look = IntegrityLook.objects.get()
    lead = house.person("Lea", "lead", "data_scientist", "qa_specialist")
    outside = house.person("Vera", "quality_manager", organisation=house.partner)
    for person in (lead, outside):
        with pytest.raises(Refused):
            take_look(house.actor(person), look=look, now=now)
