"""The command line: what it prints, what it refuses, and how it leaves."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from evenkeel.edges.cli import root
from evenkeel.ground import clock
from evenkeel.ground.env import CATALOGUE
from evenkeel.ground.log import flush
from evenkeel.measure import roll_up
from evenkeel.people import Person, Worker, add_worker
from evenkeel.people.acts import end_worker
from evenkeel.quality import Draw, draw_due, start_plan
from evenkeel.work import take_back, take_batch
from evenkeel.work.tests.factories import (
    NOW,
    SYSTEM,
    after,
    as_actor,
    make_decision,
    make_house,
    make_person,
    make_programme,
    make_queue,
    make_vendor,
)

pytestmark = pytest.mark.django_db
# They print a server's news, a document that is JSON already, or nothing.
WITHOUT_JSON = {"openapi", "prepare", "serve", "worker"}


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(root, words, input=given)


def run_json(*words: str, given: str | None = None, leaves: int = 0) -> Any:
    result = run(*words, "--json", given=given)
    assert result.exit_code == leaves, result.output
    return json.loads(result.stdout)


def commands(group: click.Group = root, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command's words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from commands(found, (*before, name))
        else:
            yield (*before, name)


def command_of(words: tuple[str, ...]) -> click.Command:
    found: click.Command = root
    for word in words:
        assert isinstance(found, click.Group)
        inner = found.get_command(click.Context(found), word)
        assert inner is not None
        found = inner
    return found


def test_every_command_says_what_it_is_for_and_every_option_too() -> None:
    for words in commands():
        assert run(*words, "--help").exit_code == 0, words
        command = command_of(words)
        assert command.help, words
        assert command.help.split("\n\n")[0].rstrip().endswith((".", ";")), words
        bare = [each.name for each in command.params if isinstance(each, click.Option) and not each.help]
        assert not bare, words


def test_every_command_that_prints_can_print_json() -> None:
    for words in commands():
        takes_json = any("--json" in each.opts for each in command_of(words).params)
        assert takes_json is (words[0] not in WITHOUT_JSON), words


def test_an_unknown_command_is_a_sentence_for_people_and_a_problem_for_programs() -> None:
    said = run("nonsense")
    assert (said.exit_code, "No such command 'nonsense'" in said.stderr) == (2, True)
    assert run_json("nonsense", leaves=2)["problem"]["code"] == "usage"


def test_a_missing_option_is_named() -> None:
    assert "--programme" in run_json("figures", leaves=2)["problem"]["detail"]


def test_a_bug_is_not_dressed_up_as_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("evenkeel.ground.jobs.standing", broken)
    assert isinstance(run("jobs", "list").exception, ZeroDivisionError)


def test_settings_are_listed_and_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENKEEL_SECRET_KEY", "only-for-us")
    said = run_json("settings")
    assert [row["variable"] for row in said] == [setting.variable for setting in CATALOGUE]
    assert "EVENKEEL_SECRET_KEY" in {row["variable"] for row in said if row["is_set"]}
    assert "only-for-us" not in run("settings").output + json.dumps(said)


def test_facts_are_listed_with_their_columns() -> None:
    said = run_json("log", "facts")
    assert said["decisions"]["columns"]["id"]["kind"] == "id"
    assert "decisions:" in run("log", "facts").output


def test_jobs_are_listed_with_their_last_end() -> None:
    assert {row["name"]: row["last_ended_at"] for row in run_json("jobs", "list")}["ground.upkeep.flush_log"] is None
    assert "ground.upkeep.flush_log" in run("jobs", "list").output


def test_the_columns_of_the_logs_files_are_printed_by_version() -> None:
    assert run_json("log", "schema")["decisions"]["1"]["label"] == "text"
    assert "decisions 1: id id, sign whole" in run("log", "schema").output


def test_old_days_leave_the_log_when_the_settings_say_so(settings: Any) -> None:
    assert "No fact has a limit" in run("log", "retain", "--dry-run").output
    settings.EVENKEEL = replace(settings.EVENKEEL, log=replace(settings.EVENKEEL.log, keep_days=(("decisions", 30),)))
    (told,) = run_json("log", "retain", "--dry-run")["facts"]
    assert (told["fact"], told["rows"]) == ("decisions", 0)
    assert "Nothing is old enough" in run("log", "retain").output
    settings.EVENKEEL = replace(settings.EVENKEEL, log=replace(settings.EVENKEEL.log, keep_days=(("desicions", 30),)))
    refused = run("log", "retain")
    assert (refused.exit_code, "which is no fact" in refused.stderr) == (2, True)


def test_a_worker_is_erased_in_two_steps() -> None:
    made = add_worker(SYSTEM, organisation=make_vendor(), code="w1", name="Ada", now=NOW)
    add_worker(SYSTEM, organisation=make_vendor(), code="w2", name="Bea", now=NOW)
    assert "Give her code" in run("person", "erase", "w9").stderr
    assert run_json("person", "erase", "w1")["is_done"] is False
    assert Worker.objects.filter(name="Ada").exists()
    assert "needs a reason" in run("person", "erase", "w1", "--yes").stderr
    assert "note it first" in run("person", "erase", "w1", "--yes", "--reason", "Asked.").stderr
    end_worker(SYSTEM, worker=made, left_on=NOW.date(), now=NOW)
    said = run_json("person", "erase", str(made.pk), "--yes", "--reason", "Asked.")
    assert (said["is_done"], Worker.objects.get(pk=said["pseudonym"]).name) == (True, "Erased person")
    assert not Worker.objects.filter(name="Ada").exists()


def test_the_trail_is_intact_until_a_head_is_missing() -> None:
    make_vendor()
    said = run_json("trail", "verify")
    assert (said["is_intact"], said["waiting"], len(said["head"])) == (True, 0, 64)
    assert run("trail", "verify", "--head", said["head"]).exit_code == 0
    cut = run("trail", "verify", "--head", "0" * 64)
    assert cut.exit_code == 1
    assert "NOT intact" in cut.output


def test_the_log_moves_what_waits() -> None:
    assert run_json("log", "flush") == {"rows_moved": 0}


# ------------------------------------------------------------------ people


def add_person(role: str = "moderator", email: str = "new@example.org", phrase: str = "lantern-harbour-7") -> Result:
    words = ["person", "add", "--email", email, "--name", "New", "--role", role, "--password-stdin", "--json"]
    return run(*words, given=f"{phrase}\n")


def test_a_metric_is_printed_by_any_cut() -> None:
    moderator, queue = make_person("moderator"), make_queue(name="Listings", items=3, batch_size=3)
    for lease in take_batch(as_actor(moderator), queue=queue, now=NOW):
        make_decision(as_actor(moderator), lease)
    flush(NOW)
    roll_up(now=NOW)
    period = ("--from", "2026-01-01", "--to", f"{NOW:%Y-%m-%d}")
    said = run_json("measure", "decided", "--by", "queue", "--compare", "previous", *period)
    (cell,) = said["cells"]
    assert (said["total"]["value"], cell["queue"]["name"], cell["n"]) == (3, "Listings", 3)
    assert said["compared_with"]["to"] == "2025-12-31"
    assert "Listings: 3 [3, 3], n 3" in run("measure", "decided", "--by", "queue", *period).output
    assert run_json("measure", "decided", "--where", "queue=Listings", *period)["total"]["n"] == 3
    assert "accuracy" in {row["slug"] for row in run_json("measure", "list")}
    assert "accuracy" in run_json("measure", "acuracy", leaves=2)["problem"]["fields"]["metric"][0]
    assert "evenkeel figures" in run_json("measure", "gwet_ac1", leaves=2)["problem"]["fields"]["metric"][0]
    assert run_json("measure", "decided", "--where", "queue=Nowhere", leaves=2)["problem"]["code"] == "not-found"
    assert run("measure", "decided", "--where", "shift=1").exit_code == 2
    assert run("measure", "decided", "--from", "2026-02-01", "--to", "2026-01-01").exit_code == 2


def test_a_list_of_workers_is_taken_over(tmp_path: Path) -> None:
    vendor, file = make_vendor("Northline"), tmp_path / "staff.csv"
    file.write_text("code,name,languages\nw1,One,English\nw2,,\n")
    words = ("person", "import", str(file), "--organisation", vendor.name)
    report = run_json(*words, leaves=2)["problem"]["report"]
    assert [(bad["row"], bad["column"]) for bad in report["bad"]] == [(3, "name")]
    file.write_text("code,name,languages\nw1,One,English\n")
    assert "Nothing is changed" in run(*words, "--check").output
    assert (run_json(*words)["added"], run_json(*words)["same"]) == (1, 1)
    assert vendor.workers.get().languages == ["en"]
    assert run("person", "import", str(file), "--organisation", "Northlime").exit_code == 2


def test_the_log_is_compared_with_the_database_and_made_anew(data_dir: Path) -> None:
    moderator, queue = make_person("moderator"), make_queue(items=3, batch_size=3)
    made = [
        make_decision(as_actor(moderator), lease) for lease in take_batch(as_actor(moderator), queue=queue, now=NOW)
    ]
    take_back(as_actor(moderator), decision=made[0], now=NOW)
    whole = {"is_whole": True, "files": 1, "rows": 4, "waiting": 0, "faults": []}
    assert run_json("log", "verify") == whole
    (file,) = (data_dir / "log").glob("facts/decisions/*/*.parquet")
    file.write_bytes(b"harm")
    found = run_json("log", "verify", leaves=1)
    assert "not as it was written" in found["faults"][0]
    assert "The log is NOT whole." in run("log", "verify", "--files-only").output
    assert run_json("log", "rebuild")["rows"] == 2


def test_a_person_is_added_with_her_role() -> None:
    make_house()
    said = json.loads(add_person().stdout)
    made = Person.objects.get(email="new@example.org")
    assert said["person_id"] == str(made.pk)
    assert made.check_password("lantern-harbour-7")
    assert Worker.objects.get(person=made).code == "new@example.org"
    assert [(grant.role, grant.kind) for grant in as_actor(made, now=clock.now()).grants] == [("Moderator", None)]


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"role": "king"}, "role", "moderator"),
        ({"email": "not an address"}, "email", "name@example.org"),
        ({"phrase": "short"}, "password", "12"),
    ],
)
def test_what_is_wrong_with_a_person_is_said_by_field_and_nothing_stays(
    said: dict[str, str], field: str, words: str
) -> None:
    make_house()
    result = add_person(**said)
    assert result.exit_code == 2
    assert words in " ".join(json.loads(result.stdout)["problem"]["fields"][field])
    assert not Person.objects.exists()


def test_a_password_needs_a_terminal_or_standard_input() -> None:
    make_house()
    said = run("person", "add", "--email", "a@example.org", "--name", "A", "--role", "lead")
    assert said.exit_code == 2
    assert "--password-stdin" in said.stderr


def test_an_install_is_set_up_once() -> None:
    make_house()
    said = run("init", "--organisation", "Again", "--email", "a@example.org", "--name", "A", "--password-stdin")
    assert said.exit_code == 2
    assert "evenkeel person add" in said.stderr


def test_an_install_without_an_administrator_is_not_left_behind() -> None:
    words = ["init", "--organisation", "Us", "--email", "no address", "--name", "A", "--password-stdin"]
    assert run(*words, given="lantern-harbour-7\n").exit_code == 2
    words[4] = "a@example.org"
    assert run(*words, given="lantern-harbour-7\n").exit_code == 0
    assert Person.objects.get().is_staff


# ------------------------------------------------------------------ figures and imports

LABELS = "item,worker,label\nq1,ann,Yes\nq1,ben,Yes\nq2,ann,No\nq2,ben,Yes\n"


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "labels.csv.gz"
    path.write_bytes(gzip.compress(LABELS.encode()))
    return path


def test_labels_come_in_and_their_figures_are_there_when_the_command_ends(labels: Path) -> None:
    make_house()
    said = run_json("import", "labels", str(labels), "--programme", "Tone")
    assert (said["imported"], said["counts"]["labels"], said["counts"]["workers"]) == (True, 4, 2)
    figures = {row["metric"]: row for row in run_json("figures", "--programme", "Tone")}
    assert figures["agreement_percent"]["value"] == pytest.approx(0.5)
    assert "agreement_percent" in run("figures", "--programme", "Tone").output


def test_labels_that_do_not_fit_are_named_by_row_and_nothing_comes_in(tmp_path: Path) -> None:
    make_house()
    path = tmp_path / "labels.csv"
    path.write_text(f"{LABELS}q3,,Yes\n")
    result = run("import", "labels", str(path), "--programme", "Tone")
    assert result.exit_code == 2
    assert "Nothing was imported" in result.stderr
    assert "labels.csv, row 6, column worker" in result.stderr
    report = run_json("import", "labels", str(path), "--programme", "Tone", leaves=2)["problem"]["report"]
    assert (report["imported"], report["bad_rows"][0]["row"]) == (False, 6)
    assert run("figures", "--programme", "Tone").exit_code == 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    make_house()
    said = run("import", "labels", str(tmp_path / "absent.csv"), "--programme", "Tone")
    assert said.exit_code == 2
    assert "absent.csv" in said.stderr


def test_a_programme_that_is_not_there_is_named_with_those_that_are() -> None:
    make_programme("Harbour")
    said = run_json("figures", "--programme", "Elsewhere", leaves=2)["problem"]
    assert "Elsewhere" in said["detail"]
    assert "Harbour" in said["fields"]["programme"][0]


def test_a_plan_that_is_not_there_is_said() -> None:
    assert run_json("sample", "replay", "nothing", leaves=2)["problem"]["code"] == "not-found"


def test_a_draw_that_the_odds_did_not_make_shows_when_the_plan_is_replayed() -> None:
    moderator, queue = make_person("moderator"), make_queue(items=4, batch_size=4, undo_s=0)
    plan = start_plan(SYSTEM, programme=queue.programme, queue=queue, name="Few", rate=1e-9, now=NOW)
    for lease in take_batch(as_actor(moderator), queue=queue, now=NOW):
        made = make_decision(as_actor(moderator), lease)
    draw_due(after(hours=1))
    said = run_json("sample", "replay", "Few")
    assert (said["decisions"], said["draws"], said["mismatches"]) == (4, 0, [])
    Draw.objects.create(plan=plan, decision=made, pi=plan.rate, u=0.5, drawn_at=NOW)
    shown = run("sample", "replay", str(plan.pk))
    assert shown.exit_code == 1
    assert f"{made.pk} extra" in shown.output


def test_a_sample_is_exported_and_drawn_again_elsewhere(tmp_path: Path) -> None:
    moderator, queue = make_person("moderator"), make_queue(items=4, batch_size=4, undo_s=0)
    start_plan(SYSTEM, programme=queue.programme, queue=queue, name="Half", rate=0.5, now=NOW)
    for lease in take_batch(as_actor(moderator), queue=queue, now=NOW):
        make_decision(as_actor(moderator), lease)
    draw_due(after(hours=1))
    folder = tmp_path / "sample"
    said = run_json("sample", "export", "Half", "--out", str(folder), "--from", "2020-01-01")
    assert (said["decisions"], said["draws"]) == (4, Draw.objects.count())
    assert run_json("sample", "replay", str(folder))["mismatches"] == []
    assert run_json("sample", "replay", "Half", "--to", "2020-01-01")["decisions"] == 0
    (folder / "draws.csv").write_text("decision_id,pi,u\n")
    missing = run("sample", "replay", str(folder))
    assert missing.exit_code == (1 if said["draws"] else 0)
    (folder / "design.json").write_text("{}")
    assert "design.json" in run_json("sample", "replay", str(folder), leaves=2)["problem"]["detail"]


# ------------------------------------------------------------------ checks and documents


def test_a_healthy_install_has_no_faults_and_a_public_one_needs_more() -> None:
    assert run_json("check")["faults"] == 0
    said = run_json("check", "--deploy", leaves=1)
    assert said["faults"] == len([row for row in said["messages"] if row["level"] != "info"])
    assert "evenkeel.E001" in {row["id"] for row in said["messages"]}


def test_the_openapi_document_is_the_same_whenever_it_is_printed() -> None:
    first = run("openapi").stdout
    assert json.loads(first)["openapi"].startswith("3.")
    assert run("openapi").stdout == first
