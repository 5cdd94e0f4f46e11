"""Which model took over from which: read off what came in, told once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenkeel.ground.changes import changes_between
from evenkeel.work import add_items
from evenkeel.work.acts.predictions import NewPrediction, add_predictions
from evenkeel.work.models import ItemsRead, ModelSeen
from evenkeel.work.models_seen import read_new_items
from evenkeel.work.rules.items import NewItem
from evenkeel.work.rules.models_seen import Takeover, takeovers

from .factories import NOW, SYSTEM, as_actor, make_person, make_programme, make_vendor

DAY = date(2026, 3, 2)


def days(model: str, *numbers: int) -> list[tuple[date, str]]:
    return [(DAY + timedelta(days=number), model) for number in numbers]


def test_a_model_takes_over_begins_beside_and_comes_back() -> None:
    seen = days("a", 0, 1, 2, 3, 30) + days("b", 3, 4, 10, 20, 29, 30) + days("c", 12, 13)
    assert takeovers(seen) == [
        Takeover(on=DAY, model="a"),
        Takeover(on=DAY + timedelta(days=3), model="b", after=("a",)),
        Takeover(on=DAY + timedelta(days=12), model="c", beside=("b",)),
        Takeover(on=DAY + timedelta(days=30), model="a", after=("b",)),
    ]


def test_a_model_that_speaks_once_a_week_never_stops() -> None:
    assert [one.on for one in takeovers(days("weekly", 0, 7, 14, 28))] == [DAY]


@pytest.mark.django_db
def test_it_reads_new_items_once_and_hears_of_predictions_added_later() -> None:
    programme = make_programme("Listings")

    def come_in(key: str, model: str, day: int) -> None:
        said = {"answer": {"label": "No"}, "model": model}
        item = NewItem(key=key, kind="text", content={"text": key}, attributes={"predictions": [said, {"answer": 3}]})
        add_items(SYSTEM, programme=programme, items=[item], now=NOW + timedelta(days=day))

    come_in("one", "toxic 1.4", 0)
    come_in("two", "toxic 1.4", 2)
    assert read_new_items() == 2
    read_up_to = ItemsRead.objects.get().up_to
    assert read_new_items() == 2, "the last minutes are read again"
    come_in("three", "toxic 1.5", 3)
    assert read_new_items() == 3
    assert ItemsRead.objects.get().up_to > read_up_to
    assert ModelSeen.objects.count() == 3
    later = NewPrediction(item_key="one", answer={"label": "No"}, model="toxic 2")
    add_predictions(SYSTEM, programme=programme, predictions=[later, later], now=NOW + timedelta(days=30))
    manager = as_actor(make_person("quality_manager"))
    since, until = NOW.date() + timedelta(days=1), NOW.date() + timedelta(days=40)
    told = changes_between(manager, since=since, until=until, programmes=[programme.pk])
    assert [change.title for change in told] == [
        "Model toxic 1.5 took over from toxic 1.4",
        "Model toxic 2 began to suggest labels",
    ]
    vendor = as_actor(make_person("vendor_manager", organisation=make_vendor("Elsewhere")))
    assert changes_between(vendor, since=since, until=until, programmes=[programme.pk]) == []
