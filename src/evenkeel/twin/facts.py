"""What a run of the twin writes to the log that no other room writes yet: costs of work, and scores of a classifier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evenkeel.ground.log import Fact, fact, source
from evenkeel.ground.log.facts import Column
from evenkeel.measure import COSTS

# Metrics are ready for them: whoever keeps contracts will declare them with these columns.
fact(COSTS)

PREDICTIONS = fact(
    Fact(
        name="predictions",
        why="One row a score that a classifier gave an item, with its version and what people then said of the item.",
        at="at",
        columns={
            "id": Column(kind="id", why="the score"),
            "sign": Column(kind="whole", why="1"),
            "at": Column(kind="moment", why="when it was given"),
            "programme_id": Column(kind="id", why="programme", is_dimension=True),
            "queue_id": Column(kind="id", why="the queue of the item", is_dimension=True),
            "item_id": Column(kind="id", why="item"),
            "decision_id": Column(kind="id", why="what people decided about it"),
            "market": Column(kind="text", why="the item's market", is_dimension=True),
            "model": Column(kind="text", why="the classifier", is_dimension=True),
            "version": Column(kind="text", why="its version then", is_dimension=True),
            "score": Column(kind="number", why="how likely it held a violation, 0 to 1"),
            "violates": Column(kind="yes_no", why="whether that lies at or above one half", is_dimension=True),
            "decided_violates": Column(kind="yes_no", why="whether people said that it breaks the policy"),
        },
    )
)


@source(COSTS)
def costs_that_stand() -> Iterator[dict[str, Any]]:
    """None: runs keep them in the log alone."""
    yield from ()


@source(PREDICTIONS)
def predictions_that_stand() -> Iterator[dict[str, Any]]:
    """None: runs keep them in the log alone."""
    yield from ()
