"""Audits of audits, and scorecards, through the acts: one world for all of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from evenkeel.ground.append_only import guarded_tables
from evenkeel.ground.errors import Invalid, NotFound, NotNow, Refused
from evenkeel.ground.tests.outbox import waiting_rows
from evenkeel.people import Person
from evenkeel.quality import (
    AuditCheck,
    AuditTask,
    CheckAnswer,
    SamplingPlan,
    Verdict,
    add_scorecard,
    answer_check,
    correct_verdict,
    draw_due,
    give_verdict,
    publish_scorecard,
    return_check,
    score_verdict,
    set_check_rule,
    start_plan,
    take_audit,
    take_check,
    use_scorecard,
)
from evenkeel.quality.facts import AUDITS, verdicts_that_stand
from evenkeel.quality.facts_checks import AUDITOR_CHECKS, settled_cases
from evenkeel.quality.rules.checks import check_u

from .conftest import NOW, SYSTEM, House
from .test_scorecard_rules import CARD

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """A plan whose verdicts are all audited again, and three who may judge."""

    house: House
    plan: SamplingPlan
    people: dict[str, Person]

    def actor(self, name: str) -> Any:
        return self.house.actor(self.people[name])

    @property
    def now(self) -> Any:
        return self.house.later

    def judge(self, name: str, label: str) -> Verdict:
        task = take_audit(self.actor(name), now=self.now)
        assert task is not None
        said = {"label": label}
        return give_verdict(
            self.actor(name), task_id=task.pk, answer=said, client_key=f"verdict-{task.pk}", now=self.now
        )

    def again(self, name: str, label: str) -> CheckAnswer:
        check = take_check(self.actor(name), now=self.now)
        assert check is not None
        return answer_check(
            self.actor(name),
            check_id=check.pk,
            answer={"label": label},
            client_key=f"{check.stage}-{check.pk}"[:64],
            now=self.now,
        )


@pytest.fixture
def desk(house: House) -> Desk:
    plan = start_plan(SYSTEM, programme=house.programme, name="Random", rate=1, now=NOW)
    house.decide(house.person("Mo", "moderator"), ["Safe", "Unsafe", "Safe"])
    draw_due(house.later)
    people = {"ada": house.person("Ada", "qa_specialist"), "ben": house.person("Ben", "qa_specialist")}
    people |= {"eva": house.person("Eva", "quality_manager")}
    set_check_rule(SYSTEM, plan=plan, share_right=1, share_wrong=1, settle_agreed=1, salt=7, now=NOW)
    return Desk(house, plan, people)


def test_a_verdict_is_audited_again_and_settled_by_three_different_people(desk: Desk) -> None:
    first = desk.judge("ada", "Unsafe")
    (check,) = AuditCheck.objects.all()
    assert (check.verdict, check.pi, check.stage) == (first, 1.0, "second")
    assert check.u == check_u(first.pk, 7)
    # Whoever audited first is not asked again.
    assert take_check(desk.actor("ada"), now=desk.now) is None
    assert desk.again("ben", "Safe").is_right
    check.refresh_from_db()
    assert (check.stage, check.settle_pi, check.holder) == ("expert", 1.0, None)
    # A second auditor is no expert, and neither of the two settles it.
    for name in ("ada", "ben"):
        assert take_check(desk.actor(name), now=desk.now) is None
    assert not waiting_rows("auditor_checks")
    expert = desk.again("eva", "Safe")
    check.refresh_from_db()
    assert (check.stage, check.closed_at, expert.stage) == ("done", desk.now, "expert")
    (row,) = waiting_rows("auditor_checks")
    wanted = {"is_right": False, "second_is_right": True, "said_right": False, "truly_right": True, "agreed": False}
    assert {name: row[name] for name in wanted} == wanted
    assert (row["worker_id"], row["pi"]) == (str(first.auditor_id), 1.0)
    assert [each["id"] for each in settled_cases()] == [check.pk]
    assert set(row) == set(AUDITOR_CHECKS.columns)
    # The first verdict stays what it was: how auditors err is another figure.
    assert [each["sign"] for each in waiting_rows("audits")] == [1]


def test_a_pair_that_agrees_goes_to_the_expert_by_its_odds_alone(desk: Desk) -> None:
    set_check_rule(SYSTEM, plan=desk.plan, share_right=1, share_wrong=0.5, settle_agreed=1e-9, salt=7, now=desk.now)
    for label in ("Safe", "Unsafe"):
        desk.judge("ada", label)
        desk.again("ben", label)
    checks = AuditCheck.objects.all()
    assert {(each.stage, each.settle_pi, each.pi) for each in checks} == {("done", 1e-9, 1.0)}
    assert not waiting_rows("auditor_checks")
    set_check_rule(SYSTEM, plan=desk.plan, share_right=0, share_wrong=0, now=desk.now)
    desk.judge("ada", "Safe")
    assert checks.count() == 2


def test_the_same_key_is_the_same_answer_and_nobody_answers_what_she_does_not_hold(desk: Desk) -> None:
    desk.judge("ada", "Safe")
    ben, eva = desk.actor("ben"), desk.actor("eva")
    check = take_check(ben, now=desk.now)
    assert check is not None
    said: dict[str, Any] = {"check_id": check.pk, "answer": {"label": "Safe"}, "now": desk.now}
    with pytest.raises(NotNow, match="not in your hands"):
        answer_check(eva, client_key="k" * 12, **said)
    with pytest.raises(Invalid):
        answer_check(ben, client_key="k" * 12, **said | {"answer": {"label": "Perhaps"}})
    made = answer_check(ben, client_key="k" * 12, **said)
    assert answer_check(ben, client_key="k" * 12, **said) == made
    with pytest.raises(Invalid, match="another audit"):
        answer_check(eva, client_key="k" * 12, **said)
    held = take_check(eva, now=desk.now)
    assert held == take_check(eva, now=desk.now) == check
    return_check(eva, check_id=check.pk, now=desk.now)
    with pytest.raises(NotNow):
        return_check(eva, check_id=check.pk, now=desk.now)
    # Left lying, it is handed on.
    take_check(eva, now=desk.now)
    later = desk.now + timedelta(hours=1)
    other = desk.house.actor(desk.house.person("Fay", "quality_manager"))
    assert take_check(other, now=later) == check


def test_who_may_not_is_refused(desk: Desk) -> None:
    desk.judge("ada", "Safe")
    outsider = desk.house.actor(desk.house.person("Vera", "qa_specialist", organisation=desk.house.partner))
    assert take_check(outsider, now=desk.now) is None
    check = AuditCheck.objects.get()
    with pytest.raises(NotFound):
        answer_check(outsider, check_id=check.pk, answer={"label": "Safe"}, client_key="k" * 12, now=desk.now)
    with pytest.raises(Refused):
        set_check_rule(desk.actor("ada"), plan=desk.plan, share_right=1, share_wrong=1, now=desk.now)
    with pytest.raises(Invalid) as wrong:
        set_check_rule(SYSTEM, plan=desk.plan, share_right=2, share_wrong=1, settle_agreed=0, now=desk.now)
    assert sorted(wrong.value.fields) == ["settle_agreed", "share_right"]
    with pytest.raises(Refused):
        add_scorecard(desk.actor("ada"), programme=desk.house.programme, name="Card", spec=CARD, now=NOW)


def test_a_scorecard_scores_what_stands_and_the_log_has_it_once(desk: Desk) -> None:
    programme, ada = desk.house.programme, desk.actor("ada")
    verdict = desk.judge("ada", "Unsafe")
    said: dict[str, Any] = {"marks": {"clause": "met", "severity": "met", "note": "missed"}, "now": desk.now}
    with pytest.raises(NotNow, match="No scorecard"):
        score_verdict(ada, verdict=verdict, client_key="s" * 12, **said)
    version = add_scorecard(SYSTEM, programme=programme, name="Card", spec=CARD, now=NOW)
    use_scorecard(SYSTEM, programme=programme, scorecard=version.scorecard, now=NOW)
    with pytest.raises(NotNow, match="Only whoever"):
        score_verdict(desk.actor("ben"), verdict=verdict, client_key="s" * 12, **said)
    with pytest.raises(Invalid) as wrong:
        score_verdict(ada, verdict=verdict, severity=9, cause="the moon", client_key="s", **said)
    assert sorted(wrong.value.fields) == ["cause", "client_key", "severity"]
    made = score_verdict(ada, verdict=verdict, severity=3, cause="haste", client_key="s" * 12, **said)
    assert (made.version, made.score, made.is_zeroed) == (version, 0.75, False)
    assert score_verdict(ada, verdict=verdict, severity=3, client_key="s" * 12, **said) == made
    told = [(row["sign"], row["score"], row["cause"]) for row in waiting_rows("audits")]
    assert told == [(1, None, None), (-1, None, None), (1, 0.75, "haste")]
    # Scored again by the version it was scored by, whatever was published since.
    publish_scorecard(
        SYSTEM, scorecard=version.scorecard, spec={**CARD, "causes": []}, what_changed="No causes", now=NOW
    )
    zeroed = score_verdict(
        ada,
        verdict=verdict,
        marks={"clause": "missed", "severity": "met", "note": "met"},
        client_key="t" * 12,
        now=desk.now,
    )
    assert (zeroed.version, zeroed.score, zeroed.replaces) == (version, 0.0, made)
    (standing,) = verdicts_that_stand()
    assert (standing["score"], standing["is_zeroed"], json.loads(standing["score_parts"])["record"]) == (0.0, True, 1.0)
    assert set(standing) == set(AUDITS.columns)
    # A corrected verdict takes its score out of the log with it.
    correct_verdict(ada, verdict=verdict, answer={"label": "Safe"}, client_key="c" * 12, now=desk.now)
    assert [(row["sign"], row["score"]) for row in waiting_rows("audits")][-2:] == [(-1, 0.0), (1, None)]
    with pytest.raises(NotNow, match="corrected"):
        score_verdict(ada, verdict=verdict, client_key="u" * 12, **said)


def test_a_plans_own_scorecard_comes_before_its_programmes(desk: Desk) -> None:
    from evenkeel.quality.queries.scorecards import scorecard_of

    programme = desk.house.programme
    general = add_scorecard(SYSTEM, programme=programme, name="General", spec=CARD, now=NOW)
    special = add_scorecard(SYSTEM, programme=programme, name="Special", spec=CARD, now=NOW)
    assert scorecard_of(desk.plan, at=NOW) is None
    use_scorecard(SYSTEM, programme=programme, scorecard=general.scorecard, now=NOW)
    assert scorecard_of(desk.plan, at=NOW) == general
    use_scorecard(SYSTEM, programme=programme, plan=desk.plan, scorecard=special.scorecard, now=NOW)
    assert scorecard_of(desk.plan, at=NOW) == special
    use_scorecard(SYSTEM, programme=programme, plan=desk.plan, scorecard=None, now=NOW)
    assert scorecard_of(desk.plan, at=NOW) is None


def test_what_was_said_cannot_be_changed(desk: Desk) -> None:
    names = {"checkrule", "checkanswer", "scorecardversion", "scorecarduse", "scoring"}
    assert {f"quality_{name}" for name in names} <= set(guarded_tables(connection))
    desk.judge("ada", "Safe")
    made: Model = desk.again("ben", "Unsafe")
    with pytest.raises(DatabaseError), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(label="Safe")  # type: ignore[attr-defined]
    assert AuditTask.objects.filter(closed_at=None).count() == 2
