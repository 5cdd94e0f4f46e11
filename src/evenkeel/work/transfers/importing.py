"""An import under way: claimed by one process, checked whole, then written in steps that a kill cannot undo or repeat."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid, NotNow, Problem, Refused
from evenkeel.ground.reading.sources import Source, Unreadable

from .. import scopes
from ..acts.programmes import add_form
from ..kinds.format import DECISIONS, FORMS, ITEMS
from ..models import ImportRun, Transfer
from ..rules.exchange import Record
from .bundles import is_bundle, labels_aside, opened_bundle
from .checking import Checked, Tell, check
from .collecting import seldom_collected
from .completing import complete
from .pictures import Pictures
from .shelf import Shelf
from .writing import steps, write_decisions, write_items

SCOPES = {ITEMS: scopes.ITEM_ADD, DECISIONS: scopes.IMPORT_ADD, FORMS: scopes.PROGRAMME_EDIT}
# Whoever works on a transfer says so with every step; silent for so long, it is dead and another may go on.
_DEAD_AFTER = timedelta(seconds=30)
_MOST_REMARKS = 100


class ImportFailed(Invalid):
    """The file does not fit; nothing was imported. `transfer` names every row that has to be put right."""

    code = "import-failed"

    def __init__(self, transfer: Transfer):
        fields: dict[str, list[str]] = {}
        for bad in transfer.bad_rows:
            place = f"{bad['file']}, {_('row')} {bad['row']}" if bad["row"] else bad["file"]
            fields.setdefault(bad["column"] or "file", []).append(f"{place}: {bad['what']} {bad['fix']}")
        super().__init__(report_lines(transfer)[0], fields=fields)
        self.transfer = self.report = transfer


def carry_on(actor: Actor, *, transfer: Transfer, source: Source, tell: Tell | None = None, now: datetime) -> Transfer:
    """Do what is left of an import: check the file, then write what is not written yet.

    Raises `ImportFailed` when the file does not fit, with nothing written, unless bad rows may be left out; `NotNow` when
    another process is at it. Killed anywhere, the next call goes on behind the last step.
    """
    run = _Run(actor, transfer, source, tell, now)
    run.claim()
    try:
        with seldom_collected():
            run.do()
    except ImportFailed:
        raise
    except Problem as problem:
        if problem.code != "taken-up":
            Transfer.objects.filter(pk=transfer.pk).update(state="failed", refusal=problem.sentence, ended_at=run.at)
        raise
    transfer.refresh_from_db()
    return transfer


class _Run:
    def __init__(self, actor: Actor, transfer: Transfer, source: Source, tell: Tell | None, now: datetime):
        self.actor, self.transfer, self.source, self.tell, self.now = actor, transfer, source, tell, now
        self._started = perf_counter()

    @property
    def at(self) -> datetime:
        """The present moment by a stopwatch: the clock itself is read at the edge alone."""
        return self.now + timedelta(seconds=perf_counter() - self._started)

    def claim(self) -> None:
        """One process at a time."""
        free = Q(state="queued") | Q(state__in=("checking", "writing"), beat_at__lte=self.now - _DEAD_AFTER)
        if not Transfer.objects.filter(free, pk=self.transfer.pk).update(state="checking", beat_at=self.now):
            raise NotNow(_("Another process is at this import, or it is over."), code="taken-up")
        self.transfer.refresh_from_db()

    def do(self) -> None:
        """Check, then write."""
        with Shelf() as shelf, ExitStack() as stack:
            labels, bundle = self.source, None
            if self._is_bundle():
                try:
                    bundle = stack.enter_context(opened_bundle(self.source))
                    labels = stack.enter_context(labels_aside(bundle))
                except Unreadable as error:
                    raise Invalid(f"{error.what} {error.fix}") from None
            self._check_and_write(shelf, labels, Pictures(self.transfer.programme, bundle))

    def _is_bundle(self) -> bool:
        try:
            with closing(self.source.open()) as file:
                return is_bundle(file.read(4))
        except Unreadable:
            # The check says so with its place.
            return False

    def _check_and_write(self, shelf: Shelf, labels: Source, pictures: Pictures) -> None:
        transfer = self.transfer
        checked = check(transfer, labels, shelf, pictures=pictures, tell=self._say)
        self._keep_findings(checked)
        if checked.findings.bad_total and not transfer.is_partial:
            self._fail()
        if checked.answers:
            self._insist_on_decisions()
        written = sum(transfer.counts.get(name, 0) for name in ("rows",))
        total = checked.total - len(checked.bad_rows)
        Transfer.objects.filter(pk=transfer.pk).update(state="writing", total=total, beat_at=self.at)
        self._tell("writing", written, total)
        for portion in steps(transfer, shelf, checked):
            # Before the step's transaction: taking pictures in is slow, and nobody shall wait for it with a lock.
            self._step(pictures.shown(self.actor, portion, beat=self._beat, now=self.now))
            self._tell("writing", transfer.position, total)
        if pictures.unusable:
            transfer.remarks = [*transfer.remarks, *pictures.unusable[:_MOST_REMARKS]]
            transfer.save(update_fields=["remarks"])
        self._end(checked)

    def _insist_on_decisions(self) -> None:
        require(self.actor, scopes.IMPORT_ADD, self.transfer.programme)
        if self.actor.is_outside:
            raise Refused(_("Only people of our own organisation may do this."), code="ours-only")

    def _keep_findings(self, checked: Checked) -> None:
        transfer = self.transfer
        transfer.bad_rows = [bad.to_dict() for bad in checked.findings.bad_rows]
        transfer.bad_total = checked.findings.bad_total
        transfer.remarks = [remark.sentence for remark in checked.findings.remarks]
        transfer.save(update_fields=["bad_rows", "bad_total", "remarks"])

    def _fail(self) -> None:
        transfer = self.transfer
        transfer.state, transfer.ended_at = "failed", self.at
        transfer.save(update_fields=["state", "ended_at"])
        raise ImportFailed(transfer)

    def _step(self, portion: Sequence[Record]) -> None:
        transfer = self.transfer
        with act(SCOPES[transfer.what], self.actor, on=transfer.programme, now=self.now) as deed:
            done = self._write(deed, portion)
            counts = {name: transfer.counts.get(name, 0) + n for name, n in {**done, "rows": len(portion)}.items()}
            behind = transfer.position + len(portion)
            # In the step's own transaction: it and its rows are there together, or neither is.
            moved = Transfer.objects.filter(pk=transfer.pk, position=transfer.position, state="writing").update(
                position=behind, counts=counts, beat_at=self.at
            )
            deed.require(moved, _("Another process has taken this import up."), code="taken-up")
            deed.record("rows imported", on=transfer, after=done, rows=len(portion), behind=behind)
        transfer.position, transfer.counts = behind, counts

    def _write(self, deed: Deed, portion: Sequence[Record]) -> dict[str, int]:
        if self.transfer.what == FORMS:
            for record in portion:
                add_form(
                    self.actor, programme=self.transfer.programme, name=record.key, spec=record.form or {}, now=self.now
                )
            return {"forms": len(portion)}
        if self.transfer.what == ITEMS:
            completed = complete(deed, self.transfer, portion)
            done, fresh = write_items(self.transfer, portion, now=self.now)
            done |= {"items_known": done["items_known"] - len(completed), "items_completed": len(completed)}
            return done | write_decisions(self.transfer, portion, fresh=fresh, completed=completed, now=self.now)
        return {"items": 0} | write_decisions(self.transfer, portion, now=self.now)

    def _end(self, checked: Checked) -> None:
        transfer = self.transfer
        with act(SCOPES[transfer.what], self.actor, on=transfer.programme, now=self.now) as deed:
            ended = Transfer.objects.filter(pk=transfer.pk, state="writing").update(state="done", ended_at=self.at)
            deed.require(ended, _("Another process has taken this import up."), code="taken-up")
            if transfer.counts.get("decisions"):
                self._record_run()
            deed.record("imported", on=transfer, after=transfer.counts, digest=transfer.digest, file=transfer.file_name)
            deed.tell("items.imported", transfer_id=transfer.pk, programme_id=transfer.programme_id)

    def _record_run(self) -> None:
        transfer = self.transfer
        file = {
            "name": transfer.file_name,
            "rows": transfer.total,
            "bytes": transfer.size_bytes,
            "sha256": transfer.digest,
        }
        ImportRun.objects.get_or_create(
            programme=transfer.programme,
            digest=transfer.digest,
            defaults={
                "by_name": self.actor.name,
                "at": self.now,
                "files": [file],
                "counts": transfer.counts,
                "remarks": transfer.remarks,
            },
        )

    def _beat(self) -> None:
        Transfer.objects.filter(pk=self.transfer.pk).update(beat_at=self.at)

    def _say(self, stage: str, done: int, total: int) -> None:
        """Progress of the check, which writes nothing else. Of an archive only the labels are checked: told as its share."""
        done = done * self.transfer.size_bytes // total if total else done
        Transfer.objects.filter(pk=self.transfer.pk).update(
            beat_at=self.at, counts={**self.transfer.counts, "bytes_checked": done}
        )
        self._tell(stage, done, total)

    def _tell(self, stage: str, done: int, total: int) -> None:
        if self.tell is not None:
            self.tell(stage, done, total)


def report_lines(transfer: Transfer) -> list[str]:
    """The report as a person reads it in a terminal."""
    counts: dict[str, Any] = transfer.counts
    if transfer.state == "done":
        said = [
            _("Imported into the programme “%(name)s”: %(rows)s rows.")
            % {"name": transfer.programme.name, "rows": f"{counts.get('rows', 0):,}"},
            _("New here: %(items)s items, %(decisions)s decisions, %(workers)s workers, %(forms)s forms.")
            % {name: f"{counts.get(name, 0):,}" for name in ("items", "decisions", "workers", "forms")},
        ]
        if counts.get("items_known"):
            known = f"{counts['items_known']:,}"
            said.append(_("%(n)s items were there already and are kept as they are.") % {"n": known})
        if counts.get("items_completed"):
            completed = f"{counts['items_completed']:,}"
            said.append(_("%(n)s items that were there with an address alone show their file now.") % {"n": completed})
        if transfer.bad_total:
            said.append(_("Left out, as asked: %(n)s things that do not fit.") % {"n": f"{transfer.bad_total:,}"})
    elif transfer.refusal:
        said = [transfer.refusal]
    else:
        said = [_("Nothing was imported: %(count)s things do not fit.") % {"count": f"{transfer.bad_total:,}"}]
    said += [_bad_line(bad) for bad in transfer.bad_rows]
    if transfer.bad_total > len(transfer.bad_rows):
        said.append(_("… and %(count)s more.") % {"count": f"{transfer.bad_total - len(transfer.bad_rows):,}"})
    return said + [f"- {remark}" for remark in transfer.remarks]


def _bad_line(bad: dict[str, Any]) -> str:
    column = _(", column %(column)s") % {"column": bad["column"]} if bad["column"] else ""
    row = _(", row %(row)s") % {"row": f"{bad['row']:,}"} if bad["row"] else ""
    return f"- {bad['file']}{row}{column}: {bad['what']} {bad['fix']}"
