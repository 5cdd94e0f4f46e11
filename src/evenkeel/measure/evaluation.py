"""Studies: a programme's labels as one set, evaluated from the log by the job and kept, so that a page only reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from math import isfinite
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import transaction
from django.db.models import F, Q

from evenkeel.ground.log import answer, computed, narrowed, read
from evenkeel.people import Organisation
from evenkeel.quality import EXPERT_ANSWERS
from evenkeel.work import DECISIONS

from .labels import LabelSet
from .metric import study_metrics
from .models import Evaluation, ItemFigures, RaterFigures, Study, WorkerTally
from .rollup.adding import in_parts
from .rollup.tallies import given_apart
from .rules.raters import raters

if TYPE_CHECKING:
    import pyarrow as pa

# A stream of decisions changes a study all the time; its figures need not follow every one.
LEAST_AGE = timedelta(minutes=5)


def evaluate_changed(now: datetime, *, least_age: timedelta = LEAST_AGE) -> list[UUID]:
    """Evaluate every programme whose labels changed since; returns the programmes."""
    due = Study.objects.exclude(changes=F("evaluated_changes")).filter(
        Q(evaluated_at=None) | Q(evaluated_at__lte=now - least_age) | Q(evaluated_changes__lt=0)
    )
    done = []
    for programme_id, changes in list(due.values_list("programme_id", "changes")):
        evaluate(programme_id, changes=changes, now=now)
        done.append(programme_id)
    return done


def evaluate(programme_id: UUID, *, changes: int, now: datetime) -> None:
    """Read the programme's labels from the log and put its figures in place of the old ones, in one transaction.

    `changes` is the study's count of changes before the reading: what comes meanwhile makes it due again.
    """
    # Where everybody's every item has one answer and no expert, there is nothing to compare.
    is_worth_it = ItemFigures.objects.filter(programme_id=programme_id).exists()
    found = _Labels.read(programme_id, now=now) if is_worth_it else None
    with transaction.atomic():
        for table in (WorkerTally, RaterFigures, Evaluation):
            table.objects.filter(programme_id=programme_id).delete()
        if found is not None:
            _store(programme_id, found, now)
        Study.objects.filter(pk=programme_id).update(evaluated_changes=changes, evaluated_at=now)


def _store(programme_id: UUID, found: _Labels, now: datetime) -> None:
    everybody = found.label_set(None)
    outside = set(Organisation.objects.filter(is_house=False).values_list("id", flat=True))
    sets: list[tuple[UUID | None, LabelSet]] = [(None, everybody)]
    sets += [(UUID(own), found.label_set(own)) for own in found.organisations if UUID(own) in outside]
    Evaluation.objects.bulk_create(
        Evaluation(
            programme_id=programme_id,
            organisation_id=organisation_id,
            metric=kind.slug,
            detail=_known(finding.detail),
            as_of=now,
            **finding.estimate.to_dict(),
        )
        for organisation_id, labels in sets
        for kind in study_metrics()
        for finding in [kind.evaluate(labels)]
    )
    WorkerTally.objects.bulk_create(
        [
            WorkerTally(
                programme_id=programme_id,
                organisation_id=row["organisation_id"],
                worker_id=row["worker_id"],
                truth=row["truth"],
                label=row["label"],
                n=row["n"],
            )
            for row in found.tally.to_pylist()
        ],
        batch_size=2_000,
    )
    _store_raters(programme_id, everybody)


def _store_raters(programme_id: UUID, everybody: LabelSet) -> None:
    owners = [worker.partition("/") for worker in everybody.workers]
    rows = raters(everybody, groups=[organisation for organisation, _slash, _worker in owners])
    made = []
    for (organisation, _slash, worker), row in zip(owners, rows, strict=True):
        said = asdict(row) | {"worker": None}
        del said["worker"]
        made.append(RaterFigures(programme_id=programme_id, organisation_id=organisation, worker_id=worker, **said))
    for part in in_parts(made, 1_000):
        RaterFigures.objects.bulk_create(part)


@dataclass(frozen=True, kw_only=True)
class _Labels:
    """A programme's labels as the engine grouped them, in columns: there may be millions of items.

    `said` has organisation_id, item, label and n, the latter two as numbers of items and classes; `tally` organisation_id,
    worker_id, truth, label and n. Workers are named `organisation/worker`: who moved counts in both.
    """

    classes: tuple[str, ...]
    truth: npt.NDArray[np.int64]  # a class an item, -1 without an expert's answer
    said: pa.Table
    tally: pa.Table
    repeats: dict[str, tuple[int, int, int]]

    @property
    def organisations(self) -> list[str]:
        return sorted(self.said["organisation_id"].unique().to_pylist())

    @classmethod
    def read(cls, programme_id: UUID, *, now: datetime) -> _Labels:
        return answer([DECISIONS, EXPERT_ANSWERS], lambda connection: cls._read(programme_id, connection), now=now)

    @classmethod
    def _read(cls, programme_id: UUID, connection: Any) -> _Labels:
        decisions, experts = (
            narrowed(connection, read(fact, connection=connection), "programme_id", str(programme_id))
            for fact in (DECISIONS, EXPERT_ANSWERS)
        )

        def asked(expression: Callable[..., Any], *tables: Any) -> pa.Table:
            return computed(connection, *tables, expression=expression, key=expression)

        return cls._of(
            asked(_counts, decisions),
            asked(_truths, experts),
            asked(_tally, decisions, experts),
            asked(_repeats, decisions).to_pylist(),
        )

    @classmethod
    def _of(cls, counts: pa.Table, experts: pa.Table, tally: pa.Table, repeats: list[dict[str, Any]]) -> _Labels:
        import pyarrow as pa

        classes = tuple(sorted({*counts["label"].unique().to_pylist(), *experts["truth"].unique().to_pylist()}))
        items = pa.chunked_array([*counts["item_id"].chunks, *experts["item_id"].chunks], pa.string()).unique().sort()
        truth = np.full(len(items), -1, dtype=np.int64)
        truth[_numbers(experts["item_id"], items)] = _numbers(experts["truth"], classes)
        said = {
            "organisation_id": counts["organisation_id"].combine_chunks().dictionary_encode(),
            "item": _numbers(counts["item_id"], items),
            "label": _numbers(counts["label"], classes),
            "n": counts["n"],
        }
        return cls(
            classes=classes,
            truth=truth,
            said=pa.table(said),
            tally=tally,
            repeats={row["organisation_id"]: (row["repeats"], row["pairs"], row["same"]) for row in repeats},
        )

    def label_set(self, organisation: str | None) -> LabelSet:
        """Everybody's labels, or those of one organisation's people."""
        said, cells = self.said, self.tally
        if organisation is not None:
            said, cells = _own(said, organisation), _own(cells, organisation)
        shape = len(self.truth), len(self.classes)
        counts = _counted_up((said["item"].to_numpy(), said["label"].to_numpy()), said["n"], shape)
        workers, tally = self._by_worker(cells)
        repeats = [row for owner, row in self.repeats.items() if organisation in (None, owner)]
        truth = self.truth
        if organisation is not None:
            seen = counts.any(axis=1)
            counts, truth = counts[seen], truth[seen]
        return LabelSet(
            classes=self.classes,
            counts=counts,
            truth=truth,
            workers=workers,
            tally=tally,
            repeats=sum(row[0] for row in repeats),
            second_pairs=sum(row[1] for row in repeats),
            second_same=sum(row[2] for row in repeats),
        )

    def _by_worker(self, cells: pa.Table) -> tuple[tuple[str, ...], npt.NDArray[np.int64]]:
        import pyarrow.compute as pc

        names = pc.binary_join_element_wise(cells["organisation_id"], cells["worker_id"], "/")
        workers = tuple(sorted(names.unique().to_pylist()))
        # Without an expert's answer: the row after the last class.
        truths = (*self.classes, "")
        where = _numbers(names, workers), _numbers(cells["truth"], truths), _numbers(cells["label"], self.classes)
        return workers, _counted_up(where, cells["n"], (len(workers), len(truths), len(self.classes)))


def _own(rows: pa.Table, organisation: str) -> pa.Table:
    import pyarrow.compute as pc

    return rows.filter(pc.equal(rows["organisation_id"], organisation))


def _numbers(column: pa.ChunkedArray, among: pa.Array | Sequence[str]) -> npt.NDArray[np.int64]:
    """The place of each value among those."""
    import pyarrow as pa
    import pyarrow.compute as pc

    values = among if isinstance(among, pa.Array) else pa.array(among, pa.string())
    found: npt.NDArray[np.int64] = pc.index_in(column, value_set=values).to_numpy().astype(np.int64)
    return found


def _counted_up(where: Sequence[Any], n: pa.ChunkedArray, shape: tuple[int, ...]) -> npt.NDArray[np.int64]:
    """A table of this shape with n added up at these places."""
    size = int(np.prod(shape))
    if not size:
        return np.zeros(shape, dtype=np.int64)
    # As floats, which hold whole numbers up to 2^53.
    flat = np.bincount(np.ravel_multi_index(tuple(where), shape), weights=n.to_numpy(), minlength=size)
    return flat.astype(np.int64).reshape(shape)


def _known(value: Any) -> Any:
    """The same with None for numbers that are not known, which JSON cannot hold."""
    if isinstance(value, Mapping):
        return {name: _known(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_known(inner) for inner in value]
    return None if isinstance(value, float) and not isfinite(value) else value


def _truths(experts: Any) -> Any:
    experts = experts.group_by(["item_id", "label"]).aggregate(n=experts.sign.sum())
    experts = experts.filter(experts.n > 0)
    # One answer an item, whatever the log holds: the first by name, as in ItemFigures.
    return experts.group_by("item_id").aggregate(truth=experts.label.min())


def _counts(decisions: Any) -> Any:
    decisions = given_apart(decisions)
    counts = decisions.group_by(["organisation_id", "item_id", "label"]).aggregate(n=decisions.sign.sum())
    return counts.filter(counts.n > 0)


def _tally(decisions: Any, experts: Any) -> Any:
    joined = given_apart(decisions).left_join(_truths(experts), "item_id")
    joined = joined.mutate(truth=joined.truth.fill_null(""))
    cells = joined.group_by(["organisation_id", "worker_id", "truth", "label"]).aggregate(n=joined.sign.sum())
    return cells.filter(cells.n > 0)


def _repeats(decisions: Any) -> Any:
    """By organisation: answers beyond the first, second answers, and those of them that are like the first."""
    keys = ["organisation_id", "worker_id", "item_id", "replicate", "label"]
    decisions = given_apart(decisions)
    kept = decisions.group_by(keys).aggregate(n=decisions.sign.sum())
    kept = kept.filter(kept.n > 0)
    again = kept.filter(kept.replicate > 1)
    first = (
        kept.filter(kept.replicate == 1)
        .select("worker_id", "item_id", first="label")
        .distinct(on=["worker_id", "item_id"], keep="first")
    )
    joined = again.left_join(first, ["worker_id", "item_id"])
    is_second = (joined.replicate == 2) & joined["first"].notnull()
    return joined.group_by("organisation_id").aggregate(
        repeats=joined.n.sum(), pairs=is_second.sum(), same=(is_second & (joined.label == joined["first"])).sum()
    )
