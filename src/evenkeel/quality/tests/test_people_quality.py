"""What is said about people: skill for whoever leads them, unclear clauses left out, limits of exposure, words forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from evenkeel.ground import clock
from evenkeel.ground.errors import NotNow
from evenkeel.ground.tests.outbox import waiting_rows
from evenkeel.quality import (
    Dispute,
    Draw,
    Gold,
    GoldAnswer,
    Verdict,
    arbitrate,
    draw_due,
    import_golds,
    raise_dispute,
    take_audit,
    take_dispute,
)
from evenkeel.quality.erasing import forget_words
from evenkeel.quality.models import IntegrityLook, IntegrityRun, LookOutcome
from evenkeel.quality.queries.skill import skill_of
from evenkeel.quality.queries.worth_discussing import items_worth_discussing
from evenkeel.quality.skill_keeping import keep_skill
from evenkeel.work import escalate, note_seen, set_tier, take_batch
from evenkeel.work.acts.escalations import decide_escalation

from .conftest import NOW, SYSTEM, worker_of
from .people_world import People, build_people

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[People]:
    """One world for the module, taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_people()
        transaction.set_rollback(True)


@pytest.fixture
def at(world: People, db: None, monkeypatch: pytest.MonkeyPatch) -> People:
    """The world; what a test changes is taken back."""
    monkeypatch.setattr(clock, "now", lambda: world.golds.now)
    return world


def page(client: Client, person: Any, name: str, *args: object, **said: str) -> tuple[int, str]:
    client.force_login(person)
    answer = client.get(reverse(name, args=args), said)
    return answer.status_code, b"".join(answer).decode() if answer.streaming else answer.content.decode()


def test_skill_is_kept_and_written_only_where_it_changed(at: People) -> None:
    assert keep_skill(at.golds.now) == 0
    before = {each.name: each.golds.n for each in skill_of(at.worker.pk, by="class")}
    assert sum(before.values()) == GoldAnswer.objects.filter(worker=at.worker).count() > 0
    Gold.objects.filter(pk=GoldAnswer.objects.filter(worker=at.worker)[0].gold_id).update(state=Gold.RETIRED)
    assert keep_skill(at.golds.now) > 0
    assert sum(each.golds.n for each in skill_of(at.worker.pk, by="class")) == sum(before.values()) - 1
    assert keep_skill(at.golds.now + 92 * DAY) > 0
    assert skill_of(at.worker.pk, by="class") == []


def test_skill_is_hers_and_of_whoever_leads_her(at: People, client: Client) -> None:
    mo = at.worker.pk
    status, own = page(client, at.mo, "quality:skill", mo)
    assert status == 200
    assert "Chat safety: Unsafe" in own
    assert "1 audit is left out" in own
    assert reverse("quality:skill", args=[mo]) in page(client, at.mo, "quality:mine")[1]
    for person in (at.edda, at.lea):
        assert page(client, person, "quality:skill", mo, by="policy")[0] == 200
        assert "Mo" in page(client, person, "quality:people_skill")[1]
    assert page(client, at.mo, "quality:people_skill")[0] == 403
    assert page(client, at.pia, "quality:skill", mo)[0] == 404
    assert page(client, at.vera, "quality:skill", mo)[0] == 404
    assert page(client, at.vera, "quality:skill", worker_of(at.pia).pk)[0] == 200
    assert "Mo" not in page(client, at.vera, "quality:people_skill", export="csv")[1]
    client.force_login(at.lea)
    said = client.get(f"/api/v1/quality/workers/{mo}/skill").json()
    rows = {row["name"]: row for row in said["rows"]}
    # Two of three audits are held against her, one of them right; every golden item she met she answered right.
    assert said["left_to_policy"] == 1
    assert (rows["Chat safety: Safe"]["audits"]["value"], rows["Chat safety: Unsafe"]["audits"]["value"]) == (1.0, 0.0)
    assert sum(row["golds"]["n"] for row in said["rows"]) == GoldAnswer.objects.count() > 0
    assert all(row["golds"]["is_thin"] for row in said["rows"])


def test_a_verdict_keeps_whether_it_counts_for_the_policy(at: People) -> None:
    of_mo = Verdict.objects.filter(draw__decision__worker=at.worker).order_by("id")
    assert list(of_mo.values_list("counts_for_policy", flat=True)) == [False, False, True]
    rows = waiting_rows("audits")
    assert [row["counts_for_policy"] for row in rows] == [False, False, True]
    assert {row["clause"] for row in rows} == {None}


def test_she_sees_a_golden_item_once_nobody_meets_it_any_more(at: People, client: Client) -> None:
    answer = GoldAnswer.objects.select_related("gold__item").order_by("id")[0]
    key = answer.gold.item.key
    assert key not in page(client, at.mo, "quality:mine")[1]
    Gold.objects.filter(pk=answer.gold_id).update(state=Gold.RETIRED)
    assert key in page(client, at.mo, "quality:mine")[1]
    assert key not in page(client, at.pia, "quality:mine")[1]


def test_limits_of_exposure_hold_for_auditors_and_arbitrators(at: People) -> None:
    house, now = at.house, at.golds.now
    # Wellness is no room that quality may know: its tables are asked for by name.
    limits, seen = apps.get_model("wellness", "ExposureLimit"), apps.get_model("wellness", "Exposure")
    limits.objects.create(organisation=house.house, severity_from=3, minutes_a_day=4)
    finding = Verdict.objects.filter(draw__decision__worker=at.worker, is_right=False).order_by("id")[0]
    raise_dispute(house.actor(at.mo), verdict=finding, reason="policy_two_ways", text="It is fine, ask Mo.", now=now)
    assert take_audit(house.actor(at.ada), now=now) is not None
    note_seen(worker_of(at.edda).pk, seconds=300, severity=3, now=now)
    with pytest.raises(NotNow) as refused:
        take_dispute(house.actor(at.edda), now=now)
    assert refused.value.code == "exposure-limit"
    egon = at.golds.experts[1]
    found = take_dispute(house.actor(egon), now=now)
    assert found is not None
    made = arbitrate(
        house.actor(egon), dispute=found, answer={"label": "Safe"}, reason="clear_case", text="Mo was right.",
        now=now + timedelta(minutes=5),
    )  # fmt: skip
    assert made.verdict is not None
    assert (made.verdict.counts_for_policy, made.verdict.is_by_dispute) == (False, True)
    counted = {name: sum(rows.values_list("seconds", flat=True)) for name, rows in (
        ("egon", seen.objects.filter(worker__person=egon)), ("ada", seen.objects.filter(worker__person=at.ada)),
    )}  # fmt: skip
    assert counted == {"egon": 300, "ada": 180}
    assert [item.pk for item in items_worth_discussing(house.programme.pk, how="disputed", n=5)] == [
        finding.draw.decision.item_id
    ]
    assert not items_worth_discussing(house.programme.pk, how="settled", n=5)
    _erased_words_are_gone(at)


def _erased_words_are_gone(at: People) -> None:
    run = IntegrityRun.objects.create(week_on=NOW.date(), people=9, limit=0.01, ran_at=NOW)
    look = IntegrityLook.objects.create(
        run=run, detector="late_rush", worker=at.worker, chance=0.001, evidence={"faster": 0.5}, opened_at=NOW
    )
    LookOutcome.objects.create(look=look, disposition="talk", reason="Mo was ill.", by=at.edda, at=NOW)
    # What people's erasure calls, once every row points at the pseudonym.
    forget_words(at.worker.pk)
    assert set(Dispute.objects.values_list("text", "settlement__text")) == {("", "")}
    assert list(LookOutcome.objects.values_list("reason", "look__evidence")) == [("", {})]


def test_golden_items_come_from_a_table_with_a_report(at: People) -> None:
    keys = [item.key for item in at.golds.items(3)]
    rows: list[dict[str, Any]] = [
        {"item": keys[0], "answer": "Safe", "rationale": "Harmless.", "difficulty": 3},
        {"item": keys[1], "answer": "Purple", "rationale": " "},
        {"item": "nowhere", "answer": "Safe", "rationale": "x"},
        {"item": keys[2], "answer": "Safe", "rationale": "x", "for_exams": "perhaps"},
    ]
    said: dict[str, Any] = {"programme": at.house.programme, "form": at.house.form.form, "now": at.golds.now}
    found = import_golds(SYSTEM, rows=rows, **said)
    faults = [(each.row, each.column) for each in found.bad]
    assert faults == [(2, "answer"), (2, "rationale"), (3, "item"), (4, "for_exams")]
    assert (found.proposed, Gold.objects.filter(provenance="import").count()) == (0, 0)
    assert import_golds(SYSTEM, rows=rows, skip_bad=True, **said).proposed == 1
    assert import_golds(SYSTEM, rows=rows[:1], **said).known == 1


def test_the_room_has_one_page_of_ways_and_seven_in_the_menu(at: People, client: Client) -> None:
    from evenkeel.ground.pages import _menu

    sections = {str(each.title): each for each in _menu(at.house.actor(at.edda), "/quality/golds/")}
    ways = sections["Quality"].items
    assert len(ways) <= 7
    assert [way.title for way in ways if way.is_current] == ["Golden items"]
    shown = page(client, at.edda, "quality:overview")[1]
    for name in ("people_skill", "gates", "deliveries", "looks", "imports", "agreements", "clauses", "scorecards"):
        assert reverse(f"quality:{name}") in shown
    assert page(client, at.mo, "quality:overview")[0] == 403


def test_a_tiers_ruling_on_a_golden_item_says_nothing_about_the_item(at: People) -> None:
    """Handed up unseen as golden, it is no audited decision, no harm found, and nothing that others act on."""
    house, golds, now = at.house, at.golds, at.golds.now
    set_tier(SYSTEM, programme=house.programme, level=1, name="Seniors", minutes=60, now=now)
    senior = house.person("Sol", "specialist")
    golds.golds(6)
    golds.items(12, queue=house.queue)
    leases = take_batch(house.actor(at.pia), queue=house.queue, now=now)
    golden = next(lease for lease in leases if lease.planted_id is not None)
    raised = escalate(house.actor(at.pia), lease_id=golden.pk, reason="language", now=now)
    assert raised is not None
    made = decide_escalation(house.actor(senior), escalation=raised, answer={"label": "Unsafe"}, now=now)
    assert (made.origin, made.planted, made.violates) == ("tier", True, None)
    draw_due(now + DAY)
    assert not Draw.objects.filter(decision=made).exists()
