"""Second audits, scorecards, auditors and SOP checks on pages and by the API: three people each."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenkeel.ground import clock
from evenkeel.people import Person
from evenkeel.policy import publish_sop, read_rows
from evenkeel.quality import AuditCheck, Scorecard, Scoring, Verdict, draw_due, set_check_rule, start_plan
from evenkeel.quality.models import CheckAnswer, CheckRule, ScorecardUse
from evenkeel.quality.rules.auditors import Pair, alignment, has_drifted, latent_errors
from evenkeel.quality.rules.scorecard_text import read_scorecard, written_scorecard
from evenkeel.quality.rules.scorecards import check_scorecard
from evenkeel.work.acts.predictions import NewPrediction, add_predictions
from evenkeel.work.tests.factories import make_policy

from .conftest import NOW, SYSTEM, House
from .test_scorecard_rules import CARD

LINES = """Policy (3)
  Right clause (2) critical
  Right severity partly n/a
Record
  A note n/a
Causes: haste; unclear guideline
Pass from: 85 %"""


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.django_db
def test_a_verdict_is_scored_audited_again_and_settled_at_one_desk(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: house.later)
    plan = start_plan(SYSTEM, programme=house.programme, name="Random", rate=1, now=NOW)
    made = house.decide(house.person("Mo", "moderator"), ["Safe"])
    said = NewPrediction(item_key=made[0].item.key, answer={"label": "Unsafe"}, model="model-seven")
    add_predictions(SYSTEM, programme=house.programme, predictions=[said], now=NOW)
    draw_due(house.later)
    ada, ben = (client_of(house.person(name, "qa_specialist")) for name in ("Ada", "Ben"))
    eva = client_of(house.person("Eva", "quality_manager"))
    mo = client_of(house.person("Moa", "moderator"))

    # Second audits are set by whoever edits plans.
    url = f"/quality/plans/{plan.pk}/checks/"
    shares = {"share_right": "100", "share_wrong": "100", "settle_agreed": "100"}
    assert (ada.get(url).status_code, mo.get(url).status_code) == (403, 404)
    assert eva.get(url).status_code == 200
    assert eva.post(url, shares | {"settle_agreed": "0"}).status_code == 422
    assert eva.post(url, shares, follow=True).status_code == 200
    assert CheckRule.objects.get().share_wrong == 1.0

    # The scorecard is written as lines, with a preview, and used for all of the programme.
    assert ada.get("/quality/scorecards/new/").status_code == 403
    assert "Line 1: a point stands" in eva.post("/quality/scorecards/preview/", {"lines": "  A point"}).text
    assert "75.0" in eva.post("/quality/scorecards/preview/", {"lines": LINES}).text
    new = {"programme": str(house.programme.pk), "name": "Card", "lines": "Empty section"}
    assert eva.post("/quality/scorecards/new/", new).status_code == 422
    assert eva.post("/quality/scorecards/new/", new | {"lines": LINES}).status_code == 302
    card = Scorecard.objects.get()
    assert eva.post(f"/quality/scorecards/{card.pk}/use/", {"plan": ""}).status_code == 302
    assert ScorecardUse.objects.get().plan is None
    for client, status in ((eva, 200), (ada, 200), (mo, 403)):
        assert client.get("/quality/scorecards/").status_code == status
    assert ada.post(f"/quality/scorecards/{card.pk}/", {"lines": LINES}).status_code == 403
    page = eva.get(f"/quality/scorecards/{card.pk}/").text
    assert "Right clause (2) critical" in page

    # The first audit: blind, then scored; a model's word comes after the verdict alone.
    desk = ada.post("/quality/audits/take/", follow=True)
    assert "model-seven" not in desk.text
    at = desk.redirect_chain[-1][0]
    done = ada.post(
        f"{at}verdict/", {"answer-label": "Unsafe", "client_key": "v" * 12, "comment": "A slur."}, follow=True
    )
    assert "A model (model-seven) had said: Breaks the rules." in done.text
    assert "Right severity" in done.text
    marks = {"score-right_clause": "met", "score-right_severity": "na", "score-client_key": "s" * 12}
    assert ada.post(f"{at}scoring/", marks).status_code == 422
    kept = ada.post(f"{at}scoring/", marks | {"score-a_note": "missed", "score-cause": "haste"}, follow=True)
    assert "The scorecard is kept." in kept.text
    assert (Scoring.objects.get().score, Scoring.objects.get().cause) == (0.75, "haste")

    # The second audit, at the same desk, shows nothing of the first; nor does the page of one who does not hold it.
    check = AuditCheck.objects.get()
    for client in (ada, eva, mo):
        assert client.get(f"/quality/checks/{check.pk}/").status_code in (403, 404)
    for client, sees in ((ada, True), (ben, False), (eva, False)):
        assert ("slur" in client.get(f"/quality/draws/{check.draw_id}/").text) is sees
        since = {"since": NOW.isoformat(), "until": (house.later + timedelta(days=1)).isoformat()}
        assert bool(client.get("/api/v1/quality/verdicts", since).json()) is sees
    assert "1 second audit" in ben.get("/quality/audits/").text
    desk = ben.post("/quality/audits/take/", follow=True)
    assert desk.redirect_chain[-1][0] == f"/quality/checks/{check.pk}/"
    for secret in ("slur", "Ada", "Mo<", "model-seven"):
        assert secret not in desk.text
    wrong = ben.post(f"/quality/checks/{check.pk}/answer/", {"client_key": "b" * 12})
    assert wrong.status_code == 422
    done = ben.post(
        f"/quality/checks/{check.pk}/answer/", {"answer-label": "Safe", "client_key": "b" * 12}, follow=True
    )
    assert "Your answer is kept" in done.text
    assert "slur" not in done.text

    # The case: both answers, no names, and settled once.
    desk = eva.post("/quality/audits/take/", follow=True)
    assert "Two audits, without names" in desk.text
    for shown, name in (("A slur.", "Ada"), ("Breaks the rules", "Ben")):
        assert shown in desk.text
        assert name not in desk.text
    eva.post(f"/quality/checks/{check.pk}/answer/", {"answer-label": "Safe", "client_key": "e" * 12})
    assert CheckAnswer.objects.filter(stage="expert").get().is_right
    assert Verdict.objects.get().is_right is False

    # Each auditor her own record, who leads them everybody's.
    everybody, own = eva.get("/quality/auditors/").text, ada.get("/quality/auditors/").text
    assert [bool(re.search(rf"\b{name}\b", page)) for name, page in (("Ada", everybody), ("Ben", everybody), ("Ben", own))] == [
        True, True, False,
    ]  # fmt: skip
    assert "Errors from doubles alone" not in own
    assert mo.get("/quality/auditors/").status_code == 403


@pytest.mark.django_db
def test_sop_checks_have_a_page_with_a_dry_run_and_their_false_alarms(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: house.later)
    policy = make_policy()
    type(house.queue).objects.filter(pk=house.queue.pk).update(policy=policy)
    start_plan(SYSTEM, programme=house.programme, name="Random", rate=1, now=NOW)
    mo = house.person("Mo", "moderator")
    house.decide(mo, ["Safe", "Unsafe"])
    draw_due(house.later)
    eva, ada = client_of(house.person("Eva", "quality_manager")), client_of(house.person("Ada", "qa_specialist"))
    url, trial = f"/policy/{policy.pk}/sops/", f"/quality/sops/{policy.pk}/trial/"
    for client, status in ((eva, 200), (ada, 200), (client_of(mo), 200)):
        assert client.get(url).status_code == status
    assert ada.post(url, {"rows": "warn | label is Safe | Look."}).status_code == 403
    assert eva.post(url, {"rows": "warn | label | Look."}).status_code == 422
    assert "Row 1: “label” is no comparison" in eva.post(trial, {"rows": "warn | label | Look."}).text
    assert "1 decision would have met it" in eva.post(trial, {"rows": "warn | label is Unsafe | Look."}).text
    assert eva.post(url, {"rows": "warn | label is Safe | Look once more."}).status_code == 302
    assert "Look once more." in ada.get(url).text
    assert client_of(mo).post(trial, {"rows": ""}).status_code == 403


@pytest.mark.django_db
def test_false_alarms_are_counted_from_audits_of_what_went_ahead_and_of_what_was_stopped(house: House) -> None:
    from evenkeel.ground.errors import Invalid
    from evenkeel.quality import give_verdict, take_audit
    from evenkeel.quality.queries.sops import sop_records
    from evenkeel.work import NewItem, add_items, decide, fill_queue, take_batch

    policy = make_policy()
    type(house.queue).objects.filter(pk=house.queue.pk).update(policy=policy)
    start_plan(SYSTEM, programme=house.programme, name="Random", rate=1, now=NOW)
    rows = "warn | label is Safe | Once more.\nblock | label is Unsure | Decide."
    table = publish_sop(SYSTEM, policy=policy, rows=read_rows(rows), now=NOW)
    made = add_items(
        SYSTEM, programme=house.programme, items=[NewItem(key=f"s{n}", content={"text": "A post."}) for n in range(3)], now=NOW
    )  # fmt: skip
    fill_queue(SYSTEM, queue=house.queue, item_ids=[item.id for item in made], now=NOW)
    mo = house.actor(house.person("Mo", "moderator"))
    # Warned and passed over; warned and changed; blocked and changed.
    for number, answers in enumerate((("Safe", "Safe"), ("Safe", "Unsafe"), ("Unsure", "Unsafe"))):
        (lease, *_rest) = take_batch(mo, queue=house.queue, now=NOW)
        for at, label in enumerate(answers):
            said: dict[str, Any] = {"answer": {"label": label}, "client_key": f"key-{number}-{at}-00000000"}
            if at == 0:
                with pytest.raises(Invalid):
                    decide(mo, lease_id=lease.id, now=NOW, **said)
            else:
                decide(mo, lease_id=lease.id, now=NOW, **said)
    draw_due(house.later)
    ada = house.actor(house.person("Ada", "qa_specialist"))
    for label in ("Safe", "Unsafe", "Unsure"):
        task = take_audit(ada, now=house.later)
        assert task is not None
        give_verdict(ada, task_id=task.pk, answer={"label": label}, client_key=f"v-{task.pk}", now=house.later)
    warn, block = sop_records(SYSTEM, table.pk)
    assert (warn.fired, warn.stopped, warn.went_ahead, warn.audited) == (2, 1, 1, 2)
    # The first was right all along; the second was put right by the warning.
    assert warn.false_alarms.value == 0.5
    # What was blocked is what the auditor holds to be right.
    assert (block.fired, block.stopped, block.audited, block.false_alarms.value) == (1, 1, 1, 1.0)


@pytest.mark.django_db
def test_the_api_takes_settles_and_scores(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: house.later)
    plan = start_plan(SYSTEM, programme=house.programme, name="Random", rate=1, now=NOW)
    house.decide(house.person("Mo", "moderator"), ["Safe"])
    draw_due(house.later)
    set_check_rule(SYSTEM, plan=plan, share_right=1, share_wrong=1, settle_agreed=1, now=NOW)
    ada, ben = (client_of(house.person(name, "qa_specialist")) for name in ("Ada", "Ben"))
    eva = client_of(house.person("Eva", "quality_manager"))

    def post(client: Client, path: str, said: Any) -> Any:
        return client.post(f"/api/v1/quality/{path}", said, content_type="application/json")

    card = post(eva, "scorecards", {"programme_id": str(house.programme.pk), "name": "Card", "spec": CARD}).json()
    assert post(eva, f"scorecards/{card['scorecard_id']}/uses", {}).status_code == 200
    assert post(
        ada, "scorecards", {"programme_id": str(house.programme.pk), "name": "B", "spec": CARD}
    ).status_code in (403, 404)
    task = post(ada, "audits/take", {}).json()
    verdict = post(ada, f"audits/{task['id']}/verdict", {"answer": {"label": "Unsafe"}, "client_key": "v" * 12}).json()
    marks = {"clause": "met", "severity": "met", "note": "na"}
    scored = post(ada, f"verdicts/{verdict['id']}/scoring", {"marks": marks, "client_key": "s" * 12})
    assert scored.json()["score"] == 1.0
    second = post(ben, "checks/take", {}).json()
    assert (second["stage"], second["others"]) == ("second", [])
    answered = post(ben, f"checks/{second['id']}/answer", {"answer": {"label": "Safe"}, "client_key": "b" * 12})
    assert answered.json()["label"] == "Safe"
    assert post(ben, "checks/take", {}).status_code == 204
    case = post(eva, "checks/take", {}).json()
    assert (case["stage"], case["others"]) == ("expert", ["Safe", "Unsafe"])
    assert post(eva, f"checks/{case['id']}/return", {}).status_code == 204
    wrong = post(eva, f"checks/{case['id']}/answer", {"answer": {"label": "Safe"}, "client_key": "e" * 12})
    assert (wrong.status_code, wrong["Content-Type"]) == (409, "application/problem+json")


def test_lines_and_specification_say_the_same() -> None:
    spec = check_scorecard(read_scorecard(LINES))
    assert written_scorecard(spec) == LINES
    assert [point["name"] for point in spec["sections"][0]["points"]] == ["right_clause", "right_severity"]
    assert spec["pass_from"] == 0.85


def test_alignment_falls_when_intervals_part_and_doubles_tell_errors() -> None:
    assert has_drifted(alignment(95, 100), alignment(70, 100))
    assert not has_drifted(alignment(19, 20), alignment(16, 20))
    assert latent_errors([Pair(group="a", first_right=True, second_right=True, agreed=True)] * 99) is None
    # 0.9 and 0.8 of 1,000 decisions each, right in 95 % and in 50 %, in exact proportions.
    pairs = []
    for group, share in (("easy", 0.95), ("hard", 0.5)):
        for first in (True, False):
            for second in (True, False):
                right = (0.9 if first else 0.1) * (0.9 if second else 0.1)
                wrong = (0.2 if first else 0.8) * (0.2 if second else 0.8)
                n = round(1_000 * (share * right + (1 - share) * wrong))
                pair = Pair(group=group, first_right=first, second_right=second, agreed=first == second)
                pairs += [pair] * n
    found = latent_errors(pairs)
    assert found is not None
    assert found.finds_right.value == pytest.approx(0.9, abs=0.01)
    assert found.finds_wrong.value == pytest.approx(0.8, abs=0.01)
