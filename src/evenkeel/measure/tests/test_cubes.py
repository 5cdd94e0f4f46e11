"""The finest cells by day: what a change is taken apart by, from roll-ups and from the log alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest_django import DjangoDbBlocker

from evenkeel.ground.tests.worlds import Given, made_once
from evenkeel.measure import Apart, Days, change_cells, metrics, rebuild, roll_up
from evenkeel.measure.models import CubeParts, CubeValue
from evenkeel.measure.queries import changing_cubes
from evenkeel.measure.queries.changing_cubes import limit_of_cells
from evenkeel.measure.rollup import take_in
from evenkeel.measure.rollup.packing import Cells, Steps, packed, together, unpacked

from .floor import NOW, Floor

DAY = NOW.date()
BEFORE, AFTER = (
    Days(since=DAY, until=DAY + timedelta(days=1)),
    Days(since=DAY + timedelta(days=1), until=DAY + timedelta(days=2)),
)
LATER = NOW + timedelta(days=1)
# A share of decisions, a mean, a quantile, a count, two facts against each other, and shares of audits by weight.
ASKED = ("action_rate", "handle_time", "handle_time_p90", "decided", "audit_coverage", "dpmo")


def cells(codes: list[list[int]], n: list[float], steps: list[tuple[int, int, int]] = ()) -> Cells:  # type: ignore[assignment]
    columns = np.array(steps, dtype=np.int64).reshape(-1, 3).T
    return Cells(
        names=("n",),
        codes=np.array(codes, dtype=np.int64).reshape(len(n), -1),
        sums=np.array(n, dtype=float)[:, None],
        steps=Steps(cell=columns[0], step=columns[1], n=columns[2]),
    )


def plain(found: Cells) -> tuple[Any, ...]:
    assert found.steps is not None
    steps = zip(found.steps.cell.tolist(), found.steps.step.tolist(), found.steps.n.tolist(), strict=True)
    return found.codes.tolist(), found.sums[:, 0].tolist(), list(steps)


def test_cells_add_up_in_any_order_and_leave_nothing_where_nothing_is() -> None:
    one = cells([[2, 7], [1, 300], [2, 7]], [1, 2.5, 3], [(0, 4, 1), (1, 9, 2), (2, 4, 2)])
    other = cells([[1, 300], [5, 0]], [-2.5, 70_000], [(0, 9, -2)])
    found = together([one, other])
    assert plain(found) == ([[2, 7], [5, 0]], [4.0, 70_000.0], [(0, 4, 3)])
    assert plain(together([other, one])) == plain(found)
    assert plain(unpacked(*packed(found))) == plain(found)
    assert packed(together([other, one])) == packed(found)
    assert plain(unpacked(*packed(together([one])))) == plain(together([one]))


def test_what_is_packed_in_single_bytes_adds_up_beyond_them() -> None:
    one = unpacked(*packed(together([cells([[2], [3]], [100, 1], [(0, 4, 100)])])))
    found = together([one, one, one])
    assert plain(found) == ([[2], [3]], [300.0, 3.0], [(0, 4, 300)])
    assert plain(unpacked(*packed(found))) == plain(found)


def test_cells_whose_values_lie_in_no_step_come_back_from_their_bytes() -> None:
    found = together([cells([[2, 7]], [1])])
    assert plain(unpacked(*packed(found))) == ([[2, 7]], [1.0], [])


def test_more_combinations_than_numbers_are_sorted_all_the_same() -> None:
    codes = [[(place * prime) % 40_000 for prime in (1, 7, 11, 13, 17)] for place in range(20_000)]
    found = together([cells(codes, [1.0] * len(codes)), cells(codes[::-1], [1.0] * len(codes))])
    assert found.codes.tolist() == sorted(codes)
    assert set(found.sums[:, 0]) == {2.0}


class World:
    """Two days; on the second the vendor's people take twice as long, in one language."""

    def __init__(self) -> None:
        self.floor = Floor.make()
        self.rows = [
            self.floor.decision(worker, item, "Yes" if item % 2 else "No", at=at, active_ms=self._ms(worker, item, at))
            | {"language": "de" if item < 3 else "fi", "violates": bool(item % 2)}
            for at in (NOW, LATER) for worker in range(4) for item in range(6)
        ]  # fmt: skip
        audits = [
            self.floor.audit(worker, is_right=worker > 0, pi=0.5, at=at) for at in (NOW, LATER) for worker in range(4)
        ]
        self.floor.write(decisions=self.rows, audits=audits, now=LATER)
        roll_up(now=LATER)

    @staticmethod
    def _ms(worker: int, item: int, at: Any) -> int:
        return (10_000 + 1_000 * item) * (2 if worker % 2 and at == LATER else 1)

    def told(self, *metrics: str, **where: Any) -> dict[str, list[Any]]:
        """What counts by cell, metric by metric."""
        found = {}
        for metric in metrics or ASKED:
            windows = change_cells(
                metric, programme_id=self.floor.programme.pk, before=BEFORE, now=AFTER, **{"where": {}} | where
            )
            found[metric] = [[(cell.values, cell.errors, cell.n) for cell in window] for window in windows]
        return found


@pytest.fixture(scope="module")
def _world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Given[World]]:
    with made_once(django_db_blocker, tmp_path_factory.mktemp("cubes"), World) as given:
        yield given


@pytest.fixture
def world(_world: Given[World], db: None, data_dir: Path) -> World:
    return _world(data_dir)


def test_cells_say_what_the_log_says_and_need_it_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    apart = [
        Apart(since=AFTER.since, until=AFTER.until, where={"language": "fi", "worker": str(world.floor.workers[1].pk)})
    ]
    asked: list[dict[str, Any]] = [{"where": {"organisation": world.floor.vendor.pk}}, {"apart": apart}]
    assert not CubeParts.objects.exists(), "so little is not worth a row yet"
    from_log = [world.told(), *(world.told("handle_time", **each) for each in asked)]
    assert sum(n for _values, _errors, n in from_log[0]["handle_time"][0]) == 24
    assert sum(errors for _values, errors, _n in from_log[0]["handle_time_p90"][0]) == pytest.approx(2.4)
    assert len(from_log[2]["handle_time"][1]) < len(from_log[0]["handle_time"][1])
    limit = limit_of_cells(metrics["handle_time"], 0.9, world.floor.programme.pk, {}, BEFORE)  # type: ignore[arg-type]
    assert limit == pytest.approx(14.6, rel=0.1)
    take_in(LATER, everything=True)
    monkeypatch.setattr(changing_cubes, "opened", None)
    assert [world.told(), *(world.told("handle_time", **each) for each in asked)] == from_log


def test_late_and_taken_back_rows_leave_what_a_rebuild_makes(world: World) -> None:
    take_in(LATER, everything=True)
    first = sorted(CubeParts.objects.values_list("id", "cells"))
    values = CubeValue.objects.count()
    late = world.floor.decision(2, 5, "Unsure", at=NOW, active_ms=77_777)
    world.floor.write(decisions=[world.rows[0] | {"sign": -1}, late], now=LATER)
    take_in(LATER, everything=True)
    grown = sorted(CubeParts.objects.values_list("id", "cells"))
    assert grown != first
    rebuild(LATER)
    assert sorted(CubeParts.objects.values_list("id", "cells")) == grown
    world.floor.write(decisions=[world.rows[0], late | {"sign": -1}], now=LATER)
    take_in(LATER, everything=True)
    assert sorted(CubeParts.objects.values_list("id", "cells")) == first
    assert CubeValue.objects.count() == values + 1
