"""`evenkeel effect`: what it prints for each design, what it refuses and where, and that it needs no install."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from evenkeel.edges.cli.root import root

KEYS = [
    "design", "verdict", "because", "criterion", "scale", "effect", "ratio", "difference", "careful", "p_value", "coefficient",
    "standard_error", "terms", "diagnostics", "assumes", "event_study", "negative_control", "start", "course", "seconds",
]  # fmt: skip


def call(*args: Any) -> tuple[int, str]:
    said = CliRunner().invoke(root, ["effect", *[str(each) for each in args]])
    return said.exit_code, said.output


def read(*args: Any) -> Any:
    code, said = call(*args, "--json")
    assert code == 0, said
    return json.loads(said)


def refused(*args: Any) -> str:
    code, said = call(*args, "--json")
    assert code == 2, said
    detail: str = json.loads(said)["problem"]["detail"]
    return detail


@pytest.fixture
def weeks(tmp_path: Path) -> Path:
    """Forty weeks of a site's errors among its audits; from week 26 on three in ten fewer. The rows lie upside down."""
    rng = np.random.default_rng(1)
    rows = []
    for week in range(40):
        n = int(rng.integers(800, 900))
        errors = rng.binomial(n, 0.06 * (0.6 if week >= 26 else 1.0))
        day = date(2025, 1, 6) + timedelta(weeks=week)
        rows.append(f"{day},{errors},{n},{rng.binomial(n, 0.1)},{int(week >= 26)},{20 + rng.normal():.3f}")
    file = tmp_path / "weeks.csv"
    file.write_text("\n".join(["week,errors,audits,other,is_on,quiet", *reversed(rows)]), encoding="utf-8")
    return file


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """Eight sites over 16 days; half of them get a new tool on day 10."""
    rng = np.random.default_rng(2)
    rows = ["tag,site,value,audits,tool,since"]
    for number, site in enumerate(["Kraków", "Łódź", "Gdańsk", "Zürich", "1", "2", "3", "4"]):
        for day in range(16):
            on = number < 4 and day >= 10
            wrong = rng.binomial(200, 0.10 + number / 100 - 0.05 * on)
            rows.append(f"2025-03-{day + 1:02},{site},{wrong},200,{int(on)},{'2025-03-11' if number < 4 else 'never'}")
    file = tmp_path / "sites.csv.gz"
    file.write_bytes(gzip.compress("\n".join(rows).encode()))
    return file


def test_one_series_by_date_with_its_negative_control_and_drawing(weeks: Path, tmp_path: Path) -> None:
    picture = tmp_path / "weeks.svg"
    said = read(
        weeks, "--design", "its", "--value", "errors", "--size", "audits", "--time", "week", "--start", "2025-07-07",
        "--criterion", "reduction >= 10%", "--negative-control", "other", "--svg", picture,
    )  # fmt: skip
    assert list(said) == KEYS
    assert (said["verdict"], said["scale"], said["start"]) == ("effective", "ratio", "2025-07-07")
    assert said["ratio"]["low"] < 0.6 < said["ratio"]["high"] < 0.9
    assert said["negative_control"]["low"] < 1 < said["negative_control"]["high"]
    assert said["course"][0]["time"] == "2025-01-06"
    assert sum(point["is_after"] for point in said["course"]) == 14
    assert {"level", "effect"} <= set(said["terms"])
    assert ElementTree.fromstring(picture.read_text(encoding="utf-8")).tag.endswith("svg")  # noqa: S314 - our own output
    lines = call(weeks, "--design", "interrupted", "--value", "errors", "--size", "audits", "--after", "is_on")[1]
    assert lines.startswith("Verdict: cannot tell. No criterion was stated.")
    assert "Assumes: Without the action" in lines


def test_a_frozen_baseline_and_a_counterfactual_series(weeks: Path) -> None:
    frozen = read(weeks, "--design", "freeze", "--value", "errors", "--size", "audits", "--after", "is_on")
    assert {"longest_run", "crossings"} <= {each["name"] for each in frozen["diagnostics"]}
    would = read(
        weeks, "--design", "counterfactual", "--value", "errors", "--size", "audits", "--start", "2025-07-07",
        "--controls", "quiet", "--criterion", "difference < -1 pp",
    )  # fmt: skip
    assert (would["verdict"], would["effect"]["method"]) == ("effective", "local_level_averaged")
    assert would["difference"]["value"] == pytest.approx(-0.024, abs=0.006)


def test_units_over_time_by_a_start_a_column_of_starts_or_a_switch(sites: Path) -> None:
    common = [sites, "--design", "did", "--value", "value", "--size", "audits", "--unit", "site", "--time", "tag"]
    by_names = read(
        *common, "--treated", "Kraków,Łódź,Gdańsk,Zürich", "--start", "2025-03-11", "--criterion", "difference < 0"
    )
    by_switch = read(*common, "--treated", "tool")
    by_column = read(*common, "--treated", "Kraków,Łódź,Gdańsk,Zürich", "--start", "since")
    assert by_names["difference"]["value"] == pytest.approx(-0.05, abs=0.015)
    assert by_names["difference"] == by_switch["difference"] == by_column["difference"]
    assert (by_names["verdict"], by_switch["verdict"]) == ("effective", "cannot_tell")
    assert [row["distance"] for row in by_names["event_study"]] == [-3, -2, -1, 0, 1, 2, 3, 4, 5]
    beside = read(
        sites, "--design", "counterfactual", "--value", "value", "--size", "audits", "--unit", "site", "--time", "tag",
        "--treated", "Kraków", "--controls", "1,2,3,4", "--start", "2025-03-11",
    )  # fmt: skip
    assert next(each["value"] for each in beside["diagnostics"] if each["name"] == "controls") == 4
    two = read(
        sites, "--design", "did", "--value", "value", "--treated", "tool", "--after", "tool", "--cluster", "site"
    )
    assert two["verdict"] == "cannot_tell"


def test_two_arms_in_batches_of_days(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    days = np.repeat(np.arange(20), 2)
    arm = np.tile(["old", "new"], 20)
    file = tmp_path / "arms.parquet"
    wrong = rng.binomial(200, np.where(arm == "new", 0.035, 0.06))
    parquet.write_table(pa.table({"day": days, "arm": arm, "wrong": wrong, "n": np.full(40, 200)}), file)
    said = read(
        file, "--design", "ab", "--value", "wrong", "--size", "n", "--arm", "arm", "--criterion", "ratio < 0.95"
    )
    assert (said["verdict"], said["effect"]["method"], said["effect"]["n"]) == ("effective", "normal_mixture", 8000)
    once = read(file, "--design", "ab", "--value", "wrong", "--size", "n", "--arm", "arm", "--looks", "one")
    assert once["effect"]["high"] - once["effect"]["low"] < said["effect"]["high"] - said["effect"]["low"]
    turned = read(
        file,
        "--design",
        "ab",
        "--value",
        "wrong",
        "--size",
        "n",
        "--arm",
        "arm",
        "--control",
        "new",
        "--treated",
        "old",
    )
    assert turned["difference"]["value"] == pytest.approx(-said["difference"]["value"])


def test_coaching_tells_what_luck_does(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    before, after = rng.binomial(50, 0.1, (2, 60))
    rows = [f"p{k},{before[k]},50,{after[k]},50,{'yes' if before[k] >= 8 else 'no'}" for k in range(60)]
    file = tmp_path / "people.csv"
    file.write_text("\n".join(["who,x0,n0,x1,n1,coached", *rows]))
    said = read(
        file, "--design", "coaching", "--before", "x0", "--before-size", "n0", "--value", "x1", "--size", "n1",
        "--treated", "coached", "--criterion", "reduction >= 10%",
    )  # fmt: skip
    looks = {each["name"]: each["value"] for each in said["diagnostics"]}
    assert looks["regression_to_the_mean"] < -0.03
    assert said["verdict"] != "effective"


def test_a_plan_says_the_weeks_and_exits_1_when_it_cannot_see_its_target() -> None:
    code, text = call("plan", "--rate", 0.05, "--target", 0.04, "--per-week", 1500, "--weeks", 6)
    assert (code, "it would need 9 weeks" in text) == (1, True)
    code, text = call("plan", "--rate", 0.05, "--target", 0.04, "--per-week", 1500, "--weeks", 9, "--json")
    said = json.loads(text)
    assert (code, said["n_per_arm"], said["weeks"], said["is_enough"]) == (0, 6745, 9, True)
    assert read("--power", 0.9, "--rate", 0.02, "--target", 0.015, "--per-week", 3000)["n_per_arm"] == 14451
    assert read("plan", "--design", "its", "--rate", 0.05, "--target", 0.04, "--per-week", 3000)["weeks"] > 1
    assert call("plan", "--rate", 0.05, "--per-week", 9)[0] == 2
    assert "must differ" in refused("plan", "--rate", 0.05, "--target", 0.05, "--per-week", 9)


SERIES = ("--design", "its", "--value", "errors", "--start", "3")


@pytest.mark.parametrize(
    ("text", "args", "says"),
    [
        ("time,errors\n1,5\n2,x\n", SERIES, "row 3, column errors: 'x' is no number"),
        ("time,errors\n1,5\n,6\n", SERIES, "row 3, column time: the cell is empty"),
        ("time,errors\n1,5\nlater,6\n", SERIES, "row 2, column time: '1' is no moment"),
        ("time,wrong\n1,5\n", SERIES, "column 'errors' is missing"),
        ("time,errors\n", SERIES, "it has no rows"),
        ("time,errors,n\n1,5,9\n2,5,-3\n", (*SERIES, "--size", "n"), "row 3, column n: -3 is too small"),
        (
            "time,errors,on\n1,5,0\n2,5,maybe\n",
            ("--design", "its", "--value", "errors", "--after", "on"),
            "row 3, column on",
        ),
        ("time,errors,on\n1,5,1\n2,5,0\n", ("--design", "its", "--value", "errors", "--after", "on"), "it is 0 again"),
        (
            "arm,errors,n\na,5,9\nb,10,9\n",
            ("--design", "ab", "--value", "errors", "--size", "n", "--arm", "arm"),
            "row 3",
        ),
        ("arm,errors\na,5\nb,1\nc,1\n", ("--design", "ab", "--value", "errors", "--arm", "arm"), "3 arms"),
        ("arm,errors\nx,5\ny,1\n", ("--design", "ab", "--value", "errors", "--arm", "arm"), "--control"),
        (
            "u,time,errors\nA,1,5\nA,1,6\n",
            ("--design", "did", "--value", "errors", "--unit", "u", "--treated", "A", "--start", "1"),
            "two rows for one time (row 1)",
        ),
        (
            "u,time,errors\nA,1,5\n",
            ("--design", "did", "--value", "errors", "--unit", "u", "--treated", "Q", "--start", "1"),
            "neither a column nor a unit 'Q'",
        ),
    ],
)
def test_a_bad_table_is_refused_with_file_row_column_and_fix(
    text: str, args: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(text)
    assert says in refused(file, *args)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--criterion", "ratio <"), "character 8: a number is expected here"),
        (("--criterion", "difference < -10%"), "two things"),
        (("--season", "soon"), "'soon'"),
        (("--start", "later"), "is no number"),
        (("--errors", "magic"), "quasi, plain, hac"),
        (("--design", "magic"), "Choose one of its"),
    ],
)
def test_a_bad_option_is_refused_with_its_place(args: tuple[str, ...], says: str, tmp_path: Path) -> None:
    file = tmp_path / "series.csv"
    file.write_text("time,errors\n1,5\n2,6\n3,4\n4,5\n")
    assert says in refused(file, *SERIES, *args)


@pytest.mark.parametrize("text", ["time,errors\n1,5\n", "time,errors\n1,NA\n2,NA\n", "time,errors\n" + "1,0\n" * 3])
def test_too_few_data_are_answered_not_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "few.csv"
    file.write_text(text)
    assert read(file, *SERIES, "--criterion", "ratio < 1")["verdict"] == "cannot_tell"


def test_it_works_without_any_install(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "few.csv").write_text("time,errors\n" + "".join(f"{t},{5 + t % 3 - (t > 8)}\n" for t in range(16)))
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("EVENKEEL", "DJANGO"))}
    words = [sys.executable, "-m", "evenkeel.edges.cli", "effect", "few.csv", *SERIES, "--svg", "few.svg"]
    done = subprocess.run(words, cwd=folder, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Verdict:")
    assert sorted(path.name for path in folder.iterdir()) == ["few.csv", "few.svg"]
