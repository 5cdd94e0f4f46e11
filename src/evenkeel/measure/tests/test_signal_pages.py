"""Signals on pages, as owner, colleague and stranger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from evenkeel.ground import clock
from evenkeel.measure import Signal, watch
from evenkeel.people import Person
from evenkeel.work.tests import factories

from .floor import NOW, Floor, day
from .test_watching import history
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


def test_a_signal_is_shown_taken_on_and_closed(signal: Signal, get: Get, client: Client) -> None:
    manager = factories.make_person("quality_manager")
    page = get(manager, "measure:signal", signal.pk)
    for words in ("Take it on", "Say what it was", "Before, over the baseline", "Beyond limits", signal.where_name):
        assert words in page
    assert client.post(reverse("measure:acknowledgement", args=[signal.pk])).status_code == 302
    assert "Take it on" not in get(manager, "measure:signal", signal.pk)
    wrong = client.post(reverse("measure:disposition", args=[signal.pk]), {"kind": "noise", "reason": ""})
    assert wrong.status_code == 422
    told = {"kind": "real", "reason": "The new team had no training."}
    assert client.post(reverse("measure:disposition", args=[signal.pk]), told).status_code == 302
    page = get(manager, "measure:signal", signal.pk)
    assert "The new team had no training." in page
    assert "Say what it was" not in page
    assert "Real change" in get(manager, "measure:signals")


def test_signals_of_others_are_not_shown(signal: Signal, floor: Floor, get: Get, client: Client) -> None:
    own = factories.make_person("vendor_manager", floor.vendor)
    assert signal.where_name in get(own, "measure:signals")
    page = get(own, "measure:signal", signal.pk)
    assert "Take it on" not in page
    assert client.post(reverse("measure:acknowledgement", args=[signal.pk])).status_code == 403
    stranger = factories.make_person("lead", factories.make_vendor("Stranger"))
    assert signal.where_name not in get(stranger, "measure:signals")
    get(stranger, "measure:signal", signal.pk, status=404)
    get(factories.make_person("qa_specialist"), "measure:signals", status=403)


def test_the_owner_finds_her_signals_at_home(floor: Floor, client: Client, now: None) -> None:
    from evenkeel.measure.queries.signals import raised_signals
    from evenkeel.measure.slots import headline_figures, my_signals, quality_tab

    owner = factories.make_person("quality_manager")
    floor.programme.owner = owner
    floor.programme.save()
    history(floor, 24, falls_from=20, falls_in=1)
    watch(now=day(24))
    request = RequestFactory().get("/")
    request.actor = factories.as_actor(owner)  # type: ignore[attr-defined]
    request.now = day(24)  # type: ignore[attr-defined]
    shown = my_signals(request, None)
    assert Signal.objects.get().where_name in shown
    told = raised_signals(factories.as_actor(owner), since=day(0), now=day(24), limit=8)
    assert [(each.title.endswith("fell"), each.state) for each in told] == [(True, "Open")]
    assert raised_signals(factories.as_actor(factories.make_person()), since=day(0), now=day(24), limit=8) == []
    headline = headline_figures(request, floor.programme)
    assert "Accuracy, last 4 weeks" in headline
    tabs = quality_tab(request, floor.programme)
    assert reverse("measure:programme", args=[floor.programme.pk]) in tabs
