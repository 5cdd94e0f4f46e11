"""Mappings and importing by them from the command line: exit codes, dry runs, databases that are only read."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from evenkeel.work import Decision
from evenkeel.work.tests.factories import make_house, make_person, make_programme

from .test_cli import run, run_json

pytestmark = pytest.mark.django_db
FIELDS = {"item": "content", "worker": "who", "label": "said", "decided_at": "at"}
ROWS = "content,who,said,at\np-1,ada,No,2026-02-01T09:00:00Z\np-2,bo,Yes,2026-02-01T09:01:00Z\n"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    make_house()
    make_programme("Outside")
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps({"fields": FIELDS}))
    words = ("mapping", "save", "acme", str(spec), "--tool", "Acme", "--importer", "csv", "--programme", "Outside")
    assert run_json(*words)["version"] == 1
    assert run_json(*words)["version"] == 1, "the same again is no new version"
    rows = tmp_path / "rows.csv"
    rows.write_text(ROWS)
    return rows


def test_a_mapping_is_suggested_saved_listed_and_shown(saved: Path, tmp_path: Path) -> None:
    suggested = run_json("mapping", "suggest", str(saved), "--importer", "csv")
    assert suggested["columns"]["who"] == ["ada", "bo"]
    assert run_json("mapping", "list")["mappings"][0]["name"] == "acme"
    assert run_json("mapping", "show", "acme")["spec"]["fields"] == FIELDS
    assert "acme" in run("mapping", "list").output
    assert '"item": "content"' in run("mapping", "show", "acme").output
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({"fields": {"itme": "x"}}))
    failed = run("mapping", "save", "b", str(bad), "--tool", "Acme", "--importer", "csv")
    assert (failed.exit_code, "Did you mean" in failed.output) == (2, True)
    bad.write_text("{")
    assert run("mapping", "save", "b", str(bad), "--tool", "Acme", "--importer", "csv").exit_code == 2
    assert run("mapping", "save", "b", str(bad), "--tool", "New", "--importer", "csv").exit_code == 2
    assert run("mapping", "show", "nothing").exit_code == 2
    assert run("mapping", "suggest", str(saved), "--importer", "nothing").exit_code == 2


def test_rows_are_tried_imported_and_known_again(saved: Path) -> None:
    words = ("import", "decisions", str(saved), "--importer", "csv", "--mapping", "acme")
    tried = run(*words, "--dry-run")
    assert (tried.exit_code, "2 new, 0 changed, 0 the same, 0 refused." in tried.output) == (0, True)
    assert not Decision.objects.exists()
    assert run_json(*words)["counts"]["new"] == 2
    assert run_json(*words)["counts"]["same"] == 2
    saved.write_text(ROWS.replace("2026-02-01T09:01:00Z", "soon"))
    failed = run_json(*words, leaves=2)["problem"]
    assert failed["report"]["bad_rows"][0] | {"fix": ""} == {
        "file": "rows.csv", "row": 3, "line": 3, "column": "at", "fix": "", "what": "“soon” does not fit here.",
    }  # fmt: skip
    assert run_json(*words, "--skip-bad", "--dry-run")["counts"]["bad"] == 1


@pytest.mark.parametrize(
    "words",
    [
        ["decisions", "rows.csv"],
        ["decisions", "rows.csv", "--programme", "Outside", "--dry-run"],
        ["decisions", "--mapping", "acme"],
        ["decisions", "rows.csv", "--mapping", "acme", "--importer", "jsonl"],
        ["decisions", "rows.csv", "--mapping", "nothing"],
        ["reviews", "rows.csv"],
        ["times", "nothing.csv", "--mapping", "acme"],
    ],
)
def test_what_cannot_be_leaves_with_two(saved: Path, words: list[str]) -> None:
    said = [str(saved.with_name(word)) if word.endswith(".csv") else word for word in words]
    found = run("import", *said)
    assert (found.exit_code, "Traceback" in found.output) == (2, False)


def test_a_database_is_only_read(saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "desk.sqlite3"
    with sqlite3.connect(file) as desk:
        desk.execute("CREATE TABLE decisions (content TEXT, who TEXT, said TEXT, at TEXT)")
        desk.execute("INSERT INTO decisions VALUES ('p-9', 'ada', 'Yes', '2026-02-01T09:00:00+00:00')")
    monkeypatch.setenv("IMPORT_FROM_DESK", f"sqlite:///{file}")
    spec = tmp_path / "sql.json"

    def save(query: str, connection: str = "IMPORT_FROM_DESK") -> int:
        spec.write_text(json.dumps({"fields": FIELDS, "options": {"connection": connection, "query": query}}))
        return run("mapping", "save", "desk", str(spec), "--tool", "Acme", "--importer", "sql").exit_code

    assert [save(query) for query in ("DELETE FROM decisions", "SELECT 1; SELECT 2", "")] == [2, 2, 2]
    assert save("SELECT 1", connection="HOME") == 2
    # What looks like reading and is not is refused by the database itself.
    for query in (
        "WITH x AS (SELECT 1) INSERT INTO decisions SELECT '1','2','3','4'",
        "SELECT load_extension('x')",
        "SELECT nothing",
    ):
        assert save(query) == 0
        assert run("import", "decisions", "--mapping", "desk").exit_code == 2
    assert save("SELECT * FROM decisions WHERE at > :since AND said <> 'a;b' -- 100 %") == 0
    assert run_json("import", "decisions", "--mapping", "desk")["counts"]["new"] == 1
    # Nothing has happened there since.
    again = run("import", "decisions", "--mapping", "desk")
    assert (again.exit_code, "0 new" in again.output) == (0, True)
    monkeypatch.delenv("IMPORT_FROM_DESK")
    assert run("import", "decisions", "--mapping", "desk").exit_code == 2


def test_a_query_is_asked_again_by_itself(saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manager = make_person("quality_manager")
    words = ("mapping", "repeat", "acme", "--every", "day", "--by")
    refused = run(*words, manager.email)
    assert (refused.exit_code, "Only a query" in refused.output) == (2, True)
    spec = tmp_path / "query.json"
    spec.write_text(json.dumps({"fields": FIELDS, "options": {"connection": "IMPORT_FROM_DESK", "query": "SELECT 1"}}))
    monkeypatch.setenv("IMPORT_FROM_DESK", f"sqlite:///{tmp_path / 'desk.db'}")
    assert run_json("mapping", "save", "desk", str(spec), "--tool", "Acme", "--importer", "sql")["version"] == 1
    words = ("mapping", "repeat", "desk", "--by", manager.email, "--every")
    assert run_json(*words, "week") == {"name": "desk", "every": "week", "by": manager.email}
    assert "when somebody says so" in run(*words, "never").output
    assert run(*words, "minute").exit_code == 2
    assert run("mapping", "repeat", "desk", "--every", "day", "--by", "nobody@example.org").exit_code == 2
    may_not = make_person("moderator").email
    assert run("mapping", "repeat", "desk", "--every", "day", "--by", may_not).exit_code == 2
