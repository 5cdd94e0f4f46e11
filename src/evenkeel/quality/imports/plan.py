"""Everything that is known of an import before a row is written: what the files hold, and all that does not fit."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.reading.findings import FileSeen, Findings
from evenkeel.ground.reading.sources import Source
from evenkeel.people import Organisation
from evenkeel.work import ImportRun, Item, Programme, programme_labels

from .cells import Progress
from .item_file import ItemFile, check_items
from .label_file import LabelCheck, Labels
from .learning import slips
from .repeats import Numbered, number_repeats
from .report import Counts, ImportReport
from .writing import highest_replicates

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

ON_REPEAT = ("keep", "skip")


@dataclass
class ImportPlan:
    """What an import will write, or why it will not."""

    programme_name: str
    findings: Findings
    labels: Labels
    items: ItemFile | None
    items_source: Source | None
    truths: Mapping[str, str] = field(default_factory=dict)
    truth_file: str = ""
    numbered: Numbered = field(default_factory=Numbered.of_nothing)
    kept: npt.NDArray[np.bool_] | None = None
    repeats: int = 0
    left_out: int = 0

    @property
    def files(self) -> tuple[FileSeen, ...]:
        """The files that were read to their end."""
        seen = (self.labels.seen, self.items.seen if self.items else None)
        return tuple(file for file in seen if file is not None)

    @property
    def digest(self) -> str:
        """Names the content of all files."""
        return hashlib.sha256("".join(seen.sha256 for seen in self.files).encode()).hexdigest()

    @property
    def items_sha256(self) -> str:
        """Names the content of the items file, "" without one."""
        return self.items.seen.sha256 if self.items and self.items.seen else ""

    @property
    def answers(self) -> dict[str, int]:
        """How often each label was given."""
        return self.labels.answers()

    def report(
        self,
        *,
        took_s: float,
        programme: Programme | None = None,
        run: ImportRun | None = None,
        counts: Mapping[str, Any] | None = None,
    ) -> ImportReport:
        """What to tell, before or after writing."""
        said = counts or {}
        return ImportReport(
            programme_name=self.programme_name,
            programme_id=programme.id if programme else None,
            run_id=run.id if run else None,
            files=self.files,
            digest=self.digest,
            counts=Counts(
                labels=int(said.get("decisions", len(self.labels))),
                items=len(self.items.keys) if self.items else len(self.labels.items),
                items_new=int(said.get("items_new", 0)),
                workers=len(self.labels.workers),
                workers_new=int(said.get("workers_new", 0)),
                expert_answers=len(self.truths),
                expert_answers_new=int(said.get("expert_answers_new", 0)),
                repeats=self.repeats,
                left_out=self.left_out,
            ),
            answers=self.answers,
            remarks=tuple(self.findings.remarks),
            bad_rows=tuple(self.findings.bad_rows),
            bad_total=self.findings.bad_total,
            took_s=took_s,
        )


def check_files(
    *,
    labels: Source,
    items: Source | None,
    programme: Programme | None,
    programme_name: str,
    organisation: Organisation,
    allowed_labels: Sequence[str] | None,
    ignore: Collection[str],
    on_repeat: str,
    now: datetime,
    progress: Progress | None = None,
) -> ImportPlan:
    """Read both files to their end and check everything that can be checked without writing."""
    findings = Findings()
    _check_settings(findings, programme_name, on_repeat)
    schema = _schema(programme, allowed_labels)
    item_file = check_items(items, findings, schema=schema, progress=progress) if items else None
    known_items = _known_items(programme, item_file)
    found = LabelCheck(labels, findings, schema=schema, known_items=known_items, ignore=ignore, now=now).run(progress)
    plan = ImportPlan(programme_name, findings, found, item_file, items)
    _join_truths(plan, labels.name, items.name if items else "")
    if not findings.bad_total:
        _number(plan, programme, organisation, on_repeat)
        _refuse_known(plan, programme, labels.name)
    if not findings.bad_total:
        _remark(plan, is_learned=schema is None)
    return plan


def _check_settings(findings: Findings, programme_name: str, on_repeat: str) -> None:
    if not 1 <= len(programme_name) <= 160:
        findings.bad(
            _("programme"),
            _("The name of a programme has 1 to 160 characters."),
            _("Give another."),
            column="programme",
        )
    if on_repeat not in ON_REPEAT:
        findings.bad(
            _("repeats"),
            _("“%(said)s” is not a way to treat repeats.") % {"said": on_repeat},
            _("Choose keep or skip."),
            column="on_repeat",
        )


def _schema(programme: Programme | None, allowed: Sequence[str] | None) -> list[str] | None:
    """The labels that fit: those said, else those of the programme's forms, else None: whatever the file holds."""
    if allowed:
        return list(dict.fromkeys(allowed))
    known = list(programme_labels(programme)) if programme is not None else []
    return known or None


def _known_items(programme: Programme | None, item_file: ItemFile | None) -> Collection[str] | None:
    if item_file is None or item_file.seen is None:
        return None  # no such file, or one so broken that every label would be blamed for it
    if programme is None:
        return item_file.keys.keys()
    return item_file.keys.keys() | set(Item.objects.filter(programme=programme).values_list("key", flat=True))


def _join_truths(plan: ImportPlan, labels_name: str, items_name: str) -> None:
    of_items = plan.items.truths if plan.items else {}
    for item, truth in plan.labels.truths.items():
        if item in of_items and of_items[item] != truth:
            plan.findings.bad(
                labels_name,
                _("The truth of the item “%(item)s” is “%(one)s” here and “%(other)s” in the items file.")
                % {"item": item, "one": truth, "other": of_items[item]},
                _("Make them agree, or keep one of the two columns."),
                column="truth",
            )
    plan.truths = {**plan.labels.truths, **of_items}
    plan.truth_file = items_name if of_items else labels_name


def _number(plan: ImportPlan, programme: Programme | None, organisation: Organisation, on_repeat: str) -> None:
    labels = plan.labels
    before = highest_replicates(programme, labels, organisation) if programme is not None else {}
    plan.numbered = number_repeats(labels.item_ix, labels.worker_ix, given=labels.replicate, before=before)
    plan.repeats = int(plan.numbered.is_repeat.sum())
    if on_repeat == "skip" and plan.repeats:
        plan.kept, plan.left_out, plan.repeats = ~plan.numbered.is_repeat, plan.repeats, 0


def _remark(plan: ImportPlan, *, is_learned: bool) -> None:
    findings, labels = plan.findings, plan.labels
    if plan.repeats:
        findings.remark(
            "repeats",
            ngettext(
                "%(n)s row is by a worker about an item that she had labelled before; kept as a repeat (replicate 2).",
                "%(n)s rows are by a worker about an item that she had labelled before; kept as repeats (replicate 2 and up).",
                plan.repeats,
            )
            % {"n": f"{plan.repeats:,}"},
        )
    if plan.left_out:
        said = ngettext("%(n)s repeat was left out, as asked.", "%(n)s repeats were left out, as asked.", plan.left_out)
        findings.remark("left-out", said % {"n": f"{plan.left_out:,}"})
    if plan.items and (unlabelled := len(plan.items.keys.keys() - set(labels.items))):
        said = ngettext("%(n)s item has no label in the file.", "%(n)s items have no label in the file.", unlabelled)
        findings.remark("unlabelled", said % {"n": f"{unlabelled:,}"})
    if is_learned:
        for sentence in slips(plan.answers):
            findings.remark("slip", sentence)
        unused = sorted(set(plan.truths.values()) - set(labels.labels))
        if unused:
            findings.remark(
                "truth-unused",
                _("Experts say %(labels)s, which no worker ever said.") % {"labels": ", ".join(unused[:20])},
            )


def _refuse_known(plan: ImportPlan, programme: Programme | None, name: str) -> None:
    """The same content again would double every label."""
    if programme is None:
        return
    before = ImportRun.objects.filter(programme=programme, digest=plan.digest).first()
    if before is not None:
        plan.findings.bad(
            name,
            _("The same files were imported on %(day)s by %(who)s.")
            % {"day": before.at.date().isoformat(), "who": before.by_name},
            _("There is nothing to do; a file with other rows can be imported."),
        )
