"""Labels by item, from people and from experts, and what follows for each item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import F

from evenkeel.ground.log import Fact, computed, read_batches
from evenkeel.work import Decision

from ..models import ItemFigures, LabelTally, Study
from ..rules.items import figures_of
from .adding import add_up, as_driven, in_parts, key

_FIELDS = [
    "n", "counts", "disagreement", "entropy", "majority_label", "majority_share", "is_tied", "expert_label", "differs",
]  # fmt: skip


class TallyFeed:
    """Feeds the labels of one source."""

    def __init__(self, source: Literal["people", "expert"], fact: Fact):
        self.source, self.fact = source, fact
        self.consumer = f"tally:{source}:1"

    def prepare(self, batches: Sequence[Any], connection: Any) -> list[dict[str, Any]]:
        """Labels given less labels taken back, by item; reads files only."""
        rows = read_batches(self.fact, batches, connection=connection)
        expression = _of_people if self.source == "people" else _of_all
        found: list[dict[str, Any]] = computed(connection, rows, expression=expression, key=expression).to_pylist()
        return found

    def store(self, prepared: list[dict[str, Any]], *, now: datetime) -> None:
        """Add the counts and bring the touched items up to date, within the transaction that marks their batches."""
        if not prepared:
            return
        rows = [
            {
                "id": key(row["programme_id"], row["item_id"], self.source, row["label"]),
                "programme": row["programme_id"],
                "item": row["item_id"],
                "source": self.source,
                "label": row["label"] or "",
                "n": row["n"],
            }
            for row in prepared
        ]
        add_up(LabelTally, rows, sums=["n"])
        LabelTally.objects.filter(n=0).delete()
        refresh_items({UUID(row["item"]): UUID(row["programme"]) for row in rows})
        for programme_id in {row["programme"] for row in rows}:
            mark_changed(UUID(programme_id), now=now)

    def begin(self) -> None:
        """The first batch of all: nothing to put away."""

    def clear(self) -> None:
        """Throw the source's counts away; items are brought up to date when they come again."""
        LabelTally.objects.filter(source=self.source).delete()


def _of_people(decisions: Any) -> Any:
    # The twin's days of columns are about items that exist nowhere else: there is nothing to show of them.
    return _of_all(given_apart(decisions).filter(lambda row: row.origin != "twin"))


def _of_all(rows: Any) -> Any:
    counts = rows.group_by(["programme_id", "item_id", "label"]).aggregate(n=rows.sign.sum())
    return counts.filter(counts.n != 0)


def given_apart(decisions: Any) -> Any:
    """The decisions that are answers of their own. A ruling (by a tier, on an appeal) knows the first answer: it agrees or
    corrects, and is no second opinion. A correction stands in the place of the answer that it corrects, which is taken out.
    """
    return decisions.filter(~decisions.origin.isin(list(Decision.JUDGED_APART)))


def refresh_items(items: Mapping[UUID, UUID]) -> None:
    """Work out the figures of these items (item -> programme) from the tallies. Items with one answer have none."""
    for part in in_parts(list(items)):
        said: defaultdict[Any, dict[str, dict[str, int]]] = defaultdict(lambda: {"people": {}, "expert": {}})
        tallies = LabelTally.objects.filter(item__in=part, n__gt=0)
        for item, source, label, n in as_driven(tallies.values_list("item_id", "source", "label", "n")):
            said[item][source][label] = n
        worth_showing = {
            item: counts for item, counts in said.items() if counts["expert"] or sum(counts["people"].values()) > 1
        }
        rows = []
        for item, counts in worth_showing.items():
            known = UUID(item) if isinstance(item, str) else item
            figures = figures_of(counts["people"], counts["expert"])
            rows.append({"item": known, "programme": items[known], **figures})
        add_up(ItemFigures, rows, sums=(), sets=_FIELDS)
        gone = set(part) - {row["item"] for row in rows}
        if gone:
            ItemFigures.objects.filter(item__in=gone).delete()


def mark_changed(programme_id: UUID, *, now: datetime) -> None:
    """The programme's labels are no longer those that were evaluated."""
    if not Study.objects.filter(pk=programme_id).update(changes=F("changes") + 1, changed_at=now):
        Study.objects.create(programme_id=programme_id, changes=1, changed_at=now)
