"""Actions: opened, planned before they start, approved, checked by themselves, taken up again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from evenkeel.ground import trail
from evenkeel.ground.changes import changes_between
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.improve import (
    Action,
    EffectCheck,
    EffectPlan,
    Windows,
    approve_plan,
    begin_action,
    check_effect,
    checked_actions,
    close_investigation,
    drop_action,
    extend_plan,
    finish_action,
    freeze_plan,
    lessons,
    note_lesson,
    open_action,
    open_investigation,
    set_action_rules,
)
from evenkeel.improve.acts import hand_over_action, reschedule_action
from evenkeel.improve.jobs_actions import check_effects, watch_for_returns
from evenkeel.improve.models import ReopenedCase
from evenkeel.improve.queries_actions import causes_found
from evenkeel.improve.rules_plans import Frozen, sha256_of
from evenkeel.improve.rules_proofs import Figures, prove
from evenkeel.improve.words_actions import because_text
from evenkeel.measure.models import Series, Signal
from evenkeel.people.models import Notice

from .plant import AFTER, BASELINE, START, WEEK, WEEKS, Plant, matched
from .story import FAULT, FIRST, LAST, NOW, actor_of

pytestmark = pytest.mark.django_db
REASON = "The first weeks had a holiday in them."


@pytest.fixture
def running(plant: Plant) -> Action:
    """An action under way, its plan frozen and approved."""
    action = plant.opened()
    plan = plant.frozen(action)
    approve_plan(plant.manager, action=action, sha256=plan.sha256, now=NOW)
    return begin_action(plant.lead, action=action, now=NOW)


def test_from_plan_to_verdict(plant: Plant, running: Action) -> None:
    plan = EffectPlan.objects.get()
    assert plan.sha256 == sha256_of(plan.document), "whoever holds the document can repeat the sign"
    assert Frozen.read(plan.document).past["enough_weeks"] <= 8  # type: ignore[operator]
    check_effects(AFTER - timedelta(days=2))
    assert not EffectCheck.objects.exists(), "the last audits have not come yet"
    check_effects(AFTER)
    check_effects(AFTER)
    check = EffectCheck.objects.get()
    running.refresh_from_db()
    assert (running.state, check.verdict, check.because) == ("effective", "effective", "fulfils")
    assert check.effect["low"] > 0.02
    assert check.effect["low"] < 0.05 < check.effect["high"]
    assert [step.state for step in running.steps.all()] == ["draft", "planned", "running", "effective"]
    # The same data version gives the same verdict, however often.
    frozen = Frozen.read(plan.document)
    assert prove(frozen, Figures.read(check.data)).written() == check.found
    assert sha256_of(check.data) == check.data_sha256
    assert {each["name"] for each in check.found["looks"]} >= {"placebo", "changed_clusters"}
    # 4 teams, 8 weeks, 1,200 decisions a week each.
    assert check.benefit["volume"] == 4 * 8 * 1200
    assert check.benefit["errors"]["value"] == pytest.approx(check.effect["value"] * 38_400)
    assert Notice.objects.filter(title__startswith="The check of an action is here").exists()
    told = changes_between(plant.manager, since=START, until=AFTER.date() + WEEK, programmes=[running.programme_id])
    assert [each.title for each in told] == ["Action begins: Explain gift cards", "Effective: Explain gift cards"]
    assert plan.checks.first() == check
    with pytest.raises(DatabaseError), transaction.atomic():
        EffectPlan.objects.update(sha256="0")
    with pytest.raises(DatabaseError), transaction.atomic():
        EffectCheck.objects.update(verdict="not_effective")


def test_a_plan_that_cannot_see_its_target_is_refused_with_what_would_do(plant: Plant) -> None:
    action = plant.opened()
    with pytest.raises(Invalid) as refused:
        plant.frozen(action, expected=0.02, window_weeks=3)
    assert refused.value.code == "too-weak"
    assert "weeks (" in refused.value.sentence
    assert "audits) would do" in refused.value.sentence
    assert not EffectPlan.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"starts_on": NOW.date()}, "starts_on"),
        ({"metric": "turnaround_p90"}, "metric"),
        ({"expected": 0.01, "least": 0.02}, "expected"),
        ({"expected": 0.5}, "expected"),
        ({"baseline_weeks": 2}, "baseline_weeks"),
        ({"negative_control": "accuracy"}, "negative_control"),
        ({"negative_control": "decided"}, "negative_control"),
        ({"dimension": ""}, "dimension"),
        ({"comparison": "magic"}, "comparison"),
        ({"others": []}, "others"),
        ({"comparison": "coaching"}, "coached"),
        ({"aim": "keep"}, "least"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(plant: Plant, said: dict[str, Any], field: str) -> None:
    action = plant.opened()
    with pytest.raises(Invalid) as refused:
        plant.frozen(action, **said)
    assert list(refused.value.fields) == [field]
    assert action.state == "draft"


def test_units_of_other_vendors_are_no_comparison(plant: Plant) -> None:
    action = plant.opened()
    with pytest.raises(Invalid) as refused:
        plant.frozen(action, others=[plant.story.desk.pk, *(team.pk for team in plant.teams[4:6])])
    assert list(refused.value.fields) == ["others"]


def test_the_plan_is_frozen_and_approved_before_the_start(plant: Plant) -> None:
    action = plant.opened()
    with pytest.raises(NotNow):
        begin_action(plant.lead, action=action, now=NOW)
    first = plant.frozen(action)
    second = plant.frozen(action, expected=0.045)
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(NotNow) as refused:
        approve_plan(plant.manager, action=action, sha256=first.sha256, now=NOW)
    assert refused.value.code == "other-plan"
    with pytest.raises(NotNow) as refused:
        begin_action(plant.lead, action=action, now=NOW)
    assert refused.value.code == "not-approved"
    with pytest.raises(NotNow) as refused:
        approve_plan(plant.lead, action=action, sha256=second.sha256, now=NOW)
    assert refused.value.code == "own-plan"
    set_action_rules(plant.manager, programme=plant.story.programme, is_confirmed=True, now=NOW)
    for confirmed_at in (None, NOW - timedelta(minutes=6), NOW + timedelta(minutes=1)):
        with pytest.raises(NotNow) as refused:
            approve_plan(plant.manager, action=action, sha256=second.sha256, confirmed_at=confirmed_at, now=NOW)
        assert refused.value.code == "confirm"
    approve_plan(plant.manager, action=action, sha256=second.sha256, confirmed_at=NOW - timedelta(minutes=1), now=NOW)
    late = NOW + (START - NOW.date()) + timedelta(days=1)
    with pytest.raises(NotNow) as refused:
        begin_action(plant.lead, action=action, now=late)
    assert refused.value.code == "start-passed"
    begin_action(plant.lead, action=action, now=NOW)
    with pytest.raises(NotNow) as refused:
        plant.frozen(action)
    assert refused.value.code == "begun"


def test_a_failed_action_takes_its_investigation_up_again(plant: Plant) -> None:
    found = open_investigation(
        plant.lead, title="Gift cards", programme=plant.story.programme, organisation=plant.story.vendor,
        windows=Windows(baseline_since=FIRST, since=FAULT, until=LAST), now=NOW,
    )  # fmt: skip
    action = open_action(
        plant.lead, title="Idle", kind="preventive", what="Nothing that helps.", due_on=START, investigation=found,
        cause="knowledge_gap", now=NOW,
    )  # fmt: skip
    assert (action.organisation, action.where_name) == (plant.story.vendor, "Northline")
    # The last four are said to be changed, and are not: the others get better meanwhile.
    plan = freeze_plan(
        plant.lead, action=action, now=NOW,
        asked=matched(plant, changed={t.pk: START for t in plant.teams[4:]}, others=[t.pk for t in plant.teams[:4]]),
    )  # fmt: skip
    approve_plan(plant.manager, action=action, sha256=plan.sha256, now=NOW)
    begin_action(plant.lead, action=action, now=NOW)
    close_investigation(plant.lead, investigation=found, cause="knowledge_gap", summary="They had not read it at all.",
                        now=NOW)  # fmt: skip
    assert [each.cause for each in causes_found(plant.lead)] == ["knowledge_gap"]
    check = check_effect(plant.lead, action=action, now=AFTER)
    assert check.verdict == "not_effective"
    found.refresh_from_db()
    again = ReopenedCase.objects.get()
    assert (again.why, again.was_closed, again.investigation) == ("not_effective", True, found)
    assert type(found).objects.get(pk=found.pk).is_open
    with pytest.raises(NotNow):
        check_effect(plant.lead, action=action, now=AFTER)


def test_what_comes_back_is_noticed(plant: Plant, running: Action) -> None:
    check_effects(AFTER)
    later = AFTER + timedelta(days=20)
    place = {"organisation": plant.story.vendor, "site": plant.story.site, "team": plant.teams[1]}

    def signal(team: Any, side: int) -> Signal:
        series = Series.objects.create(
            metric="accuracy", kind="team", programme=plant.story.programme, target_id=team.pk,
            baseline_from_on=FIRST, **place | {"team": team},
        )  # fmt: skip
        said = {"value": 0.9, "low": 0.8, "high": 0.95, "n": 50, "n_effective": 50.0, "method": "w", "level": 0.95}
        return Signal.objects.create(
            series=series, programme=plant.story.programme, where_name=str(team), metric="accuracy", side=side,
            rule="beyond", first_on=later.date(), last_on=later.date(), before=said, after=said, change=said,
            raised_at=later, **place | {"team": team},
        )  # fmt: skip

    signal(plant.teams[0], 1)
    signal(plant.teams[6], -1)
    watch_for_returns(later)
    running.refresh_from_db()
    assert running.state == "effective", "better, or elsewhere"
    came = signal(plant.teams[1], -1)
    watch_for_returns(later)
    watch_for_returns(later)
    running.refresh_from_db()
    assert running.state == "recurred"
    assert running.recurrences.get().signal == came


def test_a_check_that_cannot_tell_may_wait_longer_once(plant: Plant) -> None:
    action = plant.opened()
    plan = plant.frozen(action, extension_weeks=2, least=0.05, expected=0.095)
    approve_plan(plant.manager, action=action, sha256=plan.sha256, now=NOW)
    begin_action(plant.lead, action=action, now=NOW)
    with pytest.raises(NotNow):
        extend_plan(plant.lead, action=action, weeks=2, reason=REASON, now=NOW)
    first = check_effect(plant.lead, action=action, now=AFTER)
    assert (first.verdict, first.because) == ("cannot_tell", "both")
    for weeks, reason, field in ((3, REASON, "weeks"), (2, "no", "reason")):
        with pytest.raises(Invalid) as refused:
            extend_plan(plant.lead, action=action, weeks=weeks, reason=reason, now=AFTER)
        assert list(refused.value.fields) == [field]
    extend_plan(plant.lead, action=action, weeks=2, reason=REASON, now=AFTER)
    for number, team in enumerate(plant.teams):
        plant.weeks(team, lambda _week: 0.10, seed=50 + number, weeks=range(WEEKS, WEEKS + 2))
    check_effects(AFTER + timedelta(days=7))
    assert EffectCheck.objects.count() == 1
    check_effects(AFTER + timedelta(days=14))
    assert [check.until - plan.until for check in EffectCheck.objects.all()] == [timedelta(0), timedelta(days=14)]


def test_a_metric_that_must_not_move_unmasks_something_else(plant: Plant) -> None:
    for number, team in enumerate(plant.teams):
        drop = 0.10 if number < 4 else 0.0
        plant.weeks(team, lambda week, drop=drop: 0.30 - drop * (week >= BASELINE), seed=90 + number,  # type: ignore[misc]
                    metric="action_rate")  # fmt: skip
    action = plant.opened()
    plan = plant.frozen(action, negative_control="action_rate")
    approve_plan(plant.manager, action=action, sha256=plan.sha256, now=NOW)
    begin_action(plant.lead, action=action, now=NOW)
    check = check_effect(plant.lead, action=action, now=AFTER)
    assert (check.verdict, check.because) == ("cannot_tell", "control_moved")
    assert "something else happened" in because_text(
        check.because, Frozen.read(plan.document), checked_actions(plant.lead)[0].improvement
    )


def test_coaching_is_measured_without_luck(plant: Plant) -> None:
    # Everybody errs one time in ten for good; six were picked for a bad stretch, and nothing is done.
    bad = {n: (0.16, 0.10) if n < 6 else (0.10, 0.10) for n in range(24)}
    workers = plant.people(bad, seed=3)
    action = plant.opened(team=plant.teams[0])
    asked = matched(plant, comparison="coaching", coached=workers[:6], expected=0.05)
    with pytest.raises(Refused):
        freeze_plan(actor_of(plant.story.person("qa_specialist")), action=action, asked=asked, now=NOW)
    plan = freeze_plan(plant.lead, action=action, asked=asked, now=NOW)
    assert str(workers[0].pk) not in str(plan.document)
    approve_plan(plant.manager, action=action, sha256=plan.sha256, now=NOW)
    begin_action(plant.lead, action=action, now=NOW)
    check = check_effect(plant.lead, action=action, now=AFTER)
    assert check.verdict != "effective"
    assert check.found["plain"] > 0.03, "at first sight they are better"
    assert check.found["luck"] > 0.01, "and part of it was luck"
    assert check.effect["value"] < check.found["plain"]
    assert "worker" not in str(check.data)


def test_a_containment_claims_nothing(plant: Plant) -> None:
    action = plant.opened(kind="containment")
    begin_action(plant.lead, action=action, now=NOW)
    done = finish_action(plant.lead, action=action, reason="The queue is closed.", now=NOW)
    assert done.state == "done"
    with pytest.raises(NotNow):
        drop_action(plant.lead, action=action, reason="Not wanted any more.", now=NOW)


def test_actions_are_handed_over_moved_and_dropped(plant: Plant) -> None:
    action = plant.opened()
    with pytest.raises(Invalid):
        hand_over_action(plant.lead, action=action, owner=plant.story.person("moderator"), now=NOW)
    assert hand_over_action(plant.lead, action=action, owner=plant.story.manager, now=NOW).owner == plant.story.manager
    reschedule_action(plant.lead, action=action, due_on=START + WEEK, reason="Slides are late.", now=NOW)
    with pytest.raises(Invalid):
        drop_action(plant.lead, action=action, reason="no", now=NOW)
    drop_action(plant.lead, action=action, reason="Another programme does it.", now=NOW)
    assert [entry.verb for entry in trail.history(action)][:3] == ["dropped", "rescheduled", "handed over"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"), ({"kind": "x"}, "kind"), ({"what": "-"}, "what"), ({"cause": "x"}, "cause"),
        ({"due_on": FIRST}, "due_on"), ({"programme": None}, "programme"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(plant: Plant, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        plant.opened(**said)
    assert list(refused.value.fields) == [field]


def test_others_may_not(plant: Plant, running: Action) -> None:
    for roles in ("qa_specialist", "moderator"):
        actor = actor_of(plant.story.person(roles))
        with pytest.raises(Refused):
            drop_action(actor, action=running, reason="Because I say so.", now=NOW)
    stranger = actor_of(plant.story.person("lead", organisation=plant.story.house, target=plant.story.desk))
    with pytest.raises(Refused):
        plant.lead and drop_action(stranger, action=running, reason="Because I say so.", now=NOW)
    with pytest.raises(Refused):
        set_action_rules(plant.lead, programme=plant.story.programme, now=NOW)
    with pytest.raises(Invalid):
        set_action_rules(plant.manager, programme=plant.story.programme, cents_per_error=-1, now=NOW)


def test_lessons_are_found_by_their_words(plant: Plant, running: Action) -> None:
    note_lesson(plant.lead, action=running, what_worked="Too early to say.", now=NOW)
    note_lesson(plant.lead, action=running, what_worked="Examples side by side.", what_did_not="The quiz.", now=NOW)
    assert [lesson.what_did_not for lesson in lessons(plant.lead, "examples gift")] == ["The quiz."]
    assert not lessons(plant.lead, "examples webinar")
    assert not lessons(actor_of(plant.story.person("moderator")), "examples")


def test_effective_and_idle_actions_are_told_apart(plant: Plant) -> None:
    """A short form of bench/effects_of_actions.py: a team that got better, and one that did not."""
    said = []
    for team in (plant.teams[1], plant.teams[6]):
        action = plant.opened(team=team)
        asked = matched(plant, comparison="before_after", expected=0.045)
        plan = freeze_plan(plant.lead, action=action, asked=asked, now=NOW)
        approve_plan(plant.manager, action=action, sha256=plan.sha256, now=NOW)
        begin_action(plant.lead, action=action, now=NOW)
        said.append(check_effect(plant.lead, action=action, now=AFTER).verdict == "effective")
    assert said == [True, False]
