"""Each page as the owner, a colleague with fewer rights and a stranger from a partner see it; and what blindness means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from evenkeel.ground import clock, jobs
from evenkeel.people import Person
from evenkeel.policy import add_policy, publish_version
from evenkeel.quality import AuditTask, ExpertAnswer, SamplingPlan, Verdict, draw_due, import_labels, start_plan
from evenkeel.quality.imports.uploads import folder_of
from evenkeel.quality.models import LabelUpload
from evenkeel.work import Decision, ImportRun, change_queue

from .conftest import NOW, SYSTEM, House


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch, house: House) -> None:
    """Requests come in when what was decided at NOW is final."""
    monkeypatch.setattr(clock, "now", lambda: house.later)


@dataclass
class Scene:
    """Four drawn decisions of Mo's, and who looks at them."""

    house: House
    manager: Person
    auditor: Person
    moderator: Person
    stranger: Person
    plan: SamplingPlan
    tasks: list[AuditTask]


@pytest.fixture
def scene(house: House) -> Scene:
    policy = add_policy(SYSTEM, name="Safety of answers", now=NOW)
    publish_version(SYSTEM, policy=policy, body_markdown="# What is unsafe\n\nThreats.", now=NOW)
    change_queue(SYSTEM, queue=house.queue, policy=policy, now=NOW)
    moderator = house.person("Moira Testmoderator", "moderator")
    plan = start_plan(SYSTEM, programme=house.programme, queue=house.queue, name="Random", rate=1, salt=7, now=NOW)
    house.decide(moderator, ["Unsure", "Unsafe", "Safe", "Safe"])
    draw_due(house.later)
    return Scene(
        house,
        house.person("Qi", "quality_manager"),
        house.person("Ada", "qa_specialist"),
        moderator,
        house.person("Vera", "qa_specialist", "lead", "vendor_manager", organisation=house.partner),
        plan,
        list(AuditTask.objects.order_by("id")),
    )


Get = Callable[..., Any]


@pytest.fixture
def get(client: Client) -> Get:
    """`get(person, "quality:plan", pk)`: the answer that this person gets."""

    def as_person(person: Person, name: str, *args: object, **query: str) -> Any:
        client.force_login(person)
        return client.get(reverse(name, args=args), query)

    return as_person


@pytest.fixture
def post(client: Client) -> Get:
    def as_person(person: Person, page: str, /, *args: object, follow: bool = False, **said: Any) -> Any:
        client.force_login(person)
        return client.post(reverse(page, args=args), said, follow=follow)

    return as_person


def take(post: Get, scene: Scene) -> AuditTask:
    post(scene.auditor, "quality:take")
    return AuditTask.objects.get(auditor__person=scene.auditor, closed_at=None)


# ------------------------------------------------------------------ sampling


def test_sampling_shows_plans_and_coverage(scene: Scene, get: Get) -> None:
    page = get(scene.manager, "quality:home").content.decode()
    assert "Random" in page
    assert "0 of 4" in page
    assert get(scene.moderator, "quality:home").content.decode().count("Random") == 0
    assert "0 of 0" in get(scene.stranger, "quality:home").content.decode()
    exported = b"".join(get(scene.manager, "quality:home", export="csv")).decode()
    assert "Random" in exported


def test_plans_are_found_by_name(scene: Scene, get: Get) -> None:
    assert reverse("quality:plan", args=[scene.plan.pk]) in get(scene.manager, "site:search", q="rand").content.decode()
    assert reverse("quality:plan", args=[scene.plan.pk]) not in (
        get(scene.moderator, "site:search", q="rand").content.decode()
    )


def test_a_programmes_audits_have_a_page(scene: Scene, get: Get) -> None:
    page = get(scene.manager, "quality:programme", scene.house.programme.pk)
    assert page.status_code == 200
    assert 'aria-current="page"' in page.content.decode()
    assert get(scene.manager, "quality:programme", uuid4()).status_code == 404


def test_a_plan_shows_each_draw_with_its_odds(scene: Scene, get: Get) -> None:
    page = get(scene.manager, "quality:plan", scene.plan.pk).content.decode()
    assert page.count(reverse("quality:audit", args=[scene.tasks[0].draw_id])) == 1
    assert "100.0" in page
    assert reverse("quality:audit", args=[scene.tasks[0].draw_id]) not in (
        get(scene.stranger, "quality:plan", scene.plan.pk).content.decode()
    )
    assert get(scene.moderator, "quality:plan", scene.plan.pk).status_code == 404


def test_a_replay_says_what_it_found(scene: Scene, get: Get) -> None:
    assert "All 4 draws among 4 decisions" in get(scene.manager, "quality:replay", scene.plan.pk).content.decode()
    assert get(scene.moderator, "quality:replay", scene.plan.pk).status_code == 404


def test_a_plan_is_started_and_ended_on_its_pages(scene: Scene, get: Get, post: Get) -> None:
    where = f"queue:{scene.house.queue.pk}"
    assert "Start the plan" in get(scene.manager, "quality:start").content.decode()
    started = post(scene.manager, "quality:start", where=where, percent="2.5", name="Few", follow=True)
    assert "2.5" in started.content.decode()
    plan = SamplingPlan.objects.get(name="Few")
    assert (plan.rate, plan.queue, plan.created_by) == (0.025, scene.house.queue, scene.manager)
    again = post(scene.manager, "quality:start", where=where, percent="2.5", name="Few")
    assert again.status_code == 422
    assert "There is one of this name" in again.content.decode()
    assert post(scene.auditor, "quality:start", where=where, percent="5", name="x").status_code == 403
    assert post(scene.auditor, "quality:end", plan.pk).status_code == 404
    post(scene.manager, "quality:end", plan.pk)
    plan.refresh_from_db()
    assert plan.ended_at == scene.house.later


def test_the_preview_follows_the_rate(scene: Scene, get: Get) -> None:
    where = f"programme:{scene.house.programme.pk}"
    shown = get(scene.manager, "quality:preview", where=where, percent="50").content.decode()
    assert "of 4 decisions a day" in shown
    assert "Nothing is audited yet, so this supposes" in shown
    assert "at most 100 %" in get(scene.manager, "quality:preview", where=where, percent="0").content.decode()
    assert get(scene.auditor, "quality:preview", where=where, percent="5").status_code == 403


# ------------------------------------------------------------------ audits


def test_audits_that_wait_are_listed_for_those_who_may(scene: Scene, get: Get) -> None:
    assert "4 audits wait" in get(scene.auditor, "quality:audits").content.decode()
    assert "Nothing waits for you" in get(scene.stranger, "quality:audits").content.decode()
    assert get(scene.moderator, "quality:audits").status_code == 403
    assert "4 decisions wait for your verdict" in get(scene.auditor, "site:home").content.decode()


def test_before_the_verdict_no_page_holds_a_trace_of_the_first_answer(scene: Scene, get: Get, post: Get) -> None:
    task = take(post, scene)
    decision = task.draw.decision
    assert decision.label == "Unsure"
    open_pages = [
        get(scene.auditor, "quality:desk", task.pk),
        get(scene.auditor, "quality:audit", task.draw_id),
        get(scene.auditor, "quality:audits"),
        get(scene.auditor, "quality:plan", scene.plan.pk),
        get(scene.auditor, "quality:home"),
        get(scene.manager, "quality:audit", task.draw_id),
    ]
    for page in open_pages:
        assert page.status_code == 200
        html = page.content.decode()
        assert "Testmoderator" not in html
        assert str(decision.pk) not in html
        assert str(decision.worker_id) not in html
        assert decision.worker.code not in html.lower()
    # The desk offers every choice once, all alike; the other pages do not know the label at all.
    desk = open_pages[0].content.decode()
    assert [desk.count(f'value="{label}"') for label in ("Safe", "Unsafe", "Unsure")] == [1, 1, 1]
    assert "checked" not in desk[desk.index("<main") : desk.index("</form>", desk.index('name="answer-label"'))]
    assert desk.count("Unsure") == 1
    assert all("Unsure" not in page.content.decode() for page in open_pages[1:])


def test_two_decisions_that_differ_in_their_answer_alone_look_the_same_on_the_desk(
    scene: Scene, get: Get, post: Get
) -> None:
    shown = []
    for _each in range(4):
        task = take(post, scene)
        html = get(scene.auditor, "quality:desk", task.pk).content.decode()
        form = html[html.index("<main") :]
        for own in (
            str(task.pk),
            _between(form, 'name="client_key" value="', '"'),
            _between(form, "csrfmiddlewaretoken", ">"),
        ):
            form = form.replace(own, "")
        shown.append(form)
        post(scene.auditor, "quality:verdict", task.pk, **{"answer-label": "Safe", "client_key": uuid4().hex})
    assert len(set(shown)) == 1
    assert {"Unsure", "Unsafe", "Safe"} == set(Decision.objects.values_list("label", flat=True))


def _between(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[1].split(end, 1)[0]


def test_a_verdict_shows_what_the_first_answer_was_but_not_whose(scene: Scene, get: Get, post: Get) -> None:
    task = take(post, scene)
    key = _between(get(scene.auditor, "quality:desk", task.pk).content.decode(), 'name="client_key" value="', '"')
    said = {"answer-label": "Unsafe", "comment": "A threat.", "client_key": key, "active_ms": "1234"}
    done = post(scene.auditor, "quality:verdict", task.pk, follow=True, **said).content.decode()
    assert "The first answer was wrong" in done
    assert "Cannot say" in done
    assert "Testmoderator" not in done
    verdict = Verdict.objects.get()
    assert (verdict.label, verdict.comment, verdict.active_ms, verdict.error_class) == (
        "Unsafe", "A threat.", 1234, "wrong_selection",
    )  # fmt: skip
    post(scene.auditor, "quality:verdict", task.pk, **said)  # sent twice
    assert Verdict.objects.count() == 1


def test_an_empty_answer_comes_back_with_what_was_written(scene: Scene, post: Get) -> None:
    task = take(post, scene)
    page = post(scene.auditor, "quality:verdict", task.pk, comment="Half done", client_key="k" * 12)
    assert page.status_code == 422
    assert "Answer this." in page.content.decode()
    assert "Half done" in page.content.decode()


def test_an_audit_in_hand_is_nobody_elses_page(scene: Scene, get: Get, post: Get) -> None:
    task = take(post, scene)
    assert get(scene.manager, "quality:desk", task.pk).status_code == 404
    assert get(scene.stranger, "quality:desk", task.pk).status_code == 404
    assert get(scene.moderator, "quality:desk", task.pk).status_code == 404
    post(scene.auditor, "quality:return", task.pk)
    assert get(scene.auditor, "quality:desk", task.pk).status_code == 404


def test_a_correction_keeps_the_earlier_verdict_on_the_record(scene: Scene, get: Get, post: Get) -> None:
    task = take(post, scene)
    post(scene.auditor, "quality:verdict", task.pk, **{"answer-label": "Unsafe", "client_key": "a" * 12})
    post(scene.auditor, "quality:correction", task.pk, label="Unsure", comment="Misread.", client_key="b" * 12)
    record = get(scene.manager, "quality:audit", task.draw_id).content.decode()
    assert record.count('<tr class="replaced">') == 1
    assert record.index("Misread.") < record.index('<tr class="replaced">')
    assert "Moira Testmoderator" in record
    assert "Moira Testmoderator" not in get(scene.auditor, "quality:audit", task.draw_id).content.decode()
    assert get(scene.stranger, "quality:audit", task.draw_id).status_code == 404


def test_a_decisions_page_leads_to_its_audit(scene: Scene, get: Get) -> None:
    draw = scene.tasks[0].draw
    record = reverse("quality:audit", args=[draw.pk])
    assert record in get(scene.manager, "work:decision", draw.decision_id).content.decode()
    assert record not in get(scene.moderator, "work:decision", draw.decision_id).content.decode()


def test_the_guideline_is_the_version_that_was_in_force(scene: Scene, get: Get, post: Get) -> None:
    policy = scene.tasks[0].draw.decision.policy_version
    assert policy is not None
    publish_version(
        SYSTEM, policy=policy.policy, body_markdown="# Now all is well", what_changed="Everything.",
        now=scene.house.later - timedelta(seconds=1),
    )  # fmt: skip
    page = get(scene.auditor, "quality:desk", take(post, scene).pk).content.decode()
    assert "What is unsafe" in page
    assert "Now all is well" not in page


# ------------------------------------------------------------------ experts


def test_experts_answers_are_shown_and_given(scene: Scene, get: Get, post: Get) -> None:
    item = scene.tasks[0].draw.decision.item
    assert "Say what is right" in get(scene.manager, "quality:expert", item.pk).content.decode()
    post(scene.manager, "quality:expert", item.pk, label="Unsafe", source="Panel")
    assert ExpertAnswer.objects.get().label == "Unsafe"
    scientist = scene.house.person("Dana", "data_scientist")
    assert "Say what is right" not in get(scientist, "quality:expert", item.pk).content.decode()
    assert post(scientist, "quality:expert", item.pk, label="Safe").status_code == 403
    assert get(scene.auditor, "quality:expert", item.pk).status_code == 403
    everything = scene.house.person("Zoe", "administrator", organisation=scene.house.partner)
    assert get(everything, "quality:expert", item.pk).status_code == 404


# ------------------------------------------------------------------ imports

LABELS = b"item,worker,label\na,r1,Yes\na,r2,No\n"


def files(**more: bytes) -> dict[str, SimpleUploadedFile]:
    return {name: SimpleUploadedFile(f"../../{name}.csv", content) for name, content in more.items()}


@pytest.mark.django_db(transaction=True)
def test_files_are_looked_at_imported_and_reported(scene: Scene, get: Get, post: Get) -> None:
    items = b"item,text,truth\na,Hello <b>there</b>,Yes\n"
    page = post(
        scene.manager, "quality:new_import", follow=True, programme_name="Study", on_repeat="keep",
        **files(labels=LABELS, items=items),
    )  # fmt: skip
    html = page.content.decode()
    assert "Hello &lt;b&gt;there&lt;/b&gt;" in html
    assert "who labelled it" in html
    upload = LabelUpload.objects.get()
    assert upload.labels_name == "labels.csv"
    assert sorted(path.name for path in folder_of(upload.pk).iterdir()) == ["items", "labels"]
    assert not ImportRun.objects.exists()
    begun = post(scene.manager, "quality:begin_import", upload.pk, follow=True).content.decode()
    assert reverse("quality:upload_state", args=[upload.pk]) in begun
    jobs.drain()
    upload.refresh_from_db()
    assert upload.state == "done"
    assert not folder_of(upload.pk).exists()
    assert get(scene.manager, "quality:upload_state", upload.pk)["HX-Refresh"] == "true"
    report = get(scene.manager, "quality:run", upload.run_id).content.decode()
    assert "labels.csv" in report
    assert "labels.csv" in get(scene.manager, "quality:imports").content.decode()
    assert get(scene.auditor, "quality:imports").status_code == 403
    assert get(scene.auditor, "quality:upload", upload.pk).status_code == 404
    assert get(scene.stranger, "quality:run", upload.run_id).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_files_that_do_not_fit_are_reported_row_by_row(scene: Scene, get: Get, post: Get) -> None:
    post(
        scene.manager, "quality:new_import", programme_name="Study", on_repeat="keep", allowed_labels="Yes, No",
        **files(labels=LABELS + b"b,r1,Perhaps\n"),
    )  # fmt: skip
    upload = LabelUpload.objects.get()
    post(scene.manager, "quality:begin_import", upload.pk)
    jobs.drain()
    html = get(scene.manager, "quality:upload", upload.pk).content.decode()
    assert "one thing does not fit" in html
    assert "The label “Perhaps” is not one of those asked for." in html
    assert not ImportRun.objects.exists()
    post(scene.manager, "quality:withdraw_upload", upload.pk)
    assert not folder_of(upload.pk).exists()


def test_a_file_that_cannot_be_read_is_refused_at_once(scene: Scene, post: Get, data_dir: Path) -> None:
    page = post(
        scene.manager, "quality:new_import", programme_name="Study", on_repeat="keep", **files(labels=b"PK\x03\x04zip")
    )
    assert page.status_code == 422
    assert "zip archive" in page.content.decode()
    assert not LabelUpload.objects.exists()
    assert not [path for path in (data_dir / "uploads").rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_is_taken_up_again(scene: Scene, post: Get) -> None:
    post(scene.manager, "quality:new_import", programme_name="Study", on_repeat="keep", **files(labels=LABELS))
    upload = LabelUpload.objects.get()
    LabelUpload.objects.update(state="running", started_at=NOW)
    jobs.run_due(NOW + timedelta(minutes=5))
    jobs.drain()
    assert not ImportRun.objects.exists()
    jobs.run_due(NOW + timedelta(minutes=31))
    jobs.drain()
    upload.refresh_from_db()
    assert (upload.state, ImportRun.objects.count()) == ("done", 1)
    jobs.run_due(NOW + timedelta(hours=2))
    jobs.drain()
    assert ImportRun.objects.count() == 1


def test_an_import_from_the_command_line_has_a_report_too(scene: Scene, get: Get, tmp_path: Path) -> None:
    path = tmp_path / "cli.csv"
    path.write_bytes(LABELS)
    report = import_labels(SYSTEM, labels=path, programme_name="Study", now=NOW)
    assert "cli.csv" in get(scene.manager, "quality:run", report.run_id).content.decode()


def test_every_page_sends_a_stranger_to_log_in(scene: Scene, client: Client) -> None:
    from evenkeel.quality.pages import urlpatterns

    for pattern in urlpatterns:
        names = pattern.pattern.converters
        response = client.get(reverse(f"quality:{pattern.name}", args=[uuid4() for _name in names]))
        assert response.status_code in (302, 405), pattern.name
        if response.status_code == 302:
            assert "/accounts/login/" in response["Location"]
