"""`agree`, `infer`, `raters`: exact keys, every file form, refusals that say file, row, column and fix; no install."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evenkeel.edges.cli import root

AGREE = [
    "n_labels", "n_items", "n_raters", "classes", "percent", "alpha", "fleiss", "conger", "ac1", "brennan_prediger",
    "warnings",
]  # fmt: skip
INFER = [
    "method", "iterations", "log_likelihood", "classes", "accuracy", "calibration_error", "labels_file", "ranking",
    "warnings",
]  # fmt: skip
ESTIMATE = ["value", "low", "high", "n", "n_effective", "method", "level"]

# Two of three people agree on each of five items; the gold says who was right.
ROWS = [
    ("a", "ann", "1", "1"), ("a", "ben", "1", "1"), ("a", "cleo", "2", "1"),
    ("b", "ann", "2", "2"), ("b", "ben", "2", "2"), ("b", "cleo", "2", "2"),
    ("c", "ann", "10", "10"), ("c", "ben", "2", "10"), ("c", "cleo", "10", "10"),
    ("d", "ann", "1", ""), ("d", "ben", "1", ""), ("d", "cleo", "1", ""),
    ("e", "ann", "2", "2"), ("e", "ben", "2", "2"), ("e", "cleo", "1", "2"),
]  # fmt: skip


def text(rows: Sequence[tuple[str, ...]] = ROWS, header: str = "item,worker,label,truth") -> str:
    return "\n".join([header, *(",".join(row) for row in rows)]) + "\n"


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "labels.csv"
    path.write_text(text())
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(root, [str(word) for word in words])


def run_json(*words: object, leaves: int = 0) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == leaves, result.output
    return json.loads(result.stdout)


def test_agree_prints_exactly_its_keys(labels: Path) -> None:
    found = run_json("agree", labels)
    assert list(found) == AGREE
    assert [list(found[name]) for name in AGREE[4:-1]] == [ESTIMATE] * 6
    assert (found["n_labels"], found["n_items"], found["n_raters"]) == (15, 5, 3)
    assert found["classes"] == ["1", "2", "10"]  # by size, not by letters
    assert found["percent"]["value"] == pytest.approx(0.6)


def test_levels_weigh_distances(labels: Path) -> None:
    alphas = {
        level: run_json("agree", labels, "--level", level)["alpha"] for level in ("nominal", "ordinal", "interval")
    }
    assert len({alpha["value"] for alpha in alphas.values()}) == 3
    assert alphas["interval"]["method"] == "krippendorff_alpha_interval_linearised"


def test_infer_prints_exactly_its_keys_and_writes_every_item(labels: Path, tmp_path: Path) -> None:
    out = tmp_path / "truth.csv"
    found = run_json("infer", labels, "--out", out)
    assert list(found) == INFER
    assert list(found["accuracy"]) == ESTIMATE
    assert found["accuracy"]["n"] == 4
    assert found["labels_file"] == str(out)
    assert sum(found["classes"].values()) == pytest.approx(1)
    assert {one["method"] for one in found["ranking"]} == {"ds", "mv", "wawa", "zbs", "one-coin", "mace", "ibcc", "la"}
    with out.open() as file:
        rows = list(csv.DictReader(file))
    assert [row["item"] for row in rows] == ["a", "b", "c", "d", "e"]
    assert list(rows[0]) == ["item", "label", "confidence", "p_1", "p_2", "p_10"]
    assert rows[1]["label"] == "2"


@pytest.mark.parametrize(
    "method", ["mv", "wawa", "zbs", "ds", "ds-plain", "one-coin", "mace", "ibcc", "ebcc", "glad", "la"]
)
def test_every_method_can_be_asked_for(method: str, labels: Path) -> None:
    found = run_json("infer", labels, "--method", method)
    assert (found["method"], found["ranking"]) == (method, [])
    assert found["accuracy"]["value"] >= 0.7


def test_without_truth_there_is_no_accuracy(tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text(text([row[:3] for row in ROWS], "item,worker,label"))
    found = run_json("infer", path, "--method", "mv")
    assert (found["accuracy"], found["calibration_error"], found["labels_file"]) == (None, None, None)


def test_raters_are_told_worst_first(labels: Path) -> None:
    found = run_json("raters", labels)
    assert list(found) == ["n_labels", "n_items", "n_raters", "classes", "raters", "warnings"]
    assert [row["worker"] for row in found["raters"]] == ["cleo", "ben", "ann"]
    assert found["raters"][0]["accuracy"]["value"] == 0.5
    assert found["raters"][0]["accuracy"]["n"] == 4


def moment(at: int) -> str:
    return f"2026-03-01T{at // 60:02}:{at % 60:02}:00Z"


def test_a_fall_in_time_is_found(tmp_path: Path) -> None:
    rows = [
        (
            f"i{at:03}",
            name,
            str((at + (name == "bad" and at >= 60)) % 2),
            str(at % 2),
            f"2026-03-01T{at // 60:02}:{at % 60:02}:00Z",
        )
        for at in range(120)
        for name in ("good", "bad")
    ]
    path = tmp_path / "timed.csv"
    path.write_text(text(rows[::-1], "item,worker,label,truth,time"))
    fell = {row["worker"]: row["fell_after"] for row in run_json("raters", path)["raters"]}
    assert fell == {"good": None, "bad": 60}


def test_gzip_parquet_marks_and_other_columns_are_read_alike(labels: Path, tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    wanted = run_json("agree", labels)
    packed = tmp_path / "labels.csv.gz"
    packed.write_bytes(gzip.compress(b"\xef\xbb\xbf" + text().encode()))
    columns = {name: [row[at] for row in ROWS] for at, name in enumerate(("item", "worker", "label"))}
    more = tmp_path / "labels.parquet"
    parquet.write_table(
        pa.table({**columns, "label": [int(label) for label in columns["label"]], "note": ["x"] * len(ROWS)}), more
    )
    assert run_json("agree", packed) == wanted
    assert run_json("agree", more) == wanted


def test_a_weight_counts(tmp_path: Path) -> None:
    rows = [("a", "ann", "x", "1"), ("a", "ben", "y", "3"), ("b", "ann", "x", "1"), ("b", "ben", "x", "1")]
    path = tmp_path / "weighed.csv"
    path.write_text(text(rows, "item,worker,label,weight"))
    out = tmp_path / "out.csv"
    run_json("infer", path, "--method", "mv", "--out", out)
    with out.open() as file:
        assert next(csv.DictReader(file))["label"] == "y"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("item,worker\na,b\n", ["no column 'label'"]),
        ("item,worker,label\n", ["no row below the header"]),
        ("item,worker,label\na,b,1\na,,2\n", ["row 3", "'worker'", "empty"]),
        ("item,worker,label,weight\na,b,1,1\na,c,1,-2\n", ["row 3", "'weight'", "negative"]),
        ("item,worker,label,weight\na,b,1,nan\n", ["row 2", "'weight'", "not a number"]),
        ("item,worker,label,truth\na,b,1,1\na,c,1,2\n", ["row ", "'truth'", "differs"]),
        ("item,worker,label,time\na,b,1,yesterday\n", ["row 2", "'time'", "no moment"]),
        ("item,worker,label\na,b\n", ["not a file of labels"]),
        ("", ["not a file of labels"]),
    ],
)
def test_what_does_not_fit_is_refused_with_row_column_and_fix(content: str, said: list[str], tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(content)
    for command in ("agree", "infer", "raters"):
        problem = run_json(command, path, leaves=2)["problem"]
        assert all(words in problem["detail"] for words in [str(path), *said]), problem
        assert any(problem["fields"].values())


def test_labels_that_are_no_numbers_have_no_interval(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text(text([("a", "x", "1"), ("a", "y", "no")], "item,worker,label"))
    problem = run_json("agree", path, "--level", "interval", leaves=2)["problem"]
    assert "row 3, column 'label' holds 'no'" in problem["detail"]
    assert run_json("agree", path, "--level", "ordinal")["n_labels"] == 2


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = run("agree", tmp_path / "none.csv")
    assert result.exit_code == 2
    assert "there is no such file" in result.stderr


def test_one_item_one_class_and_one_rater_are_answered_with_warnings(tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_text("item,worker,label\na,b,x\n")
    found = run_json("agree", path)
    assert found["alpha"]["value"] is None
    assert {warning.partition(":")[0] for warning in found["warnings"]} == {"no_pair", "one_rater"}
    assert run_json("infer", path)["classes"] == {"x": 1.0}
    assert run_json("raters", path)["n_raters"] == 1


def test_it_works_outside_any_install_and_loads_no_database(labels: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    code = (
        "import sys; from evenkeel.edges.cli import main\n"
        f"try: main(['agree', {str(labels)!r}])\n"
        "except SystemExit as end: print(end.code, 'django.db.models' in sys.modules, 'scipy.stats' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=empty, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 False False"
    assert list(empty.iterdir()) == []
    assert "percent            0.600000" in done.stdout


@pytest.mark.shared_data
def test_dawid_and_skenes_table_at_the_command_line(reference_data: Path) -> None:
    path = reference_data / "quality/dawid_skene_1979.csv.gz"
    found = run_json("agree", path)
    assert round(found["alpha"]["value"], 6) == 0.582571
    assert round(found["ac1"]["value"], 4) == 0.6494
    plain = run_json("infer", path, "--method", "ds-plain")
    assert round(plain["log_likelihood"], 3) == -192.891
    assert [round(share, 2) for share in plain["classes"].values()] == [0.40, 0.42, 0.11, 0.07]
