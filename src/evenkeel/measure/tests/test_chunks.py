"""What is taken in at once: whole days, so that the cells of a day are written once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from evenkeel.measure.rollup import feeds


def chunks(*batches: tuple[int, int]) -> list[list[tuple[int, int]]]:
    """Of batches (day, rows) in the order in which they were written."""
    given: Sequence[Any] = [
        SimpleNamespace(pk=place, day=date(2026, 1, day), rows=rows) for place, (day, rows) in enumerate(batches)
    ]
    return [[(batch.day.day, batch.rows) for batch in chunk] for chunk in feeds._chunks(given, 100)]


def test_few_rows_of_several_days_go_together() -> None:
    assert chunks((1, 30), (2, 30), (3, 30), (4, 30)) == [[(1, 30), (2, 30), (3, 30)], [(4, 30)]]


def test_a_large_day_is_not_divided() -> None:
    assert chunks((1, 80), (1, 80), (2, 80), (1, 80)) == [[(1, 80), (1, 80), (1, 80)], [(2, 80)]]


def test_a_day_beyond_what_is_grouped_at_once_is_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_ROWS_OF_A_DAY", 200)
    assert chunks((1, 90), (1, 90), (1, 90)) == [[(1, 90), (1, 90)], [(1, 90)]]
    monkeypatch.setattr(feeds, "_FILES_AT_ONCE", 1)
    assert chunks((1, 1), (1, 1)) == [[(1, 1)], [(1, 1)]]
