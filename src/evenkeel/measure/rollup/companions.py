"""Which items of a batch have company: a second answer or an expert's, in the batch or in any before it.

Most decisions are the only one about their item, and nothing is compared there. In a large batch such items get no tally: ten
million rows that say "one" would take longer to write than everything else together. The batch then keeps between which ids
its items lie. Whoever brings a second answer later looks into the files of those batches whose span holds the item, and
counts the first one in; from then on the item has a tally. An item has either a tally of all its answers or none at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from evenkeel.ground.log import batches_since, computed, read_batches

from ..models import ConsumedBatch, LabelTally
from .adding import as_driven, in_parts

if TYPE_CHECKING:
    import pyarrow as pa

    from evenkeel.ground.log import Fact

# Up to so many rows every item gets its tally: that takes seconds, and later answers are counted without opening files.
LISTED_UP_TO = 100_000
ANY_ITEM = (UUID(int=0), UUID(int=(1 << 128) - 1))
Choose = Callable[[Any], Any]


class Unlisted:
    """The batches of one consumer whose lone items have no tally."""

    def __init__(self, fact: Fact, consumer: str, choose: Choose):
        self._fact, self._choose = fact, choose
        found = ConsumedBatch.objects.filter(consumer=consumer).exclude(items_from=None)
        self.spans: dict[UUID, tuple[str, str]] = {
            batch: (str(first), str(last))
            for batch, first, last in found.values_list("batch_id", "items_from", "items_to")
        }

    def answers_of(self, items: Iterable[str], connection: Any) -> pa.Table | None:
        """Their answers about these items: `programme_id, item_id, label, n`. None where no batch can hold one."""
        import ibis
        import pyarrow as pa

        wanted = sorted(items)
        batches = self._written([batch for batch, span in self.spans.items() if _holds(span, wanted)])
        if not batches:
            return None
        rows = read_batches(self._fact, batches, connection=connection)
        asked = ibis.memtable(pa.table({"item_id": pa.array(wanted, pa.string())}))
        expression = tallied(self._choose(rows).semi_join(asked, "item_id"))
        found: pa.Table = connection.to_pyarrow(expression)
        return found

    def rows_between(self, first: str, last: str, connection: Any) -> Any:
        """Their rows, where some of their items may lie between these; None where none can."""
        batches = self._written([batch for batch, (low, high) in self.spans.items() if low <= last and first <= high])
        return self._choose(read_batches(self._fact, batches, connection=connection)) if batches else None

    def _written(self, ids: Sequence[UUID]) -> list[Any]:
        # What has left the log meanwhile is not there any more: its items begin anew.
        known = frozenset(ids)
        return [batch for batch in batches_since(self._fact) if batch.pk in known] if ids else []


def _holds(span: tuple[str, str], items: Sequence[str]) -> bool:
    place = bisect_left(items, span[0])
    return place < len(items) and items[place] <= span[1]


def tallied(rows: Any) -> Any:
    """Labels given less labels taken back, by item."""
    counts = rows.group_by(["programme_id", "item_id", "label"]).aggregate(n=rows.sign.sum())
    return counts.filter(counts.n != 0)


def spans_of(rows: Any, connection: Any, *, choose: Choose) -> list[tuple[str, str, str]]:
    """Of each programme in the rows: its id, its first item, its last."""
    found = computed(connection, rows, expression=partial(_spans, choose), key=("spans", choose)).to_pydict()
    return list(zip(found["programme_id"], found["first"], found["last"], strict=True))


def _spans(choose: Choose, rows: Any) -> Any:
    chosen = choose(rows)
    return chosen.group_by("programme_id").aggregate(first=chosen.item_id.min(), last=chosen.item_id.max())


def in_company(rows: Any, *, known: Iterable[str], before: Any) -> Any:
    """The rows of items with several rows among these, or with a tally (`known`), or with a row `before`.

    By a hash of the item, so that ten million of them fit into memory: two that share one are taken for company, and
    counted; so nothing is lost.
    """
    import ibis
    import pyarrow as pa

    marked = rows.select("programme_id", "item_id", "label", "sign", mark=rows.item_id.hash())
    each = marked.group_by("mark").aggregate(rows=marked.count(), n=marked.sign.sum())
    several = each.filter((each.rows > 1) | (each.n != 1)).select("mark")
    listed = ibis.memtable(pa.table({"item_id": pa.array(list(known), pa.string())}))
    found = several.union(listed.select(mark=listed.item_id.hash()))
    if before is not None:
        found = found.union(before.select(mark=before.item_id.hash()))
    return marked.semi_join(found.distinct(), "mark")


def listed_between(spans: Sequence[tuple[str, str, str]]) -> set[str]:
    """The items with a tally, of people or of experts, that lie in these spans."""
    found: set[str] = set()
    for programme, first, last in spans:
        rows = LabelTally.objects.filter(programme=UUID(programme), item__gte=first, item__lte=last)
        found.update(str(_uuid(item)) for (item,) in as_driven(rows.values_list("item_id").distinct()))
    return found


def without_people(items: Iterable[str]) -> set[str]:
    """Those of the items whose answers of people have no tally."""
    asked = list(items)
    listed: set[str] = set()
    for part in in_parts(asked):
        rows = LabelTally.objects.filter(item__in=part, source="people")
        listed.update(str(_uuid(item)) for (item,) in as_driven(rows.values_list("item_id").distinct()))
    return set(asked) - listed


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
