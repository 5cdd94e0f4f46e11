"""A run under way: claimed by one process, checked whole, then written in steps that a kill cannot undo or repeat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid, NotNow, Problem
from evenkeel.ground.reading.sources import Source
from evenkeel.people import Worker, add_site, add_team
from evenkeel.work import AnswerForm, add_form, add_queue

from .. import scopes
from ..models import ToolRun
from . import files
from .checking import Checked, check
from .drafts import Draft
from .known import Known
from .mapper import Tell
from .sql import fetch
from .telling import report_lines
from .writing import Step, steps

# Whoever works on a run says so with every step; silent for so long, it is dead and another may go on.
_DEAD_AFTER = timedelta(seconds=120)


class ToolImportFailed(Invalid):
    """The rows do not fit; nothing was imported. `report` names every one that has to be put right."""

    code = "import-failed"

    def __init__(self, run: ToolRun):
        fields: dict[str, list[str]] = {}
        for bad in run.bad_rows:
            place = f"{bad['file']}, {_('row')} {bad['row']}" if bad["row"] else bad["file"]
            fields.setdefault(bad["column"] or "file", []).append(f"{place}: {bad['what']} {bad['fix']}")
        super().__init__(report_lines(run)[0], fields=fields)
        self.run = self.report = run


def carry_on(actor: Actor, *, run: ToolRun, source: Source | None, tell: Tell | None = None, now: datetime) -> ToolRun:
    """Do what is left of a run: fetch, check, then write what is not written yet.

    Raises `ToolImportFailed` when rows do not fit, with nothing written, unless they may be left out; `NotNow` when another
    process is at it. Killed anywhere, the next call goes on behind the last step.
    """
    under_way = _Run(actor, run, tell, now)
    under_way.claim()
    try:
        under_way.do(source)
    except ToolImportFailed:
        raise
    except Problem as problem:
        if problem.code != "taken-up":
            ToolRun.objects.filter(pk=run.pk).update(state="failed", refusal=problem.sentence, ended_at=under_way.at)
        raise
    run.refresh_from_db()
    return run


class _Run:
    def __init__(self, actor: Actor, run: ToolRun, tell: Tell | None, now: datetime):
        self.actor, self.run, self.tell, self.now = actor, run, tell, now
        self._started = perf_counter()

    @property
    def at(self) -> datetime:
        """The present moment by a stopwatch: the clock itself is read at the edge alone."""
        return self.now + timedelta(seconds=perf_counter() - self._started)

    @property
    def spec(self) -> dict[str, Any]:
        version = self.run.version
        assert version is not None
        spec: dict[str, Any] = version.spec
        return spec

    def claim(self) -> None:
        """One process at a time."""
        busy = ("fetching", "checking", "writing")
        others = ToolRun.objects.filter(tool=self.run.tool_id, state__in=busy, beat_at__gt=self.now - _DEAD_AFTER)
        if others.exclude(pk=self.run.pk).exists():
            # Two at once would each think the other's rows new.
            raise NotNow(_("Another import of this tool is under way; this one waits its turn."), code="taken-up")
        free = Q(state="queued") | Q(state__in=busy, beat_at__lte=self.now - _DEAD_AFTER)
        if not ToolRun.objects.filter(free, pk=self.run.pk).update(state="checking", beat_at=self.now):
            raise NotNow(_("Another process is at this import, or it is over."), code="taken-up")
        self.run.refresh_from_db()

    def do(self, source: Source | None) -> None:
        """Fetch, check, write."""
        run, tool = self.run, self.run.tool
        source = source or self._fetched()
        compares = run.is_trial
        checked = check(tool, run.importer, self.spec, source, compares=compares, tell=self._say, now=self.now)
        self._keep_findings(checked, source)
        is_hopeless = checked.is_cut_off or not run.is_partial
        if checked.findings.bad_total and is_hopeless:
            self._fail()
        if run.is_trial:
            self._end({**checked.states, "bad": len(checked.bad_rows)})
            return
        total = checked.total - len(checked.bad_rows)
        ToolRun.objects.filter(pk=run.pk).update(state="writing", total=total, beat_at=self.at)
        self._tell("writing", run.position, total)
        assert checked.known is not None
        self._prepare(checked)
        for portion in steps(run.importer, self.spec, source, checked, behind=run.position, now=self.now):
            self._step(portion, checked.known)
            self._tell("writing", run.position, total)
        self._end({**run.counts, "bad": len(checked.bad_rows)})

    def _fetched(self) -> Source:
        """What the query finds, put aside once; a run that was broken off reads the same rows again."""
        run, path = self.run, files.path_of(self.run.pk)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            ToolRun.objects.filter(pk=run.pk).update(state="fetching", beat_at=self.at)
            options = self.spec["options"]
            before = ToolRun.objects.filter(version__mapping=self._mapping_id, state="done", is_trial=False)
            since = before.aggregate(last=Max("created_at"))["last"]
            n = fetch(options["connection"], options["query"], path, since=since)
            ToolRun.objects.filter(pk=run.pk).update(state="checking", size_bytes=path.stat().st_size, beat_at=self.at)
            if not n:
                path.write_text("")
        return Source(name=run.file_name, path=path)

    @property
    def _mapping_id(self) -> Any:
        assert self.run.version is not None
        return self.run.version.mapping_id

    def _keep_findings(self, checked: Checked, source: Source) -> None:
        run, findings = self.run, checked.findings
        if not checked.total and run.importer == "sql":
            # Nothing new since the last time is no fault.
            findings.bad_rows, findings.bad_total = [], 0
        run.bad_rows = [bad.to_dict() for bad in findings.bad_rows]
        run.bad_total = findings.bad_total
        run.remarks = [remark.sentence for remark in findings.remarks]
        run.save(update_fields=["bad_rows", "bad_total", "remarks"])

    def _fail(self) -> None:
        run = self.run
        run.state, run.ended_at = "failed", self.at
        run.save(update_fields=["state", "ended_at"])
        raise ToolImportFailed(run)

    def _prepare(self, checked: Checked) -> None:
        """People, sites, teams and queues that the rows name and that the mapping may add."""
        known = checked.known
        assert known is not None
        if not (known.unknown_workers or known.unknown_queues or known.unknown_places):
            return
        with act(scopes.IMPORT_DO, self.actor, on=self.run.tool.programme, now=self.now) as deed:
            self._add_places(known)
            workers = [self._worker(known, code, *said) for code, said in known.unknown_workers.items()]
            Worker.objects.bulk_create(workers, batch_size=500)
            known.workers.update({worker.code: worker for worker in workers})
            known.unknown_workers = {}
            self._add_queues(known, checked)
            self.run.counts = {**self.run.counts, "workers": self.run.counts.get("workers", 0) + len(workers)}
            self.run.save(update_fields=["counts"])
            deed.record(
                "names added", on=self.run, after={"people": len(workers), "queues": list(known.unknown_queues)}
            )

    def _add_places(self, known: Known) -> None:
        for site, team in known.unknown_places:
            if known.place(site, team) is None:
                home = known.site_named(site or known.organisation.name)
                if home is None:
                    home = add_site(
                        self.actor,
                        organisation=known.organisation,
                        name=site or known.organisation.name,
                        time_zone=self.spec["options"]["time_zone"],
                        now=self.now,
                    )
                if team:
                    add_team(self.actor, site=home, name=team, now=self.now)
                known.look_at_places()

    def _worker(self, known: Known, code: str, name: str, site: str, team: str) -> Worker:
        """Somebody known by her code alone: she has no account and cannot log in."""
        place = known.place(site, team) if site or team else None
        site_id, team_id = place or (None, None)
        return Worker(
            organisation=known.organisation,
            code=code,
            name=name[:120],
            site_id=site_id,
            team_id=team_id,
            created_at=self.now,
        )

    def _add_queues(self, known: Known, checked: Checked) -> None:
        if not known.unknown_queues:
            return
        programme = self.run.tool.programme
        form = AnswerForm.objects.filter(programme=programme).order_by("pk").first()
        asked = form or add_form(
            self.actor, programme=programme, name=_("Answers of %(tool)s") % {"tool": self.run.tool.name},
            spec=_spec_of(list(checked.labels)), now=self.now,
        )  # fmt: skip
        for name in known.unknown_queues:
            known.queues[name] = add_queue(self.actor, programme=programme, name=name, form=asked, now=self.now)

    def _step(self, portion: Sequence[Draft], known: Known) -> None:
        run = self.run
        with act(scopes.IMPORT_DO, self.actor, on=run.tool.programme, now=self.now) as deed:
            done = Step(self.actor, run.tool, self.spec, known, now=self.now).write(portion)
            counts = {**run.counts}
            for name, n in done.items():
                counts[name] = counts.get(name, 0) + n
            behind = run.position + len(portion)
            self._move(deed, behind, counts)
            deed.record("rows brought in", on=run, after=done, rows=len(portion), behind=behind)
        run.position, run.counts = behind, counts

    def _move(self, deed: Deed, behind: int, counts: dict[str, int]) -> None:
        # In the step's own transaction: it and its rows are there together, or neither is.
        moved = ToolRun.objects.filter(pk=self.run.pk, position=self.run.position, state="writing").update(
            position=behind, counts=counts, beat_at=self.at
        )
        deed.require(moved, _("Another process has taken this import up."), code="taken-up")

    def _end(self, counts: dict[str, int]) -> None:
        run = self.run
        with act(scopes.IMPORT_DO, self.actor, on=run.tool.programme, now=self.now) as deed:
            run.refresh_from_db()
            run.state, run.ended_at, run.counts = "done", self.at, counts
            run.save(update_fields=["state", "ended_at", "counts"])
            deed.record("tried" if run.is_trial else "imported", on=run, after=counts, file=run.file_name)
            deed.tell("tool.imported", run_id=run.pk, programme_id=run.tool.programme_id)

    def _say(self, stage: str, done: int, total: int) -> None:
        """Progress of the check, which writes nothing else."""
        ToolRun.objects.filter(pk=self.run.pk).update(
            beat_at=self.at, counts={**self.run.counts, "bytes_checked": done, "bytes": total}
        )
        self._tell(stage, done, total)

    def _tell(self, stage: str, done: int, total: int) -> None:
        if self.tell is not None:
            self.tell(stage, done, total)


def _spec_of(labels: Sequence[str]) -> dict[str, Any]:
    """A form with the answers that were found; it needs two to choose from."""
    labels = labels if len(labels) > 1 else [*labels, _("Other")]
    keys = [*"123456789"]
    choices = [
        {"value": label, "title": label, "key": keys[at] if at < len(keys) else "", "tone": "quiet"}
        for at, label in enumerate(sorted(labels)[:200])
    ]
    field = {"name": "label", "kind": "single_choice", "title": _("Answer"), "required": True, "choices": choices}
    return {"question": _("Which answer is right?"), "fields": [field], "main": "label"}
