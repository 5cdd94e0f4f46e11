"""What pages and acts ask about calibration sessions. Nothing of others is told before answers may be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from evenkeel.ground.access import Actor, unveiled, visible
from evenkeel.kernel import Agreement, Estimate
from evenkeel.work import Item, asked_spec

from .. import scopes
from ..models import (
    AgreementCut,
    CalibrationAnswer,
    CalibrationCase,
    CalibrationSeat,
    CalibrationSession,
    LabelDoubt,
    Settlement,
)
from ..rules.audits import means_violation
from ..rules.calibration import BLIND, DISCUSSED, alignment, drawn_cases, session_agreement
from ..rules.ring import Ring, RingAnswer, ring
from .clarity import unclear_in
from .worth_discussing import WAYS, items_worth_discussing

_LATEST = 50_000


def spec_of(session: CalibrationSession) -> dict[str, Any]:
    """The form of a session, by the guideline that was in force when it was opened."""
    return asked_spec(session.form_version, session.queue, session.opened_at)


def settlement_of(case: CalibrationCase) -> Settlement | None:
    """What stands as right about a case."""
    return Settlement.objects.filter(case=case, replaced_by=None).first()


def settlements_of(session: CalibrationSession) -> dict[UUID, Settlement]:
    """What stands as right, case by case."""
    found = Settlement.objects.filter(case__session=session, replaced_by=None).select_related("by")
    return {each.case_id: each for each in found}


def seat_of(actor: Actor, session: CalibrationSession) -> CalibrationSeat | None:
    """The actor's own seat in a session."""
    if actor.worker_id is None:
        return None
    mine = visible(actor, scopes.CALIBRATION_ANSWER, CalibrationSeat.objects.filter(session=session))
    return mine.filter(worker=actor.worker_id).first()


def to_answer(seat: CalibrationSeat) -> CalibrationCase | None:
    """The next case that the seat has not answered blind, in order."""
    done = CalibrationAnswer.objects.filter(seat=seat, round=BLIND).values("case_id")
    cases = CalibrationCase.objects.filter(session=seat.session_id).exclude(pk__in=done)
    return cases.select_related("item").order_by("number").first()


def waiting_seats(actor: Actor, *, now: datetime) -> QuerySet[CalibrationSeat]:
    """The actor's seats in open sessions in which she has something to answer."""
    mine = visible(actor, scopes.CALIBRATION_ANSWER, CalibrationSeat.objects.filter(worker=actor.worker_id))
    still = mine.filter(done_at=None, session__ended_at=None, session__revealed_at=None, session__deadline_at__gt=now)
    return still.select_related("session__programme").order_by("session__deadline_at")


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """A case with everybody's answers, as far as the actor may see them: (seat, first, second)."""

    case: CalibrationCase
    settlement: Settlement | None
    answers: Sequence[tuple[CalibrationSeat, CalibrationAnswer | None, CalibrationAnswer | None]]
    counts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Results:
    """A session's results: agreement blind and after the discussion, alignment by person, site and language."""

    cases: Sequence[SideBySide]
    blind: Agreement | None
    discussed: Agreement | None
    by_person: Mapping[str, Estimate]
    by_site: Mapping[str, Estimate]
    by_language: Mapping[str, Estimate]
    ring: Ring | None


def results(actor: Actor, session: CalibrationSession) -> Results:
    """A session's results; single people's as far as they are of the actor's own organisation, or she is one of ours."""
    cases = list(session.cases.select_related("item", "repeats"))
    seats = list(session.seats.select_related("worker", "site", "organisation").order_by("worker__name"))
    answers = list(CalibrationAnswer.objects.filter(case__session=session))
    settled = settlements_of(session)
    given = {(each.case_id, each.seat_id, each.round): each for each in answers}
    shown = [seat for seat in seats if not actor.is_outside or seat.organisation_id == actor.organisation_id]
    labels: defaultdict[tuple[UUID, int], list[str]] = defaultdict(list)
    for each in answers:
        labels[each.case_id, each.round].append(each.label)
    first_cases = [case for case in cases if case.repeats_id is None]
    # What experts could not agree on either is held against nobody; sites and languages are compared on all of it.
    unclear = unclear_in(session)
    return Results(
        cases=[
            SideBySide(
                case=case,
                settlement=settled.get(case.pk),
                answers=[
                    (seat, given.get((case.pk, seat.pk, BLIND)), given.get((case.pk, seat.pk, DISCUSSED)))
                    for seat in shown
                ],
                counts=_counts(labels[case.pk, BLIND]),
            )
            for case in cases
        ],
        blind=session_agreement(labels[case.pk, BLIND] for case in first_cases),
        discussed=session_agreement(labels[case.pk, DISCUSSED] for case in first_cases),
        by_person=alignment(
            _aligned(first_cases, shown, given, settled, lambda _case, seat: seat.worker.name, unclear=unclear)
        ),
        by_site=alignment(_aligned(first_cases, shown, given, settled, lambda _case, seat: _site(seat))),
        by_language=alignment(_aligned(first_cases, shown, given, settled, lambda case, _seat: case.item.language)),
        ring=_ring(session, cases, shown, given, settled) if session.is_ring else None,
    )


def _counts(labels: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for label in sorted(labels):
        found[label] = found.get(label, 0) + 1
    return found


def _site(seat: CalibrationSeat) -> str:
    return seat.site.name if seat.site is not None else seat.organisation.name


def _aligned(
    cases: Sequence[CalibrationCase],
    seats: Sequence[CalibrationSeat],
    given: Mapping[tuple[UUID, UUID, int], CalibrationAnswer],
    settled: Mapping[UUID, Settlement],
    group: Any,
    *,
    unclear: frozenset[str] = frozenset(),
) -> list[tuple[str, bool]]:
    return [
        (group(case, seat) or "–", answer.label == settled[case.pk].label)
        for case in cases
        if case.pk in settled
        for seat in seats
        if (answer := given.get((case.pk, seat.pk, BLIND))) is not None
        and not {answer.clause, settled[case.pk].clause} & unclear
    ]


def _ring(
    session: CalibrationSession,
    cases: Sequence[CalibrationCase],
    seats: Sequence[CalibrationSeat],
    given: Mapping[tuple[UUID, UUID, int], CalibrationAnswer],
    settled: Mapping[UUID, Settlement],
) -> Ring:
    spec = spec_of(session)
    says = means_violation(next(field for field in spec["fields"] if field["name"] == spec["main"])["choices"])
    answers = [
        RingAnswer(
            site=_site(seat),
            item=str(case.item_id),
            person=str(seat.worker_id),
            is_strict=bool(says.get(answer.label)),
            is_repeat=case.repeats_id is not None,
        )
        for case in cases
        for seat in seats
        if (answer := given.get((case.pk, seat.pk, BLIND))) is not None and says.get(answer.label) is not None
    ]
    right = {
        str(case.item_id): bool(says[settled[case.pk].label])
        for case in cases
        if case.pk in settled and says.get(settled[case.pk].label) is not None
    }
    return ring(answers, right)


def rings_of(
    actor: Actor, *, programme_id: UUID, now: datetime, most: int = 12
) -> list[tuple[CalibrationSession, Ring]]:
    """A programme's ring tests whose answers may be seen, in the order of their cycles, the last `most` of them."""
    rows = CalibrationSession.objects.filter(programme=programme_id, is_ring=True).order_by("-cycle")
    found = visible(actor, scopes.CALIBRATION_VIEW, rows).select_related("queue", "form_version", "programme")[:most]
    done = [(each, results(actor, each).ring) for each in found if each.is_open_to_all(now)]
    return [(session, said) for session, said in reversed(done) if said is not None]


def divided_items(programme_id: UUID, *, n: int) -> list[Item]:
    """Items that divided people most, then those whose answer is most in doubt, as the last reading of the labels has it."""
    cut = AgreementCut.objects.filter(programme=programme_id, by="all").first()
    ids = [UUID(each) for each in (cut.examples if cut else [])]
    doubts = LabelDoubt.objects.filter(programme=programme_id).order_by("rank")
    ids = list(dict.fromkeys([*ids, *doubts.values_list("item_id", flat=True)[:n]]))[:n]
    rows = unveiled(Item.objects.filter(programme=programme_id)).in_bulk(ids)
    return [rows[each] for each in ids if each in rows]


@dataclass(frozen=True, kw_only=True)
class AlignedPoint:
    """How far a group's blind answers were the settled ones, session by session."""

    session: CalibrationSession
    estimate: Estimate


def alignment_trend(
    actor: Actor, *, programme_id: UUID, by: str = "site", now: datetime, most: int = 12
) -> dict[str, list[AlignedPoint]]:
    """Alignment over the last sessions of a programme by `person`, `site` or `language`, oldest first, with intervals."""
    rows = CalibrationSession.objects.filter(programme=programme_id, is_ring=False).order_by("-opened_at")
    sessions = list(visible(actor, scopes.CALIBRATION_VIEW, rows)[:most])[::-1]
    answers = CalibrationAnswer.objects.filter(
        case__session__in=[each.pk for each in sessions], case__repeats=None, round=BLIND
    ).select_related("seat__worker", "seat__site", "seat__organisation", "case__item")
    if actor.is_outside:
        answers = answers.filter(seat__organisation=actor.organisation_id)
    settled = {
        each.case_id: each
        for each in Settlement.objects.filter(case__session__in=[s.pk for s in sessions], replaced_by=None)
    }
    pairs: defaultdict[UUID, list[tuple[str, bool]]] = defaultdict(list)
    unclear = {session.pk: unclear_in(session) if by == "person" else frozenset() for session in sessions}
    for each in answers:
        right = settled.get(each.case_id)
        if right is not None and not {each.clause, right.clause} & unclear[each.case.session_id]:
            group = {
                "person": each.seat.worker.name,
                "site": _site(each.seat),
                "language": each.case.item.language or "–",
            }[by]
            pairs[each.case.session_id].append((group, each.label == right.label))
    trend: defaultdict[str, list[AlignedPoint]] = defaultdict(list)
    for session in sessions:
        if session.is_open_to_all(now):
            for group, estimate in alignment(pairs[session.pk]).items():
                trend[group].append(AlignedPoint(session=session, estimate=estimate))
    return dict(sorted(trend.items()))


def cases_for(programme_id: UUID, *, how: str, n: int = 0, keys: Sequence[str] = (), salt: int = 0) -> list[Item]:
    """The items of a new session: those of these keys, in their order (`hand`); the most divided, disputed, settled or
    doubted ones; or drawn by the salt.

    Drawn from the fifty thousand items that came last. A key that no item has is left out.
    """
    if how == "divided":
        return divided_items(programme_id, n=n)
    if how in WAYS:
        return items_worth_discussing(programme_id, how=how, n=n)
    rows = unveiled(Item.objects.filter(programme=programme_id))
    if how == "drawn":
        ids = list(rows.order_by("-id").values_list("id", flat=True)[:_LATEST])
        found = Item.objects.in_bulk(drawn_cases(ids, salt=salt, n=n))
        return sorted(found.values(), key=lambda item: item.id)
    by_key = {item.key: item for item in rows.filter(key__in=[key for key in keys if "\x00" not in key])}
    return [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
