"""An investigation of any figure: taken apart by the log's rows, with cases drawn from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from evenkeel.ground import log
from evenkeel.ground.errors import Invalid
from evenkeel.ground.ids import uuid7
from evenkeel.ground.tests.worlds import made_once
from evenkeel.improve import Investigation, Windows, open_investigation, replay, run_again
from evenkeel.improve.drivers import how_of
from evenkeel.improve.sources import find_source
from evenkeel.measure import Apart, Days, change_cells, explained, metrics, roll_up
from evenkeel.measure.base import FigureMetric
from evenkeel.measure.models import DayParts
from evenkeel.people import Team
from evenkeel.quality import Dispute
from evenkeel.quality.models import DisputeReason
from evenkeel.work import DECISIONS, Decision
from evenkeel.work.facts import decision_row

from .story import FAULT, FIRST, LAST, NOW, Story, actor_of

pytestmark = pytest.mark.django_db
WINDOWS = Windows(baseline_since=FIRST, since=FAULT, until=LAST + timedelta(days=1))


def _slow() -> Story:
    """From the fault on team B takes three times as long over pictures of nothing: 60 s instead of 20 s."""
    story = Story.told()
    rows = list(Decision.objects.filter(programme=story.programme))
    for place, decision in enumerate(rows):
        is_slow = decision.team_id == story.team_b.pk and decision.decided_at.date() >= FAULT
        decision.active_ms = (60_000 if is_slow else 20_000) + 100 * (place % 37)
    with transaction.atomic():
        log.append(DECISIONS, [decision_row(decision) for decision in rows])
    log.flush(NOW)
    roll_up(now=NOW)
    return story


@pytest.fixture(scope="module")
def _told(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    with made_once(django_db_blocker, tmp_path_factory.mktemp("slow"), _slow) as given:
        yield given


@pytest.fixture
def slow(_told: Any, db: None, data_dir: Path) -> Story:
    """A month in which team B got slow."""
    found: Story = _told(data_dir)
    return found


def opened(story: Story, metric: str, **where: Any) -> Investigation:
    return open_investigation(
        actor_of(story.manager),
        title="Why?",
        metric=metric,
        programme=story.programme,
        windows=WINDOWS,
        now=NOW,
        **where,
    )


@pytest.mark.parametrize("metric", ["handle_time", "handle_time_p90"])
def test_it_finds_the_team_that_got_slow(slow: Story, metric: str) -> None:
    found = opened(slow, metric)
    first = found.drivers.order_by("rank")[0]
    assert found.scan["verdict"] == "localised"
    assert (first.title, first.is_cause, first.people) == (str(slow.team_b), True, 5)
    assert str(slow.team_b) in found.statement
    cases = list(found.cases.select_related("decision"))
    assert cases
    slow_ones = [case for case in cases if case.decided.team_id == slow.team_b.pk]
    assert len(slow_ones) > len(cases) / 2, "what speaks against the figure is drawn, and most of that is theirs"
    assert all(case.value and case.value >= 60_000 for case in slow_ones)
    assert not any(case.verdict for case in cases)
    assert replay(found).agrees
    assert run_again(actor_of(slow.manager), investigation=found, now=NOW)[1:] == ([], []), (
        "the recipe gives the same again"
    )


def test_days_of_a_part_are_left_out_of_the_logs_rows(slow: Story) -> None:
    end, team = LAST + timedelta(days=1), str(slow.team_b.pk)
    before_, now_ = Days(since=FIRST, until=FAULT), Days(since=FAULT, until=end)
    apart = [Apart(since=FAULT, until=end, where={"team": team})]

    def teams(left_out: list[Apart]) -> list[set[str]]:
        found = change_cells(
            "handle_time", programme_id=slow.programme.pk, where={}, before=before_, now=now_, apart=left_out
        )
        return [{cell.values["team"] for cell in window} for window in found]

    before, now = teams([])
    assert team in now
    assert teams(apart) == [before, now - {team}]


def test_a_share_of_audits_keeps_the_verdicts(slow: Story) -> None:
    found = opened(slow, "wrong_selection")
    first = found.drivers.order_by("rank")[0]
    assert str(slow.team_b) in first.title
    assert first.is_cause
    assert all(case.verdict is not None and not case.verdict.is_right for case in found.cases.all())


def test_a_count_is_taken_apart_by_the_answers_that_were_given(slow: Story) -> None:
    found = opened(slow, "decided")
    titles = {driver.title for driver in found.drivers.filter(is_cause=True)}
    assert titles == {f"{slow.team_b} × Allowed listing", f"{slow.team_b} × Scam listing"}, (
        "scams were taken for allowed"
    )
    assert found.cases.exists()


@pytest.mark.parametrize("metric", ["cost_per_correct", "cost_of_poor_quality"])
def test_money_is_taken_apart_by_place_and_shows_the_errors(slow: Story, metric: str) -> None:
    days = (LAST - FIRST).days + 1
    for number in range(days):
        day = FIRST + timedelta(days=number)
        for team in Team.objects.filter(site__organisation__is_house=False):
            cents = 6_000 if team.pk == slow.team_b.pk and day >= FAULT else 2_000
            DayParts.objects.create(
                id=uuid7(), metric="costs", day=day, programme=slow.programme, organisation=team.site.organisation,
                site=team.site, team=team, n=1, w=1, wy=cents, ww=1, wwy=cents, wwyy=cents**2,
            )  # fmt: skip
    found = opened(slow, metric)
    first = found.drivers.order_by("rank")[0]
    assert found.scan["verdict"] == "localised"
    assert (first.title, first.is_cause, first.people) == (str(slow.team_b), True, 5)
    cases = list(found.cases.select_related("verdict"))
    assert cases
    assert all(case.verdict and not case.verdict.is_right for case in cases), "what failed is what money was lost on"
    assert replay(found).agrees


def test_a_cost_that_nobody_knows_and_what_is_no_figure(slow: Story) -> None:
    found = opened(slow, "cost_per_correct")
    assert (found.scan["verdict"], found.drivers.count()) == ("no_data", 0)
    found = opened(slow, "turnaround_with_open")
    assert (found.scan["verdict"], found.drivers.count(), found.cases.count()) == ("no_parts", 0, 0)
    with pytest.raises(Invalid):
        opened(slow, "fleiss_kappa")


def test_pages_speak_in_the_unit_of_the_metric(slow: Story, client: Client) -> None:
    found = opened(slow, "handle_time")
    client.force_login(slow.manager)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "1 min 02 s" in page
    assert "Handle time: <strong>" in page
    rows = client.get(f"/improve/drivers/{found.drivers.order_by('rank')[0].pk}/").content.decode()
    assert "speak against the figure" in rows
    assert "1 min 0" in rows
    assert client.get(f"{found.get_absolute_url()}why/").status_code == 200


def test_every_figure_of_a_programme_says_how_it_is_taken_apart() -> None:
    kinds = [kind for kind in metrics if issubclass(kind, FigureMetric) and "programme" in kind.places]
    none = {kind.slug for kind in kinds if how_of(kind.slug) == "none"}
    assert none == {"turnaround_with_open"}
    assert {"overturn_rate", "dispute_rate", "golden_accuracy", "turnaround"} <= {
        kind.slug for kind in kinds if explained(kind.slug).has_cases
    }


def test_a_program_works_in_the_room(slow: Story, client: Client) -> None:
    found = opened(slow, "handle_time", queue=slow.queue)
    client.force_login(slow.manager)
    base = f"/api/v1/improve/investigations/{found.pk}"

    def post(path: str, **said: Any) -> Any:
        return client.post(path, said, content_type="application/json").json()

    case = found.cases.first()
    assert case is not None
    coded = post(f"/api/v1/improve/cases/{case.pk}/codings", cause="tool", severity=3)
    assert (coded["cause"], coded["severity"], coded["draw_id"]) == ("tool", 3, None)
    why = post(f"{base}/whys", body="The new form loads slowly.", branch="tool", case_id=str(case.pk))
    assert [each["depth"] for each in post(f"{base}/whys", body="It asks for pictures.", under_id=why[0]["id"])] == [
        1,
        2,
    ]
    bone = {each["branch"]: each for each in client.get(f"{base}/fishbone").json()}
    assert (bone["tool"]["causes"], len(bone["tool"]["answers"]), len(bone)) == ({"tool": 1}, 1, 7)
    assert client.get(f"{base}/accountability").json()["derived"] == "unknown", "a handle time counts no errors"
    assert post(f"{base}/runs")["is_same"]
    assert post(f"{base}/validations")["status"] == 409, "whoever investigated does not validate"
    said = post(f"{base}/recommendations", kind="policy", body="Say what to do when pictures do not load.")
    assert said[0]["change_request_id"], "a recommendation about the policy asks for the change"
    refused = post(f"{base}/closing", cause="tool", summary="The new form loads all pictures first.")
    assert refused["code"] == "not-validated", "a grave case asks for a second person"
    page = client.get(f"{found.get_absolute_url()}why/").content.decode()
    assert "The change asked for" in page
    assert f"recommendation={said[0]['id']}" in page


def test_disputes_like_one_another_open_one_investigation(slow: Story, client: Client) -> None:
    verdict = next(each for each in slow.verdicts if not each.is_right)
    reason = DisputeReason.objects.filter(side=DisputeReason.RAISING).first() or DisputeReason.objects.create(
        side=DisputeReason.RAISING, slug="unclear", title="Unclear"
    )
    decision = verdict.draw.decision
    dispute = Dispute.objects.create(
        verdict=verdict, kind=Dispute.PERSON, programme=slow.programme, queue=slow.queue, worker=decision.worker,
        organisation_id=decision.organisation_id, auditor=slow.auditor, reason=reason, text="It is a gift card.",
        raised_at=NOW, due_at=NOW,
    )  # fmt: skip
    client.force_login(slow.manager)
    page = client.get(f"/quality/disputes/{dispute.pk}/").content.decode()
    address = f"/improve/investigations/new/?source=disputes&amp;source_id={dispute.pk}"
    assert address in page
    form = client.get(address.replace("&amp;", "&")).content.decode()
    assert '<option value="dispute_rate" selected>' in form
    source = find_source(actor_of(slow.manager), kind="disputes", source_id=dispute.pk)
    made = open_investigation(
        actor_of(slow.manager), title="Why?", metric=source.metric, programme=slow.programme, windows=WINDOWS,
        source=source, now=NOW,
    )  # fmt: skip
    assert made.get_absolute_url() in client.get(f"/quality/disputes/{dispute.pk}/").content.decode()
    assert f"/quality/disputes/{dispute.pk}/" in client.get(made.get_absolute_url()).content.decode()
