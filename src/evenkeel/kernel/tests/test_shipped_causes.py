"""The reference cases of root causes: F1 with one default setting, scored as their README says."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pyarrow import compute as pc
from pyarrow import parquet

from evenkeel.kernel import explain_rate, explain_shift

pytestmark = pytest.mark.shared_data

Cause = dict[str, Any]
Score = tuple[int, int, int]
NESTED = (("vendor", "site", "team"), ("language", "market"))


def f1(scores: list[Score]) -> float:
    right, wrong, missed = (sum(score[k] for score in scores) for k in range(3))
    return 2 * right / (2 * right + wrong + missed)


def exactly(causes: list[Cause], found: list[Cause]) -> Score:
    true, said = ({tuple(sorted(cause.items())) for cause in some} for some in (causes, found))
    return len(true & said), len(said - true), len(true - said)


def by_rows(inside: Callable[[Cause], Any], causes: list[Cause], found: list[Cause]) -> Score:
    open_ = [inside(cause) for cause in causes]
    right = 0
    for cause in found:
        rows = inside(cause)
        same = [k for k, other in enumerate(open_) if (rows & other).sum() >= 0.95 * (rows | other).sum()]
        right += len(same[:1])
        open_ = [other for k, other in enumerate(open_) if k not in same[:1]]
    return right, len(found) - right, len(causes) - right


@pytest.fixture(scope="module")
def rate_cases(reference_data: Path) -> list[tuple[dict[str, Any], Any, Any, list[Cause]]]:
    told = []
    for label in json.loads((reference_data / "rca/rate/labels.json").read_text()):
        table = parquet.read_table(reference_data / "rca" / label["file"])
        columns = {name: table.column(name).to_numpy() for name in table.column_names}
        now, error = columns.pop("period") == 1, columns.pop("err").astype(float)
        told.append((columns, error, now, [cause["element"] for cause in label["causes"]]))
    return told


def test_decisions_name_their_causes_and_nothing_else(rate_cases: Any) -> None:
    scores = []
    for columns, error, now, causes in rate_cases:
        said = explain_rate(columns, error, now, hierarchies=NESTED)
        assert said.mix + said.rate + said.remainder == pytest.approx(said.change, abs=1e-12)
        assert abs(said.remainder) < 1e-12
        found = [dict(cause.where) for cause in said.causes]
        assert causes or not found, "no cause where there is none"
        scores.append(by_rows(_inside(columns, now), causes, found))
    assert f1(scores) >= 0.9


def test_faults_by_the_minute_are_found(reference_data: Path) -> None:
    scores = [
        exactly(causes, [dict(cause.where) for cause in explain_rate(columns, x, now, n=n).causes])
        for columns, x, n, now, causes in _faults(reference_data)
    ]
    assert f1(scores) >= 0.7


def test_leaf_tables_are_found(reference_data: Path) -> None:
    scores: defaultdict[str, list[Score]] = defaultdict(list)
    for label in json.loads((reference_data / "rca/leaf/labels.json").read_text()):
        table = parquet.read_table(reference_data / "rca" / label["file"])
        columns = {name: table.column(name).to_numpy() for name in label["dims"]}
        real, predict = (table.column(name).to_numpy() for name in ("real", "predict"))
        found = [dict(cause.where) for cause in explain_shift(columns, real, predict).causes]
        scores[label["dataset"]].append(exactly(label["causes"], found))
    assert f1(scores["B0"]) >= 0.97
    assert f1(scores["S"]) >= 0.85
    assert f1(scores["L"]) >= 0.99


def _inside(columns: dict[str, Any], now: Any) -> Callable[[Cause], Any]:
    def rows(cause: Cause) -> Any:
        mask = now.copy()
        for name, value in cause.items():
            mask &= columns[name] == value
        return mask

    return rows


def _faults(reference_data: Path) -> Iterator[tuple[dict[str, Any], Any, Any, Any, list[Cause]]]:
    whole = parquet.read_table(reference_data / "rca/faults/faults.parquet", filters=[("minute", "<=", 0)])
    for label in json.loads((reference_data / "rca/faults/labels.json").read_text()):
        table = whole.filter(pc.equal(whole.column("case"), label["case"]))
        columns = {name: np.array(table.column(name).to_pylist(), dtype=object) for name in label["dims"]}
        x, n, minute = (table.column(name).to_numpy() for name in ("value", "cnt", "minute"))
        yield columns, x, n, minute == 0, label["causes"]
