"""Reading a file to its end before a row is written: what it holds, and everything that does not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.reading.findings import Findings
from evenkeel.ground.reading.sources import Source, Unreadable
from evenkeel.ground.reading.streams import Stream
from evenkeel.work import Decision, programme_labels

from ..kinds.importer import Reading, importers
from ..models import OutsideRow, Tool
from .drafts import Draft, Reviewed
from .known import Known
from .mapper import Mapper, Tell

_STEP, _BATCH = 500, 500
# How often progress is told, in rows.
_TOLD = 10_000
# A column with more different answers than this is free text, not a choice.
_MOST_LABELS, _MOST_QUEUES = 500, 200


@dataclass
class Checked:
    """What a file holds. `labels` counts its answers; `states` is how its rows compare with what is here, when asked for."""

    total: int = 0
    findings: Findings = field(default_factory=Findings)
    # Rows that do not fit; where rows may be left out they are passed over when it is written.
    bad_rows: set[int] = field(default_factory=set)
    left_out: dict[str, int] = field(default_factory=dict)
    labels: Counter[str] = field(default_factory=Counter)
    known: Known | None = None
    states: Counter[str] = field(default_factory=Counter)
    is_cut_off: bool = False


@contextmanager
def opened(source: Source, findings: Findings) -> Iterator[Reading]:
    """The file, opened for reading."""
    with closing(Stream(source)) as stream:
        yield Reading(stream=stream, findings=findings)


def drafts(
    importer: str, spec: dict[str, Any], reading: Reading, *, now: datetime
) -> Iterator[tuple[int, Draft | None]]:
    """Each row that becomes something, with its number; None for one that does not fit. Rows left out are not here."""
    mapper = Mapper(spec, now=now)
    findings = reading.findings
    for found in importers[importer].rows(reading):
        before = findings.bad_total
        made = mapper.draft(found, reading)
        if made is not None or findings.bad_total > before:
            yield found.row, made


def check(
    tool: Tool, importer: str, spec: dict[str, Any], source: Source, *, compares: bool, tell: Tell, now: datetime
) -> Checked:
    """Read the file once and check everything that can be checked without writing. `compares`: count what is new."""
    found = Checked(known=Known(tool.programme, tool.organisation))
    size = source.size_bytes()
    try:
        with opened(source, found.findings) as reading:
            checking = Checking(tool, spec, reading, found, compares=compares, now=now)
            waiting: list[Draft] = []
            for row, draft in drafts(importer, spec, reading, now=now):
                found.total += 1
                if draft is None:
                    found.bad_rows.add(row)
                    continue
                waiting.append(draft)
                if len(waiting) == _STEP:
                    checking.look_at(waiting)
                    waiting.clear()
                    if found.total % _TOLD == 0:
                        tell("checking", reading.stream.bytes_read, size)
            checking.look_at(waiting)
            found.left_out = reading.left_out
    except Unreadable as error:
        found.findings.bad(source.name, error.what, error.fix, row=error.row, line=error.line, column=error.column)
        # Whatever comes behind the fault is not known, so leaving the bad rows out is no way on.
        found.is_cut_off = True
    _finish(found, source)
    tell("checking", size, size)
    return found


class Checking:
    def __init__(
        self, tool: Tool, spec: dict[str, Any], reading: Reading, found: Checked, *, compares: bool, now: datetime
    ):
        self.tool, self.spec, self.reading, self.found, self.compares, self.now = (
            tool,
            spec,
            reading,
            found,
            compares,
            now,
        )
        assert found.known is not None
        self.known = found.known
        self.allowed = set(programme_labels(tool.programme))
        # Only for reviews in the same file: whose decision bears which key.
        self._decided: dict[int, str] = {}
        self._has_reviews = "reviewer" in spec["fields"]

    def look_at(self, drafts: Sequence[Draft]) -> None:
        """Check rows against what the house knows."""
        people = [draft.decided.worker for draft in drafts if draft.decided]
        people += [draft.reviewed.reviewer for draft in drafts if draft.reviewed]
        people += [draft.timed.worker for draft in drafts if draft.timed]
        self.known.look_up(people)
        for draft in drafts:
            self._look_at_people(draft)
            if draft.decided is not None:
                self._look_at_decision(draft)
        if self._has_reviews:
            self._look_at_reviews(drafts)
        if self.compares:
            self._compare(drafts)

    def _bad(self, draft: Draft, slug: str, what: str, fix: str) -> None:
        self.found.bad_rows.add(draft.row)
        self.reading.bad(what, fix, row=draft.row, column=self.spec["fields"].get(slug, slug))

    def _look_at_people(self, draft: Draft) -> None:
        if self.spec["options"]["add_workers"]:
            if draft.decided and draft.decided.worker in self.known.unknown_workers:
                said = draft.decided
                self.known.note_worker(said.worker, name=said.worker_name, site=said.site, team=said.team)
            return
        for slug, code in (
            ("worker", draft.decided and draft.decided.worker),
            ("reviewer", draft.reviewed and draft.reviewed.reviewer),
            ("time_worker", draft.timed and draft.timed.worker),
        ):
            if code and code in self.known.unknown_workers:
                what = _("Nobody in %(name)s has the code “%(code)s”.") % {
                    "name": self.known.organisation,
                    "code": code[:64],
                }
                self._bad(draft, slug, what, _("Add the person, or let the mapping add people."))

    def _look_at_decision(self, draft: Draft) -> None:
        said, options = draft.decided, self.spec["options"]
        assert said is not None
        if self.allowed and said.label not in self.allowed:
            labels = ", ".join(sorted(self.allowed))[:200]
            what = _("The label “%(label)s” is not one of those asked for.") % {"label": said.label[:60]}
            self._bad(draft, "label", what, _("Say in the mapping what it becomes: %(labels)s.") % {"labels": labels})
        elif len(self.found.labels) < _MOST_LABELS or said.label in self.found.labels:
            self.found.labels[said.label] += 1
        else:
            what = _("There are more than %(n)s different labels.") % {"n": _MOST_LABELS}
            self._bad(draft, "label", what, _("Is it free text? Say which column is the answer."))
        if said.queue and said.queue not in self.known.queues:
            if options["add_queues"] and len(self.known.unknown_queues) < _MOST_QUEUES:
                self.known.unknown_queues[said.queue] = None
            else:
                what = _("There is no queue “%(name)s” in the programme.") % {"name": said.queue[:80]}
                self._bad(draft, "queue", what, _("Add it, say which one it becomes, or let the mapping add queues."))
        if (said.site or said.team) and self.known.place(said.site, said.team) is None:
            if options["add_places"]:
                self.known.note_place(said.site, said.team)
            else:
                what = _("There is no such site or team, or two: “%(name)s”.") % {
                    "name": f"{said.site} {said.team}".strip()[:80]
                }
                self._bad(draft, "team", what, _("Add it, name site and team, or let the mapping add them."))
        if (
            said.policy_version is not None
            and self.known.policy_version(said.queue, self.now, said.policy_version) is None
        ):
            what = _("The queue's guideline has no version %(n)s.") % {"n": said.policy_version}
            self._bad(draft, "policy_version", what, _("Publish it, or leave the column out."))
        if self._has_reviews:
            self._decided[int(said.key, 16) & 0xFFFFFFFFFFFFFFFF] = said.worker

    def _look_at_reviews(self, drafts: Sequence[Draft]) -> None:
        open_ = [draft for draft in drafts if draft.reviewed is not None and draft.decided is None]
        here = decided_by(self.tool, [draft.reviewed for draft in open_ if draft.reviewed])
        for draft in open_:
            review = draft.reviewed
            assert review is not None
            worker = self._decided.get(int(review.decision, 16) & 0xFFFFFFFFFFFFFFFF) or here.get(review.decision)
            slug = "reviewed_decision" if "reviewed_decision" in self.spec["fields"] else "item"
            if worker is None:
                what = _("The decision that it reviews is not known.")
                self._bad(draft, slug, what, _("Import the decisions first, by a mapping of the same tool."))
            elif worker == review.reviewer:
                what = _("“%(who)s” reviews her own decision.") % {"who": review.reviewer}
                self._bad(draft, "reviewer", what, _("Leave the review out."))

    def _compare(self, drafts: Sequence[Draft]) -> None:
        rows = [fact for draft in drafts for fact in facts_in(draft)]
        here = digests(self.tool, rows)
        for kind, key, digest in rows:
            before = here.get((kind, key))
            self.found.states["new" if before is None else "same" if before == digest else "changed"] += 1


def facts_in(draft: Draft) -> list[tuple[str, str, str]]:
    """Kind, key and digest of each fact of a row."""
    parts = (("decision", draft.decided), ("review", draft.reviewed), ("time", draft.timed))
    return [(kind, part.key, part.digest) for kind, part in parts if part is not None]


def digests(tool: Tool, facts: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """What is here of these facts already: their digests by kind and key."""
    found: dict[tuple[str, str], str] = {}
    keys = [key for _kind, key, _digest in facts]
    for start in range(0, len(keys), _BATCH):
        rows = OutsideRow.objects.filter(
            tool=tool, kind__in=("decision", "review", "time"), key__in=keys[start : start + _BATCH]
        )
        found.update({(kind, key): digest for kind, key, digest in rows.values_list("kind", "key", "digest")})
    return found


def decided_by(tool: Tool, reviews: Sequence[Reviewed]) -> dict[str, str]:
    """By the key of a decision that is here: who made it."""
    keys = list({review.decision for review in reviews})
    found: dict[str, str] = {}
    for start in range(0, len(keys), _BATCH):
        rows = OutsideRow.objects.filter(tool=tool, kind="decision", key__in=keys[start : start + _BATCH])
        targets = dict(rows.values_list("target_id", "key"))
        codes = Decision.objects.filter(pk__in=list(targets)).values_list("pk", "worker__code")
        found.update({targets[pk]: code for pk, code in codes})
    return found


def _finish(found: Checked, source: Source) -> None:
    findings = found.findings
    if not found.total and not findings.bad_total and not found.left_out:
        findings.bad(source.name, _("The file holds nothing."), _("Add rows."))
    for part, n in sorted(found.left_out.items()):
        said = ngettext("Left out: “%(part)s”, once.", "Left out: “%(part)s”, %(n)s times.", n)
        findings.remark("left-out", said % {"part": part, "n": f"{n:,}"})
