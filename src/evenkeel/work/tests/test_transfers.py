"""Files in and out: all or nothing, gone on with after a kill, once, at flat memory, and only for who may."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenkeel.ground import log, trail
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.ground.reading.sources import Source
from evenkeel.people import Person, Worker, house
from evenkeel.work import (
    DECISIONS,
    Decision,
    FormVersion,
    Item,
    NewItem,
    Programme,
    Queue,
    Task,
    Transfer,
    add_items,
    add_rule,
    begin_import,
    carry_on,
    fill_queue,
    hand_in,
    order_export,
    take_back,
    take_batch,
    write_export,
)
from evenkeel.work.bulk import insert_decisions
from evenkeel.work.filling import put_in
from evenkeel.work.jobs import take_up_transfers
from evenkeel.work.rules.items import ImportedDecision
from evenkeel.work.transfers import exporting, importing, running, writing
from evenkeel.work.transfers.files import path_of
from evenkeel.work.transfers.running import run_transfer

from .factories import (
    NOW,
    SYSTEM,
    after,
    as_actor,
    make_decision,
    make_form,
    make_items,
    make_person,
    make_programme,
    make_queue,
    make_vendor,
)

pytestmark = pytest.mark.django_db
CHOICE = {"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": ["Yes"]}}


@pytest.fixture
def programme() -> Programme:
    return make_programme("Safety")


def work_off(now: datetime = NOW) -> None:
    """Do what waits, as the worker would."""
    for transfer in Transfer.objects.filter(state="queued"):
        run_transfer(transfer_id=str(transfer.pk), at=now.isoformat())


def source(text: str | bytes, name: str = "items.jsonl") -> Source:
    return Source.of(io.BytesIO(text if isinstance(text, bytes) else text.encode()), name=name)


def lines(n: int, start: int = 0) -> str:
    return "".join(json.dumps({"item": f"i{place}", "text": f"Text {place}"}) + "\n" for place in range(start, n))


def bring_in(programme: Programme, file: Source, **said: Any) -> Transfer:
    now = said.pop("now", NOW)
    transfer = begin_import(SYSTEM, programme=programme, source=file, now=now, **said)
    return carry_on(SYSTEM, transfer=transfer, source=file, now=now)


def test_items_come_in_and_into_a_queue(programme: Programme) -> None:
    queue = make_queue(programme, overlap=2)
    told: list[tuple[str, int, int]] = []
    file = source(lines(30))
    transfer = begin_import(SYSTEM, programme=programme, source=file, queue=queue, now=NOW)
    done = carry_on(
        SYSTEM, transfer=transfer, source=file, tell=lambda stage, n, of: told.append((stage, n, of)), now=NOW
    )
    assert (done.state, done.counts["items"], done.counts["tasks"]) == ("done", 30, 30)
    assert Task.objects.filter(queue=queue, wanted=2, closed_at=None).count() == 30
    item = Item.objects.get(key="i7")
    assert (item.content, item.kind, item.created_at) == ({"text": "Text 7"}, "text", NOW)
    assert told[-1] == ("writing", 30, 30)
    assert {stage for stage, _n, _of in told} == {"checking", "writing"}
    assert [entry.verb for entry in trail.history(transfer)] == ["imported", "rows imported", "import begun"]


def test_items_of_a_file_wait_by_risk_language_and_time_as_any_others_do(programme: Programme) -> None:
    queue = make_queue(programme, priority_rule=Queue.RISK, target_s=3_600)
    row = {"item": "a", "kind": "text", "language": "de", "content": {"text": "Hallo"}, "attributes": {"risk": 4}}
    bring_in(programme, source(json.dumps(row)), queue=queue)
    same = NewItem(key="b", language="de", content={"text": "Hallo"}, attributes={"risk": 4})
    add_items(SYSTEM, programme=programme, items=[same], now=NOW)
    fill_queue(SYSTEM, queue=queue, now=NOW)
    ours, other = Task.objects.filter(queue=queue).order_by("id")
    assert (ours.language, ours.priority, ours.due_at) == ("de", 4, after(hours=1))
    assert (ours.wanted, ours.given, ours.routed_by) == (other.wanted, other.given, other.routed_by)
    assert (ours.language, ours.priority, ours.due_at) == (other.language, other.priority, other.due_at)


def test_items_of_a_file_go_where_the_routing_rules_say_unless_they_are_answered(programme: Programme) -> None:
    german, named = make_queue(programme), make_queue(programme)
    condition = {"all": [{"field": "language", "operator": "is", "value": "de"}]}
    add_rule(SYSTEM, programme=programme, title="In German", condition=condition, queue=german, now=NOW)
    rows = [
        {"item": str(n), "kind": "text", "language": language, "content": {"text": "T"}}
        for n, language in enumerate(("de", "en", "de"))
    ]
    done = bring_in(programme, source("\n".join(json.dumps(row) for row in rows)))
    assert (done.counts["items"], done.counts["tasks"]) == (3, 2)
    found = Task.objects.filter(queue=german, routed_by__title="In German").order_by("item__key")
    assert list(found.values_list("item__key", flat=True)) == ["0", "2"]

    answered = {"completed_by": 1, "created_at": "2026-03-01T10:00:00Z", "lead_time": 2, "result": [CHOICE]}
    tasks = [{"id": n, "data": {"text": "T", "language": "de"}, "annotations": [answered] * n} for n in (0, 1)]
    add_rule(SYSTEM, programme=programme, title="All", condition={"all": []}, queue=german, now=NOW)
    done = bring_in(programme, source(json.dumps(tasks), "export.json"))
    assert (done.counts["items"], done.counts["tasks"], done.counts["decisions"]) == (2, 1, 1)
    assert Task.objects.filter(item__key__startswith="ls-").get().item.key == "ls-0"

    # Whoever names a queue has routed already.
    bring_in(programme, source(json.dumps(rows[0] | {"item": "9"})), queue=named)
    assert Task.objects.get(item__key="9").queue == named


def test_one_bad_row_stops_everything_and_is_named(programme: Programme) -> None:
    text = (
        lines(5)
        + '{"item": "", "text": "x"}\nnonsense\n{"item": "i1", "text": "twice"}\n{"item": "j", "content": {"text": 5}}\n'
    )
    with pytest.raises(importing.ImportFailed) as failed:
        bring_in(programme, source(text))
    assert not Item.objects.exists()
    found = failed.value.transfer
    assert [(bad["row"], bad["column"]) for bad in found.bad_rows] == [
        (6, "item"),
        (7, ""),
        (8, "item"),
        (9, "content"),
    ]
    assert all(bad["what"] and bad["fix"] for bad in found.bad_rows)
    assert found.state == "failed"
    assert "4 things do not fit" in failed.value.sentence
    again = bring_in(programme, source(text), is_partial=True)
    assert (again.state, again.counts["items"], again.bad_total) == ("done", 5, 4)
    assert set(Item.objects.values_list("key", flat=True)) == {f"i{n}" for n in range(5)}


def test_the_same_file_goes_in_once(programme: Programme) -> None:
    bring_in(programme, source(lines(3)))
    with pytest.raises(NotNow, match="was imported on 2026-03-02 by test"):
        bring_in(programme, source(lines(3)))
    other = bring_in(make_programme(), source(lines(3)))
    assert other.counts["items"] == 3
    more = bring_in(programme, source(lines(5)))
    assert (more.counts["items"], more.counts["items_known"]) == (2, 3)
    assert Item.objects.filter(programme=programme).count() == 5


def test_an_import_that_was_killed_goes_on_where_it_broke_off(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "STEP", 10)
    file = source(lines(35))
    transfer = begin_import(SYSTEM, programme=programme, source=file, now=NOW)
    written: list[int] = []

    def killed(step: Any, records: Any, *, now: Any) -> Any:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(len(records))
        return real(step, records, now=now)

    real = writing.write_items
    with monkeypatch.context() as patch:
        patch.setattr(importing, "write_items", killed)
        with pytest.raises(KeyboardInterrupt):
            carry_on(SYSTEM, transfer=transfer, source=file, now=NOW)
    transfer.refresh_from_db()
    assert (transfer.state, transfer.position, Item.objects.count()) == ("writing", 20, 20)
    with pytest.raises(NotNow, match="Another process"):
        carry_on(SYSTEM, transfer=transfer, source=file, now=after(seconds=5))
    again = begin_import(SYSTEM, programme=programme, source=file, now=after(minutes=2))
    assert again.pk == transfer.pk
    done = carry_on(SYSTEM, transfer=again, source=file, now=after(minutes=2))
    assert (done.state, done.position, done.counts["items"], Item.objects.count()) == ("done", 35, 35, 35)
    assert done.counts.get("items_known", 0) == 0, "nothing was written twice"


def test_label_studio_brings_items_answers_and_people(programme: Programme, data_dir: Path) -> None:
    spans = {
        "from_name": "marks", "to_name": "text", "type": "labels",
        "value": {"start": 0, "end": 4, "text": "Text", "labels": ["Name"]},
    }  # fmt: skip
    tasks = [
        {
            "id": n,
            "data": {"text": f"Text {n}"},
            "annotations": [
                {"completed_by": who, "created_at": "2026-03-01T10:00:00Z", "lead_time": 2, "result": [CHOICE, spans]}
                for who in (1, 2)
            ],
        }
        for n in range(3)
    ]
    done = bring_in(programme, source(json.dumps(tasks), "export.json"))
    assert (done.counts["items"], done.counts["decisions"], done.counts["workers"]) == (3, 6, 2)
    made = Decision.objects.filter(worker__code="1", item__key="ls-0").get()
    assert (made.label, made.active_ms, made.origin) == ("Yes", 2_000, "import")
    assert made.answer["marks"] == [{"label": "Name", "start": 0, "end": 4, "text": "Text"}]
    rows = log.read(DECISIONS).count().to_pyarrow().as_py()
    assert rows in (0, 6)  # the files take their place when the test's transaction would commit
    out = write_out(programme, "label_studio", data_dir, what="items")
    back = json.loads(out)
    assert [len(task["annotations"]) for task in back] == [2, 2, 2]
    assert back[0]["annotations"][0]["result"][0]["value"] == {"choices": ["Yes"]}


def write_out(programme: Programme, slug: str, folder: Path, *, what: str = "decisions", actor: Any = SYSTEM) -> bytes:
    transfer = order_export(actor, programme=programme, what=what, file_format=slug, in_background=False, now=NOW)
    path = folder / f"out-{transfer.pk}"
    write_export(actor, transfer=transfer, path=path, now=NOW)
    return path.read_bytes()


def decided() -> tuple[Programme, list[Decision]]:
    programme = make_programme()
    queue = make_queue(programme, items=4, overlap=2)
    made = []
    for person in (make_person("moderator"), make_person("moderator")):
        actor = as_actor(person)
        made += [make_decision(actor, lease, now=after(seconds=9)) for lease in take_batch(actor, queue=queue, now=NOW)]
    take_back(as_actor(person), decision=made[-1], now=after(seconds=12))
    return programme, made


def test_decisions_go_out_and_come_in_elsewhere(data_dir: Path) -> None:
    programme, made = decided()
    text = write_out(programme, "jsonl", data_dir).decode()
    rows = [json.loads(line) for line in text.splitlines()]
    assert len(rows) == len(made) == 8
    assert sum(row["is_taken_back"] for row in rows) == 1
    other = make_programme()
    bring_in(other, source(write_out(programme, "jsonl", data_dir, what="items"), "i.jsonl"))
    done = bring_in(other, source(text, "d.jsonl"), what="decisions")
    assert done.counts["decisions"] == 7
    assert any("taken back" in remark for remark in done.remarks)
    assert Decision.objects.filter(programme=other, label="No").count() == 7
    with pytest.raises(importing.ImportFailed):
        bring_in(make_programme(), source(text, "d.jsonl"), what="decisions")


def test_a_repeated_answer_is_numbered(programme: Programme) -> None:
    make_items(1, programme)
    key = Item.objects.get().key
    text = f"item,worker,label\n{key},ada,Yes\n{key},ada,No\n{key},bo,Yes\n"
    bring_in(programme, source(text, "d.csv"), what="decisions")
    bring_in(programme, source(text + f"{key},ada,Perhaps\n", "e.csv"), what="decisions")
    ada = Decision.objects.filter(worker__code="ada")
    assert sorted(ada.values_list("replicate", flat=True)) == [1, 2, 3, 4, 5]


def test_forms_go_out_and_come_in(programme: Programme, data_dir: Path) -> None:
    version = make_form(programme)
    other = make_programme()
    done = bring_in(other, source(write_out(programme, "jsonl", data_dir, what="forms"), "f.jsonl"), what="forms")
    assert done.counts["forms"] == 1
    assert FormVersion.objects.get(form__programme=other).spec == version.spec
    with pytest.raises(importing.ImportFailed):
        bring_in(other, source('{"name": "x", "spec": {"fields": []}}\n', "g.jsonl"), what="forms")


def test_each_format_writes_what_a_programme_holds(data_dir: Path) -> None:
    programme, _made = decided()
    for slug in ("jsonl", "csv", "parquet", "label_studio", "coco", "cvat"):
        assert write_out(programme, slug, data_dir, what="items")
        assert write_out(programme, slug, data_dir, what="decisions")
    for wrong in ("doc", ""):
        with pytest.raises(Invalid):
            order_export(SYSTEM, programme=programme, file_format=wrong, now=NOW)
    with pytest.raises(Invalid):
        order_export(SYSTEM, programme=programme, what="people", now=NOW)


def test_answers_go_out_beside_their_items_oldest_first_and_those_of_another_queue_stay(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "_PORTION", 2)
    programme = make_programme()
    items = make_items(5, programme)
    queue, other = make_queue(programme), make_queue(programme)
    put_in(queue, [item.pk for item in items], now=NOW)
    said = [
        ImportedDecision(
            item_key=item.key,
            worker_code="ada",
            label=label,
            replicate=n,
            decided_at=after(seconds=s),
            queue_id=where.pk,
        )
        for item in items[:3]
        for n, (label, s, where) in enumerate([("No", 60, queue), ("Yes", 1, queue), ("Perhaps", 30, other)], 1)
    ]
    ada = Worker.objects.create(organisation=house(), code="ada", name="Ada", created_at=NOW)
    with transaction.atomic():
        insert_decisions(programme, said, workers={"ada": ada}, now=NOW)
    tasks = exported(programme, queue=queue)
    assert [task["data"]["key"] for task in tasks] == [item.key for item in items[:3]]
    for task in tasks:
        assert [each["result"][0]["value"]["choices"] for each in task["annotations"]] == [["Yes"], ["No"]]
        moments = [datetime.fromisoformat(each["created_at"]) for each in task["annotations"]]
        assert moments == [after(seconds=1), after(seconds=60)]
    # Of the whole programme each answer is told, and what nobody decided is no decision.
    assert [len(task["annotations"]) for task in exported(programme)] == [3, 3, 3]


def exported(programme: Programme, **said: Any) -> list[dict[str, Any]]:
    transfer = order_export(
        SYSTEM, programme=programme, what="decisions", file_format="label_studio", in_background=False, now=NOW, **said
    )
    path = path_of(transfer.pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_export(SYSTEM, transfer=transfer, path=path, now=NOW)
    tasks: list[dict[str, Any]] = json.loads(path.read_bytes())
    return tasks


def test_an_export_asks_as_often_for_many_rows_as_for_few(data_dir: Path) -> None:
    programme, _made = decided()

    def asked(what: str, slug: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            write_out(programme, slug, data_dir, what=what)
        return len(queries)

    before = asked("decisions", "jsonl"), asked("items", "label_studio")
    make_items(60, programme)
    assert (asked("decisions", "jsonl"), asked("items", "label_studio")) == before


def test_only_who_may_brings_in_and_gets_out(programme: Programme) -> None:
    partner = make_vendor()
    shared = make_programme(partners=[partner])
    for person in (
        make_person("moderator"), make_person("lead"), make_person("quality_manager", partner), make_person(()),
    ):  # fmt: skip
        actor = as_actor(person)
        with pytest.raises((Refused, Invalid)):
            begin_import(actor, programme=programme, source=source(lines(1)), now=NOW)
        with pytest.raises(Refused):
            order_export(actor, programme=programme, now=NOW)
    theirs = as_actor(make_person("quality_manager", partner))
    file = source("item,worker,label\n", "d.csv")
    assert shared.engagements.count() == 2
    for who in (theirs, as_actor(make_person("moderator"))):
        with pytest.raises(Refused):
            begin_import(who, programme=programme, source=file, what="decisions", now=NOW)
    task = {"id": 1, "data": {"text": "x"}, "annotations": [{"completed_by": 1, "result": [CHOICE]}]}
    signed = source(json.dumps([task]), "ls.json")
    transfer = begin_import(theirs, programme=shared, source=signed, now=NOW)
    with pytest.raises(Refused, match="our own organisation"):
        carry_on(theirs, transfer=transfer, source=signed, now=NOW)
    assert not Item.objects.filter(programme=shared).exists()


# ------------------------------------------------------------------ pages, API


@pytest.fixture
def manager() -> Person:
    return make_person("quality_manager")


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_file_is_handed_in_on_a_page_and_its_report_read(programme: Programme, manager: Person) -> None:
    client = client_of(manager)
    home = f"/work/programmes/{programme.pk}/files/"
    assert "No files yet" in client.get(home).content.decode()
    file = SimpleUploadedFile("items.jsonl", lines(3).encode())
    answer = client.post(f"{home}imports/", {"file": file, "what": "items"})
    transfer = Transfer.objects.get()
    assert answer["Location"] == f"/work/files/{transfer.pk}/"
    page = client.get(answer["Location"]).content.decode()
    assert "hx-get" in page
    work_off()
    transfer.refresh_from_db()
    assert transfer.state == "done"
    assert Item.objects.count() == 3
    assert not path_of(transfer.pk).exists()
    state = client.get(f"/work/files/{transfer.pk}/state/")
    assert state["HX-Refresh"] == "true"
    bad = SimpleUploadedFile("items.jsonl", b"nonsense\n")
    answer = client.post(f"{home}imports/", {"file": bad, "what": "items"})
    work_off()
    assert "The line is no JSON" in client.get(answer["Location"]).content.decode()
    wrong = client.post(f"{home}imports/", {"what": "items", "file": SimpleUploadedFile("x.doc", b"?")})
    assert wrong.status_code == 422
    assert "Choose one of" in wrong.content.decode()


def test_an_export_is_fetched_by_whoever_ordered_it_and_nobody_else(manager: Person) -> None:
    programme, _made = decided()
    client = client_of(manager)
    answer = client.post(f"/work/programmes/{programme.pk}/files/exports/", {"what": "decisions", "file_format": "csv"})
    transfer = Transfer.objects.get()
    assert client.get(f"/work/files/{transfer.pk}/content/").status_code == 404
    work_off()
    assert "Fetch the file" in client.get(answer["Location"]).content.decode()
    got: Any = client.get(f"/work/files/{transfer.pk}/content/")
    content = b"".join(got.streaming_content)
    assert content.startswith(b"item,worker,label")
    assert got["Content-Disposition"].endswith('-decisions.csv"')
    for other in (make_person("quality_manager"), make_person("moderator"), make_person("lead", make_vendor())):
        assert client_of(other).get(f"/work/files/{transfer.pk}/content/").status_code == 404
    assert client.post(f"/work/files/{transfer.pk}/withdrawal/").status_code == 302
    assert not path_of(transfer.pk).exists()


def test_a_transfer_whose_process_died_is_taken_up(
    programme: Programme, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SimpleUploadedFile("items.jsonl", lines(3).encode())
    transfer = hand_in(as_actor(manager), programme=programme, uploaded=file, now=NOW)
    Transfer.objects.filter(pk=transfer.pk).update(state="writing", beat_at=NOW)
    asked: list[str] = []
    monkeypatch.setattr(running, "enqueue", lambda _job, **said: asked.append(said["transfer_id"]))
    take_up_transfers(NOW + timedelta(seconds=10))
    assert asked == []
    take_up_transfers(NOW + timedelta(minutes=2))
    assert asked == [str(transfer.pk)]
    run_transfer(transfer_id=asked[0], at=after(minutes=2).isoformat())
    assert Item.objects.count() == 3


def test_the_api_takes_files_and_gives_them(programme: Programme, manager: Person) -> None:
    client = client_of(manager)
    base = f"/api/v1/work/programmes/{programme.pk}"
    sent = client.post(
        f"{base}/imports", {"file": SimpleUploadedFile("i.csv", b"item,text\na,Hello\n"), "what": "items"}
    )
    assert (sent.status_code, sent.json()["state"]) == (202, "queued")
    work_off()
    got = client.get(f"/api/v1/work/transfers/{sent.json()['id']}").json()
    assert (got["state"], got["counts"]["items"]) == ("done", 1)
    wrong = client.post(
        f"{base}/imports", {"file": SimpleUploadedFile("i.csv", b"item,text\na,Hello\n"), "what": "items"}
    )
    assert (wrong.status_code, wrong.json()["code"]) == (409, "imported-before")
    ordered = client.post(f"{base}/exports", {"what": "items"}, content_type="application/json").json()
    work_off()
    file: Any = client.get(f"/api/v1/work/transfers/{ordered['id']}/file")
    assert json.loads(b"".join(file.streaming_content))["item"] == "a"
    stranger = client_of(make_person("quality_manager", make_vendor()))
    assert stranger.get(f"/api/v1/work/transfers/{ordered['id']}").status_code == 404
    assert stranger.post(f"{base}/exports", {}, content_type="application/json").status_code == 404
    assert client.post(f"{base}/exports", {"format": "doc"}, content_type="application/json").status_code == 422
    assert Worker.objects.filter(person=manager).exists()
