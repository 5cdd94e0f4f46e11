"""A file is ordered, made and fetched by whoever may, holds what she may see, and nobody else finds it."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory

from evenkeel.ground import trail
from evenkeel.ground.access import Actor, Grant
from evenkeel.ground.errors import Invalid, NotFound, NotNow, Refused
from evenkeel.measure import evaluate
from evenkeel.measure.tests.floor import NOW
from evenkeel.people.models import Look, RoleGrant
from evenkeel.work.models import RestrictedItem, RestrictedLane
from evenkeel.work.tests import factories

from ...exports import files
from ...exports.acts import fetch_export, order_export, own_file, withdraw_export
from ...exports.facts import fact_rows
from ...exports.figures import figures
from ...exports.kinds import csv as csv_kind
from ...exports.models import Export
from ...exports.running import make_export, run_export, take_up
from ...exports.scopes import FACT_READ
from ...exports.sheet import Sheet
from . import readers
from .floor import DANGER, Taken, asked

pytestmark = pytest.mark.django_db


def rows_of(sheet: Sheet) -> list[dict[str, Any]]:
    return [row for portion in sheet.portions for row in portion.to_pylist()]


def facts(actor: Actor, **said: object) -> list[dict[str, Any]]:
    with fact_rows(actor, asked(**{"fact": "decisions", **said}), now=NOW) as sheet:
        rows = rows_of(sheet)
        assert len(rows) == sheet.total
        return rows


def made(actor: Actor, **said: object) -> Export:
    file_format = str(said.pop("format", "csv"))
    order = order_export(actor, asked=asked(**said), file_format=file_format, now=NOW)
    run_export(str(order.pk), NOW.isoformat())
    order.refresh_from_db()
    return order


# ------------------------------------------------------------------ what is in it


def test_figures_are_those_of_the_evaluation(taken: Taken) -> None:
    actor = taken.actor(taken.scientist)
    question = asked(metric=["accuracy", "decided"], by=["organisation"], compare="previous")
    sheet = figures(actor, question, now=NOW)
    found = {(row["metric"], row["organisation"]): row for row in rows_of(sheet)}
    assert len(found) == 4
    direct = evaluate("accuracy", since=question.since, until=question.until, by=["organisation"], actor=actor)
    for cell in direct.cells:
        row = found["accuracy", cell.names[0]]
        assert (row["value"], row["low"], row["n"]) == (cell.estimate.value, cell.estimate.low, cell.estimate.n)
        assert (row["unit"], row["is_thin"], row["before"]) == ("percent", True, None)
    assert [definition.metric for definition in sheet.definitions] == ["accuracy", "decided"]
    about = dict(sheet.about)
    assert about["Exported by"] == actor.name
    assert (about["First day (UTC)"], about["Last day (UTC)"]) == ("2026-03-01", "2026-03-03")
    assert about["Whole: decided"].startswith("36 ")


def test_rows_come_with_names_and_people_only_for_whoever_may_see_them(taken: Taken) -> None:
    named, unnamed = facts(taken.actor(taken.scientist)), facts(taken.unnamed())
    assert len(named) == len(unnamed) == 36
    assert {row["worker"] for row in named} == {f"Worker {n:03d}" for n in range(12)}
    assert {row["queue"] for row in named} == {"Queue A", "Queue B"}
    assert not {"worker", "worker_id", "exposure_s", "shift_s"} & set(unnamed[0])
    # Six people a house and vendor, three a queue: a queue tells too much, the organisation does not.
    assert {(row["organisation"], row["queue"], row["team"]) for row in unnamed} == {
        ("House", None, None),
        ("Vendor", None, None),
    }
    assert facts(taken.unnamed(), team_id=str(taken.floor.teams[0].pk)) == [], (
        "asking for a place finds it no more finely"
    )


def test_rows_come_oldest_first_however_many_are_sorted_at_once(taken: Taken, monkeypatch: pytest.MonkeyPatch) -> None:
    taken.floor.write(decisions=[taken.floor.decision(0, 0, at=NOW + timedelta(days=day)) for day in (1, -1)])
    whole = facts(taken.actor(taken.scientist))
    monkeypatch.setattr("evenkeel.reports.exports.facts._SORTED_AT_ONCE", 1)
    assert facts(taken.actor(taken.scientist)) == whole
    moments = [row["decided_at"] for row in whole]
    assert (len(whole), moments) == (38, sorted(moments))


def test_rows_of_too_few_people_are_left_out(taken: Taken) -> None:
    only = taken.floor.programme
    reader = Actor(name="r", grants=(Grant(role="r", scopes=frozenset([FACT_READ]), kind="team", target_id=only.pk),))
    assert facts(reader) == []
    floor = taken.floor
    alone = floor.decision(0, 0, at=NOW + timedelta(days=3))
    floor.write(decisions=[alone])
    with fact_rows(taken.unnamed(), asked(fact="decisions", since="2026-03-05", until="2026-03-06"), now=NOW) as sheet:
        assert rows_of(sheet) == []
        assert dict(sheet.about)["Left out"].startswith("1 ")


def test_a_vendor_finds_her_own_peoples_rows_and_a_stranger_none(taken: Taken) -> None:
    assert {row["organisation"] for row in facts(taken.actor(taken.manager))} == {"Vendor"}
    assert len(facts(taken.actor(taken.manager))) == 18
    assert facts(taken.actor(taken.stranger)) == []
    assert facts(taken.actor(taken.manager), fact="expert_answers") == []
    with pytest.raises(Refused):
        facts(taken.actor(factories.make_person("moderator")))


def test_rows_about_restricted_items_are_nobodys_to_take(taken: Taken) -> None:
    item = taken.floor.items[0]
    lane = RestrictedLane.objects.create(programme=taken.floor.programme, kind="legal", name="Legal", created_at=NOW)
    RestrictedItem.objects.create(item=item, lane=lane, reason="x", by_name="x", since=NOW, due_at=NOW)
    found = {row["item_id"] for row in facts(taken.actor(taken.scientist))}
    assert found == {str(each.pk) for each in taken.floor.items[1:]}


def test_whoever_is_told_of_by_name_sees_who_read_it(taken: Taken) -> None:
    made(taken.actor(taken.scientist), fact="audits")
    assert Look.objects.filter(viewer=taken.scientist, what="audits").count() == 12
    made(taken.actor(taken.scientist), metric="accuracy", by="worker")
    assert Look.objects.filter(viewer=taken.scientist, what="Accuracy").count() == 12


# ------------------------------------------------------------------ order, make, fetch


@pytest.mark.parametrize("slug", ["xlsx", "csv", "parquet", "duckdb"])
def test_every_format_is_read_back_with_all_rows(slug: str, taken: Taken) -> None:
    done = made(taken.actor(taken.scientist), fact="decisions", format=slug)
    assert (done.state, done.rows, done.total) == ("done", 36, 36)
    path = files.path_of(done.pk)
    assert done.size_bytes == path.stat().st_size
    read: dict[str, Callable[[Path], readers.Rows]] = {
        "xlsx": readers.from_xlsx,
        "csv": readers.from_csv,
        "parquet": readers.from_parquet,
        "duckdb": lambda file: readers.from_duckdb(file, "decisions"),
    }
    named = path.with_suffix(f".{slug}")
    named.hardlink_to(path)
    rows = read[slug](named)
    assert len(rows) == 36
    assert {row["worker"] for row in rows} == {f"Worker {n:03d}" for n in range(12)}
    labels = [row["label"] for row in rows]
    assert labels.count("'" + DANGER if slug == "csv" else DANGER) == 1
    assert {str(row["active_ms"]) for row in rows} == {"20000"}


def test_a_file_is_its_makers_alone_and_leaves_its_trail(taken: Taken) -> None:
    actor, other = taken.actor(taken.scientist), taken.actor(factories.make_person("data_scientist"))
    done = made(actor, metric="accuracy", by="organisation")
    with fetch_export(actor, export=done, now=NOW) as file:
        assert file.read() == files.path_of(done.pk).read_bytes()
    said = {entry.verb: entry for entry in trail.history(done)}
    assert set(said) == {"export ordered", "export fetched"}
    assert said["export ordered"].actor_name == actor.name
    assert json.loads(said["export ordered"].detail_json)["after"]["asked"]["metric"] == ["accuracy"]
    with pytest.raises(Refused):
        fetch_export(other, export=done, now=NOW)


def test_a_file_can_be_fetched_for_a_week_with_the_rights_it_was_made_with(taken: Taken) -> None:
    actor = taken.actor(taken.scientist)
    done = made(actor, fact="decisions")
    assert own_file(actor, done, now=NOW + timedelta(days=6)) is not None
    with pytest.raises(NotFound):
        fetch_export(actor, export=done, now=NOW + timedelta(days=7))
    RoleGrant.objects.filter(person=taken.scientist).update(kind="organisation", target_id=taken.floor.vendor.pk)
    assert own_file(taken.actor(taken.scientist), done, now=NOW) is None
    take_up(NOW + timedelta(days=8))
    assert not files.path_of(done.pk).exists()


def test_a_token_orders_no_more_than_it_sees(taken: Taken) -> None:
    done = made(taken.unnamed(), fact="decisions", format="parquet")
    assert done.state == "done"
    assert "worker_id" not in readers.from_parquet(files.path_of(done.pk))[0]


def test_an_order_whose_process_died_is_taken_up_and_made_once(taken: Taken) -> None:
    actor = taken.actor(taken.scientist)
    order = order_export(actor, asked=asked(fact="decisions"), file_format="csv", now=NOW)
    Export.objects.filter(pk=order.pk).update(state="writing", beat_at=NOW)
    path = files.path_of(order.pk)
    make_export(actor, order, path=path, now=NOW + timedelta(seconds=30))
    assert not path.exists(), "another has it"
    take_up(NOW + timedelta(minutes=2))
    run_export(str(order.pk), (NOW + timedelta(minutes=2)).isoformat())
    order.refresh_from_db()
    assert (order.state, order.rows) == ("done", 36)


def test_a_refusal_stays_on_the_order(taken: Taken, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_said: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(csv_kind, "_rows", full)
    order = made(taken.actor(taken.scientist), fact="decisions")
    assert (order.state, "no room" in order.refusal) == ("failed", True)
    assert not any(path.is_file() for path in files.exports_dir().rglob("*"))
    assert "no room" in browser(taken.scientist).get(order.get_absolute_url()).content.decode()


def test_a_log_that_cannot_be_read_is_said_and_not_a_bug(taken: Taken, data_dir: Path) -> None:
    shutil.rmtree(data_dir / "log" / "facts")
    order = made(taken.actor(taken.scientist), fact="decisions")
    assert (order.state, "evenkeel log verify" in order.refusal) == ("failed", True)
    assert browser(taken.scientist).get("/reports/odata/decisions").status_code == 409


def test_a_damaged_file_is_set_aside_and_the_rest_is_written_and_told(taken: Taken, data_dir: Path) -> None:
    whole = made(taken.actor(taken.scientist), fact="decisions")
    damaged = min((data_dir / "log" / "facts" / "decisions").rglob("*.parquet"))
    lost = pq.read_metadata(damaged).num_rows
    damaged.write_bytes(damaged.read_bytes()[:100])
    assert browser(taken.scientist).get("/reports/odata/decisions").status_code == 200
    rest = made(taken.actor(taken.scientist), fact="decisions")
    assert (rest.state, whole.rows - rest.rows) == ("done", lost)
    with fact_rows(taken.actor(taken.scientist), asked(fact="decisions"), now=NOW) as sheet:
        assert dict(sheet.about)["Missing"].startswith(f"{lost} rows")


def test_a_removed_file_is_gone(taken: Taken) -> None:
    actor = taken.actor(taken.scientist)
    done = withdraw_export(actor, export=made(actor, fact="decisions"), now=NOW)
    assert (done.state, files.path_of(done.pk).exists()) == ("withdrawn", False)
    with pytest.raises(NotNow):
        withdraw_export(actor, export=done, now=NOW)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"metric": "acuracy"}, "metric"),
        ({"metric": "fleiss_kappa"}, "metric"),
        ({"metric": []}, "metric"),
        ({"fact": "decision"}, "fact"),
        ({"metric": "accuracy", "by": "planet"}, "by"),
        ({"metric": "accuracy", "until": "2026-02-30"}, "until"),
        ({"metric": "accuracy", "since": "2026-04-01"}, "until"),
        ({"metric": "accuracy", "compare": "never"}, "compare"),
        ({"metric": "accuracy", "team_id": "7"}, "team_id"),
        ({"what": "all"}, "what"),
    ],
)
def test_what_does_not_fit_is_refused_where_it_is_wrong(said: dict[str, object], field: str) -> None:
    with pytest.raises((Invalid, NotFound)) as refused:
        asked(**said)
    assert list(refused.value.fields) == [field]


def test_what_is_asked_survives_storing() -> None:
    question = asked(metric=["accuracy", "decided"], by=["site", "team"], compare="previous")
    assert asked(**question.to_dict()) == question


# ------------------------------------------------------------------ pages and programs


def sent(answer: Any) -> bytes:
    """A file as it arrives."""
    return b"".join(answer.streaming_content)


def browser(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_figures_come_back_as_the_file_itself(taken: Taken, tmp_path: Path) -> None:
    client = browser(taken.scientist)
    answer = client.post(
        "/reports/exports/orders/",
        {
            "metric": ["accuracy", "decided"],
            "by": "organisation",
            "since": "2026-03-01",
            "until": "2026-03-04",
            "format": "xlsx",
        },
    )
    assert answer.status_code == 200
    assert 'filename="accuracy-decided-by-organisation-2026-03-01.xlsx"' in answer["Content-Disposition"]
    path = tmp_path / "it.xlsx"
    path.write_bytes(sent(answer))
    assert {row["organisation"] for row in readers.from_xlsx(path)} == {"House", "Vendor"}
    listed = client.get("/reports/exports/").content.decode()
    assert "accuracy-decided-by-organisation" in listed


def test_the_menu_asks_for_what_the_page_shows(taken: Taken) -> None:
    request = RequestFactory().get("/", {"metric": ["accuracy", "decided"], "by": "site", "format": "x"})
    request.actor = taken.actor(taken.scientist)  # type: ignore[attr-defined]
    page = Template("{% load export_parts %}{% export_menu request.GET.urlencode %}")
    shown = page.render(Context({"request": request}))
    assert shown.count('name="metric"') == 2
    assert '<input type="hidden" name="by" value="site">' in shown
    assert 'name="format" value="xlsx"' in shown
    assert 'value="x"' not in shown
    request.actor = taken.actor(factories.make_person("moderator"))  # type: ignore[attr-defined]
    assert page.render(Context({"request": request})) == ""


def test_rows_are_made_behind_a_page_that_tells_how_far_it_is(taken: Taken) -> None:
    client = browser(taken.scientist)
    said = {"fact": "decisions", "since": "2026-03-01", "until": "2026-03-04", "format": "csv"}
    answer = client.post("/reports/exports/orders/facts/", said)
    order = Export.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, order.get_absolute_url())
    assert "hx-get" in client.get(order.get_absolute_url()).content.decode()
    run_export(str(order.pk), NOW.isoformat())
    assert client.get(f"/reports/exports/{order.pk}/state/")["HX-Refresh"] == "true"
    assert "Fetch the file" in client.get(order.get_absolute_url()).content.decode()
    Export.objects.update(expires_at=NOW + timedelta(days=3_650))
    file = client.get(f"/reports/exports/{order.pk}/file/")
    assert (file.status_code, file["X-Content-Type-Options"]) == (200, "nosniff")
    assert sent(file).startswith(b"id,sign,decided_at,programme,")
    stranger = browser(taken.stranger)
    for path in ("", "state/", "file/"):
        assert stranger.get(f"/reports/exports/{order.pk}/{path}").status_code == 404
    assert client.post(f"/reports/exports/{order.pk}/withdrawal/").status_code == 302


def test_a_form_says_what_does_not_fit(taken: Taken) -> None:
    client = browser(taken.scientist)
    wrong = {"metric": "accuracy", "since": "2026-03-04", "until": "2026-03-01", "format": "csv"}
    answer = client.post("/reports/exports/orders/figures/", wrong)
    assert answer.status_code == 422
    assert "It ends after it begins" in answer.content.decode()
    assert not Export.objects.exists()


def test_a_program_orders_asks_and_fetches(taken: Taken) -> None:
    client = browser(taken.scientist)

    def post(path: str, said: dict[str, Any]) -> Any:
        return client.post(f"/api/v1/reports{path}", json.dumps(said), content_type="application/json")

    order = post(
        "/exports/facts", {"fact": "audits", "since": "2026-03-01", "until": "2026-03-04", "format": "parquet"}
    )
    assert order.status_code == 202
    key = order.json()["id"]
    run_export(key, NOW.isoformat())
    Export.objects.update(expires_at=NOW + timedelta(days=3_650))
    assert client.get(f"/api/v1/reports/exports/{key}").json()["rows"] == 12
    assert sent(client.get(f"/api/v1/reports/exports/{key}/file")).startswith(b"PAR1")
    assert [each["id"] for each in client.get("/api/v1/reports/exports").json()] == [key]
    assert post(f"/exports/{key}/withdrawal", {}).json()["state"] == "withdrawn"
    assert client.get(f"/api/v1/reports/exports/{key}/file").status_code == 404
    wrong = post("/exports/figures", {"metric": ["nothing"]})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (404, ["metric"])
    assert post("/exports/figures", {"metric": ["accuracy"], "format": "odt"}).status_code == 422


def test_a_table_page_is_a_workbook_too(taken: Taken, tmp_path: Path) -> None:
    client = browser(taken.scientist)
    answer = client.get("/improve/investigations/?export=xlsx")
    path = tmp_path / "it.xlsx"
    path.write_bytes(sent(answer))
    assert readers.from_xlsx(path) == []
    answer = client.get("/ui/tables?export=xlsx")
    path.write_bytes(sent(answer))
    rows = readers.from_xlsx(path)
    assert len(rows) == 40
    assert {"title", "accuracy", "accuracy_low", "accuracy_n", "made_at"} <= set(rows[0])
    assert isinstance(rows[0]["accuracy"], float)
    assert readers.moment(rows[0]["made_at"]).year in (2024, 2025)
