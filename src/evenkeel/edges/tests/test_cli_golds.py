"""`evenkeel gold` and `evenkeel calibrate`, called within this process."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evenkeel.edges.cli.root import root
from evenkeel.ground import clock
from evenkeel.quality.tests.conftest import make_house
from evenkeel.quality.tests.gold_world import gold_world


def test_the_command_line_keeps_golden_items_and_calibrates(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = make_house()
    golds = gold_world(house)
    monkeypatch.setattr(clock, "now", lambda: golds.now)
    house.person("Mo", "moderator")
    house.person("Pia", "moderator", organisation=house.partner)
    for module in ("golds", "calibration"):
        monkeypatch.setattr(f"evenkeel.edges.cli.{module}.open_install", lambda: None)

    def call(*words: str, leaves: int = 0) -> Any:
        done = CliRunner().invoke(root, [*words, "--json"])
        assert done.exit_code == leaves, done.output
        return json.loads(done.output)

    item, other = golds.items(2, queue=house.queue)
    made = call("gold", "propose", item.key, "--answer", "Safe", "--rationale", "Harmless.")
    assert (made["state"], made["answer"]) == ("proposed", "Safe")
    assert item.key in {each["item"] for each in call("gold", "list", "--state", "proposed")}
    assert call("gold", "retire", item.key, "--why", "Too easy.")["state"] == "retired"
    assert "not golden" in call("gold", "retire", item.key, "--why", "x", leaves=2)["problem"]["detail"]
    file = tmp_path / "golds.csv"
    file.write_text(f"item,answer,rationale\n{other.key},Safe,Fine.\nnowhere,Safe,Fine.\n")
    bad = call("gold", "import", str(file), "--programme", "Chat safety", leaves=2)["problem"]["report"]["bad"]
    assert [(each["row"], each["column"]) for each in bad] == [(3, "item")]
    words = ["gold", "import", str(file), "--programme", "Chat safety"]
    assert call(*words, "--skip-bad")["proposed"] == 1
    opened = call("calibrate", "open", "June", "--queue", "Answers", "--cases", "drawn", "--n", "2", "--worker", "mo",
                  "--worker", "pia")  # fmt: skip
    assert (opened["cases"], opened["people"]) == (2, 2)
    assert "blind until" in call("calibrate", "results", "June", leaves=2)["problem"]["detail"]
    at_end = golds.now + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: at_end)
    assert [case["settled"] for case in call("calibrate", "results", "June")["cases"]] == [None, None]
