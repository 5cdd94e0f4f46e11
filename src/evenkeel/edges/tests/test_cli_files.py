"""Files and many tasks from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evenkeel.work import Item, Task
from evenkeel.work.tests.factories import make_programme, make_queue

from .test_cli import run, run_json

pytestmark = pytest.mark.django_db


def test_items_come_in_once_and_go_out(tmp_path: Path) -> None:
    programme = make_programme("Safety")
    make_queue(programme, name="First look")
    file = tmp_path / "items.jsonl"
    file.write_text('{"item": "a", "text": "Hello"}\n{"item": "b", "text": "You"}\n')
    words = ("import", "items", str(file), "--programme", "Safety", "--queue", "First look")
    said = run_json(*words)
    assert (said["state"], said["counts"]["items"], said["counts"]["tasks"]) == ("done", 2, 2)
    again = run(*words)
    assert (again.exit_code, "nothing was imported again" in again.output) == (2, True)
    out = tmp_path / "out.jsonl"
    assert run_json("export", "items", "--programme", "Safety", "--out", str(out))["counts"]["rows"] == 2
    assert [json.loads(line)["item"] for line in out.read_text().splitlines()] == ["a", "b"]
    assert run("export", "items", "--programme", "Safety", "--out", str(out)).exit_code == 2, "it overwrites nothing"


def test_bad_rows_leave_with_two_and_name_row_and_fix(tmp_path: Path) -> None:
    make_programme("Safety")
    file = tmp_path / "items.csv"
    file.write_text("item,text\na,Hello\n,Nobody\n")
    failed = run("import", "items", str(file), "--programme", "Safety")
    assert failed.exit_code == 2
    assert "items.csv, row 3, column item: The cell is empty." in failed.output
    problem = run_json("import", "items", str(file), "--programme", "Safety", leaves=2)["problem"]
    assert problem["report"]["bad_rows"][0]["row"] == 3
    assert not Item.objects.exists()
    assert run("import", "items", str(file), "--programme", "Safety", "--skip-bad").exit_code == 0
    assert run("import", "items", str(file), "--programme", "Nothing").exit_code == 2
    assert run("import", "items", str(tmp_path / "none.csv"), "--programme", "Safety").exit_code == 2


def test_many_tasks_are_told_first_and_changed_when_asked() -> None:
    programme = make_programme("Safety")
    make_queue(programme, name="First look", items=3)
    words = ("bulk", "prioritise", "--programme", "Safety", "--priority", "2", "--reason", "Rush")
    assert run_json(*words)["total"] == 3
    assert set(Task.objects.values_list("priority", flat=True)) == {0.0}
    assert run("bulk", "prioritise", "--programme", "Safety", "--priority", "2", "--yes").exit_code == 2, "no reason"
    assert run("bulk", "reroute", "--programme", "Safety", "--to-queue", "None").exit_code == 0, (
        "looking asks for nothing"
    )
