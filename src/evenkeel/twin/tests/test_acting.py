"""A plan lived through acts: the wide twin's people and truth, as rows that open; and what may not be mixed with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from django.conf import LazySettings
from django.db import transaction

from evenkeel.ground.ids import ids_from
from evenkeel.people import Organisation, add_organisation
from evenkeel.quality import (
    AuditCheck,
    CalibrationAnswer,
    CalibrationSession,
    Dispute,
    Gold,
    GoldAnswer,
    Verdict,
)
from evenkeel.twin import acting, is_under_way, read_plan, run, run_by_acts
from evenkeel.twin.acting_day import Acted, end_shifts
from evenkeel.twin.kinds.scores.exposure import ExposureLimits
from evenkeel.twin.organisation import SYSTEM
from evenkeel.twin.scoring import Run
from evenkeel.twin.wide.day import Work, live_a_day
from evenkeel.twin.wide.mixing import NotEmpty, insist_on_room
from evenkeel.twin.wide.plan import AppealPlan, CalibrationPlan, GoldPlan, Plan
from evenkeel.twin.wide.staff import hire
from evenkeel.work import Appeal, Decision

pytestmark = pytest.mark.django_db


def tiny() -> Plan:
    """One day of three people who decide a few items each, all of them audited by auditors who often miss something."""
    plan = replace(read_plan("whole"), events=(), versions=(), days=1, golds=read_plan("small").golds)
    sites = tuple(
        replace(site, teams=1, people=1, accuracy=0.6, leavers_a_year=0.0, absence=0.0) for site in plan.sites
    )
    return replace(
        plan, sites=sites, habits=replace(plan.habits, hours=0.04), clock={"break": 15.0},
        audits=replace(plan.audits, rate=1.0, auditors=2, specificity=0.5, checked=0.0),
        disputes=replace(plan.disputes, rate_if_wrong=1.0, rate_if_right=0.0),
        appeals=AppealPlan(rate_if_wrong=0.0, rate_if_right=0.0),
    )  # fmt: skip


@pytest.mark.once
def test_acts_make_what_the_wide_twin_would_have_written(settings: LazySettings, tmp_path: Path) -> None:
    settings.EVENKEEL = replace(settings.EVENKEEL, data_dir=tmp_path)
    plan = tiny()
    ran = run_by_acts(plan, watches=False)
    work = live_a_day(plan, hire(plan, ()), (), 0)
    assert ran.decisions == len(work) == Decision.objects.count() > 8
    order = np.argsort(work.at, kind="stable")
    made = Decision.objects.order_by("decided_at").select_related("worker__site", "item")
    told = [
        (each.label, each.active_ms, each.worker.site.name if each.worker and each.worker.site else "") for each in made
    ]
    assert told == [
        (plan.labels[work.label[row]], int(work.seconds[row] * 1000), plan.sites[work.site[row]].name) for row in order
    ]
    assert ran.audits == Verdict.objects.filter(corrects=None).count() == len(work)
    assert Dispute.objects.count() > 0
    assert not Dispute.objects.filter(closed_at=None).exists()
    assert (tmp_path / "truth" / "cells.parquet").exists()
    with pytest.raises(NotEmpty, match="has an organisation already of the name Brightwater"):
        insist_on_room(plan, truth=tmp_path / "truth")


def test_a_run_that_was_broken_off_goes_on_and_does_nothing_twice(
    settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EVENKEEL = replace(settings.EVENKEEL, data_dir=tmp_path)
    plan = replace(tiny(), days=2, habits=replace(tiny().habits, hours=0.03))
    limits: list[tuple[str, int, int]] = []

    def set_limit(organisation: Organisation, severity_from: int, minutes_a_day: int, now: datetime) -> None:
        limits.append((organisation.name, severity_from, minutes_a_day))

    def killed(run: Acted, work: Work) -> None:
        end_shifts(run, work)
        if work.day == 1:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(acting, "end_shifts", killed)
        with pytest.raises(KeyboardInterrupt):
            run_by_acts(plan, watches=False, set_limit=set_limit)
    assert is_under_way(tmp_path / "truth")
    first = Decision.objects.count()
    ran = run_by_acts(plan, watches=False, set_limit=set_limit)
    days = [len(live_a_day(plan, hire(plan, ()), (), day)) for day in range(2)]
    assert first == days[0]
    assert ran.decisions == Decision.objects.count() == sum(days)
    assert Decision.objects.values("item").distinct().count() == sum(days)
    assert len(limits) == 3
    assert {each[1:] for each in limits} == {(3, 20)}
    assert not is_under_way(tmp_path / "truth")
    over, reached = ExposureLimits.lines(Run(tmp_path / "truth"))
    assert over.n == reached.n > 0
    assert over.hits == 0


@pytest.mark.once
def test_people_meet_golden_items_sit_together_and_rule_on_appeals(
    settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EVENKEEL = replace(settings.EVENKEEL, data_dir=tmp_path)
    plan = tiny()
    plan = replace(
        plan, days=2, gold_rate=0.5, golds=GoldPlan(pool=1), habits=replace(plan.habits, hours=0.03),
        calibrations=CalibrationPlan(every_days=2, people=1, cases=2), audits=replace(plan.audits, checked=0.5),
        appeals=AppealPlan(rate_if_wrong=1.0, rate_if_right=1.0, hours=1.0),
    )  # fmt: skip
    # Where golden items are mixed in, and what is drawn for audit, follows from ids and a secret.
    monkeypatch.setattr("evenkeel.quality.acts.golden.secrets.randbits", lambda bits: 7)
    with ids_from(3, at=_noon(plan)):
        run_by_acts(plan, watches=False)
    in_force = Gold.objects.filter(state=Gold.IN_FORCE)
    pools = {(gold.item.key.split("-")[1], gold.label) for gold in in_force.select_related("item")}
    assert len(pools) == in_force.count() > 2
    met = GoldAnswer.objects.count()
    assert met == Decision.objects.filter(planted=True).count() > 0
    assert 0 < GoldAnswer.objects.filter(is_right=True).count() <= met
    session = CalibrationSession.objects.get()
    assert session.ended_at is not None
    assert session.cases.count() == 2
    assert CalibrationAnswer.objects.count() == 2 * session.seats.count() == 6
    ruled = Appeal.objects.exclude(closed_at=None).count()
    assert ruled > 0
    assert 0 < Decision.objects.filter(origin="appeal").count() < ruled
    checked = AuditCheck.objects.exclude(closed_at=None).count()
    assert checked == AuditCheck.objects.count() > 0


@pytest.mark.once
def test_the_same_seed_writes_the_same_log_to_the_last_byte(settings: LazySettings, tmp_path: Path) -> None:
    def written(seed: int, folder: Path) -> list[str]:
        settings.EVENKEEL = replace(settings.EVENKEEL, data_dir=folder)
        with transaction.atomic():
            run(replace(tiny(), seed=seed), watched_from=None, rolls_up=False)
            transaction.set_rollback(True)
        files = [path for path in folder.rglob("*.parquet") if path.parent.name != "truth"]
        assert len(files) > 5
        return sorted(sha256(path.read_bytes()).hexdigest() for path in files)

    one, again, other = (written(seed, tmp_path / name) for seed, name in ((16, "a"), (16, "b"), (17, "c")))
    assert one == again
    assert not set(one) & set(other)


def test_a_scenario_comes_into_an_install_that_has_only_its_own_house(tmp_path: Path) -> None:
    plan, truth = tiny(), tmp_path / "truth"
    if not Organisation.objects.filter(is_house=True).exists():
        add_organisation(SYSTEM, name="Ours", is_house=True, now=_noon(plan))
    insist_on_room(plan, truth=truth)
    add_organisation(SYSTEM, name="Brightwater", now=_noon(plan))
    truth.mkdir()
    with pytest.raises(NotEmpty, match=r"of the name Brightwater; the truth of an earlier run in .*--out"):
        insist_on_room(plan, truth=truth)


def _noon(plan: Plan) -> datetime:
    return datetime.combine(plan.first_on, time(12), UTC)
