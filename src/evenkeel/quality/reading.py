"""Reading a programme's labels from the log, and keeping what follows: agreement cut every way, and doubtful labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import transaction

from evenkeel.ground.log import answer, batches_since, read
from evenkeel.people import Organisation, Site
from evenkeel.work import DECISIONS, Decision, Item, Programme, predicted_labels

from .models import AgreementCut, LabelDoubt, LabelReading
from .rules.agreement import Labels, clause_cuts, cuts, number_of
from .rules.label_errors import suspects

if TYPE_CHECKING:
    import pyarrow as pa

MOST_DOUBTS = 2_000
# An answer that is wrong with less than this chance is no doubtful one.
LEAST_CHANCE = 0.05
_PART = 2_000
_CLAUSE = 120


def read_labels(now: datetime) -> int:
    """Work out every programme anew whose labels changed in the log since it was read last; returns how many."""
    version = data_version()
    known = dict(LabelReading.objects.values_list("programme_id", "data_version"))
    programmes = list(Programme.objects.order_by("id").values_list("id", flat=True))
    if version == "0" or all(known.get(each) == version for each in programmes):
        return 0
    return sum(read_programme(each, version=version, now=now) for each in programmes if known.get(each) != version)


def data_version() -> str:
    """Which state of the decisions in the log a result stands on: how many batches, and the last one."""
    batches = batches_since(DECISIONS)
    return f"{len(batches)}:{batches[-1].id}" if batches else "0"


def read_programme(programme_id: UUID, *, version: str, now: datetime) -> bool:
    """Read one programme's labels and put what follows in place of what was there, in one transaction; False without any."""
    table: pa.Table = answer([DECISIONS], lambda connection: _labels(programme_id, connection), now=now)
    said = Said.of(table) if table.num_rows else None
    with transaction.atomic():
        AgreementCut.objects.filter(programme=programme_id).delete()
        LabelDoubt.objects.filter(programme=programme_id).delete()
        LabelReading.objects.filter(programme=programme_id).delete()
        expected, predicted = _store(programme_id, said) if said is not None else (0.0, 0)
        LabelReading.objects.create(
            programme_id=programme_id,
            data_version=version,
            labels=table.num_rows,
            items=len(said.labels.items) if said else 0,
            people=len(said.labels.people) if said else 0,
            predicted=predicted,
            expected_wrong=expected,
            as_of=now,
        )
    return said is not None


def _labels(programme_id: UUID, connection: Any) -> Any:
    """One row a standing answer. The twin's days of columns are about items that exist nowhere else and stay out."""
    rows = read(DECISIONS, connection=connection)
    apart = [*Decision.JUDGED_APART, "twin"]
    rows = rows.filter((rows.programme_id == str(programme_id)) & ~rows.origin.isin(apart))
    by = ["id", "item_id", "worker_id", "organisation_id", "site_id", "queue_id", "language", "label", "clause"]
    found = rows.group_by(by).aggregate(n=rows.sign.sum(), at=rows.decided_at.max())
    return connection.to_pyarrow(found.filter(found.n > 0).order_by(["at", "id"]))


@dataclass(frozen=True, kw_only=True)
class Said:
    """A programme's labels as columns, with the decision that each is."""

    labels: Labels
    decisions: Sequence[str]
    organisation: Sequence[str]
    # The same answers by the clause that they cite, else their label; and which of those are clauses.
    clauses: Labels
    cited: Sequence[str]

    @classmethod
    def of(cls, table: pa.Table) -> Said:
        """From rows of the log."""
        column = {name: table[name].to_pylist() for name in table.column_names}
        items, item = number_of(column["item_id"])
        people, person = number_of(column["worker_id"])
        classes, label = number_of(column["label"])
        told = [each[:_CLAUSE] if each else None for each in column["clause"]]
        named, clause = number_of([each or label for each, label in zip(told, column["label"], strict=True)])
        places = {
            "language": number_of(column["language"]),
            "site": number_of(column["site_id"]),
            "vendor": number_of(column["organisation_id"]),
            "queue": number_of(column["queue_id"]),
        }
        return cls(
            labels=Labels(
                items=items, people=people, classes=classes, item=item, person=person, label=label, places=places
            ),
            decisions=column["id"],
            organisation=column["organisation_id"],
            clauses=Labels(items=items, people=people, classes=named, item=item, person=person, label=clause),
            cited=sorted({each for each in told if each}),
        )


def _store(programme_id: UUID, said: Said) -> tuple[float, int]:
    _store_cuts(programme_id, said)
    return _store_doubts(programme_id, said)


def _store_cuts(programme_id: UUID, said: Said) -> None:
    owners = dict(zip(said.labels.person.tolist(), said.organisation, strict=True))
    owner = {said.labels.people[number]: organisation for number, organisation in owners.items()}
    sites = dict(Site.objects.values_list("id", "organisation_id"))
    vendors = set(Organisation.objects.values_list("id", flat=True))
    rows = []
    for cut in (*cuts(said.labels), *clause_cuts(said.clauses, said.cited)):
        organisation: UUID | None = None
        if cut.by == "site":
            organisation = sites.get(UUID(cut.key))
        elif cut.by == "vendor":
            organisation = UUID(cut.key) if UUID(cut.key) in vendors else None
        elif cut.by == "pair" and owner[cut.key] == owner[cut.other]:
            organisation = UUID(owner[cut.key])
        rows.append(
            AgreementCut(
                programme_id=programme_id,
                organisation_id=organisation,
                by=cut.by,
                key=cut.key,
                other=cut.other,
                items=cut.items,
                labels=cut.labels,
                people=cut.people,
                percent=cut.percent.to_dict(),
                alpha=cut.alpha.to_dict(),
                ac1=cut.ac1.to_dict(),
                examples=list(cut.examples),
            )
        )
    AgreementCut.objects.bulk_create(rows, batch_size=500)


def _store_doubts(programme_id: UUID, said: Said) -> tuple[float, int]:
    """Keep the most doubtful labels; returns how many standing answers are wrong by their chances, and predictions met."""
    labels = said.labels
    items, classes = len(labels.items), len(labels.classes)
    told, n_told = _predictions(programme_id, labels)
    found = suspects(labels.item, labels.person, labels.label, n_items=items, n_classes=classes, probabilities=told)
    kept = [at for at in found.ranking()[:MOST_DOUBTS].tolist() if found.chance_wrong[at] >= LEAST_CHANCE]
    # Rows come in the order of time: the last one that gives the standing answer is the decision to look at.
    place = {(int(i), int(k)): at for at, (i, k) in enumerate(zip(labels.item, labels.label, strict=True))}
    n = np.bincount(labels.item, minlength=items)
    known = set(Item.objects.filter(programme=programme_id).values_list("id", flat=True))
    rows = [
        LabelDoubt(
            programme_id=programme_id,
            item_id=labels.items[at],
            label=labels.classes[found.label[at]],
            believed=labels.classes[found.believed[at]],
            chance_wrong=float(found.chance_wrong[at]),
            by_people=bool(found.by_people[at]),
            by_models=bool(found.by_models[at]),
            answers=int(n[at]),
            decision_id=said.decisions[place[at, int(found.label[at])]],
        )
        for at in kept
        if UUID(labels.items[at]) in known
    ]
    languages = {
        str(pk): language
        for part in range(0, len(rows), _PART)
        for pk, language in Item.objects.filter(pk__in=[row.item_id for row in rows[part : part + _PART]]).values_list(
            "id", "language"
        )
    }
    for rank, row in enumerate(rows):
        row.rank, row.language = rank + 1, languages.get(str(row.item_id), "")
    LabelDoubt.objects.bulk_create(rows, batch_size=500)
    return float(np.nansum(found.chance_wrong)), n_told


def _predictions(programme_id: UUID, labels: Labels) -> tuple[npt.NDArray[np.float64], int]:
    """What models said, as probabilities: the score to the class they name, the rest shared evenly by the others."""
    items, classes = len(labels.items), len(labels.classes)
    told, n_told = np.full((items, classes), np.nan), 0
    place = {label: at for at, label in enumerate(labels.classes)}
    for start in range(0, items, _PART):
        part = labels.items[start : start + _PART]
        for item_id, (label, score) in predicted_labels(programme_id, part).items():
            if label in place and score is not None and classes > 1:
                told[start + part.index(str(item_id))] = (1 - score) / (classes - 1)
                told[start + part.index(str(item_id)), place[label]] = score
                n_told += 1
    return told, n_told
