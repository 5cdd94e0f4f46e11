"""Labels by item, from people and from experts, and what follows for each item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.db import connection as database
from django.db.models import F

from evenkeel.ground.log import Fact, computed, read_batches
from evenkeel.work import DECISIONS, Decision

from ..models import ConsumedBatch, ItemFigures, LabelTally, Study
from ..rules.items import figures_of
from .adding import add_up, as_driven, in_parts, key
from .companions import LISTED_UP_TO, Unlisted, in_company, listed_between, spans_of, tallied, without_people

if TYPE_CHECKING:
    import pyarrow as pa

_FIELDS = [
    "n", "counts", "disagreement", "entropy", "majority_label", "majority_share", "is_tied", "expert_label", "differs",
]  # fmt: skip


_PEOPLE = "tally:people:1"
_LOCK = 7_260_003
_ROWS = 50_000


class Outdated(Exception):
    """Other batches went in while these were prepared."""


@dataclass(frozen=True, kw_only=True)
class Tallied:
    """What a chunk adds. `span` is set where items with one answer were left out: between which ids they lie."""

    tallies: Sequence[tuple[str, pa.Table]]  # source, its rows
    programmes: Sequence[str]
    batches: Sequence[UUID]
    span: tuple[str, str] | None
    seen: int


class TallyFeed:
    """Feeds the labels of one source."""

    # Large chunks, so that the files of a history are searched for first answers as few times as may be.
    rows_at_once = 2_000_000

    def __init__(self, source: Literal["people", "expert"], fact: Fact):
        self.source, self.fact = source, fact
        self.consumer = f"tally:{source}:1"
        self._choose = _of_people if source == "people" else _of_all

    def prepare(self, batches: Sequence[Any], connection: Any) -> Tallied:
        """The counts of these batches, and of what came before where it had none yet; writes nothing."""
        import pyarrow.compute as pc

        seen = _consumed()
        rows = read_batches(self.fact, batches, connection=connection)
        unlisted = Unlisted(DECISIONS, _PEOPLE, _of_people)
        span = None
        if self.source == "people" and sum(batch.rows for batch in batches) > LISTED_UP_TO:
            spans = spans_of(rows, connection, choose=self._choose)
            programmes = [programme for programme, _first, _last in spans]
            found, span = _empty(), None
            if spans:
                span = min(first for _of, first, _last in spans), max(last for _of, _first, last in spans)
                before = unlisted.rows_between(*span, connection)
                company = in_company(self._choose(rows), known=listed_between(spans), before=before)
                found = connection.to_pyarrow(tallied(company))
        else:
            found = computed(connection, rows, expression=partial(_counted, self._choose), key=("tally", self._choose))
            programmes = pc.unique(found["programme_id"]).to_pylist()
        tallies = [(self.source, found)]
        if unlisted.spans and found.num_rows:
            items = without_people(pc.unique(found["item_id"]).to_pylist())
            first = unlisted.answers_of(items, connection) if items else None
            tallies += [("people", first)] if first is not None else []
        ids = [batch.pk for batch in batches]
        return Tallied(tallies=tallies, programmes=programmes, batches=ids, span=span, seen=seen)

    def store(self, prepared: Tallied, *, now: datetime) -> None:
        """Add the counts and bring the touched items up to date, within the transaction that marks their batches.

        Raises `Outdated` where other batches went in since these were prepared.
        """
        _one_at_a_time()
        if _consumed() - len(prepared.batches) != prepared.seen:
            raise Outdated
        own = ConsumedBatch.objects.filter(consumer=self.consumer)
        if prepared.span is not None:
            first, last = prepared.span
            own.filter(batch_id__in=prepared.batches).update(items_from=first, items_to=last)
        touched: dict[UUID, UUID] = {}
        for source, table in prepared.tallies:
            for start in range(0, table.num_rows, _ROWS):
                rows = [_row(source, row) for row in table.slice(start, _ROWS).to_pylist()]
                add_up(LabelTally, rows, sums=["n"])
                touched |= {UUID(row["item"]): UUID(row["programme"]) for row in rows}
        if touched and not ConsumedBatch.objects.filter(consumer=_PEOPLE).exclude(items_from=None).exists():
            LabelTally.objects.filter(n=0).delete()
        refresh_items(touched)
        for programme_id in prepared.programmes:
            mark_changed(UUID(programme_id), now=now)

    def begin(self) -> None:
        """The first batch of all: nothing to put away."""

    def clear(self) -> None:
        """Throw the source's counts away; items are brought up to date when they come again."""
        LabelTally.objects.filter(source=self.source).delete()


def _row(source: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": key(row["programme_id"], row["item_id"], source, row["label"]),
        "programme": row["programme_id"],
        "item": row["item_id"],
        "source": source,
        "label": row["label"] or "",
        "n": row["n"],
    }


def _empty() -> pa.Table:
    import pyarrow as pa

    text = pa.string()
    return pa.schema([("programme_id", text), ("item_id", text), ("label", text), ("n", pa.int64())]).empty_table()


def _consumed() -> int:
    """How many batches of labels are in: who prepares and finds more when storing was not alone."""
    return ConsumedBatch.objects.filter(consumer__in=[_PEOPLE, "tally:expert:1"]).count()


def _one_at_a_time() -> None:
    """SQLite's write lock does it by itself."""
    if database.vendor == "postgresql":
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _counted(choose: Callable[[Any], Any], rows: Any) -> Any:
    return tallied(choose(rows))


def _of_people(decisions: Any) -> Any:
    # The twin's days of columns are about items that exist nowhere else: there is nothing to show of them.
    return given_apart(decisions).filter(lambda row: row.origin != "twin")


def _of_all(rows: Any) -> Any:
    return rows


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
