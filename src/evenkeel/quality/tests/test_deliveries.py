"""Deliveries: what is drawn of them, how they are judged, and how strictly the next one is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from evenkeel.ground import clock
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.kernel import Switching
from evenkeel.people import Person
from evenkeel.quality import AcceptanceScheme, AuditTask, Batch, Draw, SamplingPlan
from evenkeel.quality.acts.deliveries import end_scheme, hand_in, judge_due, resume_inspection, start_scheme
from evenkeel.quality.models import BatchVerdict, Inspection, Verdict
from evenkeel.quality.rules.deliveries import Terms, digest_of, plan_for, risks_of, sample_of, state_after
from evenkeel.work import Decision, NewItem, add_items

from .conftest import NOW, SYSTEM, House, worker_of

LATER = NOW + timedelta(days=1)


# ------------------------------------------------------------------ rules


def test_a_plan_that_does_not_fit_the_lot_gives_way() -> None:
    assert plan_for(Terms(aql=1.5, plan_type="double"), lot=5000, inspection="normal")["sizes"] == [125, 125]
    small = plan_for(Terms(aql=0.65, plan_type="double"), lot=10, inspection="normal")
    assert (small["sizes"], small["looks_at_all"]) == ([10], True)
    assert plan_for(Terms(aql=4.0), lot=500, inspection="tightened")["accept"] == [3]


def test_a_sample_follows_from_salt_and_ids_alone() -> None:
    ids = [uuid4() for _n in range(300)]
    first = sample_of(ids, salt=7, sizes=[20, 30])
    assert first == sample_of(ids[::-1], salt=7, sizes=[20, 30])
    drawn = [id_ for part in first for id_, _u in part]
    assert len(set(drawn)) == 50
    assert max(u for _id, u in first[0]) <= min(u for _id, u in first[1])
    assert digest_of(ids) == digest_of(ids[::-1]) != digest_of(ids[1:])


def test_each_decision_of_a_lot_has_the_same_chance() -> None:
    ids = [UUID(int=(n << 64) + n * 7919) for n in range(40)]
    seen = dict.fromkeys(ids, 0)
    for salt in range(2_000):
        for id_, _u in sample_of(ids, salt=salt, sizes=[8])[0]:
            seen[id_] += 1
    # 400 expected of each, with a standard deviation of 18.
    assert 320 < min(seen.values()) <= max(seen.values()) < 480


def test_risks_are_those_of_the_plan() -> None:
    risks = risks_of(plan_for(Terms(aql=4.0), lot=500, inspection="normal"), aql=4.0)  # 50, 5/6
    assert (round(risks.accepts_at, 3), round(risks.rejects_at, 3)) == (0.054, 0.178)
    assert risks.at_aql == pytest.approx(0.986, abs=5e-4)


@pytest.mark.parametrize(
    ("errors", "stage"),
    [
        ([9, 0, 0, 9], "tightened"),
        ([9, 0, 0, 0, 0, 9], "normal"),
        ([0] * 10, "reduced"),
        ([9, 9, 0, 0, 0, 0, 0], "normal"),
        ([9] * 7, "stopped"),
    ],
)
def test_inspection_switches_as_the_standard_says(errors: Sequence[int], stage: str) -> None:
    terms, state = Terms(aql=4.0), Switching()
    for found in errors:
        plan = plan_for(terms, lot=500, inspection=state.stage)
        state = state_after(state, terms, plan, lot=500, errors=[found], is_steady=True)
    assert state.stage == stage


# ------------------------------------------------------------------ acts


@pytest.fixture
def scheme(house: House) -> AcceptanceScheme:
    return start_scheme(
        SYSTEM,
        programme=house.programme,
        organisation=house.partner,
        name="Weekly",
        aql=4.0,
        now=NOW - timedelta(days=1),
    )


def decisions(house: House, person: Person, n: int, *, at: datetime = NOW) -> list[Decision]:
    """So many decisions of the person, as a vendor's tool would have sent them."""
    worker = worker_of(person)
    items = [NewItem(key=f"lot-{next(house.numbers)}", content={"text": "x"}) for _n in range(n)]
    made = add_items(SYSTEM, programme=house.programme, items=items, now=at)
    return Decision.objects.bulk_create(
        Decision(
            programme=house.programme, queue=house.queue, item=item, worker=worker, organisation=worker.organisation,
            form_version=house.form, label="Safe", origin="api", decided_at=at,
        )
        for item in made
    )  # fmt: skip


def deliver(house: House, scheme: AcceptanceScheme, day: int, *, n: int = 30, now: datetime | None = None) -> Batch:
    at = NOW + timedelta(days=day)
    person = Person.objects.filter(email__startswith="vic").first() or house.person(
        "Vic", "moderator", organisation=house.partner
    )
    decisions(house, person, n, at=at)
    return hand_in(
        SYSTEM, scheme=scheme, name=f"Day {day}", from_at=at, until_at=at + timedelta(hours=1),
        now=now or at + timedelta(days=1),
    )  # fmt: skip


def judge(house: House, batch: Batch, *, wrong: int, error: str = "wrong_selection") -> int:
    """Auditors judge whatever waits of it, the first so many wrong."""
    auditor = worker_of(Person.objects.filter(email__startswith="ada").first() or house.person("Ada", "qa_specialist"))
    for place, task in enumerate(AuditTask.objects.filter(draw__batch_draw__batch=batch, closed_at=None)):
        is_right = place >= wrong
        Verdict.objects.create(
            draw=task.draw, auditor=auditor, label="Safe", is_right=is_right, error_class="" if is_right else error,
            client_key=uuid4().hex, audited_at=batch.handed_in_at,
        )  # fmt: skip
        AuditTask.objects.filter(pk=task.pk).update(closed_at=batch.handed_in_at)
    return judge_due(batch.handed_in_at + timedelta(minutes=1))


def test_a_delivery_is_drawn_audited_and_accepted(house: House, scheme: AcceptanceScheme) -> None:
    batch = deliver(house, scheme, 0)  # 30 decisions, II, 4 %: letter D, 8 looked at, none wrong... arrow to 13, 1/2
    size = batch.sizes[0]
    draws = Draw.objects.filter(batch_draw__batch=batch)
    assert (batch.lot, draws.count(), {draw.plans for draw in draws}) == (30, size, {0})
    assert {round(draw.pi, 12) for draw in draws} == {round(size / 30, 12)}
    assert judge_due(LATER) == 0
    assert judge(house, batch, wrong=batch.plan["accept"][0]) == 1
    verdict = BatchVerdict.objects.get()
    assert (verdict.is_accepted, verdict.seen, verdict.wrong) == (True, size, batch.plan["accept"][0])
    assert judge_due(LATER + timedelta(days=9)) == 0
    assert Inspection.objects.get().stage == "normal"


def test_a_technical_error_is_nobodys(house: House, scheme: AcceptanceScheme) -> None:
    judge(house, deliver(house, scheme, 0), wrong=5, error="technical_error")
    assert BatchVerdict.objects.get().errors == [0]


def test_two_rejected_tighten_five_more_discontinue_and_people_resume(house: House, scheme: AcceptanceScheme) -> None:
    stages = []
    for day in range(7):
        judge(house, deliver(house, scheme, day), wrong=30)
        stages.append(Inspection.objects.order_by("-id")[0].stage)
    assert stages == ["normal", "tightened", "tightened", "tightened", "tightened", "tightened", "stopped"]
    with pytest.raises(NotNow) as refused:
        deliver(house, scheme, 8)
    assert refused.value.code == "discontinued"
    late = NOW + timedelta(days=20)
    with pytest.raises(Invalid):
        resume_inspection(SYSTEM, scheme=scheme, why=" ", now=late)
    resume_inspection(SYSTEM, scheme=scheme, why="Retrained; 200 checked by us.", now=late)
    assert deliver(house, scheme, 20).inspection == "tightened"


def test_two_samples_are_drawn_one_after_the_other(house: House) -> None:
    double = start_scheme(
        SYSTEM, programme=house.programme, organisation=house.partner, name="Double", aql=4.0, level="III",
        plan_type="double", now=NOW,
    )  # fmt: skip
    batch = deliver(house, double, 0, n=150)
    assert len(batch.sizes) == 2
    assert judge(house, batch, wrong=batch.plan["accept"][0] + 1) == 0
    assert AuditTask.objects.filter(draw__batch_draw__stage=2).count() == batch.sizes[1]
    assert judge(house, batch, wrong=0) == 1
    verdict = BatchVerdict.objects.get()
    assert (verdict.errors, verdict.seen, verdict.is_accepted) == (
        [batch.plan["accept"][0] + 1, 0],
        sum(batch.sizes),
        True,
    )


def test_a_rejected_delivery_is_sent_in_again_once_and_moves_nothing(house: House, scheme: AcceptanceScheme) -> None:
    first = deliver(house, scheme, 0)
    judge(house, first, wrong=30)
    again = hand_in(
        SYSTEM, scheme=scheme, name="Again", from_at=NOW, until_at=LATER, resubmits=first, now=NOW + timedelta(days=2)
    )
    looked_at = set(Draw.objects.filter(batch_draw__batch=first).values_list("decision_id", flat=True))
    assert not looked_at & set(Draw.objects.filter(batch_draw__batch=again).values_list("decision_id", flat=True))
    judge(house, again, wrong=0)
    assert Inspection.objects.count() == 1
    with pytest.raises(Invalid):
        hand_in(
            SYSTEM, scheme=scheme, name="3", from_at=NOW, until_at=LATER, resubmits=first, now=NOW + timedelta(days=3)
        )


def test_a_delivery_that_cannot_be_is_refused_by_field(house: House, scheme: AcceptanceScheme) -> None:
    deliver(house, scheme, 0)
    hour = timedelta(hours=1)
    usual: dict[str, Any] = {"scheme": scheme, "name": "x", "now": LATER}
    cases: list[tuple[dict[str, Any], str]] = [
        ({"from_at": NOW, "until_at": NOW + hour}, "from_at"),
        ({"from_at": NOW + hour, "until_at": NOW}, "until_at"),
        ({"from_at": NOW + hour, "until_at": NOW + 2 * hour}, "from_at"),  # nothing in it
        ({"from_at": NOW + 20 * hour, "until_at": LATER}, "until_at"),  # may still be taken back
        ({"from_at": NOW + 2 * hour, "until_at": NOW + 3 * hour, "name": ""}, "name"),
    ]
    for said, field in cases:
        with pytest.raises(Invalid) as refused:
            hand_in(SYSTEM, **(usual | said))
        assert list(refused.value.fields) == [field]
    with pytest.raises(Invalid):
        start_scheme(SYSTEM, programme=house.programme, organisation=house.partner, name="x", aql=3.0, now=NOW)
    end_scheme(SYSTEM, scheme=scheme, now=LATER)
    with pytest.raises(NotNow):
        hand_in(SYSTEM, scheme=scheme, name="x", from_at=NOW + hour, until_at=NOW + 2 * hour, now=LATER)


def test_a_deliverys_sample_is_in_no_plan_of_the_lists(house: House, scheme: AcceptanceScheme) -> None:
    assert SamplingPlan.objects.get().design == SamplingPlan.DELIVERIES
    assert scheme.plan.is_running


# ------------------------------------------------------------------ pages and API


def test_who_sees_and_does_what_on_the_pages(
    house: House, scheme: AcceptanceScheme, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=3))
    batch = deliver(house, scheme, 0)
    manager = house.person("Qi", "quality_manager")
    vendor = house.person("Vera", "vendor_manager", organisation=house.partner)
    stranger = house.person("Mo", "moderator")

    def get(person: Person, name: str, *args: Any) -> Any:
        client.force_login(person)
        return client.get(reverse(f"quality:{name}", args=args))

    for person in (manager, vendor):
        assert "Weekly" in get(person, "deliveries").content.decode()
        page = get(person, "scheme", scheme.pk).content.decode()
        assert "Hand in a delivery" in page
        assert ("End the agreement" in page) == (person is manager)
        shown = get(person, "delivery", batch.pk).content.decode()
        assert "told with the verdict" in shown
        assert str(batch.salt) not in shown
    assert get(stranger, "delivery", batch.pk).status_code == 404
    assert get(vendor, "certificate_pdf", batch.pk).status_code == 409
    assert get(vendor, "agree").status_code == 403
    judge(house, batch, wrong=30)
    told = get(vendor, "certificate", batch.pk).content.decode()
    assert "Rejected" in told
    assert batch.digest in told
    assert str(batch.salt) in told
    assert get(stranger, "certificate_pdf", batch.pk).status_code == 404
    paper = get(vendor, "certificate_pdf", batch.pk)
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    with pytest.raises(Refused):
        start_scheme(
            house.actor(vendor), programme=house.programme, organisation=house.partner, name="Own", aql=10.0, now=NOW
        )


def test_a_scheme_is_agreed_and_a_delivery_handed_in_on_the_pages(
    house: House, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=3))
    client.force_login(house.person("Qi", "quality_manager"))
    said = {"place": f"{house.programme.pk}:{house.partner.pk}", "name": "Weekly", "aql": "2.5", "level": "II"}
    assert client.post(reverse("quality:agree"), said | {"aql": "3"}).status_code == 422
    client.post(reverse("quality:agree"), said | {"plan_type": "single", "allows_reduced": "on"})
    scheme = AcceptanceScheme.objects.get()
    assert (scheme.aql, scheme.organisation, scheme.allows_reduced) == (2.5, house.partner, True)
    decisions(house, house.person("Vic", "moderator", organisation=house.partner), 20)
    url = reverse("quality:hand_in", args=[scheme.pk])
    assert client.post(url, {"name": "March"}).status_code == 422
    day = NOW.date().isoformat()
    client.post(url, {"name": "March", "first_on": day, "last_on": day, "queue": str(house.queue.pk)})
    assert Batch.objects.get().lot == 20
