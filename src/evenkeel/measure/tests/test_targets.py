"""Targets: the nearest holds, two never overlap, and a figure meets or misses one only with its whole interval."""

from __future__ import annotations

from datetime import date
from math import nan
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.kernel import Estimate
from evenkeel.measure import Place, Target, end_target, set_target, target_for, targets_for
from evenkeel.measure.rules.targets import standing
from evenkeel.work.tests import factories

from .floor import NOW, Floor

SYSTEM = factories.SYSTEM
JANUARY, MARCH, APRIL = date(2026, 1, 1), date(2026, 3, 1), date(2026, 4, 1)


def set_one(on: Any = None, *, value: float = 0.95, actor: Any = SYSTEM, **more: Any) -> Target:
    bands = {"warning": value - 0.02, "critical": value - 0.05}
    said: dict[str, Any] = {"metric": "accuracy", "since_on": JANUARY, "why": "The contract says so.", **bands, **more}
    return set_target(actor, on=on, value=value, now=NOW, **said)


def value_at(on: date = MARCH, metric: str = "accuracy", **place: Any) -> float | None:
    found = target_for(metric, place=Place(**place), on=on)
    return found.value if found else None


def test_the_nearest_target_holds(floor: Floor) -> None:
    queue, team = floor.queues[0], floor.teams[1]
    assert value_at(queue=queue.pk) is None
    set_one(value=0.90)
    set_one(floor.vendor, value=0.91)
    set_one(team.site, value=0.92)
    set_one(team, value=0.93)
    set_one(floor.programme, value=0.94)
    set_one(queue, value=0.95)
    assert value_at() == 0.90
    assert value_at(organisation=floor.house.pk) == 0.90
    assert value_at(organisation=floor.vendor.pk) == 0.91
    assert value_at(site=team.site_id) == 0.92
    assert value_at(team=team.pk) == 0.93
    assert value_at(team=floor.teams[0].pk) == 0.90, "another team, of the house"
    assert value_at(team=team.pk, programme=floor.programme.pk) == 0.94
    assert value_at(queue=floor.queues[1].pk) == 0.94, "its programme's"
    assert value_at(queue=queue.pk, team=team.pk) == 0.95
    assert value_at(metric="handle_time") is None


def test_targets_hold_from_until_and_never_overlap(floor: Floor) -> None:
    first = set_one(value=0.9, until_on=MARCH)
    set_one(value=0.95, since_on=MARCH)
    assert (value_at(date(2026, 2, 28)), value_at(MARCH), value_at(date(2025, 12, 31))) == (0.9, 0.95, None)
    spans: list[dict[str, Any]] = [
        {"since_on": date(2026, 2, 1)},
        {"since_on": date(2025, 1, 1)},
        {"since_on": APRIL, "until_on": date(2026, 5, 1)},
    ]
    for span in spans:
        with pytest.raises(Invalid) as caught:
            set_one(**span)
        assert "since_on" in caught.value.fields
    set_one(floor.vendor, value=0.5)
    set_one(since_on=date(2025, 1, 1), until_on=JANUARY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(pk=first.pk).update(until_on=APRIL)


def test_a_target_ends_and_keeps_its_days(floor: Floor) -> None:
    made = set_one()
    with pytest.raises(Invalid):
        end_target(SYSTEM, target=made, until_on=JANUARY, now=NOW)
    end_target(SYSTEM, target=made, until_on=MARCH, now=NOW)
    assert (value_at(date(2026, 2, 28)), value_at(MARCH)) == (0.95, None)
    with pytest.raises(NotNow):
        end_target(SYSTEM, target=made, until_on=APRIL, now=NOW)


def test_many_tiles_ask_once(floor: Floor, django_assert_num_queries: Any) -> None:
    set_one(floor.programme, value=0.94)
    set_one(floor.queues[1], value=0.96)
    asked = [("accuracy", Place(programme=floor.programme.pk, queue=queue.pk)) for queue in floor.queues]
    asked += [("decided", Place()), ("accuracy", Place())]
    with django_assert_num_queries(1):
        found = targets_for(asked, on=MARCH)
    assert [each.value if each else None for each in found] == [0.94, 0.96, None, None]
    assert found[0] is not None
    assert (found[0].guard, found[0].where, found[0].kind) == ("handle_time", str(floor.programme), "programme")


def test_bands_lie_on_the_worse_side(floor: Floor) -> None:
    for wrong in ({"warning": 0.99}, {"critical": 0.94}, {"value": 1.2}, {"value": nan}, {"why": " "}, {"guard": "accuracy"},
                  {"guard": "none"}, {"metric": "krippendorff_alpha"}, {"metric": "none"}, {"until_on": JANUARY}):  # fmt: skip
        with pytest.raises(Invalid):
            set_one(**wrong)
    with pytest.raises(Invalid) as caught:
        set_one(metric="decided", value=100, warning=90, critical=80)
    assert "neither" in caught.value.fields["metric"][0].lower()
    set_one(metric="handle_time", value=30_000, warning=40_000, critical=60_000)


def an(low: float, value: float, high: float) -> Estimate:
    return Estimate(value, low, high, 100, 100.0, "wilson")


@pytest.mark.parametrize(
    ("found", "state", "band"),
    [
        (an(0.951, 0.96, 0.97), "met", ""),
        (an(0.94, 0.96, 0.97), "cannot_tell", ""),
        (an(0.80, 0.94, 0.96), "cannot_tell", ""),
        (an(0.92, 0.93, 0.949), "missed", ""),
        (an(0.86, 0.90, 0.929), "missed", "warning"),
        (an(0.80, 0.85, 0.899), "missed", "critical"),
        (Estimate.unknown(method="withheld"), "cannot_tell", ""),
        (an(nan, 0.99, nan), "cannot_tell", ""),
        (an(0.95, 0.95, 0.95), "met", ""),
    ],
)
def test_a_figure_stands_by_its_interval(found: Estimate, state: str, band: str) -> None:
    said = standing(found, better="up", value=0.95, warning=0.93, critical=0.90)
    assert (said.state, said.band) == (state, band)
    # The same figure the other way round.
    turned = Estimate(1 - found.value, 1 - found.high, 1 - found.low, found.n, found.n_effective, found.method)
    said = standing(turned, better="down", value=1 - 0.95, warning=1 - 0.93, critical=1 - 0.90)
    assert (said.state, said.band) == (state, band)


def test_only_whoever_may_sets_and_sees(floor: Floor) -> None:
    manager = factories.as_actor(factories.make_person("quality_manager"), now=NOW)
    set_one(actor=manager)
    ours = set_one(floor.vendor, actor=manager, value=0.9)
    partner = factories.as_actor(factories.make_person("vendor_manager", floor.vendor), now=NOW)
    seen = target_for("accuracy", place=Place(organisation=floor.vendor.pk), on=MARCH, actor=partner)
    assert seen is not None
    assert seen.value == 0.9
    assert target_for("accuracy", place=Place(), on=MARCH, actor=partner) is None, "the house's own"
    assert target_for("accuracy", place=Place(), on=MARCH, actor=manager) is not None
    stranger = factories.as_actor(factories.make_person("vendor_manager", factories.make_vendor("Other")), now=NOW)
    assert target_for("accuracy", place=Place(organisation=floor.vendor.pk), on=MARCH, actor=stranger) is None
    lead = factories.as_actor(factories.make_person("lead"), now=NOW)
    with pytest.raises(Refused):
        set_one(floor.programme, actor=lead)
    with pytest.raises(Refused):
        end_target(stranger, target=ours, until_on=APRIL, now=NOW)
    with pytest.raises(Refused):
        set_one(actor=partner, since_on=date(2025, 1, 1), until_on=JANUARY)
