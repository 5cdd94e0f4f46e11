"""`evenkeel explain`: three forms of input, the documented keys, refusals with file, row, column and fix, no install."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from evenkeel.edges.cli.root import root

KEYS = ["verdict", "mix", "rate", "remainder", "causes", "seconds"]
CAUSE = ["where", "rate_ratio", "excess", "share", "n", "score", "also_known_as"]
COUNTED = ("--value", "bad", "--count", "n", "--window-column", "window", "--dimensions", "site,Ort")


def call(*args: Any) -> tuple[int, str]:
    said = CliRunner().invoke(root, ["explain", *[str(each) for each in args]])
    return said.exit_code, said.output


def read(*args: Any) -> Any:
    code, said = call(*args, "--json")
    assert code == 0, said
    return json.loads(said)


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    """Decisions of three vendors with two sites each; site 4 got worse."""
    rng = np.random.default_rng(1)
    site, queue, now = rng.integers(0, 6, 30_000), rng.integers(0, 5, 30_000), np.arange(30_000) >= 20_000
    error = rng.random(30_000) < 0.05 * np.where(now & (site == 4), 2.5, 1)
    path = tmp_path / "decisions.parquet"
    window = np.where(now, "current", "baseline")
    columns = {"vendor": site // 2, "site": site, "queue": queue, "error": error, "window": window, "note": queue}
    parquet.write_table(pa.table(columns), path)
    return path


@pytest.fixture
def cells(tmp_path: Path) -> Path:
    path = tmp_path / "cells.csv"
    rows = ["site,Ort,window,bad,n", *(f"007,Köln,{w},50,1000\n08,Ulm,{w},{50 if w == 'baseline' else 150},1000" for w in
            ("baseline", "current")), ",Bonn,baseline,50,1000", ",Bonn,current,50,1000"]  # fmt: skip
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_decisions_give_the_documented_keys(decisions: Path) -> None:
    said = read(
        decisions, "--event", "error", "--window-column", "window", "--dimensions", "vendor,site,queue",
        "--hierarchy", "vendor>site",
    )  # fmt: skip
    assert list(said) == KEYS
    assert said["verdict"] == "localised"
    (cause,) = said["causes"]
    assert list(cause) == CAUSE
    assert cause["where"] == {"site": 4}
    assert list(cause["share"]) == ["value", "low", "high"]
    assert cause["share"]["low"] < cause["share"]["value"] < cause["share"]["high"]
    assert 2 < cause["rate_ratio"] < 3.2


def test_counted_cells_keep_their_texts_and_their_empty_values(cells: Path) -> None:
    said = read(cells, *COUNTED)
    (cause,) = said["causes"]
    assert cause["where"] in ({"site": "08"}, {"Ort": "Ulm"})
    assert cause["also_known_as"] in ([{"site": "08"}], [{"Ort": "Ulm"}])
    assert said["mix"] + said["rate"] + said["remainder"] == pytest.approx(250 / 3000 - 150 / 3000, abs=1e-15)
    packed = cells.with_suffix(".csv.gz")
    packed.write_bytes(gzip.compress(cells.read_bytes()))
    assert read(packed, *COUNTED) | {"seconds": 0} == said | {"seconds": 0}
    text = cells.read_text(encoding="utf-8")
    cells.write_text(text.replace("08,Ulm,current,150", ",Ulm,current,150").replace("08,Ulm", ",Ulm"), encoding="utf-8")
    by_site = ("--value", "bad", "--count", "n", "--window-column", "window", "--dimensions", "site")
    assert read(cells, *by_site)["causes"][0]["where"] == {"site": None}


def test_a_table_with_forecasts_needs_no_window(tmp_path: Path) -> None:
    path = tmp_path / "leaves.csv"
    rng = np.random.default_rng(2)
    rows = ["a,b,real,predict"]
    for a in range(6):
        for b in range(8):
            predict = rng.uniform(50, 150)
            real = predict * (1 + rng.normal(0, 0.01)) * (0.4 if (a, b) == (2, 5) else 1.0)
            rows.append(f"{a},{b},{real},{predict}")
    path.write_text("\n".join(rows), encoding="utf-8")
    said = read(path, "--real", "real", "--predict", "predict", "--dimensions", "a,b")
    assert list(said) == KEYS
    assert [cause["where"] for cause in said["causes"]] == [{"a": "2", "b": "5"}]
    assert list(said["causes"][0]) == CAUSE
    assert said["causes"][0]["share"]["value"] == pytest.approx(said["causes"][0]["excess"] / said["rate"])


def test_windows_may_be_cut_from_a_column_of_minutes(tmp_path: Path) -> None:
    path = tmp_path / "minutes.csv"
    rng = np.random.default_rng(3)
    rows = ["minute,cdn,bitrate,value,cnt"]
    for minute in range(-10, 2):
        for cdn in range(4):
            for bitrate in (500, 2000, 4000):
                n = int(rng.integers(2_000, 20_000))
                p = 0.02 * rng.lognormal(0, 0.1) * (4 if minute == 0 and bitrate == 2000 else 1)
                rows.append(f"{minute},{cdn},{bitrate},{rng.binomial(n, p)},{n}")
    path.write_text("\n".join(rows), encoding="utf-8")
    said = read(path, "--value", "value", "--count", "cnt", "--window-column", "minute", "--baseline", "<0",
                "--current", "=0", "--dimensions", "cdn,bitrate")  # fmt: skip
    assert [cause["where"] for cause in said["causes"]] == [{"bitrate": "2000"}]
    code, text = call(path, "--value", "value", "--count", "cnt", "--window-column", "minute", "--baseline", "<0",
                      "--current", "0", "--dimensions", "cdn,bitrate")  # fmt: skip
    assert code == 0
    assert "bitrate = 2000" in text
    assert "mix" in text


def test_times_and_their_quantiles_are_explained_too(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    tool, now = rng.integers(0, 3, 6_000), np.arange(6_000) >= 4_000
    seconds = rng.gamma(2, 20, 6_000) * np.where(now & (tool == 1), 1.5, 1)
    path = tmp_path / "times.parquet"
    parquet.write_table(pa.table({"tool": tool, "window": now.astype(int), "seconds": seconds}), path)
    shared = (path, "--value", "seconds", "--window-column", "window", "--dimensions", "tool")
    for more in ((), ("--quantile", 0.9)):
        assert [cause["where"] for cause in read(*shared, *more)["causes"]] == [{"tool": 1}]


def test_numbers_that_a_tool_wrote_as_floats_stay_whole(tmp_path: Path) -> None:
    path = tmp_path / "floats.parquet"
    columns = {
        "site": [1.0, 2.0, None] * 2,
        "window": ["baseline"] * 3 + ["current"] * 3,
        "bad": [50, 50, 50, 50, 160, 50],
    }
    parquet.write_table(pa.table({**columns, "n": [1000] * 6}), path)
    said = read(path, "--value", "bad", "--count", "n", "--window-column", "window", "--dimensions", "site")
    assert [cause["where"] for cause in said["causes"]] == [{"site": 2}]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a,K,baseline,5,4", "row 4, column bad: more events than there are"),
        ("a,K,baseline,x,4", "row 4, column bad: 'x' is no number"),
        ("a,K,baseline,,4", "row 4, column bad: the cell is empty"),
        ("a,K,baseline,-1,4", "row 4, column bad: -1 does not fit"),
        ("a,K,later,1,4", "row 4, column window: 'later' is no window"),
        ("a,K,,1,4", "row 4, column window: '' is no window"),
    ],
)
def test_bad_cells_are_refused_with_row_column_and_fix(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(f"site,Ort,window,bad,n\na,K,baseline,1,9\na,K,current,1,9\n{line}\n", encoding="utf-8")
    code, text = call(path, *COUNTED)
    assert code == 2
    assert f"bad.csv, {said}" in text
    problem = json.loads(call(path, *COUNTED, "--json")[1])["problem"]
    assert (problem["code"], problem["row"]) == ("input", 4)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--event", "error", "--dimensions", "site"), "--window-column"),
        (("--event", "error", "--value", "error", "--window-column", "window", "--dimensions", "site"), "one of --event"),
        (("--event", "error", "--count", "n", "--window-column", "window", "--dimensions", "site"), "belong to --value"),
        (("--real", "error", "--dimensions", "site"), "--predict"),
        (("--event", "error", "--window-column", "window", "--dimensions", "site,site"), "once each"),
        (("--event", "error", "--window-column", "window", "--dimensions", "site", "--hierarchy", "a>site"), "'a' is not"),
        (("--event", "error", "--window-column", "window", "--dimensions", "town"), "column 'town' is missing"),
        (("--event", "queue", "--window-column", "window", "--dimensions", "site"), "row"),
        (("--event", "error", "--window-column", "site", "--baseline", "0", "--current", "99", "--dimensions", "queue"),
         "no row is in the current window"),
        (("--event", "error", "--window-column", "site", "--baseline", "<3", "--current", "2", "--dimensions", "queue"),
         "in both windows"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(decisions: Path, words: tuple[str, ...], said: str) -> None:
    code, text = call(decisions, *words)
    assert code == 2
    assert said in text
    assert "Traceback" not in text


def test_files_that_are_none_are_refused(tmp_path: Path) -> None:
    missing, empty, broken = tmp_path / "no.csv", tmp_path / "empty.csv", tmp_path / "broken.parquet"
    empty.write_text("site,Ort,window,bad,n\n", encoding="utf-8")
    broken.write_bytes(b"no parquet")
    for path, said in ((missing, "no such file"), (empty, "no rows"), (broken, "cannot be read")):
        code, text = call(path, *COUNTED)
        assert code == 2
        assert said in text


def test_it_works_without_an_install(cells: Path, tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("EVENKEEL", "DJANGO"))}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    out = subprocess.run(
        [sys.executable, "-m", "evenkeel.edges.cli", "explain", str(cells), *COUNTED, "--json"],
        capture_output=True, text=True, check=True, cwd=elsewhere, env=env,
    ).stdout  # fmt: skip
    assert json.loads(out)["verdict"] == "localised"
    assert list(elsewhere.iterdir()) == []
