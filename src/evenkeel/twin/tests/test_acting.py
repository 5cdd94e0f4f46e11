"""A plan lived through acts: the wide twin's people and truth, as rows that open; and what may not be mixed with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import numpy as np
import pytest
from django.conf import LazySettings

from evenkeel.people import Organisation, add_organisation
from evenkeel.quality import Dispute, Verdict
from evenkeel.twin import read_plan, run_by_acts
from evenkeel.twin.organisation import SYSTEM
from evenkeel.twin.wide.day import live_a_day
from evenkeel.twin.wide.mixing import NotEmpty, insist_on_room
from evenkeel.twin.wide.plan import Plan
from evenkeel.twin.wide.staff import hire
from evenkeel.work import Decision

pytestmark = pytest.mark.django_db


def tiny() -> Plan:
    """One day of three people who decide a few items each, all of them audited by auditors who often miss something."""
    plan = replace(read_plan("whole"), events=(), versions=(), days=1, golds=read_plan("small").golds)
    sites = tuple(
        replace(site, teams=1, people=1, accuracy=0.6, leavers_a_year=0.0, absence=0.0) for site in plan.sites
    )
    return replace(
        plan, sites=sites, habits=replace(plan.habits, hours=0.06), clock={"break": 15.0},
        audits=replace(plan.audits, rate=1.0, auditors=2, specificity=0.5),
        disputes=replace(plan.disputes, rate_if_wrong=1.0, rate_if_right=0.0),
    )  # fmt: skip


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
