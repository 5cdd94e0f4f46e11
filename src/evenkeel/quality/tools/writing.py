"""Writing what was read, a step at a time: new rows become facts, changed ones new facts in place of the old."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Max

from evenkeel.ground.access import Actor
from evenkeel.ground.ids import uuid7
from evenkeel.ground.reading.findings import Findings
from evenkeel.ground.reading.sources import Source
from evenkeel.people import Stretch, import_time
from evenkeel.work import Decision, ImportedDecision, bring_in, insert_rows, item_ids

from ..models import OutsideRow, Tool
from .checking import Checked, drafts, facts_in, opened
from .drafts import Decided, Draft
from .known import Known
from .mapper import new_item
from .reviews import write_reviews

STEP, _BATCH = 20_000, 500


def steps(
    importer: str, spec: dict[str, Any], source: Source, checked: Checked, *, behind: int, now: datetime
) -> Iterator[list[Draft]]:
    """The rows that fit and are not written yet, in portions; within one, no row is said twice in different words."""
    with opened(source, Findings()) as reading:
        read = drafts(importer, spec, reading, now=now)
        sound = (draft for row, draft in read if draft is not None and row not in checked.bad_rows)
        for _written in islice(sound, behind):
            pass
        portion: list[Draft] = []
        said: dict[tuple[str, str], str] = {}
        for draft in sound:
            facts = facts_in(draft)
            # The later word of two is a change of the earlier one, so that has to be here first.
            if len(portion) >= STEP or any(said.get((kind, key), digest) != digest for kind, key, digest in facts):
                yield portion
                portion, said = [], {}
            portion.append(draft)
            said.update({(kind, key): digest for kind, key, digest in facts})
        if portion:
            yield portion


class Step:
    """One portion on its way into the tables; must run in the transaction of an act."""

    def __init__(self, actor: Actor, tool: Tool, spec: Mapping[str, Any], known: Known, *, now: datetime):
        self.actor, self.tool, self.spec, self.known, self.now = actor, tool, spec, known, now
        self.counts: dict[str, int] = {}

    def write(self, portion: Sequence[Draft]) -> dict[str, int]:
        """Write the facts of these rows; returns how many of what."""
        before = self._here(portion)
        decided = self._sorted(before, "decision", [draft.decided for draft in portion if draft.decided])
        reviewed = self._sorted(before, "review", [draft.reviewed for draft in portion if draft.reviewed])
        timed = self._sorted(before, "time", [draft.timed for draft in portion if draft.timed])
        self._decide(decided, before)
        self._keep(
            "review", reviewed, before, write_reviews(self.tool, self.spec, self.known, reviewed, before, now=self.now)
        )
        self._keep("time", timed, before, self._time(timed, before))
        self._count("reviews", len(reviewed))
        self._count("times", len(timed))
        return self.counts

    def _here(self, portion: Sequence[Draft]) -> dict[tuple[str, str], OutsideRow]:
        keys = list({key for draft in portion for _kind, key, _digest in facts_in(draft)})
        found: dict[tuple[str, str], OutsideRow] = {}
        for start in range(0, len(keys), _BATCH):
            part = keys[start : start + _BATCH]
            rows = OutsideRow.objects.filter(tool=self.tool, kind__in=("decision", "review", "time"), key__in=part)
            found.update({(row.kind, row.key): row for row in rows})
        return found

    def _sorted(self, before: Mapping[tuple[str, str], OutsideRow], kind: str, facts: Sequence[Any]) -> list[Any]:
        """Those that are new or changed, each once; the rest is counted as the same."""
        fresh: dict[str, Any] = {}
        for fact in facts:
            row = before.get((kind, fact.key))
            if fact.key in fresh or (row is not None and row.digest == fact.digest):
                self._count("same")
                continue
            fresh[fact.key] = fact
            self._count("new" if row is None else "changed")
        return list(fresh.values())

    def _keep(
        self, kind: str, facts: Sequence[Any], before: Mapping[tuple[str, str], OutsideRow], targets: Mapping[str, UUID]
    ) -> None:
        """Remember under which key and content each fact is here."""
        changed = []
        for fact in facts:
            row = before.get((kind, fact.key))
            if row is not None:
                row.digest, row.target_id = fact.digest, targets[fact.key]
                changed.append(row)
        OutsideRow.objects.bulk_update(changed, ["digest", "target_id"], batch_size=_BATCH)
        insert_rows(
            OutsideRow,
            ("id", "tool_id", "kind", "key", "digest", "target_id"),
            (
                (uuid7(), self.tool.pk, kind, fact.key, fact.digest, targets[fact.key])
                for fact in facts
                if (kind, fact.key) not in before
            ),
        )

    # ------------------------------------------------------------------ decisions

    def _decide(self, decided: Sequence[Decided], before: Mapping[tuple[str, str], OutsideRow]) -> None:
        if not decided:
            return
        self.known.look_up(said.worker for said in decided)
        firsts = last_in_line(
            [before["decision", said.key].target_id for said in decided if ("decision", said.key) in before]
        )
        counted = self._replicates(decided)
        ids: dict[str, UUID] = {}
        rows = []
        for said in decided:
            ids[said.key] = uuid7()
            row = before.get(("decision", said.key))
            first, replicate = firsts[row.target_id] if row is not None else (None, 0)
            if first is None:
                pair = said.item, said.worker
                counted[pair] = replicate = counted.get(pair, 0) + 1
            rows.append(self._imported(said, ids[said.key], replicate, first))
        items = list({said.item: new_item(said) for said in decided}.values())
        done = bring_in(
            self.actor,
            programme=self.tool.programme,
            tool=self.tool.name,
            items=items,
            decisions=rows,
            workers=self.known.workers,
            now=self.now,
        )
        self._count("items", done["items"])
        self._count("decisions", done["decisions"])
        self._keep("decision", decided, before, ids)

    def _imported(self, said: Decided, pk: UUID, replicate: int, corrects: UUID | None) -> ImportedDecision:
        at = said.decided_at or self.now
        queue = self.known.queues.get(said.queue)
        return ImportedDecision(
            item_key=said.item,
            worker_code=said.worker,
            label=said.label,
            replicate=replicate,
            decided_at=at,
            active_ms=said.active_ms,
            answer=said.answer,
            id=pk,
            queue_id=queue.pk if queue is not None else None,
            policy_version_id=self.known.policy_version(said.queue, at, said.policy_version),
            place=self.known.place(said.site, said.team) if said.site or said.team else None,
            corrects=corrects,
            tool=self.tool.name,
        )

    def _replicates(self, decided: Sequence[Decided]) -> dict[tuple[str, str], int]:
        """How often each person has answered each item already."""
        ids = item_ids(self.tool.programme, {said.item for said in decided})
        keys = {pk: key for key, pk in ids.items()}
        found: dict[tuple[str, str], int] = {}
        asked = list(keys)
        for start in range(0, len(asked), _BATCH):
            rows = Decision.objects.filter(
                item__in=asked[start : start + _BATCH], worker__organisation=self.tool.organisation
            )
            for item_id, code, top in (
                rows.values_list("item_id", "worker__code").annotate(top=Max("replicate")).order_by()
            ):
                found[keys[item_id], code] = top
        return found

    # ------------------------------------------------------------------ time

    def _time(self, timed: Sequence[Any], before: Mapping[tuple[str, str], OutsideRow]) -> dict[str, UUID]:
        self.known.look_up(said.worker for said in timed)
        by_worker: dict[str, list[Any]] = {}
        for said in timed:
            by_worker.setdefault(said.worker, []).append(said)
        found: dict[str, UUID] = {}
        for code, parts in by_worker.items():
            parts.sort(key=lambda part: part.began_at)
            marks = import_time(
                self.actor,
                worker=self.known.workers[code],
                stretches=[Stretch(state=part.state, began_at=part.began_at, ended_at=part.ended_at) for part in parts],
                gone=[before["time", part.key].target_id for part in parts if ("time", part.key) in before],
                tool=self.tool.name,
                now=self.now,
            )
            found.update({part.key: mark.pk for part, mark in zip(parts, marks, strict=True)})
        return found

    def _count(self, name: str, n: int = 1) -> None:
        self.counts[name] = self.counts.get(name, 0) + n


def last_in_line(ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, int]]:
    """By a decision's id: the one that stands in its place now, after whatever corrections, and its replicate."""
    found: dict[UUID, tuple[UUID, int]] = {}
    heads = {pk: pk for pk in ids}
    while heads:
        asked = list(heads)
        heads_next: dict[UUID, UUID] = {}
        for start in range(0, len(asked), _BATCH):
            rows = Decision.objects.filter(pk__in=asked[start : start + _BATCH])
            for pk, corrected_by, replicate in rows.values_list("pk", "correction__second_id", "replicate"):
                second: UUID | None = corrected_by
                if second is None:
                    found[heads[pk]] = pk, replicate
                else:
                    heads_next[second] = heads[pk]
        heads = heads_next
    return found
