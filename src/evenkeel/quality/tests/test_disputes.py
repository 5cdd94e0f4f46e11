"""Disputes: raised in time and not too often, judged blind by a third person, followed by every figure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from evenkeel.ground import clock
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.ground.tests.outbox import waiting_rows
from evenkeel.people import Person, Worker, unread_notices
from evenkeel.quality import (
    Dispute,
    FollowUp,
    Verdict,
    add_dispute_reason,
    arbitrate,
    close_follow_up,
    correct_verdict,
    raise_dispute,
    retire_dispute_reason,
    return_dispute,
    set_dispute_rule,
    take_dispute,
    take_follow_up,
    verdict_in_force,
)
from evenkeel.quality.gold_proposals import propose_settled
from evenkeel.quality.jobs_disputes import end_overdue_disputes
from evenkeel.quality.models import DisputeReason, DisputeSettlement, Gold
from evenkeel.quality.queries.golden import judged_by
from evenkeel.quality.rules.disputes import (
    clause_of,
    outcome_of,
    why_not_arbitrate,
    why_not_dispute,
    why_too_many,
)

from .conftest import NOW, SYSTEM, worker_of
from .dispute_world import Findings, build_findings


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Findings]:
    """One world for the module, taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_findings()
        transaction.set_rollback(True)


@pytest.fixture
def at(world: Findings, db: None, monkeypatch: pytest.MonkeyPatch) -> Findings:
    """The world; what a test changes is taken back. Requests come in at `now`."""
    monkeypatch.setattr(clock, "now", lambda: world.now)
    return world


def raised(
    at: Findings,
    verdict: Verdict | None = None,
    *,
    by: Person | None = None,
    reason: str = "answer_right",
    text: str = "It quotes the slur to condemn it.",
    now: datetime | None = None,
) -> Dispute:
    """Mo's dispute of her first finding, unless said otherwise."""
    return raise_dispute(
        at.actor(by or at.mo), verdict=verdict or at.of_mo[0], reason=reason, text=text, now=now or at.now
    )


def settled(at: Findings, dispute: Dispute, label: str = "Safe", *, reason: str = "clear_case") -> DisputeSettlement:
    """Sol takes and settles it."""
    sol = at.actor(at.sol)
    assert take_dispute(sol, now=at.now) == dispute
    return arbitrate(sol, dispute=dispute, answer={"label": label}, reason=reason, text="Quoted.", now=at.now)


# ------------------------------------------------------------------ rules


def test_a_finding_is_disputed_once_in_its_window_while_it_stands() -> None:
    said: dict[str, Any] = {
        "is_right": False, "is_in_force": True, "is_disputed": False, "found_at": NOW, "window_days": 7, "now": NOW
    }  # fmt: skip
    assert why_not_dispute(**said) is None
    assert "over" in str(why_not_dispute(**said | {"now": NOW + timedelta(days=7, seconds=1)}))
    for change in ({"is_right": True}, {"is_in_force": False}, {"is_disputed": True}):
        assert why_not_dispute(**said | change)


def test_caps_count_what_is_open_and_what_came_this_week() -> None:
    assert why_too_many(open_=4, this_week=9, most_open=5, most_a_week=10) is None
    assert why_too_many(open_=5, this_week=5, most_open=5, most_a_week=10)
    assert why_too_many(open_=500, this_week=10, most_open=None, most_a_week=10)


def test_a_third_person_arbitrates_of_another_organisation_where_a_site_objects(at: Findings) -> None:
    worker, other = (Worker.objects.get(person=person) for person in (at.vera, at.sol))
    said: dict[str, Any] = {"worker_id": worker.pk, "organisation_id": worker.organisation_id, "involved": set()}
    ours = said | {"disputing_organisation_id": worker.organisation_id}
    assert why_not_arbitrate(**ours, is_of_site=False) is None
    assert why_not_arbitrate(**ours, is_of_site=True)
    assert why_not_arbitrate(**said, is_of_site=True, disputing_organisation_id=other.organisation_id) is None
    assert why_not_arbitrate(**ours | {"involved": {worker.pk}}, is_of_site=False)


def test_an_arbitrators_answer_says_what_becomes_of_the_finding() -> None:
    assert outcome_of(decided="Safe", found="Unsafe", settled="Safe") == "overturned"
    assert outcome_of(decided="Safe", found="Unsafe", settled="Unsafe") == "upheld"
    assert outcome_of(decided="Safe", found="Unsafe", settled="Unsure") == "amended"
    # A technical error with the same answer: whoever finds the answer right overturns it.
    assert outcome_of(decided="Safe", found="Safe", settled="Safe") == "overturned"


def test_the_clause_is_the_first_that_is_cited() -> None:
    assert clause_of({"label": "Yes"}, {"x": {"clause": ""}}, {"ruling": {"clause": "3.2"}}) == "3.2"
    assert clause_of({"label": "Yes"}) == ""


# ------------------------------------------------------------------ raising


def test_a_person_disputes_a_finding_and_it_is_logged(at: Findings) -> None:
    made = raised(at)
    assert (made.kind, made.worker.person, made.due_at) == ("person", at.mo, at.now + timedelta(hours=72))
    (row,) = waiting_rows("disputes")
    assert (row["is_settled"], row["is_overturned"], row["reason"]) == (False, None, "answer_right")
    assert row["auditor_id"] == str(made.auditor_id)
    with pytest.raises(NotNow, match="already"):
        raised(at)


def test_nobody_disputes_for_somebody_else(at: Findings) -> None:
    for person in (at.pia, at.ada, at.vera):
        with pytest.raises(Refused):
            raised(at, by=person)


def test_a_partner_disputes_for_her_own_people(at: Findings) -> None:
    made = raised(at, at.of_pia[0], by=at.vera)
    assert (made.kind, made.raised_organisation) == ("site", at.house.partner)
    set_rule(at, most_a_week_site=1)
    with pytest.raises(NotNow, match="allows"):
        raised(at, at.of_pia[1], by=at.vera)


def set_rule(at: Findings, **said: Any) -> None:
    usual = {
        "window_days": 7, "arbitrate_hours": 72, "at_deadline": "escalated", "most_open": 5, "most_a_week": 10,
        "most_a_week_site": 50,
    }  # fmt: skip
    set_dispute_rule(at.actor(at.qi), programme=at.house.programme, now=NOW, **usual | said)  # type: ignore[arg-type]


def test_disputes_are_capped_and_their_window_ends(at: Findings) -> None:
    set_rule(at, most_open=1, window_days=2)
    raised(at)
    with pytest.raises(NotNow, match="open"):
        raised(at, at.of_mo[1])
    with pytest.raises(NotNow, match="over"):
        raised(at, at.of_pia[0], by=at.pia, now=NOW + timedelta(days=3))
    with pytest.raises(Invalid):
        set_rule(at, window_days=0)
    with pytest.raises(Refused):
        set_dispute_rule(
            at.actor(at.sol), programme=at.house.programme, window_days=7, arbitrate_hours=7, at_deadline="upheld",
            most_open=1, most_a_week=1, most_a_week_site=1, now=NOW,
        )  # fmt: skip


def test_a_reason_and_a_text_are_asked_for(at: Findings) -> None:
    for reason, text in (("clear_case", "So."), ("luck", "So."), ("answer_right", "  "), ("answer_right", "\x00")):
        with pytest.raises(Invalid):
            raised(at, reason=reason, text=text)


# ------------------------------------------------------------------ settling


def test_an_overturned_finding_corrects_figures_and_leaves_a_proposed_golden_item(at: Findings) -> None:
    dispute = raised(at)
    made = settled(at, dispute)
    assert (made.outcome, made.label) == ("overturned", "Safe")
    present = verdict_in_force(at.of_mo[0].draw)
    assert present is not None
    assert (present.is_right, present.corrects, present.auditor.person) == (True, at.of_mo[0], at.sol)
    assert [(row["sign"], row["is_right"]) for row in waiting_rows("audits")[-2:]] == [(-1, False), (1, True)]
    assert [(row["is_settled"], row["is_overturned"]) for row in waiting_rows("disputes")] == [
        (False, None),
        (True, True),
    ]
    left = FollowUp.objects.get(kind="gold", closed_at=None)
    assert (left.label, left.item, left.kind) == ("Safe", at.of_mo[0].draw.decision.item, "gold")
    with pytest.raises(NotNow, match="settled"):
        arbitrate(at.actor(at.sol), dispute=dispute, answer={"label": "Safe"}, reason="clear_case", now=at.now)


def test_a_proposed_golden_item_reaches_the_library_once_and_tests_nobody_who_judged_it(at: Findings) -> None:
    made = settled(at, raised(at))
    left = FollowUp.objects.get()
    propose_settled(at.now)
    gold = Gold.objects.get()
    assert (gold.state, gold.label, gold.provenance, gold.source_id) == (Gold.PROPOSED, "Safe", "dispute", left.pk)
    assert gold.rationale == "Quoted."
    left.refresh_from_db()
    assert left.is_done
    propose_settled(at.now)
    assert Gold.objects.count() == 1
    # Whoever decided, audited or arbitrated knows the answer.
    item = [gold.item_id]
    assert judged_by(worker_of(at.sol).pk, item) == set(item)
    assert judged_by(made.dispute.auditor_id, item) == set(item)
    assert judged_by(worker_of(at.mo).pk, item) == set()


def test_events_tell_that_a_finding_fell(at: Findings, django_capture_on_commit_callbacks: Any) -> None:
    from evenkeel.ground import events

    heard: list[dict[str, Any]] = []
    events.on("dispute.overturned")(lambda **said: heard.append(said))
    dispute = raised(at)
    with django_capture_on_commit_callbacks(execute=True):
        settled(at, dispute)
    assert [(said["dispute_id"], said["verdict_id"]) for said in heard] == [(dispute.pk, dispute.verdict_id)]


def test_an_upheld_finding_changes_no_figure(at: Findings) -> None:
    before = len(waiting_rows("audits"))
    made = settled(at, raised(at), "Unsafe", reason="policy_unclear")
    assert (made.outcome, made.verdict) == ("upheld", None)
    assert len(waiting_rows("audits")) == before
    assert FollowUp.objects.get().kind == "policy"


def test_a_third_answer_amends_the_finding(at: Findings) -> None:
    made = settled(at, raised(at), "Unsure", reason="system_fault")
    assert made.outcome == "amended"
    present = verdict_in_force(at.of_mo[0].draw)
    assert present is not None
    assert (present.is_right, present.error_class, present.label) == (False, "wrong_selection", "Unsure")
    assert not FollowUp.objects.exists()
    assert waiting_rows("disputes")[-1]["is_overturned"] is False


def test_what_an_auditor_put_right_herself_is_not_corrected_again(at: Findings) -> None:
    dispute = raised(at)
    correct_verdict(
        at.actor(at.ada), verdict=at.of_mo[0], answer={"label": "Safe"}, client_key="k" * 12, now=at.now
    )  # fmt: skip
    made = settled(at, dispute)
    assert (made.outcome, made.verdict) == ("overturned", None)


def test_nobody_with_a_part_in_it_arbitrates(at: Findings) -> None:
    from evenkeel.people import Role, give_grant

    for person in (at.mo, at.ada):
        give_grant(SYSTEM, person=person, role=Role.objects.get(slug="specialist"), now=NOW)
    dispute = raised(at)
    assert take_dispute(at.actor(at.mo), now=at.now) is None
    assert take_dispute(at.actor(at.ada), now=at.now) is None
    with pytest.raises(DatabaseError), transaction.atomic():
        Dispute.objects.filter(pk=dispute.pk).update(holder=dispute.auditor)
    raised(at, at.of_pia[0], by=at.vera)
    assert take_dispute(at.actor(at.vera), now=at.now) is None


def test_a_dispute_in_hand_is_nobody_elses_until_it_is_given_back(at: Findings) -> None:
    dispute = raised(at)
    sol, qi = at.actor(at.sol), at.actor(at.qi)
    assert take_dispute(sol, now=at.now) == take_dispute(sol, now=at.now) == dispute
    assert take_dispute(qi, now=at.now) is None
    with pytest.raises(NotNow, match="hands"):
        arbitrate(qi, dispute=dispute, answer={"label": "Safe"}, reason="clear_case", now=at.now)
    return_dispute(sol, dispute=dispute, now=at.now)
    assert take_dispute(qi, now=at.now) == dispute


@pytest.mark.parametrize("rule", ["upheld", "escalated"])
def test_time_does_what_the_programme_says(at: Findings, rule: str) -> None:
    at.house.programme.owner = at.qi
    at.house.programme.save()
    set_rule(at, at_deadline=rule, arbitrate_hours=1)
    dispute = raised(at)
    end_overdue_disputes(at.now + timedelta(minutes=59))
    assert Dispute.objects.filter(closed_at=None, escalated_at=None).count() == 1
    end_overdue_disputes(at.now + timedelta(hours=1))
    dispute.refresh_from_db()
    if rule == "upheld":
        assert (dispute.settlement.outcome, dispute.settlement.arbitrator) == ("upheld", None)
        assert waiting_rows("disputes")[-1]["by_time"] is True
    else:
        assert dispute.escalated_at is not None
        assert dispute.closed_at is None
        assert unread_notices(at.qi) == 1
    assert not FollowUp.objects.exists()


# ------------------------------------------------------------------ what follows


def test_a_follow_up_is_taken_and_closed_once(at: Findings) -> None:
    settled(at, raised(at))
    left, qi = FollowUp.objects.get(), at.actor(at.qi)
    assert take_follow_up(qi, follow_up=left, now=at.now).taken_by == at.qi
    with pytest.raises(Invalid):
        close_follow_up(qi, follow_up=left, is_done=True, note=" ", now=at.now)
    closed = close_follow_up(qi, follow_up=left, is_done=True, note="Agreed by two experts.", now=at.now)
    assert (closed.is_done, closed.closed_by) == (True, at.qi)
    with pytest.raises(NotNow):
        close_follow_up(qi, follow_up=left, is_done=False, note="Again.", now=at.now)
    with pytest.raises(Refused):
        take_follow_up(at.actor(at.sol), follow_up=left, now=at.now)


def test_reasons_are_data(at: Findings) -> None:
    qi = at.actor(at.qi)
    made = add_dispute_reason(
        qi, side="settling", slug="satire", title="Satire", follow_up="policy", now=at.now
    )  # fmt: skip
    assert settled(at, raised(at), "Unsafe", reason="satire").reason == made
    retire_dispute_reason(qi, reason=made, now=at.now)
    with pytest.raises(Invalid):
        settled(at, raised(at, at.of_mo[1]), reason="satire")
    for said in ({"slug": "No!"}, {"slug": "clear_case"}, {"side": "both"}, {"title": " "}, {"follow_up": "cake"}):
        usual: dict[str, Any] = {"side": "settling", "slug": "new", "title": "New"}
        with pytest.raises(Invalid):
            add_dispute_reason(qi, **usual | said, now=at.now)
    with pytest.raises(NotNow):
        retire_dispute_reason(qi, reason=DisputeReason.objects.get(slug="deadline"), now=at.now)
