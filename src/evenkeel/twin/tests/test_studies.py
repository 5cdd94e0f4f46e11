"""What-if studies: three people, what does not fit, what is found, and processes that are killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.people import Person
from evenkeel.twin.acts import begin_study, delete_study, stop_study
from evenkeel.twin.models import WhatIfStudy
from evenkeel.twin.studies import driving
from evenkeel.twin.studies.asking import Asked, decisions_of
from evenkeel.twin.studies.carrying import carry_on
from evenkeel.twin.studies.comparing import figures_of, headlines_of, seeds_of
from evenkeel.twin.studies.folder import ASKED, FAILED, STOP, StudyFolder
from evenkeel.twin.studies.knobs import KNOBS, told
from evenkeel.twin.wide.reading import read_plan
from evenkeel.work.tests import factories
from evenkeel.work.tests.factories import NOW, as_actor

pytestmark = pytest.mark.django_db

ASKED_FOR = Asked(
    title="Half the audits?", scenario="small", seeds=2, work=0.1,
    variants=(("fewer", ("audits.rate=0.02",)), ("", ("signals.budget=2",))),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.EVENKEEL = replace(settings.EVENKEEL, data_dir=tmp_path)


@pytest.fixture
def owner() -> Person:
    return factories.make_person("quality_manager")


@pytest.fixture
def study(owner: Person) -> WhatIfStudy:
    return begin_study(as_actor(owner), asked=ASKED_FOR, programme=None, now=NOW)


def lines(delay: float, seen: int) -> list[dict[str, Any]]:
    """Scores of a run with some headlines."""
    base: dict[str, Any] = {"goal": "", "hits": None, "values": []}
    return [
        {"score": "alarms", "name": "faults seen", "n": 1, "value": None, "unit": ""} | base | {"hits": seen},
        {"score": "alarms", "name": "days until seen", "n": seen, "value": delay, "unit": " days"} | base,
        {"score": "headline", "name": "half width of its interval", "n": 1, "value": 0.4, "unit": " points"} | base,
    ]


def lived(study: WhatIfStudy, tmp_path: Path, runs: list[tuple[int, int, float]]) -> None:
    """Results as the process leaves them."""
    folder = StudyFolder.of(tmp_path, study.pk)
    for variant, seed, delay in runs:
        folder.keep_result(variant, seed, {"lines": lines(delay, 1), "decisions": 10, "audits": 1, "took_s": 2.0})


EVERY = [(0, 1, 1.0), (1, 1, 5.0), (2, 1, 1.0), (0, 2, 3.0), (1, 2, 9.0), (2, 2, 2.0)]


def nobody_begins(_folder: StudyFolder, _place: int) -> None:
    pass


# ------------------------------------------------------------------ who


def logged_in(person: Person | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def test_the_owner_a_colleague_and_a_stranger_see_what_is_theirs(owner: Person, study: WhatIfStudy) -> None:
    url = study.get_absolute_url()
    assert study.title in logged_in(owner).get(url).content.decode()
    assert study.title in logged_in(owner).get("/what-if/").content.decode()
    colleague = logged_in(factories.make_person("moderator"))
    assert [colleague.get(each).status_code for each in ("/what-if/", "/what-if/new/", url)] == [403, 403, 404]
    assert colleague.post(f"{url}deletion/").status_code == 404
    assert logged_in(None).get(url).status_code == 302
    vendor = factories.make_vendor()
    stranger = factories.make_person("administrator", organisation=vendor)
    assert [logged_in(stranger).get(each).status_code for each in (url, f"{url}live/")] == [404, 404]
    assert study.title not in logged_in(stranger).get("/what-if/").content.decode()
    with pytest.raises(Refused):
        begin_study(as_actor(stranger), asked=ASKED_FOR, programme=None, now=NOW)
    assert WhatIfStudy.objects.count() == 1


def test_whoever_has_one_programme_asks_about_that_one_alone() -> None:
    mine, other = factories.make_programme(), factories.make_programme()
    actor = as_actor(factories.make_person("quality_manager", target=mine))
    own = replace(ASKED_FOR, scenario="", since=NOW.date() - timedelta(days=60), until=NOW.date())
    made = begin_study(actor, asked=own, programme=mine, now=NOW)
    assert (made.scenario, made.programme, made.since_on) == ("", mine, own.since)
    with pytest.raises(Refused):
        begin_study(actor, asked=own, programme=other, now=NOW)
    with pytest.raises(Refused, match="reach no further"):
        begin_study(actor, asked=ASKED_FOR, programme=None, now=NOW)


# ------------------------------------------------------------------ what does not fit


@pytest.mark.parametrize(
    ("other", "field", "said"),
    [
        ({"title": " "}, "title", "1 to 120"),
        ({"scenario": "mars"}, "scenario", "small"),
        ({"seeds": 0}, "seeds", "1 to 30"),
        ({"seeds": 30, "variants": tuple((f"v{n}", (f"days={n + 20}",)) for n in range(5))}, "seeds", "120"),
        ({"work": 0.0}, "work", "above 0"),
        ({"scenario": "year", "work": 1.0}, "work", "million decisions"),
        ({"variants": ()}, "variants", "1 to 12"),
        ({"variants": (("a", ("audits.rate=0.1",)), ("b", ("audits.rate=7",)))}, "variants.1", "a share from 0 to 1"),
        ({"variants": (("a", ("days=30",)), ("a", ("days=31",)))}, "variants.1", "this name"),
        ({"variants": (("a", ()),)}, "variants.0", "other than"),
        ({"for_all": ("sites.Mars.people=3",)}, "for_all", "there is no 'Mars'"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(other: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        begin_study(Actor.system("test"), asked=replace(ASKED_FOR, **other), programme=None, now=NOW)
    assert list(refused.value.fields) == [field]
    assert said in refused.value.fields[field][0]
    assert not WhatIfStudy.objects.exists()


def test_the_guess_at_a_run_is_near_what_it_makes() -> None:
    # `evenkeel twin run small --seed 1`: 427,225 decisions.
    assert decisions_of(read_plan("small")) == pytest.approx(427_225, rel=0.15)


def test_every_number_that_is_offered_can_be_changed() -> None:
    for knob in KNOBS:
        asked = replace(ASKED_FOR, variants=(("one", (knob.change(max(knob.least, 5)),)),))
        begin_study(Actor.system("test"), asked=asked, programme=None, now=NOW)
    assert told(("audits.rate=0.02", "signals.budget=2", "days=30")) == "Audited: 2 %, Alarm budget: 2 a week, days=30"


# ------------------------------------------------------------------ the form


FORM = {"title": "Fewer audits", "scenario": "small", "seeds": "2", "work": "0.1", "rows": "2"}


def test_what_is_said_on_the_page_is_what_is_asked(owner: Person) -> None:
    said = FORM | {"v0-name": "fewer", "v0-audited": "2", "v1-budget": "2", "v1-other": "audits.boosts.Abuse=3, days=42",
                   "all_arriving": "8000", "no_events": "on"}  # fmt: skip
    answer = logged_in(owner).post("/what-if/new/", said)
    made = WhatIfStudy.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert made.for_all == ["arrivals.items_a_day=8000", "events=none"]
    assert made.variants == [
        {"name": "fewer", "changes": ["audits.rate=0.02"]},
        {"name": "signals.budget=2, audits.boosts.Abuse=3, days=42",
         "changes": ["signals.budget=2", "audits.boosts.Abuse=3", "days=42"]},
    ]  # fmt: skip
    again = logged_in(owner).get(f"/what-if/new/?like={made.pk}").context["forms"]
    assert [form.initial for form in again.variants] == [
        {"name": "fewer", "audited": "2", "other": ""},
        {"name": made.variants[1]["name"], "budget": "2", "other": "audits.boosts.Abuse=3, days=42"},
    ]
    assert again.study.initial["all_arriving"] == "8000"


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"v1-audited": "700"}, ("v1", "audited")),
        ({"v0-audited": "2", "v1-other": "audits.boosts=3"}, ("v1", "other")),
        ({"v0-audited": "2", "v1-name": "nothing"}, ("v1", "name")),
        ({"scenario": ""}, (None, "programme")),
        ({"v0-audited": "2", "work": "1", "scenario": "year"}, (None, "work")),
        ({}, (None, None)),
    ],
)
def test_a_fault_stands_beside_its_field(owner: Person, said: dict[str, str], place: tuple[Any, Any]) -> None:
    answer = logged_in(owner).post("/what-if/new/", FORM | said)
    assert answer.status_code == 422
    forms = answer.context["forms"]
    found = {(form.prefix, field) for form in forms.all for field in form.errors}
    assert found == {(place[0], place[1] or "__all__")}
    assert not WhatIfStudy.objects.exists()


def test_one_more_variant_keeps_what_was_typed(owner: Person) -> None:
    answer = logged_in(owner).post("/what-if/new/", FORM | {"v0-audited": "2", "more": "1"})
    assert answer.status_code == 200
    assert [form["audited"].value() for form in answer.context["forms"].variants] == ["2", None, None]


# ------------------------------------------------------------------ what is found


def test_results_are_taken_in_once_and_compared_over_whole_seeds(study: WhatIfStudy, tmp_path: Path) -> None:
    lived(study, tmp_path, EVERY[:5])
    carry_on(now=NOW, begin=nobody_begins)
    carry_on(now=NOW, begin=nobody_begins)
    runs = list(study.runs.all())
    assert (len(runs), seeds_of(study, runs)) == (5, [1])
    lived(study, tmp_path, EVERY)
    carry_on(now=NOW, begin=nobody_begins)
    study.refresh_from_db()
    assert (study.end, study.ended_at, study.runs.count()) == ("done", NOW, 6)
    assert not StudyFolder.of(tmp_path, study.pk).path.exists()
    found = {figure.name: figure for figure in headlines_of(figures_of(study, list(study.runs.all())))}
    assert list(found) == ["faults seen", "days until seen", "half width of its interval"]
    cells = found["days until seen"].cells
    assert [cell.line and cell.line.value for cell in cells] == [2.0, 7.0, 1.5]
    assert [cell.difference and cell.difference.value for cell in cells] == [None, 5.0, -0.5]
    assert cells[1].apart == "+5.00"
    assert cells[1].changes == "Audited: 2 %"
    assert found["days until seen"].chart().table().rows[1][0] == "fewer"


def test_the_page_shows_them_side_by_side_and_gives_them_as_csv(
    owner: Person, study: WhatIfStudy, tmp_path: Path
) -> None:
    lived(study, tmp_path, EVERY)
    page = logged_in(owner).get(study.get_absolute_url())
    assert "/live/?seen=0" in page.content.decode()
    carry_on(now=NOW, begin=nobody_begins)
    said = logged_in(owner).get(study.get_absolute_url()).content.decode()
    assert "+5.00" in said
    assert "<svg" in said
    assert "/live/" not in said
    answer = logged_in(owner).get(f"{study.get_absolute_url()}?export=csv")
    rows = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(rows) == 1 + 3 * 3
    assert any(row.startswith("alarms,days until seen,fewer") and ",5.0," in row for row in rows)


def test_a_page_that_lives_loads_anew_when_there_is_more(owner: Person, study: WhatIfStudy, tmp_path: Path) -> None:
    live = f"{study.get_absolute_url()}live/"
    assert "HX-Refresh" not in logged_in(owner).get(f"{live}?seen=0")
    lived(study, tmp_path, EVERY[:3])
    carry_on(now=NOW, begin=nobody_begins)
    assert logged_in(owner).get(f"{live}?seen=0")["HX-Refresh"] == "true"
    assert "3 of 6" in logged_in(owner).get(f"{live}?seen=1").content.decode()


# ------------------------------------------------------------------ stopping, killing, deleting


def test_a_study_that_is_stopped_keeps_what_it_has_and_lets_go_of_its_files(
    owner: Person, study: WhatIfStudy, tmp_path: Path
) -> None:
    lived(study, tmp_path, EVERY[:3])
    carry_on(now=NOW, begin=nobody_begins)
    folder = StudyFolder.of(tmp_path, study.pk)
    place = folder.lock()
    assert place is not None
    stop_study(as_actor(owner), study=study, now=NOW)
    carry_on(now=NOW, begin=nobody_begins)
    # Its process sees the word and ends; only then is the folder removed.
    assert (folder.path / STOP).exists()
    os.close(place)
    carry_on(now=NOW, begin=nobody_begins)
    assert not folder.path.exists()
    assert study.runs.count() == 3
    with pytest.raises(NotNow):
        stop_study(as_actor(owner), study=study, now=NOW)
    delete_study(as_actor(owner), study=study, now=NOW)
    assert not WhatIfStudy.objects.exists()


def test_one_process_at_a_time_the_oldest_study_first(owner: Person, study: WhatIfStudy, tmp_path: Path) -> None:
    later = begin_study(as_actor(owner), asked=ASKED_FOR, programme=None, now=NOW + timedelta(minutes=1))
    places: list[tuple[StudyFolder, int]] = []

    def begin(folder: StudyFolder, place: int) -> None:
        places.append((folder, os.dup(place)))

    carry_on(now=NOW, begin=begin)
    carry_on(now=NOW, begin=begin)
    assert [folder.path.name for folder, _place in places] == [str(study.pk)]
    asked = json.loads(places[0][0].read(ASKED))
    assert asked["variants"] == [["audits.rate=0.02"], ["signals.budget=2"]]
    # The process dies with a part of its work done: the next one is told what there is.
    os.close(places[0][1])
    lived(study, tmp_path, EVERY[:2])
    carry_on(now=NOW, begin=begin)
    assert json.loads(places[1][0].read(ASKED))["done"] == [[0, 1], [1, 1]]
    os.close(places[1][1])
    lived(study, tmp_path, EVERY)
    carry_on(now=NOW, begin=begin)
    assert places[2][0].path.name == str(later.pk)
    os.close(places[2][1])


def test_a_process_that_never_gets_anywhere_is_given_up(study: WhatIfStudy) -> None:
    for _again in range(6):
        carry_on(now=NOW, begin=nobody_begins)
    study.refresh_from_db()
    assert (study.end, study.tries) == ("failed", 5)
    assert "5 times without a result" in study.said


def test_a_refusal_of_the_command_stands_on_the_study(study: WhatIfStudy, tmp_path: Path) -> None:
    StudyFolder.of(tmp_path, study.pk).write(FAILED, "Error: there is too little to go by")
    carry_on(now=NOW, begin=nobody_begins)
    study.refresh_from_db()
    assert (study.end, study.said) == ("failed", "Error: there is too little to go by")


@pytest.fixture
def asked_folder(tmp_path: Path) -> Iterator[StudyFolder]:
    folder = StudyFolder.of(tmp_path, "one")
    asked = {
        "scenario": "small",
        "variants": [["audits.rate=0.1"]],
        "for_all": ["days=7"],
        "seeds": 1,
        "work": 0.02,
        "done": [],
    }
    folder.write(ASKED, json.dumps(asked))
    yield folder
    folder.remove()


def test_the_process_lives_variant_by_variant_apart_from_the_install(
    asked_folder: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENKEEL_LOG_URL", "s3://ours/log")
    monkeypatch.setenv("EVENKEEL_DATABASE_URL", "postgresql://ours")
    seen: list[tuple[list[str], set[str]]] = []

    def answer(_folder: StudyFolder, words: list[str], env: dict[str, str], _parent: int) -> Any:
        seen.append((words, {name for name in env if name.startswith("EVENKEEL_")}))
        return {"decisions": 7, "audits": 1} if words[0] == "run" else lines(2.0, 1)

    monkeypatch.setattr(driving, "_told", answer)
    asked_folder.path.joinpath("run-left-over").mkdir()
    driving.drive(asked_folder, parent=os.getppid())
    assert [words[0] for words, _env in seen] == ["run", "score", "run", "score"]
    assert seen[2][0][-4:] == ["--change", "days=7", "--change", "audits.rate=0.1"]
    assert all(env == set() for _words, env in seen)
    assert [(variant, seed) for variant, seed, _result in asked_folder.results()] == [(0, 1), (1, 1)]
    assert not list(asked_folder.path.glob("run-*"))
    # A second process has nothing left to do.
    driving.drive(asked_folder, parent=os.getppid())
    assert len(seen) == 4


@pytest.mark.once
def test_a_process_that_is_killed_frees_its_place_and_takes_its_own_along(asked_folder: StudyFolder) -> None:
    place = asked_folder.lock()
    assert place is not None
    command = [sys.executable, "-m", "evenkeel.twin.studies.driving", str(asked_folder.path), str(os.getpid())]
    process = subprocess.Popen(command, pass_fds=[place])
    os.close(place)
    assert asked_folder.is_taken()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not (own := children.read_text().split()):
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    stat = Path(f"/proc/{own[0]}/stat")
    while stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z":
        pass
    # Not before: a child that was just forked holds all that its parent held.
    assert not asked_folder.is_taken()
    assert list(asked_folder.results()) == []


# ------------------------------------------------------------------ programs

IN = {"title": "By a program", "scenario": "month", "variants": [{"changes": ["audits.rate=0.02"]}], "seeds": 1}
ROUTE = "/api/v1/twin/what-if-studies"


def test_a_program_begins_reads_stops_and_deletes_a_study(owner: Person, tmp_path: Path) -> None:
    client = logged_in(owner)
    made = client.post(ROUTE, json.dumps(IN), content_type="application/json")
    assert made.status_code == 201
    one = f"{ROUTE}/{made.json()['id']}"
    assert made.json()["variants"] == [{"name": "audits.rate=0.02", "changes": ["audits.rate=0.02"]}]
    assert [each["title"] for each in client.get(ROUTE).json()] == ["By a program"]
    lived(WhatIfStudy.objects.get(), tmp_path, [(0, 1, 1.0), (1, 1, 4.0)])
    carry_on(now=NOW, begin=nobody_begins)
    said = client.get(one).json()
    assert (said["state"], said["runs"]) == ("done", 2)
    delay = next(each for each in said["figures"] if each["name"] == "days until seen")
    assert [(each["variant"], each["value"], each["difference"], each["low"]) for each in delay["found"]] == [
        ("as it is", 1.0, None, None),
        ("audits.rate=0.02", 4.0, 3.0, None),
    ]
    assert client.post(f"{one}/stopping").status_code == 409
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404


def test_a_program_of_a_colleague_or_a_stranger_gets_nothing(study: WhatIfStudy) -> None:
    one = f"{ROUTE}/{study.pk}"
    colleague = logged_in(factories.make_person("moderator"))
    stranger = logged_in(factories.make_person("administrator", organisation=factories.make_vendor()))
    body: dict[str, Any] = {"data": json.dumps(IN), "content_type": "application/json"}
    assert [colleague.get(ROUTE).status_code, colleague.post(ROUTE, **body).status_code] == [403, 403]
    assert [stranger.get(ROUTE).json(), stranger.post(ROUTE, **body).status_code] == [[], 403]
    for client in (colleague, stranger):
        assert [client.get(one).status_code, client.delete(one).status_code] == [404, 404]
        assert client.post(f"{one}/stopping").status_code == 404


def test_a_program_is_told_which_field_does_not_fit(owner: Person) -> None:
    wrong = IN | {"variants": [{"name": "a", "changes": ["audits.rate=2"]}], "work": 0.5}
    answer = logged_in(owner).post(ROUTE, json.dumps(wrong), content_type="application/json")
    assert answer.status_code == 422
    assert "a share from 0 to 1" in answer.json()["fields"]["variants.0"][0]
