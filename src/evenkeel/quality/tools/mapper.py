"""A row by a mapping: which facts it tells, or why it tells none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from evenkeel.people import STATES
from evenkeel.work import item_faults, item_from_cells, unknown_item

from ..kinds.importer import Found, Reading
from ..rules import ERROR_CLASSES
from .drafts import Decided, Draft, Reviewed, Timed, fingerprint
from .fields import ANCHORS, COLUMN, DECISION, NEEDED, REVIEW, TIME, UNIX_MS, UNIX_S, section_of
from .paths import getter, plain
from .spec import sections_in

_ITEM_LENGTH, _WORKER_LENGTH, _LABEL_LENGTH, _NAME_LENGTH = 200, 64, 120, 120
_WHOLE_LIMIT = 2_147_483_647
_YES = {"true", "yes", "y", "1", "right", "correct", "accepted", "accept", "pass", "passed", "agree", "upheld", "ok"}
_NO = {"false", "no", "n", "0", "wrong", "incorrect", "rejected", "reject", "fail", "failed", "disagree", "overturned"}
_ABOUT = ("text", "context", "response", "link", "language")
_KEPT_MOMENTS = 200_000


class Unfit(Exception):
    """A cell that does not fit: its column, what is wrong, what to do."""

    def __init__(self, slug: str, what: str, fix: str):
        super().__init__(what)
        self.slug, self.what, self.fix = slug, what, fix


class Mapper:
    """Turns rows into drafts. Made once a file: the paths are taken apart beforehand."""

    def __init__(self, spec: Mapping[str, Any], *, now: datetime):
        self.fields: Mapping[str, str] = spec["fields"]
        self.values: Mapping[str, Mapping[str, str | None]] = spec["values"]
        self.options: Mapping[str, Any] = spec["options"]
        self.sections = sections_in(self.fields)
        self._get = {slug: getter(path) for slug, path in self.fields.items()}
        self._attributes = {name: getter(name) for name in self.options["attributes"]}
        self._zone = ZoneInfo(self.options["time_zone"])
        self._now = now
        self._moments: dict[Any, datetime | None] = {}
        self._has_content = bool(self._attributes) or any(slug in self.fields for slug in _ABOUT)
        self._anchors = {
            section: [slug for slug in ANCHORS[section] if slug in self.fields] for section in self.sections
        }

    def draft(self, found: Found, reading: Reading) -> Draft | None:
        """The facts of a row; None when it does not fit, with the reason noted, or is left out by the mapping."""
        row, values = found
        try:
            said = self._said(values, reading)
            if said is None:
                return None
            there = [section for section in self.sections if self._is_there(section, said)]
            if not there:
                self._miss(said)
            decided = self._decided(said, values) if DECISION in there else None
            reviewed = self._reviewed(said, decided) if REVIEW in there else None
            timed = self._timed(said) if TIME in there else None
        except Unfit as fault:
            column = self.fields.get(fault.slug, fault.slug)
            reading.bad(fault.what, fault.fix, row=row, column=column)
            return None
        return Draft(row, decided, reviewed, timed)

    def _said(self, values: Mapping[str, Any], reading: Reading) -> dict[str, Any] | None:
        """The fields' values, by the tables of words; None when a word leaves the row out. What is left out is counted."""
        said = {slug: get(values) for slug, get in self._get.items()}
        for slug, table in self.values.items():
            value = plain(said.get(slug))
            if value in table:
                ours = table[value]
                if ours is None:
                    reading.leave_out(f"{slug}: {value}")
                    section = section_of(slug)
                    if section not in self.sections or len(self.sections) == 1 or section == DECISION:
                        return None
                    # A review that is no review yet leaves its decision where it is.
                    said |= dict.fromkeys(ANCHORS[section])
                    continue
                said[slug] = ours
        return said

    def _is_there(self, section: str, said: Mapping[str, Any]) -> bool:
        # The reviewer may be a text that every row has; then what she said tells whether there is a review.
        slugs = self._anchors[section]
        if section == REVIEW and len(slugs) > 1:
            slugs = [slug for slug in slugs if slug != "reviewer"]
        return any(plain(said.get(slug)) for slug in slugs)

    def _miss(self, said: Mapping[str, Any]) -> None:
        first = self.sections[0]
        slug = next(
            (slug for slug in NEEDED[first] if slug in self.fields and not plain(said.get(slug))),
            self._anchors[first][0],
        )
        raise Unfit(slug, _("The cell is empty."), _("Fill it in, or remove the row."))

    # ------------------------------------------------------------------ the three facts

    def _decided(self, said: Mapping[str, Any], values: Mapping[str, Any]) -> Decided:
        item = _name(said, "item", _ITEM_LENGTH)
        worker = _name(said, "worker", _WORKER_LENGTH)
        label = _name(said, "label", _LABEL_LENGTH)
        at = self._moment(said, "decided_at")
        took = self._took(said)
        queue = _optional(said, "queue", 160)
        version = _whole(said, "policy_version") if "policy_version" in said else None
        site, team = _optional(said, "site", _NAME_LENGTH), _optional(said, "team", _NAME_LENGTH)
        answer = _object(said, "answer") if "answer" in self.fields else None
        about = self._about(item, said, values) if self._has_content else {}
        return Decided(
            key=self.key_of(said, item, worker, at),
            digest=fingerprint(item, worker, label, at, took, queue, version, site, team, _written(answer)),
            item=item,
            worker=worker,
            label=label,
            decided_at=at,
            active_ms=took,
            queue=queue,
            policy_version=version,
            site=site,
            team=team,
            worker_name=_optional(said, "worker_name", _NAME_LENGTH),
            answer=answer,
            about=about,
        )

    def key_of(self, said: Mapping[str, Any], item: str, worker: str, at: datetime | None) -> str:
        """How the decision is known again: by its id there, else by item, person and moment."""
        if "decision_id" in self.fields:
            if id_ := plain(said["decision_id"]):
                return fingerprint("id", id_)
            raise Unfit("decision_id", _("The cell is empty."), _("Fill it in, or remove the row."))
        return fingerprint("row", item, worker, at)

    def _about(self, item: str, said: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str]:
        about = {slug: plain(said[slug]) for slug in _ABOUT if slug in self.fields}
        about |= {name: plain(get(values)) for name, get in self._attributes.items()}
        if any("\x00" in value for value in about.values()):
            raise Unfit("text", _("It holds a NUL character."), _("Remove it."))
        cells = {name: value for name, value in about.items() if value}
        if cells and (faults := item_faults(item_from_cells(item, cells))):
            slug = "language" if len(about.get("language", "")) > 12 else "text"
            raise Unfit(slug, " ".join(faults), _("Change the row, or leave it out."))
        return cells

    def _took(self, said: Mapping[str, Any]) -> int | None:
        for slug, factor in (("milliseconds", 1), ("seconds", 1_000)):
            text = plain(said.get(slug)) if slug in said else ""
            if text:
                try:
                    took = round(float(text) * factor)
                except (ValueError, OverflowError):
                    took = -1
                if not 0 <= took <= _WHOLE_LIMIT:
                    raise Unfit(
                        slug, _("“%(value)s” does not fit here.") % {"value": _cut(text)}, _("A number, 0 or more.")
                    )
                return took
        return None

    def _reviewed(self, said: Mapping[str, Any], decided: Decided | None) -> Reviewed:
        reviewer = _name(said, "reviewer", _WORKER_LENGTH)
        label = _optional(said, "review_label", _LABEL_LENGTH)
        is_right = _right(said)
        if is_right is None and not label:
            raise Unfit(
                "review_right",
                _("The cell is empty."),
                _("Say whether the decision was right, or what would have been."),
            )
        error = _optional(said, "review_error", 32)
        if error and error not in ERROR_CLASSES:
            fix = _("Say in the mapping which of %(kinds)s it is.") % {"kinds": ", ".join(ERROR_CLASSES)}
            raise Unfit("review_error", _("“%(value)s” does not fit here.") % {"value": _cut(error)}, fix)
        at = self._moment(said, "reviewed_at")
        odds = self._odds(said)
        comment = plain(said.get("review_comment")).replace("\x00", "")[:4_000]
        decision = self._reviewed_key(said, decided)
        if decided is not None and decided.worker == reviewer:
            raise Unfit(
                "reviewer",
                _("“%(who)s” reviews her own decision.") % {"who": _cut(reviewer)},
                _("Leave the review out."),
            )
        review_id = plain(said.get("review_id"))
        return Reviewed(
            key=fingerprint("id", review_id) if review_id else fingerprint("row", decision, reviewer),
            digest=fingerprint(decision, reviewer, label, is_right, error, comment, at, odds),
            decision=decision,
            reviewer=reviewer,
            label=label,
            is_right=is_right,
            error_class=error,
            comment=comment,
            reviewed_at=at,
            odds=odds,
        )

    def _reviewed_key(self, said: Mapping[str, Any], decided: Decided | None) -> str:
        if id_ := plain(said.get("reviewed_decision")):
            return fingerprint("id", id_)
        if decided is not None:
            return decided.key
        if "reviewed_decision" in self.fields:
            raise Unfit("reviewed_decision", _("The cell is empty."), _("Fill it in, or remove the row."))
        item, worker = _name(said, "item", _ITEM_LENGTH), _name(said, "worker", _WORKER_LENGTH)
        return self.key_of(said, item, worker, self._moment(said, "decided_at"))

    def _odds(self, said: Mapping[str, Any]) -> float | None:
        if self.options["design"] != COLUMN:
            return None
        text = plain(said.get("review_odds"))
        try:
            odds = float(text)
        except ValueError:
            odds = 0.0
        if not 0 < odds <= 1:
            raise Unfit(
                "review_odds",
                _("“%(value)s” does not fit here.") % {"value": _cut(text)},
                _("Odds lie above 0 and are at most 1."),
            )
        return odds

    def _timed(self, said: Mapping[str, Any]) -> Timed:
        worker, state = _name(said, "time_worker", _WORKER_LENGTH), _name(said, "time_state", 64)
        if state not in STATES:
            fix = _("Say in the mapping which of %(states)s it is.") % {"states": ", ".join(STATES)}
            raise Unfit("time_state", _("“%(value)s” is no state.") % {"value": _cut(state)}, fix)
        began, ended = self._moment(said, "time_began_at"), self._moment(said, "time_ended_at")
        for slug, at in (("time_began_at", began), ("time_ended_at", ended)):
            if at is None:
                raise Unfit(slug, _("The cell is empty."), _("Fill it in, or remove the row."))
        assert began is not None
        assert ended is not None
        if not 0 < (ended - began).total_seconds() <= 86_400:
            raise Unfit(
                "time_ended_at",
                _("It does not end within a day after it begins."),
                _("Correct it, or split the row by day."),
            )
        return Timed(
            fingerprint("row", worker, began), fingerprint(worker, state, began, ended), worker, state, began, ended
        )

    # ------------------------------------------------------------------ moments

    def _moment(self, said: Mapping[str, Any], slug: str) -> datetime | None:
        value = said.get(slug)
        if value is None or value == "":
            return None
        try:
            return self._moments[value]
        except (KeyError, TypeError):
            pass
        try:
            at = self._parsed(value)
        except (ValueError, OverflowError, OSError, TypeError):
            at = None
        if at is None or not datetime(1971, 1, 1, tzinfo=UTC) < at <= self._now:
            what = _("“%(value)s” does not fit here.") % {"value": _cut(plain(value))}
            raise Unfit(slug, what, _("A moment such as 2026-03-02T09:30:00Z, not in the future."))
        if isinstance(value, str | int | float) and len(self._moments) < _KEPT_MOMENTS:
            self._moments[value] = at
        return at

    def _parsed(self, value: Any) -> datetime:
        kind = self.options["moments"]
        if kind in (UNIX_S, UNIX_MS):
            return datetime.fromtimestamp(float(value) / (1_000 if kind == UNIX_MS else 1), UTC)
        if isinstance(value, datetime):
            at = value
        else:
            text = str(value).strip()
            at = datetime.fromisoformat(f"{text[:-4]}Z" if text.endswith(" UTC") else text)
        return (at.replace(tzinfo=self._zone) if at.tzinfo is None else at).astimezone(UTC)


# ------------------------------------------------------------------ cells


def _name(said: Mapping[str, Any], slug: str, longest: int) -> str:
    value = plain(said.get(slug))
    if not value:
        raise Unfit(slug, _("The cell is empty."), _("Fill it in, or remove the row."))
    return _short_enough(value, slug, longest)


def _optional(said: Mapping[str, Any], slug: str, longest: int) -> str:
    if slug not in said:
        return ""
    value = plain(said.get(slug))
    return _short_enough(value, slug, longest) if value else ""


def _short_enough(value: str, slug: str, longest: int) -> str:
    if len(value) > longest or "\x00" in value:
        what = _("“%(value)s” has %(length)s characters.") % {"value": _cut(value), "length": f"{len(value):,}"}
        raise Unfit(slug, what, _("Shorten it to %(longest)s.") % {"longest": longest})
    return value


def _whole(said: Mapping[str, Any], slug: str) -> int | None:
    text = plain(said.get(slug))
    if not text:
        return None
    if not text.isdigit() or len(text) > 9:
        raise Unfit(slug, _("“%(value)s” does not fit here.") % {"value": _cut(text)}, _("A whole number."))
    return int(text)


def _right(said: Mapping[str, Any]) -> bool | None:
    text = plain(said.get("review_right")).casefold()
    if not text:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    fix = _("Say in the mapping which words mean right (yes) and wrong (no).")
    raise Unfit("review_right", _("“%(value)s” says neither yes nor no.") % {"value": _cut(text)}, fix)


def _object(said: Mapping[str, Any], slug: str) -> Mapping[str, Any] | None:
    value = said.get(slug)
    if isinstance(value, str) and value.strip():
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            value = 0
    if not value:
        if value == 0 and value is not None:
            raise Unfit(slug, _("The cell is no JSON."), _("Write an object as JSON, or leave it empty."))
        return None
    if not isinstance(value, Mapping):
        raise Unfit(slug, _("The cell holds no object."), _("Write an object as JSON, or leave it empty."))
    if "\\u0000" in json.dumps(value):
        raise Unfit(slug, _("It holds a NUL character."), _("Remove it."))
    return value


def _written(answer: Mapping[str, Any] | None) -> str:
    return "" if answer is None else json.dumps(answer, sort_keys=True)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def new_item(decided: Decided) -> Any:
    """The item of a decision as it is added when the programme lacks it."""
    return item_from_cells(decided.item, decided.about) if decided.about else unknown_item(decided.item)


Tell = Callable[[str, int, int], None]
