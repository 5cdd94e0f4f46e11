"""Calibration sessions: opening one, answering blind and again after the discussion, speaking about a case, ending it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.people import Worker, notify
from evenkeel.policy import version_in_force
from evenkeel.work import FormVersion, Item, clean_answer, drawn_fields, item_parts

from .. import scopes
from ..clarity import judge_clauses
from ..models import CalibrationAnswer, CalibrationCase, CalibrationRemark, CalibrationSeat, CalibrationSession
from ..queries.calibration import spec_of, to_answer
from ..rules.calibration import BLIND, DISCUSSED, MOST_CASES, MOST_PEOPLE, clause_of, drawn_cases
from .ours import insist_on_ours

if TYPE_CHECKING:
    from evenkeel.work import Queue


def open_session(
    actor: Actor,
    *,
    queue: Queue,
    name: str,
    items: Sequence[Item],
    workers: Sequence[Worker],
    experts: Sequence[Worker] = (),
    deadline_at: datetime,
    chosen_by: str = "hand",
    is_ring: bool = False,
    repeats: int = 0,
    now: datetime,
) -> CalibrationSession:
    """Open a session: these items, by the queue's form and guideline of now, to these people. Everybody is told.

    `experts` (among `workers`) are those whose blind answers measure the clauses. A ring test asks `repeats` of the cases a
    second time, later in the order, and needs people of two sites at least. `Invalid` names the field.
    """
    insist_on_ours(actor)
    with act(scopes.CALIBRATION_EDIT, actor, on=queue, now=now) as deed:
        name = name.strip()
        _insist(0 < len(name) <= 160, "name", _("Give it a name of at most 160 characters."))
        known = CalibrationSession.objects.filter(programme_id=queue.programme_id)
        _insist(not known.filter(name=name).exists(), "name", _("There is one of this name; choose another."))
        _insist(deadline_at > now, "deadline", _("The deadline lies in the future."))
        _insist(chosen_by in dict(CalibrationSession.CHOSEN), "cases", _("Choose one of those offered."))
        _insist_on_cases(items, queue, repeats=repeats, is_ring=is_ring)
        _insist_on_people(workers, experts, queue, is_ring=is_ring)
        form = FormVersion.objects.filter(form=queue.form_id).order_by("-number").first()
        deed.require(form, _("The queue has no form to answer by."), code="no-form")
        assert form is not None
        cycle = (known.aggregate(n=Max("cycle"))["n"] or 0) + 1 if is_ring else None
        session = CalibrationSession.objects.create(
            programme_id=queue.programme_id,
            queue=queue,
            form_version=form,
            policy_version=version_in_force(queue.policy_id, now) if queue.policy_id else None,
            name=name,
            is_ring=is_ring,
            cycle=cycle,
            chosen_by=chosen_by,
            salt=secrets.randbelow(2**32),
            owner_id=actor.person_id,
            opened_at=now,
            deadline_at=deadline_at,
        )
        _lay_out(session, items, repeats)
        chosen = {worker.pk for worker in experts}
        CalibrationSeat.objects.bulk_create(
            CalibrationSeat(
                session=session,
                worker=worker,
                organisation_id=worker.organisation_id,
                site_id=worker.site_id,
                team_id=worker.team_id,
                is_expert=worker.pk in chosen,
                invited_at=now,
            )
            for worker in workers
        )
        said = {"name": name, "cases": len(items), "repeats": repeats, "people": len(workers), "ring": is_ring}
        deed.record("opened", on=session, after=said)
        told = [worker.person for worker in workers if worker.person is not None]
        notify(told, title=_("You are invited to %(name)s.") % {"name": name}, url=session.get_absolute_url(), now=now)
        return session


def _lay_out(session: CalibrationSession, items: Sequence[Item], repeats: int) -> None:
    """The cases in the order given; those that are repeated come again at the end, drawn by the session's salt."""
    cases = [CalibrationCase(session=session, number=at + 1, item=item) for at, item in enumerate(items)]
    CalibrationCase.objects.bulk_create(cases)
    by_item = {case.item_id: case for case in cases}
    again = drawn_cases(list(by_item), salt=session.salt, n=repeats)
    CalibrationCase.objects.bulk_create(
        CalibrationCase(session=session, number=len(cases) + at + 1, item_id=item_id, repeats=by_item[item_id])
        for at, item_id in enumerate(again)
    )


def answer_case(
    actor: Actor,
    *,
    case: CalibrationCase,
    seat: CalibrationSeat,
    answer: Mapping[str, Any],
    comment: str = "",
    client_key: str,
    now: datetime,
) -> CalibrationAnswer:
    """Answer a case: blind as long as answers are hidden, once more afterwards, when it was discussed.

    The same `client_key` sent again returns the answer that it made. An answer given is not changed.
    """
    with act(scopes.CALIBRATION_ANSWER, actor, on=seat, now=now) as deed:
        locked = CalibrationSession.objects.select_for_update(of=("self",))
        session = locked.select_related("queue", "form_version", "policy_version").get(pk=seat.session_id)
        known = CalibrationAnswer.objects.filter(client_key=client_key).first()
        if known is not None:
            _insist((known.case_id, known.seat_id) == (case.pk, seat.pk), "client_key", _("Make a new key."))
            deed.record("answer sent again", on=seat)
            return known
        deed.require(case.session_id == session.pk, _("This case belongs to another session."))
        deed.require(session.ended_at is None, _("This session has ended."), code="ended")
        round_ = DISCUSSED if session.is_open_to_all(now) else BLIND
        deed.require(
            round_ == BLIND or not session.is_ring,
            _("A ring test takes no answer after its deadline."),
            code="revealed",
        )
        mine = CalibrationAnswer.objects.filter(case=case, seat=seat, round=round_).exists()
        deed.require(not mine, _("You have answered this case."), code="answered")
        _insist(8 <= len(client_key) <= 64, "client_key", _("A key has 8 to 64 characters."))
        spec = spec_of(session)
        parts = item_parts(case.item) if drawn_fields(spec) else None
        cleaned, label = clean_answer(spec, dict(answer), parts=parts)
        made = CalibrationAnswer.objects.create(
            case=case,
            seat=seat,
            round=round_,
            label=label,
            clause=clause_of(cleaned, main=spec["main"], label=label),
            answer=cleaned,
            comment=comment.strip()[:4_000],
            client_key=client_key,
            answered_at=now,
        )
        deed.record("case answered", on=seat, after={"case": case.number, "round": round_})
        if round_ == BLIND and to_answer(seat) is None:
            CalibrationSeat.objects.filter(pk=seat.pk).update(done_at=now)
            if not session.seats.filter(done_at=None).exists():
                CalibrationSession.objects.filter(pk=session.pk, revealed_at=None).update(revealed_at=now)
                deed.record("answers revealed", on=session)
                deed.tell("calibration.revealed", session_id=session.pk)
                if session.policy_version is not None:
                    judge_clauses(session.policy_version, now=now)
        return made


def remark(
    actor: Actor, *, case: CalibrationCase, seat: CalibrationSeat | None = None, body: str, now: datetime
) -> CalibrationRemark:
    """Say something about a case, once answers are seen: whoever is invited, by her `seat`, or holds such sessions."""
    session = case.session
    scope = scopes.CALIBRATION_ANSWER if seat is not None else scopes.CALIBRATION_EDIT
    with act(scope, actor, on=seat or session, now=now) as deed:
        deed.require(seat is None or seat.session_id == session.pk, _("This case belongs to another session."))
        deed.require(session.is_open_to_all(now), _("Answers are still blind."), code="blind")
        deed.require(session.ended_at is None, _("This session has ended."), code="ended")
        _insist(
            0 < len(body.strip()) <= 4_000 and "\x00" not in body, "body", _("1 to %(n)d characters.") % {"n": 4_000}
        )
        made = CalibrationRemark.objects.create(
            case=case, organisation_id=actor.organisation_id, by_id=actor.person_id, body=body.strip(), at=now
        )
        deed.record("remark made", on=session, after={"case": case.number})
        return made


def end_session(actor: Actor, *, session: CalibrationSession, now: datetime) -> CalibrationSession:
    """Close a session: no more answers and remarks. Answers that were blind are seen from now on."""
    insist_on_ours(actor)
    with act(scopes.CALIBRATION_EDIT, actor, on=session, now=now) as deed:
        ended = CalibrationSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=now)
        deed.require(ended, _("This session has ended already."), code="ended")
        CalibrationSession.objects.filter(pk=session.pk, revealed_at=None).update(revealed_at=now)
        deed.record("ended", on=session)
        session.refresh_from_db()
        return session


def _insist_on_cases(items: Sequence[Item], queue: Queue, *, repeats: int, is_ring: bool) -> None:
    ids = {item.pk for item in items}
    _insist(
        0 < len(ids) == len(items) <= MOST_CASES, "items", _("Choose 1 to %(n)d different items.") % {"n": MOST_CASES}
    )
    _insist(
        all(item.programme_id == queue.programme_id for item in items), "items", _("Choose items of the programme.")
    )
    _insist(
        0 <= repeats <= (len(ids) if is_ring else 0), "repeats", _("Only a ring test repeats cases, each one once.")
    )


def _insist_on_people(workers: Sequence[Worker], experts: Sequence[Worker], queue: Queue, *, is_ring: bool) -> None:
    ids = {worker.pk for worker in workers}
    _insist(1 < len(ids) == len(workers) <= MOST_PEOPLE, "people", _("Invite 2 to %(n)d people.") % {"n": MOST_PEOPLE})
    takes_part = Q(organisation__is_house=True) | Q(organisation__engagements__programme=queue.programme_id)
    ours = Worker.objects.filter(takes_part, pk__in=ids).distinct().count()
    _insist(ours == len(ids), "people", _("Invite people who take part in the programme."))
    _insist({each.pk for each in experts} <= ids, "experts", _("Experts are among those who are invited."))
    sites = {worker.site_id for worker in workers if worker.site_id}
    _insist(not is_ring or len(sites) > 1, "people", _("A ring test needs people of two sites at least."))


def _insist(condition: bool, field: str, sentence: str) -> None:
    if not condition:
        raise Invalid(_("The session cannot be held like this."), fields={field: [sentence]})
