"""Items of a large batch with one answer have no tally, and lose nothing by it when a second answer or an expert's comes."""

from __future__ import annotations

import random
from typing import Any

import pytest

from evenkeel.measure import rebuild
from evenkeel.measure.models import ItemFigures, LabelTally
from evenkeel.measure.rollup import feeds, take_in, tallies
from evenkeel.quality import EXPERT_ANSWERS
from evenkeel.work import DECISIONS

from .floor import NOW, Floor, day


@pytest.fixture(autouse=True)
def only_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other feeds have nothing to do with items."""
    both = [tallies.TallyFeed("people", DECISIONS), tallies.TallyFeed("expert", EXPERT_ANSWERS)]
    monkeypatch.setattr(feeds, "feeds", lambda: both)


def figures() -> list[dict[str, Any]]:
    """What is shown of items."""
    return [dict(row) for row in ItemFigures.objects.order_by("pk").values()]


def test_a_lone_answer_is_found_when_company_comes(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "LISTED_UP_TO", 3)
    floor.write(decisions=[floor.decision(0, item, "Yes", at=day(0)) for item in range(6)])
    take_in(NOW)
    assert not LabelTally.objects.exists()
    floor.write(decisions=[floor.decision(1, 2, "No")], experts=[floor.expert(4, "No")])
    take_in(NOW)
    two, expert = (ItemFigures.objects.get(item=floor.items[place]) for place in (2, 4))
    assert (two.n, two.counts) == (2, {"Yes": 1, "No": 1})
    assert (expert.n, expert.expert_label, expert.differs) == (1, "No", True)
    assert ItemFigures.objects.count() == 2


def test_small_and_large_batches_in_any_order_show_the_same(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    luck = random.Random(1)
    decisions = [
        floor.decision(luck.randrange(4), luck.randrange(6), luck.choice(["Yes", "No"]), at=day(luck.randrange(2)))
        for _row in range(9)
    ]
    decisions += [row | {"sign": -1} for row in decisions if luck.random() < 0.4]
    luck.shuffle(decisions)
    for part in range(4):
        monkeypatch.setattr(tallies, "LISTED_UP_TO", luck.choice([0, 100]))
        experts = [floor.expert(luck.randrange(6), "No")] if part % 2 else []
        floor.write(decisions=decisions[part::4], experts=experts)
        take_in(NOW)
    found = figures()
    assert found
    monkeypatch.setattr(tallies, "LISTED_UP_TO", 100)
    rebuild(NOW)
    assert figures() == found


def test_who_prepared_before_another_was_done_prepares_again(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    from evenkeel.ground.log import batches_since, opened

    monkeypatch.setattr(tallies, "LISTED_UP_TO", 0)
    floor.write(decisions=[floor.decision(0, 0, "Yes")])
    first = batches_since(DECISIONS)
    floor.write(decisions=[floor.decision(1, 0, "No")])
    second = [batch for batch in batches_since(DECISIONS) if batch not in first]
    feed = tallies.TallyFeed("people", DECISIONS)
    with opened() as connection:
        early = feed.prepare(second, connection)
        feeds._take(feed, first, connection, NOW)
        with monkeypatch.context() as patch:
            prepare, given = feed.prepare, iter([early])
            patch.setattr(feed, "prepare", lambda *asked: next(given, None) or prepare(*asked))
            feeds._take(feed, second, connection, NOW)
    assert ItemFigures.objects.get().counts == {"Yes": 1, "No": 1}
