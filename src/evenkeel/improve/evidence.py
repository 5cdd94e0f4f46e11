"""Evidence: decisions of the changed window that speak against the figure, drawn by a keyed hash so that whoever doubts the
choice can draw again. Of accuracy those that audits found wrong; of other metrics the rows of the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet

from evenkeel.ground.ids import uuid7
from evenkeel.kernel import key64, keyed_u, keys64
from evenkeel.measure import Days, RowBehind, explained, rows_behind
from evenkeel.quality import Verdict
from evenkeel.work import Decision

from .drivers import ACCURACY, place_of, spans_of
from .models import EvidenceCase, Investigation
from .rules import evidence_rate

# Enough to draw from; the scan of drivers counts all of them.
_MOST = 5_000


def draw(investigation: Investigation, *, now: datetime) -> int:
    """Draw from the wrong decisions that are known by now; cases already drawn stay. Returns how many are new."""
    if investigation.metric != ACCURACY:
        return _draw_rows(investigation, now=now)
    wrong = wrong_at(investigation, now)
    known = set(investigation.cases.values_list("verdict_id", flat=True))
    pi = evidence_rate(len(wrong))
    drawn = {verdict_id: u for verdict_id, u in lots(investigation, wrong) if u < pi and verdict_id not in known}
    decisions = dict(Verdict.objects.filter(pk__in=drawn).values_list("pk", "draw__decision_id"))
    made = [
        EvidenceCase(
            id=uuid7(), investigation=investigation, decision_id=decisions[verdict_id], verdict_id=verdict_id, pi=pi, u=u,
            drawn_at=now,
        )
        for verdict_id, u in drawn.items()
    ]  # fmt: skip
    EvidenceCase.objects.bulk_create(made)
    return len(made)


def _draw_rows(investigation: Investigation, *, now: datetime) -> int:
    behind = rows_of(investigation)
    known = set(investigation.cases.values_list("decision_id", flat=True))
    pi = evidence_rate(len(behind))
    drawn = {key: u for key, u in lots(investigation, list(behind)) if u < pi and key not in known}
    # The log may be older than the database: a decision that was erased since is no case.
    here = set(Decision.objects.filter(pk__in=drawn).values_list("pk", flat=True))
    verdicts = set(
        Verdict.objects.filter(pk__in=[behind[key].verdict_id for key in drawn]).values_list("pk", flat=True)
    )
    scale = explained(investigation.metric).scale
    made = [
        EvidenceCase(
            id=uuid7(), investigation=investigation, decision_id=key,
            verdict_id=behind[key].verdict_id if behind[key].verdict_id in verdicts else None,
            value=behind[key].value * scale, pi=pi, u=u, drawn_at=now,
        )
        for key, u in drawn.items() if key in here
    ]  # fmt: skip
    EvidenceCase.objects.bulk_create(made)
    return len(made)


def rows_of(
    investigation: Investigation, *, part: Mapping[str, str] | None = None, of: Days | None = None
) -> dict[UUID, RowBehind]:
    """The rows of the log that speak against its figure, by the decision each is about: the latest 5,000, newest first."""
    before, now = spans_of(investigation)
    rows = rows_behind(
        investigation.metric, programme_id=investigation.programme_id, before=before, now=now,
        where=place_of(investigation), part=part, of=of, most=_MOST,
    )  # fmt: skip
    # A dispute names the verdict alone.
    asked = [row.verdict_id for row in rows if row.decision_id is None and row.verdict_id is not None]
    named = dict(Verdict.objects.filter(pk__in=asked).values_list("pk", "draw__decision_id"))
    keyed = ((row.decision_id or (named.get(row.verdict_id) if row.verdict_id else None), row) for row in rows)
    return {key: row for key, row in keyed if key is not None}


def lots(investigation: Investigation, verdict_ids: Sequence[UUID]) -> list[tuple[UUID, float]]:
    """Each verdict (or decision) with its lot in (0, 1): fixed by the two ids, unrelated from one investigation to the next."""
    salt = key64(investigation.pk.bytes) & 0xFFFFFFFF
    u = keyed_u(keys64(verdict_id.bytes for verdict_id in verdict_ids), salt)
    return list(zip(verdict_ids, u.tolist(), strict=True))


def wrong_at(investigation: Investigation, at: datetime) -> list[UUID]:
    """Verdicts "wrong" in force at a moment on decisions of the changed window: the latest 5,000, newest first."""
    rows = wrong_verdicts(investigation).filter(audited_at__lte=at)
    in_force = rows.filter(Q(corrected_by=None) | Q(corrected_by__audited_at__gt=at))
    return list(in_force.order_by("-audited_at", "-id").values_list("id", flat=True)[:_MOST])


def wrong_verdicts(investigation: Investigation) -> QuerySet[Verdict]:
    """Every verdict "wrong", corrected ones among them, on decisions of the changed window where the figure fell."""
    return verdicts_in(investigation, since=investigation.since, until=investigation.until).filter(is_right=False)


def verdicts_in(investigation: Investigation, *, since: date, until: date) -> QuerySet[Verdict]:
    """Every verdict on decisions of a window of the investigation's part of the programme."""
    where = {
        f"draw__decision__{name}_id": getattr(investigation, f"{name}_id")
        for name in ("queue", "organisation", "site", "team")
        if getattr(investigation, f"{name}_id") is not None
    }
    if investigation.label is not None:
        where["label"] = investigation.label
    return Verdict.objects.filter(
        draw__plan__programme_id=investigation.programme_id,
        draw__decision__decided_at__gte=_midnight(since),
        draw__decision__decided_at__lt=_midnight(until),
        **where,
    )


@dataclass(frozen=True, kw_only=True)
class Replay:
    """A draw made again from the record: what should have been drawn and was not, and what was and should not."""

    drawn: int
    missing: tuple[UUID, ...]
    unexpected: tuple[UUID, ...]

    @property
    def agrees(self) -> bool:
        """Whether the record can be explained by the hash alone."""
        return not self.missing and not self.unexpected


def replay(investigation: Investigation) -> Replay:
    """Draw again, look by look, as of the moments at which evidence was drawn, and compare with the cases on record."""
    if investigation.metric != ACCURACY:
        return _replay_rows(investigation)
    looks: defaultdict[datetime, dict[UUID, EvidenceCase]] = defaultdict(dict)
    for case in investigation.cases.all():
        assert case.verdict_id is not None
        looks[case.drawn_at][case.verdict_id] = case
    missing: list[UUID] = []
    unexpected: list[UUID] = []
    seen: set[UUID] = set()
    for at, cases in sorted(looks.items()):
        wrong = wrong_at(investigation, at)
        pi = evidence_rate(len(wrong))
        due = {verdict_id: u for verdict_id, u in lots(investigation, wrong) if u < pi and verdict_id not in seen}
        missing += [verdict_id for verdict_id in due if verdict_id not in cases]
        unexpected += [
            verdict_id for verdict_id, case in cases.items() if (case.pi, case.u) != (pi, due.get(verdict_id))
        ]
        seen |= cases.keys()
    return Replay(drawn=len(seen), missing=tuple(missing), unexpected=tuple(unexpected))


def _replay_rows(investigation: Investigation) -> Replay:
    """Of rows the log keeps no moment at which each came in: those that speak against the figure now are drawn from."""
    behind = rows_of(investigation)
    due = dict(lots(investigation, list(behind)))
    cases = {case.decided.pk: case for case in investigation.cases.select_related("decision")}
    pi = min((case.pi for case in cases.values()), default=evidence_rate(len(behind)))
    unexpected = tuple(key for key, case in cases.items() if case.u != due.get(key) or case.u >= case.pi)
    missing = tuple(key for key, u in due.items() if u < pi and key not in cases)
    return Replay(drawn=len(cases), missing=missing, unexpected=unexpected)


def _midnight(day: date) -> datetime:
    # Figures belong to days in UTC, as the roll-ups have them.
    return datetime.combine(day, time.min, UTC)
