"""Bringing labels in that were made elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any, BinaryIO

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import act
from evenkeel.ground.reading.sources import Source
from evenkeel.people import Organisation, house
from evenkeel.work import ImportRun, Programme, add_programme, engage, record_import

from .. import scopes
from ..imports.cells import Progress
from ..imports.plan import ImportPlan, check_files
from ..imports.report import ImportFailed, ImportReport
from ..imports.writing import decisions_to_write, items_to_write, workers_for, write_expert_answers
from .ours import insist_on_ours

Given = Path | str | BinaryIO


def import_labels(
    actor: Actor,
    *,
    labels: Given | Source,
    items: Given | Source | None = None,
    programme_name: str,
    on_repeat: str = "keep",
    allowed_labels: Sequence[str] | None = None,
    ignore: Collection[str] = (),
    organisation: Organisation | None = None,
    now: datetime,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring labels made elsewhere into a programme, which is made when there is none of that name; all or nothing.

    `labels` is CSV or CSV.gz with the columns item, worker, label and, if known, replicate, decided_at, truth; `items` has
    item, truth and whatever tells what the item is. Workers unknown so far are added to `organisation` (ours by default)
    under their codes. The same worker on the same item again is a repeat: `on_repeat` "keep" numbers it, "skip" leaves it
    out. `allowed_labels` are the only labels that fit; otherwise those of the programme's forms; otherwise any.
    `ignore` names columns of the labels' file to leave out. `progress(stage, done, total)` is called now and then.

    Raises `ImportFailed`, whose report names file, row, column and fix of all that does not fit; then nothing was imported.
    """
    started = perf_counter()
    insist_on_ours(actor)
    organisation = organisation or house()
    require(actor, scopes.IMPORT_DO, organisation)
    programme = Programme.objects.filter(name=programme_name.strip()).first()
    if programme is not None:
        require(actor, scopes.IMPORT_DO, programme)
    with ExitStack() as opened:
        plan = check_files(
            labels=opened.enter_context(closing(_source(labels))),
            items=opened.enter_context(closing(_source(items))) if items is not None else None,
            programme=programme,
            programme_name=programme_name.strip(),
            organisation=organisation,
            allowed_labels=allowed_labels,
            ignore=ignore,
            on_repeat=on_repeat,
            now=now,
            progress=progress,
        )
        if plan.findings.bad_total:
            raise ImportFailed(plan.report(took_s=perf_counter() - started))
        with act(scopes.IMPORT_DO, actor, now=now) as deed:
            made = programme or add_programme(actor, name=plan.programme_name, now=now)
            if not organisation.is_house:
                engage(actor, programme=made, organisation=organisation, now=now)
            run, counts = _write(actor, plan, made, organisation, now=now, progress=progress)
            deed.record("labels imported", on=run, after=counts, organisation_id=organisation.id, programme=made.name)
            deed.tell("labels.imported", run_id=run.id, programme_id=made.id)
        return plan.report(took_s=perf_counter() - started, programme=made, run=run, counts=counts)


def _source(given: Given | Source) -> Source:
    return given if isinstance(given, Source) else Source.of(given)


def _write(
    actor: Actor,
    plan: ImportPlan,
    programme: Programme,
    organisation: Organisation,
    *,
    now: datetime,
    progress: Progress | None,
) -> tuple[ImportRun, dict[str, Any]]:
    workers, workers_new = workers_for(organisation, plan.labels.workers, now=now)
    run = record_import(
        actor,
        programme=programme,
        files=[seen.to_dict() for seen in plan.files],
        digest=plan.digest,
        items=items_to_write(plan.items_source, plan.labels, sha256=plan.items_sha256),
        decisions=decisions_to_write(plan.labels, plan.numbered, plan.kept, progress=progress),
        workers=workers,
        remarks=[remark.sentence for remark in plan.findings.remarks],
        now=now,
    )
    new, replaced = write_expert_answers(programme, plan.truths, source=plan.truth_file, now=now)
    counts = {
        **run.counts,
        "items_new": run.counts["items"],
        "workers_new": workers_new,
        "expert_answers": len(plan.truths),
        "expert_answers_new": new,
        "expert_answers_replaced": replaced,
        "repeats": plan.repeats,
        "left_out": plan.left_out,
        "answers": dict(plan.answers),
        "organisation": organisation.name,
    }
    run.counts = counts
    run.save(update_fields=["counts"])
    return run, counts
