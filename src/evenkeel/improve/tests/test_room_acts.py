"""The investigation room: recipes, second codings, whys, rulings, validation. What is done, what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid, NotFound, NotNow, Refused
from evenkeel.improve import (
    Investigation,
    Source,
    Windows,
    add_why,
    begin_validation,
    code_blind,
    code_case,
    code_for_validation,
    draw_evidence,
    end_validation,
    open_investigation,
    recommend,
    rule_accountability,
    run_again,
    set_error_cost,
    strike_why,
    word_cause,
)
from evenkeel.improve.accountable import derived
from evenkeel.improve.coding import agreement_of, codings_for, costs_of, paretos_of, second_share
from evenkeel.improve.models import AccountabilityRuling, InvestigationSource, RecipeRun, Validation
from evenkeel.improve.sources import find_source
from evenkeel.improve.validating import is_validated
from evenkeel.improve.wordings import causes_now
from evenkeel.work import open_incident

from .story import FAULT, FIRST, LAST, NOW, SYSTEM, Story, actor_of
from .test_evidence import always_wrong

pytestmark = pytest.mark.django_db
WINDOWS = Windows(baseline_since=FIRST, since=FAULT, until=LAST + timedelta(days=1))
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def lead(story: Story) -> Actor:
    return actor_of(story.person("lead", name="Lena"))


@pytest.fixture
def found(story: Story, lead: Actor) -> Investigation:
    return open_investigation(lead, title="Why?", programme=story.programme, windows=WINDOWS, now=NOW)


def code_all(actor: Actor, found: Investigation, cause: str = "knowledge_gap") -> None:
    for case in found.cases.all():
        code_case(actor, case=case, cause=cause, severity=3, now=NOW)


def test_a_recipe_gives_the_same_again_or_says_what_is_different(
    story: Story, lead: Actor, found: Investigation
) -> None:
    made, result, data = run_again(lead, investigation=found, now=LATER)
    assert (result, data) == ([], [])
    first = RecipeRun.objects.get(purpose="look")
    assert made.digest == first.digest
    assert first.recipe["dimensions"]
    assert first.data["facts"]["audits"]["rows"] == len(story.verdicts)
    story.audit(story.workers, [LAST], always_wrong, at=NOW + timedelta(hours=1))
    _again, result, data = run_again(lead, investigation=found, now=LATER)
    assert "figure_current" in {each.kind for each in result}
    assert {each.kind for each in data} == {"audits_now", "log"}
    with pytest.raises(DatabaseError), transaction.atomic():
        first.delete()


def test_a_source_has_one_investigation(story: Story, lead: Actor) -> None:
    incident = open_incident(SYSTEM, programme=story.programme, title="Scams everywhere", impact=2, urgency=2, now=NOW)
    source = find_source(lead, kind="incident", source_id=incident.pk)
    assert (source.title, source.programme_id) == ("Scams everywhere", story.programme.pk)
    asked: dict[str, Any] = {"title": "Why?", "programme": story.programme, "windows": WINDOWS, "now": NOW}
    made = open_investigation(lead, source=source, **asked)
    assert InvestigationSource.objects.get(investigation=made).url == incident.get_absolute_url()
    with pytest.raises(NotNow):
        open_investigation(lead, source=source, **asked)
    with pytest.raises(NotFound):
        find_source(lead, kind="moon", source_id=incident.pk)
    other = Source(kind="dispute_cluster", id=story.queue.pk, title="Many disputes")
    open_investigation(lead, source=other, **asked)


def test_a_second_person_codes_a_share_blind(story: Story, lead: Actor, found: Investigation) -> None:
    second = actor_of(story.person("lead", name="Tom"))
    share = second_share(found)
    cases = {case.pk: case for case in found.cases.all()}
    code_all(lead, found)
    assert codings_for(second, found).keys() == cases.keys() - set(share), "what the first said is hidden"
    assert codings_for(lead, found).keys() == cases.keys()
    inside = cases[share[0]]
    with pytest.raises(NotNow):
        code_blind(lead, case=inside, cause="tool", severity=2, now=NOW)  # her own
    with pytest.raises(NotNow):
        code_blind(
            second, case=next(case for pk, case in cases.items() if pk not in share), cause="tool", severity=2, now=NOW
        )
    for place, pk in enumerate(share):
        code_blind(second, case=cases[pk], cause="tool" if place == 0 else "knowledge_gap", severity=2, now=NOW)
    with pytest.raises(NotNow):
        code_blind(second, case=inside, cause="tool", severity=2, now=NOW)  # once and for good
    with pytest.raises(NotNow):
        code_case(second, case=inside, cause="tool", now=NOW)
    said = agreement_of(found)
    assert said.cases == len(share)
    assert said.percent.value == pytest.approx((len(share) - 1) / len(share))
    assert codings_for(second, found).keys() == cases.keys()


def test_a_muddled_cause_is_locked_until_it_is_worded_anew(story: Story, lead: Actor) -> None:
    second, manager = actor_of(story.person("lead", name="Tom")), actor_of(story.manager)
    cases = []
    for number in range(2):
        made = open_investigation(lead, title=f"Why {number}?", programme=story.programme, windows=WINDOWS, now=NOW)
        cases += [case for case in made.cases.all() if case.pk in second_share(made)]
    for place, case in enumerate(cases[:10]):
        one, other = ("attention", "tool") if place % 2 else ("tool", "attention")
        code_case(lead, case=case, cause=one, now=NOW)
        code_blind(second, case=case, cause=other, severity=1, now=NOW)
    with pytest.raises(Invalid) as refused:
        code_case(lead, case=cases[0], cause="attention", now=NOW)
    assert list(refused.value.fields) == ["cause"]
    said: dict[str, Any] = {
        "title": "Slip",
        "why": "Knew it, and erred once.",
        "branch": "people",
        "example": "Pressed 2 for 1.",
    }
    with pytest.raises(Refused):
        word_cause(lead, slug="attention", now=NOW, **said)
    assert word_cause(manager, slug="attention", now=NOW, **said).version == 2
    code_case(lead, case=cases[0], cause="attention", now=NOW)
    word_cause(manager, slug="voucher_clause", now=NOW, **said | {"branch": "policy"})
    assert causes_now()["voucher_clause"].is_own
    for wrong in ({"slug": "No!"}, {"branch": "moon"}, {"title": ""}):
        with pytest.raises(Invalid):
            word_cause(manager, **(said | {"slug": "x_y", "now": NOW} | wrong))


def test_causes_are_weighed_by_count_severity_and_money(story: Story, lead: Actor, found: Investigation) -> None:
    manager = actor_of(story.manager)
    code_all(lead, found)
    first = found.cases.first()
    assert first is not None
    code_case(lead, case=first, cause="tool", severity=1, error_class="technical_error", now=LATER)
    set_error_cost(manager, programme=story.programme, severity=3, cost_cents=450, currency="EUR", now=NOW)
    with pytest.raises(Invalid):
        set_error_cost(manager, programme=story.programme, severity=1, cost_cents=450, currency="USD", now=NOW)
    with pytest.raises(Refused):
        set_error_cost(lead, programme=story.programme, severity=1, cost_cents=450, currency="EUR", now=NOW)
    said = paretos_of(found, codings_for(lead, found), costs_of(story.programme.pk))
    assert [line.cause for line in said["count"]] == ["knowledge_gap", "tool"]
    assert said["severity"][0].share.value > said["count"][0].share.value
    # Only what has a price: each knowledge gap stands for 1 / (odds of audit x odds of evidence) errors of 4.50.
    (money,) = said["money"]
    weight = 1 / (0.25 * first.pi)
    assert money.total.value == pytest.approx(450 * weight * (found.cases.count() - 1))
    assert money.total.low < money.total.value < money.total.high


def test_whys_go_five_deep_and_are_struck_not_deleted(story: Story, lead: Actor, found: Investigation) -> None:
    why = add_why(lead, investigation=found, body="They had not read the clause.", branch="people", now=NOW)
    for number in range(4):
        why = add_why(lead, investigation=found, body=f"Because, time {number}.", under=why, now=NOW)
    assert why.branch == "people"
    with pytest.raises(NotNow):
        add_why(lead, investigation=found, body="Too deep by one.", under=why, now=NOW)
    struck = strike_why(lead, why=why, now=NOW)
    with pytest.raises(NotNow):
        add_why(lead, investigation=found, body="Under nothing.", under=struck, now=NOW)
    for branch, body in (("moon", "Fine words."), ("tool", "x")):
        with pytest.raises(Invalid):
            add_why(lead, investigation=found, body=body, branch=branch, now=NOW)


def test_the_figures_say_who_answers_and_a_person_may_say_otherwise(
    story: Story, lead: Actor, found: Investigation
) -> None:
    said = derived(found)
    assert (said.party, said.why, said.spreads[0].name) == ("vendor", "one_vendor", "Northline")
    assert said.spreads[0].people_wrong >= 5
    reason = "The clause was published in English only, and the team reads Tagalog."
    rule_accountability(lead, investigation=found, party="client", reason=reason, now=NOW)
    ruling = AccountabilityRuling.objects.get()
    assert (ruling.party, ruling.derived) == ("client", "vendor")
    for party, said_why in (("moon", reason), ("vendor", "So.")):
        with pytest.raises(Invalid):
            rule_accountability(lead, investigation=found, party=party, reason=said_why, now=NOW)
    made = recommend(lead, investigation=found, kind="policy", body="Translate the clause.", now=NOW)
    assert made.kind == "policy"
    with pytest.raises(Invalid):
        recommend(lead, investigation=found, kind="moon", body="Translate the clause.", now=NOW)


def test_a_second_person_validates_or_finds_what_differs(story: Story, lead: Actor, found: Investigation) -> None:
    judge = actor_of(story.person("qa_specialist", name="Quinn"))
    with pytest.raises(NotNow):
        begin_validation(judge, investigation=found, now=NOW)  # nothing is coded
    code_all(lead, found)
    with pytest.raises(NotNow):
        begin_validation(lead, investigation=found, now=NOW)  # her own work
    with pytest.raises(Refused):
        begin_validation(actor_of(story.person("moderator")), investigation=found, now=NOW)
    for cause, state in (("tool", Validation.DIFFERS), ("knowledge_gap", Validation.VALIDATED)):
        begun = begin_validation(judge, investigation=found, now=NOW)
        with pytest.raises(NotNow):
            begin_validation(judge, investigation=found, now=NOW)  # one at a time
        with pytest.raises(NotNow):
            end_validation(judge, validation=begun, now=NOW)  # not coded yet
        assert not set(begun.sample) & {str(case) for case in codings_for(judge, found)}
        for case in found.cases.filter(pk__in=begun.sample):
            code_for_validation(judge, validation=begun, case=case, cause=cause, severity=3, now=NOW)
        ended = end_validation(judge, validation=begun, now=LATER)
        assert ended.state == state
        assert is_validated(found) == (state == Validation.VALIDATED)
    draw_evidence(lead, investigation=found, now=LATER)
    found.refresh_from_db()
    assert not is_validated(found), "the figures are no longer those that were validated"


def test_another_result_blocks_a_validation(story: Story, lead: Actor, found: Investigation) -> None:
    judge = actor_of(story.person("qa_specialist", name="Quinn"))
    code_all(lead, found)
    story.audit(story.workers, [LAST], always_wrong, at=NOW + timedelta(hours=1))
    begun = begin_validation(judge, investigation=found, now=LATER)
    for case in found.cases.filter(pk__in=begun.sample):
        code_for_validation(judge, validation=begun, case=case, cause="knowledge_gap", severity=3, now=LATER)
    ended = end_validation(judge, validation=begun, now=LATER)
    assert ended.state == Validation.DIFFERS
    assert "figure_current" in {each["kind"] for each in ended.findings["blocking"]}
    assert "audits_now" in {each["kind"] for each in ended.findings["data"]}
