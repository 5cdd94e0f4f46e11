"""A signal sleeps, goes to somebody else, is joined by others, and leaves by mail and by address, once."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.kernel import wilson
from evenkeel.measure import (
    Signal,
    add_signal_channel,
    dispose,
    hand_over,
    leave_alone,
    raise_signal,
    set_alarm_budget,
    snooze,
    stop_watch,
    watch_metric,
)
from evenkeel.measure.acts.signals import join_signal
from evenkeel.measure.delivering import deliver_due
from evenkeel.measure.models import Series, SignalMember, SignalMessage
from evenkeel.measure.queries.inbox import budget_lines, time_to_acknowledge
from evenkeel.measure.queries.signals import signals, state_of, waiting_for
from evenkeel.measure.queries.watchlist import watchlist
from evenkeel.measure.rules.watchlist import Spot
from evenkeel.people.notices import notices_of
from evenkeel.work import Answer
from evenkeel.work.tests import factories

from .floor import NOW, Floor

SYSTEM = factories.SYSTEM
HOOK = "https://hooks.example.org/x"


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """A floor with its owner, another manager, and the vendor's; made once a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        floor = Floor.make()
        owner, other = factories.make_person("quality_manager"), factories.make_person("quality_manager")
        floor.programme.owner = owner
        floor.programme.save()
        theirs = factories.make_person("quality_manager", floor.vendor)
        yield {"floor": floor, "owner": owner, "other": other, "theirs": theirs}
        transaction.set_rollback(True)


@pytest.fixture
def world(_world: dict[str, Any], db: None) -> dict[str, Any]:
    return deepcopy(_world)


def series_of(floor: Floor, kind: str = "organisation", **said: Any) -> Series:
    places: dict[str, Any] = {"organisation": floor.vendor, "queue": floor.queues[0]}
    place = {kind: places[kind]} if kind in places else {}
    target = places.get(kind, floor.programme)
    return Series.objects.create(
        metric="accuracy", kind=kind, programme=floor.programme, target_id=target.pk, baseline_from_on=date(2026, 1, 1),
        **place, **said,
    )  # fmt: skip


def said_of(series: Series, **more: Any) -> dict[str, Any]:
    return {
        "series": series, "where_name": series.kind.capitalize(), "side": -1, "rule": "ewma", "first_on": NOW.date(),
        "last_on": NOW.date(), "before": wilson(90, 100), "after": wilson(60, 100), "now": NOW, **more,
    }  # fmt: skip


def raised(world: dict[str, Any], **more: Any) -> Signal:
    return raise_signal(SYSTEM, owner=world["owner"], **said_of(series_of(world["floor"]), **more))


def test_a_signal_sleeps_until_its_hour_and_then_waits_again(world: dict[str, Any]) -> None:
    signal, she = raised(world), factories.as_actor(world["owner"])
    assert waiting_for(she, now=NOW) == 1
    with pytest.raises(Invalid):
        snooze(she, signal=signal, until=NOW + timedelta(days=31), reason=" ", now=NOW)
    snooze(she, signal=signal, until=NOW + timedelta(days=3), reason="The audits of the weekend.", now=NOW)
    assert waiting_for(she, now=NOW) == 0
    assert state_of(signals(she, now=NOW).get())[0] == "Asleep"
    assert waiting_for(she, now=NOW + timedelta(days=3)) == 1


def test_handed_over_it_is_hers_who_may_act_and_who_hears_of_it(world: dict[str, Any]) -> None:
    signal, she = raised(world), factories.as_actor(world["owner"])
    with pytest.raises(Invalid):
        hand_over(she, signal=signal, to=factories.make_person("qa_specialist"), reason="Yours.", now=NOW)
    hand_over(she, signal=signal, to=world["other"], reason="You know the vendor.", now=NOW)
    signal.refresh_from_db()
    assert signal.owner_id == world["other"].pk
    assert [str(notice.title) for notice in notices_of(world["other"])] == [
        "Handed over to you: Accuracy of Organisation fell"
    ]
    dispose(she, signal=signal, kind="noise", reason="Chance.", now=NOW)
    with pytest.raises(NotNow):
        hand_over(she, signal=signal, to=world["owner"], reason="Back.", now=NOW)
    own, mine = (next(line for line in budget_lines(she, now=NOW) if line.name == name)
                 for name in (world["floor"].vendor.name, world["owner"].name))  # fmt: skip
    assert (own.kept.raised, own.kept.noise, mine.kept.raised) == (1, 1, 0)
    assert time_to_acknowledge(she, now=NOW) is None


def test_a_partner_sees_no_member_that_is_not_its_own(world: dict[str, Any]) -> None:
    signal = raised(world)
    for kind in ("queue", "programme"):
        said = said_of(series_of(world["floor"], kind))
        join_signal(SYSTEM, signal=signal, tie="place", **said)
        join_signal(SYSTEM, signal=signal, tie="place", **said)
    assert SignalMember.objects.count() == 2
    for person, n in ((world["owner"], 2), (world["theirs"], 0)):
        client = Client()
        client.force_login(person)
        page = client.get(f"/measure/signals/{signal.pk}/").content.decode()
        assert page.count("the same metric, another place") == n


def test_a_message_leaves_signed_once_and_is_tried_again(world: dict[str, Any]) -> None:
    manager = factories.as_actor(world["owner"])
    _channel, secret = add_signal_channel(
        manager, of=world["floor"].vendor, kind="webhook", name="Vendor's desk", url=HOOK, now=NOW
    )
    add_signal_channel(manager, of=world["owner"], kind="mail", name="Mail", now=NOW)
    raised(world)
    calls: list[tuple[str, str, dict[str, str]]] = []
    answers = [Answer(503, "answered 503"), Answer(200)]

    def call(url: str, body: str, headers: dict[str, str]) -> Answer:
        calls.append((url, body, headers))
        return answers[len(calls) - 1]

    assert deliver_due(NOW, call=call) == 2
    assert [(sent.to, "Accuracy fell" in sent.subject) for sent in mail.outbox] == [([world["owner"].email], True)]
    assert deliver_due(NOW, call=call) == 0
    later = NOW + timedelta(minutes=1)
    assert deliver_due(later, call=call) == 1
    assert deliver_due(later + timedelta(hours=1), call=call) == 0
    (url, body, first), (_url, _body, second) = calls
    seconds = int(later.timestamp())
    mac = hmac.new(secret.encode(), f"{seconds}.{body}".encode(), hashlib.sha256).hexdigest()
    assert (url, second["Evenkeel-Signature"]) == (HOOK, f"t={seconds},v1={mac}")
    assert first["Evenkeel-Delivery"] == second["Evenkeel-Delivery"]
    assert json.loads(body)["signals"][0]["where"] == "Organisation"
    assert SignalMessage.objects.filter(sent_at__isnull=False).count() == 2


def test_a_digest_tells_of_all_at_once_and_not_of_what_was_closed(world: dict[str, Any]) -> None:
    add_signal_channel(
        factories.as_actor(world["owner"]), of=world["owner"], kind="mail", name="Daily", rhythm="daily", now=NOW
    )
    raised(world)
    for kind in ("queue", "programme"):
        raise_signal(SYSTEM, owner=world["owner"], **said_of(series_of(world["floor"], kind)))
    dispose(SYSTEM, signal=Signal.objects.get(series__kind="programme"), kind="real", reason="Known.", now=NOW)
    assert deliver_due(NOW) == 0
    assert deliver_due(NOW + timedelta(days=1)) == 3
    assert [sent.subject for sent in mail.outbox] == ["2 signals"]


@pytest.mark.parametrize("url", ["http://hooks.example.org/x", "https://127.0.0.1/x", "https://db.internal/x", ""])
def test_no_address_inside_the_network_is_taken(world: dict[str, Any], url: str) -> None:
    with pytest.raises(Invalid):
        add_signal_channel(SYSTEM, of=world["floor"].vendor, kind="slack", name="Slack", url=url, now=NOW)


def test_nobody_sets_anothers_channel_or_anothers_budget(world: dict[str, Any]) -> None:
    theirs = factories.as_actor(world["theirs"])
    with pytest.raises(Refused):
        add_signal_channel(theirs, of=world["owner"], kind="mail", name="Mail", now=NOW)
    with pytest.raises(Refused):
        set_alarm_budget(theirs, of=world["floor"].house, per_week=1, now=NOW)
    assert set_alarm_budget(theirs, of=world["floor"].vendor, per_week=2, now=NOW).per_week == 2


def test_the_watch_list_is_set_ended_and_gives_its_reason(world: dict[str, Any]) -> None:
    she, floor = factories.as_actor(world["owner"]), world["floor"]
    with pytest.raises(Invalid):
        watch_metric(she, metric="krippendorff_alpha", on=floor.programme, why="", now=NOW)
    watch_metric(she, metric="handle_time", on=floor.queues[0], owner=world["other"], why="It doubled.", now=NOW)
    off = leave_alone(she, metric="accuracy", on=floor.vendor, why="They train.", now=NOW)
    with pytest.raises(NotNow):
        leave_alone(she, metric="accuracy", on=floor.vendor, why="Again.", now=NOW)
    at_queue = Spot(programme=floor.programme.pk, queue=floor.queues[0].pk)
    at_vendor = Spot(programme=floor.programme.pk, organisation=floor.vendor.pk)
    found = watchlist(on=NOW.date())
    assert found.holds("handle_time", at_queue) == (True, world["other"].pk)
    assert found.holds("accuracy", at_vendor) == (False, None)
    stop_watch(she, watch=off, now=NOW)
    assert watchlist(on=NOW.date()).holds("accuracy", at_vendor) == (True, None)


def test_its_pages_are_there_for_whoever_may(world: dict[str, Any]) -> None:
    raised(world)
    client = Client()
    client.force_login(world["owner"])
    for address in ("signals/", "watches/", "channels/", f"channels/organisations/{world['floor'].vendor.pk}/"):
        assert client.get(f"/measure/{address}").status_code == 200
    signal = Signal.objects.get()
    wrong = client.post(f"/measure/signals/{signal.pk}/snooze/", {"days": "7", "reason": ""})
    assert wrong.status_code == 422
    done = client.post(
        f"/measure/signals/{signal.pk}/owner/", {"to": str(world["other"].pk), "reason": "You know them."}
    )
    assert done.status_code == 302
    made = client.post("/measure/channels/", {
        "kind": "mail", "name": "Mail", "rhythm": "at_once", "digest_hour": "8", "quiet_from": "20", "quiet_until": "7",
        "zone": "Europe/Lisbon",
    })  # fmt: skip
    assert made.status_code == 302
