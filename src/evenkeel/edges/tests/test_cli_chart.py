"""`chart`: what it prints, draws and refuses, and that it needs no install."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evenkeel.edges.cli.root import root

COUNTS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22]
SHARES = "day,errors,audits\n" + "".join(f"2026-03-{day:02d},{x},50\n" for day, x in enumerate(COUNTS, 1))
DAYS = [f"2026-03-{day:02d}" for day in range(1, 31)]


def call(*args: Any) -> tuple[int, str]:
    said = CliRunner().invoke(root, ["chart", *[str(each) for each in args]])
    return said.exit_code, said.output


def read(*args: Any) -> Any:
    code, said = call(*args, "--json")
    assert code == 0, said
    return json.loads(said)


@pytest.fixture
def shares(tmp_path: Path) -> Path:
    path = tmp_path / "shares.csv"
    path.write_text(SHARES, encoding="utf-8")
    return path


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_it_says_limits_and_flags(shares: Path) -> None:
    said = read(shares, "--kind", "p", "--value", "errors", "--size", "audits", "--freeze", "14", "--rules", "1,5")
    assert set(said) == {"kind", "method", "budget", "series", "limits", "flags", "svg", "warnings"}
    (series,) = said["series"]
    assert series["centre"] == pytest.approx(sum(COUNTS[:14]) / 700)
    assert (series["flags"], series["baseline_points"], series["rules"]["1"]) == ([15], 14, [15])
    assert [(flag["point"], flag["rule"], flag["side"]) for flag in said["flags"]] == [(15, "beyond_limits", 1)]
    assert said["limits"][0] | {"z": None} == {
        "by": {}, "point": 1, "time": 1, "value": 0.24, "statistic": 0.24, "centre": series["centre"],
        "lower": series["lower"], "upper": series["upper"], "z": None,
    }  # fmt: skip
    code, text = call(shares, "--kind", "p", "--value", "errors", "--size", "audits", "--freeze", "14")
    assert code == 0
    assert "flagged 15" in text


@pytest.mark.parametrize(
    "kind", ["laney-p", "laney_p", "pprime", "P'", "beta-p", "np", "u", "laney-u", "ewma", "cusum"]
)
def test_kinds_over_sizes_are_drawn_whatever_their_spelling(shares: Path, kind: str) -> None:
    said = read(shares, "--kind", kind, "--value", "errors", "--size", "audits", "--time", "day")
    assert len(said["limits"]) == 15
    assert said["limits"][0]["time"] == "2026-03-01"


@pytest.mark.parametrize("kind", ["i", "mr", "c", "g", "t", "run", "ewma", "cusum"])
def test_kinds_of_single_values_are_drawn(shares: Path, kind: str) -> None:
    said = read(shares, "--kind", kind, "--value", "errors")
    assert (said["kind"], len(said["limits"]), said["series"][0]["n"]) == (kind, 15, 15)


@pytest.mark.parametrize("kind", ["xbar", "r", "s", "ewma", "cusum"])
def test_rows_of_one_group_are_a_subgroup(tmp_path: Path, kind: str) -> None:
    rows = "".join(f"{group},{(group * 7 + k * 3) % 5}\n" for group in range(1, 9) for k in range(4))
    said = read(write(tmp_path / "g.csv", "lot,mm\n" + rows), "--kind", kind, "--value", "mm", "--group", "lot")
    assert said["series"][0]["n"] == 8


def test_rows_are_sorted_added_and_gaps_kept(tmp_path: Path) -> None:
    text = "day,site,err,n,note\n2026-01-03,b,1,10,x\n2026-01-01,ü,2,10,\n2026-01-02,b,1,10,\n2026-01-01,b,0,0,\n"
    text += "2026-01-03,ü,NaN,10,\n2026-01-01,ü,1,10,\n"
    said = read(write(tmp_path / "a.csv", text), "--value", "err", "--size", "n", "--by", "site", "--time", "day")
    assert [one["by"]["site"] for one in said["series"]] == ["b", "ü"]
    assert [(row["by"]["site"], row["time"], row["value"]) for row in said["limits"]] == [
        ("b", "2026-01-02", 0.1), ("b", "2026-01-03", 0.1), ("ü", "2026-01-01", 0.15),
    ]  # fmt: skip


def test_a_budget_sets_limits_for_all_series_together(tmp_path: Path) -> None:
    rows = "".join(
        f"{day},{site},{4 + (k * 5 + len(site)) % 4 + (20 if site == 'three' and k == 25 else 0)},100\n"
        for site in ("one", "two", "three")
        for k, day in enumerate(DAYS)
    )
    path = write(tmp_path / "b.csv", "day,site,err,n\n" + rows)
    few, many = (
        read(path, "--value", "err", "--size", "n", "--by", "site", "--time", "day", "--freeze", "20", "--budget", said)
        for said in ("1/year", "3/week")
    )
    assert few["budget"]["per_point"] == pytest.approx(1 / 365.25 / 3)
    assert few["series"][0]["upper"] > many["series"][0]["upper"]
    assert {(flag["by"]["site"], flag["time"]) for flag in few["flags"]} == {("three", "2026-03-26")}


def test_weeks_are_told_from_days(tmp_path: Path) -> None:
    weeks = "".join(f"2026-0{1 + k // 4}-{1 + k % 4 * 7:02d},{k % 3},50\n" for k in range(12))
    path = write(tmp_path / "w.csv", "week,err,n\n" + weeks)
    said = read(path, "--value", "err", "--size", "n", "--time", "week", "--budget", "1/month")
    assert said["budget"]["points_per_period"] == pytest.approx(30.4375 / 7)
    assert (
        read(path, "--value", "err", "--size", "n", "--budget", "1/week", "--every", "week")["budget"]["per_point"] == 1
    )


def test_a_season_may_be_the_weekday(tmp_path: Path) -> None:
    rows = "".join(f"{day},{30 if k % 7 in (5, 6) else 10},400\n" for k, day in enumerate(DAYS[:28]))
    path = write(tmp_path / "s.csv", "day,err,n\n" + rows)
    plain, by_day = (read(path, "--value", "err", "--size", "n", "--time", "day", *more)
                     for more in ((), ("--season", "weekday")))  # fmt: skip
    assert len(set(by_day["series"][0]["centre"])) == 2
    width = [max(row["upper"] - row["lower"] for row in said["limits"]) for said in (plain, by_day)]
    assert width[1] < width[0]


def test_it_draws_one_picture_a_series(tmp_path: Path, shares: Path) -> None:
    svg = tmp_path / "one.svg"
    said = read(shares, "--kind", "p", "--value", "errors", "--size", "audits", "--time", "day", "--svg", svg)
    assert said["svg"] == [str(svg)]
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    path = write(tmp_path / "two.csv", "site,x\na,1\nb,2\na,3\nb,<script>\n".replace("<script>", "4"))
    said = read(path, "--value", "x", "--by", "site", "--svg", tmp_path / "more.svg")
    assert [Path(each).name for each in said["svg"]] == ["more-1.svg", "more-2.svg"]


@pytest.mark.parametrize(
    ("text", "args", "words"),
    [
        ("err,n\n11,10\n", ("--size", "n"), ("row 2", "column err", "more than its size")),
        ("err,n\n1,10\nx,10\n", ("--size", "n"), ("row 3", "column err", "no number")),
        ("err,n\n-1,10\n", ("--size", "n"), ("row 2", "column err")),
        ("err,n\n1,inf\n", ("--size", "n"), ("row 2", "column n")),
        ("err,day\n1,\n", ("--time", "day"), ("row 2", "column day", "empty")),
        ("err,day\n1,2\n1,2\n", ("--time", "day"), ("row 3", "a value already")),
        ("wrong,n\n1,10\n", ("--size", "n"), ("column 'err' is missing",)),
        ("err\n", (), ("no rows",)),
        ("err\n1\n", ("--kind", "p"), ("--size",)),
        ("err\n1\n", ("--kind", "xbar"), ("--group",)),
        ("err\n1\n", ("--kind", "zap"), ("Kinds are",)),
        ("err\n1\n", ("--freeze", "9"), ("--freeze",)),
        ("err\n1\n", ("--budget", "never"), ("--budget", "1/week")),
        ("err\n1\n", ("--rules", "9"), ("--rules",)),
        ("err\n1\n", ("--season", "weekday"), ("dates",)),
        ("err\n1\n2\n3\n", ("--freeze", "2", "--part", "2"), ("freeze and part",)),
        ("err\n1\n", ("--kind", "g", "--convention", "nelson"), ("three_sigma",)),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(
    tmp_path: Path, text: str, args: tuple[str, ...], words: tuple[str, ...]
) -> None:
    code, said = call(write(tmp_path / "bad.csv", text), "--value", "err", *args)
    assert code == 2
    for word in words:
        assert word in said
    assert "Traceback" not in said


@pytest.mark.parametrize("text", ["x\n5\n", "x\n5\n5\n5\n5\n", "x\n\nNaN\n", "x\n0\n0\n0\n"])
@pytest.mark.parametrize("kind", ["i", "mr", "c", "g", "t", "run", "ewma", "cusum"])
def test_tiny_and_constant_series_are_charted_without_an_alarm(tmp_path: Path, text: str, kind: str) -> None:
    path = write(tmp_path / "tiny.csv", text.replace("\n\n", '\n""\n'))
    assert read(path, "--kind", kind, "--value", "x", "--budget", "1/week")["flags"] == []


def test_it_needs_no_install_and_reads_gzip(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    folder.mkdir()
    path = folder / "shares.csv.gz"
    path.write_bytes(gzip.compress(SHARES.encode()))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("EVENKEEL", "DJANGO"))}
    words = [sys.executable, "-m", "evenkeel.edges.cli", "chart", str(path), "--kind", "p", "--value", "errors", "--size",
             "audits", "--svg", "drawn.svg", "--json"]  # fmt: skip
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["svg"] == ["drawn.svg"]
    assert sorted(each.name for each in folder.iterdir()) == ["drawn.svg", "shares.csv.gz"]
