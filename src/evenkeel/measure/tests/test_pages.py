"""Pages, as owner, colleague and stranger; what each shows; how many queries it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from evenkeel.ground import clock
from evenkeel.ground.tests.worlds import made_once
from evenkeel.measure import roll_up
from evenkeel.people import Person
from evenkeel.work.tests import factories

from .floor import NOW, Floor
from .test_study import SAID
from .test_watching import signal as signal  # a fixture

Get = Callable[..., str]


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The edge reads this moment."""
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))


@pytest.fixture
def get(client: Client, now: None) -> Get:
    """`get(person, name, *args, status=200)`: the page as that person sees it."""

    def shown(person: Person, name: str, *args: object, status: int = 200, query: str = "") -> str:
        client.force_login(person)
        answer = client.get(reverse(name, args=args) + query)
        assert answer.status_code == status, answer.content[:3000]
        return answer.content.decode()

    return shown


def _studied() -> Floor:
    floor = Floor.make()
    floor.write(
        decisions=[*floor.labels(SAID), *[floor.decision(worker, item) for worker in range(4) for item in range(3)]],
        experts=[floor.expert(item, label) for item, label in enumerate(["No", "No", "No", "No"])],
        audits=[
            floor.audit(worker, is_right=number % 5 > 0, at=NOW - timedelta(days=number % 9))
            for number in range(40)
            for worker in range(4)
        ],
    )
    roll_up(now=NOW)
    return floor


@pytest.fixture(scope="module")
def _study(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], Floor]]:
    with made_once(django_db_blocker, tmp_path_factory.mktemp("study"), _studied) as given:
        yield given


@pytest.fixture
def study(_study: Callable[[Path], Floor], db: None, data_dir: Path) -> Floor:
    """A study with experts, and some audited work."""
    return _study(data_dir)


def test_the_overview_says_it_all(study: Floor, get: Get) -> None:
    page = get(factories.make_person("quality_manager"), "measure:programme", study.programme.pk)
    for words in ("Accuracy, last 4 weeks", "80.0", "Krippendorff", "Most disputed", "Teams"):
        assert words in page
    assert "n 160" in page
    assert "Accuracy against experts" in page
    assert reverse("measure:agreement", args=[study.programme.pk]) in page


def test_the_overview_of_nothing_says_what_would_be_there(floor: Floor, get: Get) -> None:
    page = get(factories.make_person("quality_manager"), "measure:programme", floor.programme.pk)
    assert "No figures yet" in page


def test_agreement_shows_four_digits_and_the_rest_on_hover(study: Floor, get: Get) -> None:
    page = get(factories.make_person("data_scientist"), "measure:agreement", study.programme.pk)
    assert "Gwet&#x27;s AC1" in page
    assert "Brennan-Prediger" in page
    assert "Of two answers to the same item" in page
    assert "95% interval" in page


@pytest.mark.parametrize("name", ["programme", "agreement", "raters", "items", "audits"])
def test_a_stranger_finds_nothing(study: Floor, get: Get, name: str) -> None:
    stranger = factories.make_person("vendor_manager", factories.make_vendor("Stranger"))
    get(stranger, f"measure:{name}", study.programme.pk, status=404)
    get(factories.make_person("moderator"), f"measure:{name}", study.programme.pk, status=404)


def test_a_partner_sees_her_own_only(study: Floor, get: Get) -> None:
    manager = factories.make_person("vendor_manager", study.vendor, name="Vera")
    page = get(manager, "measure:programme", study.programme.pk)
    assert "n 80" in page
    assert "n 160" not in page
    raters = get(manager, "measure:raters", study.programme.pk)
    assert "Worker 001" in raters
    assert "Worker 000" not in raters
    items = get(manager, "measure:items", study.programme.pk)
    assert study.items[0].key not in items
    get(manager, "measure:rater", study.programme.pk, study.workers[0].pk, status=404)
    assert "Worker 001" in get(manager, "measure:rater", study.programme.pk, study.workers[1].pk)
    assert "Worker 000" not in get(manager, "measure:programmes")


def test_who_opens_a_persons_figures_is_noted_for_her(study: Floor, get: Get) -> None:
    manager = factories.make_person("quality_manager")
    worker = study.workers[0]
    get(manager, "measure:rater", study.programme.pk, worker.pk)
    get(manager, "measure:rater", study.programme.pk, worker.pk)
    get(manager, "measure:answers", study.programme.pk, query=f"?worker={worker.pk}")
    assert worker.looks.values_list("viewer", flat=True).distinct().get() == manager.pk
    assert sorted(worker.looks.values_list("what", flat=True)) == [
        f"Accuracy in {study.programme.name}",
        f"Answers in {study.programme.name}",
    ]
    get(manager, "measure:raters", study.programme.pk)
    assert all(each.looks.exists() for each in study.workers)


def test_single_people_are_hidden_from_those_who_audit_them(study: Floor, get: Get) -> None:
    auditor = factories.make_person("qa_specialist")
    # Four people in all: fewer than five stand behind each figure.
    assert "No figures yet" in get(auditor, "measure:programme", study.programme.pk)
    assert "Worker 000" not in get(auditor, "measure:raters", study.programme.pk)
    get(auditor, "measure:rater", study.programme.pk, study.workers[0].pk, status=403)
    get(auditor, "measure:answers", study.programme.pk, status=404, query=f"?worker={study.workers[0].pk}")


def test_raters_stand_by_name_and_the_thin_are_not_ranked(study: Floor, get: Get) -> None:
    page = get(factories.make_person("lead"), "measure:raters", study.programme.pk)
    names = [f"Worker {number:03d}" for number in range(4)]
    assert sorted(names, key=page.index) == names
    assert "too few to compare" in page


def test_items_are_filtered_by_where_crowd_and_experts_differ(study: Floor, get: Get) -> None:
    lead = factories.make_person("lead")
    everything = get(lead, "measure:items", study.programme.pk)
    assert all(item.key in everything for item in study.items)
    differing = get(lead, "measure:items", study.programme.pk, query="?differs=True")
    assert study.items[3].key in differing
    assert study.items[0].key not in differing


def test_metrics_explain_themselves(db: None, get: Get) -> None:
    from evenkeel.measure.metric import metrics

    lead = factories.make_person("lead")
    page = get(lead, "measure:metrics")
    assert all(reverse("measure:metric", args=[kind.slug]) in page for kind in metrics)
    # One of each way to estimate: the page of the others is the same.
    for kind in {kind.__mro__[1]: kind for kind in metrics}.values():
        assert "Worked example" in get(lead, "measure:metric", kind.slug)
    get(lead, "measure:metric", "nonsense", status=404)


PAGES = {
    "measure:programmes": 25,
    "measure:programme": 45,
    "measure:agreement": 25,
    "measure:raters": 25,
    "measure:items": 25,
    "measure:audits": 25,
    "measure:signals": 25,
    "measure:metrics": 15,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_a_bounded_number_of_queries(study: Floor, client: Client, now: None, name: str) -> None:
    client.force_login(factories.make_person("quality_manager"))
    args = [] if name in ("measure:programmes", "measure:signals", "measure:metrics") else [study.programme.pk]
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name, args=args)).status_code == 200
    tables = [query["sql"] for query in asked.captured_queries]
    assert len(tables) <= PAGES[name], "\n".join(tables)
    # Pages read roll-ups; decisions are read only where rows are the page.
    if name != "measure:audits":
        assert not any('FROM "work_decision"' in sql for sql in tables)


# ---------------------------------------------------------------- signals


def test_raters_of_audited_work_stand_with_their_audits(study: Floor, get: Get) -> None:
    page = get(factories.make_person("lead"), "measure:raters", study.programme.pk)
    assert "Accuracy by audits, last 4 weeks" in page
    assert f"worker={study.workers[0].pk}" in page
