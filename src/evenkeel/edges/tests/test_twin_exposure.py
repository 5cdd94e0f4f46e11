"""A scenario in which people reach their limit of exposure: set as the command sets it, obeyed where work is handed out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from django.conf import LazySettings

from evenkeel.edges.cli.twin import limits_exposure
from evenkeel.twin import read_plan, run_by_acts, score
from evenkeel.twin.wide.day import live_a_day
from evenkeel.twin.wide.staff import hire
from evenkeel.work import Decision

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_whoever_has_reached_her_limit_is_handed_no_more(settings: LazySettings, tmp_path: Path) -> None:
    settings.EVENKEEL = replace(settings.EVENKEEL, data_dir=tmp_path)
    exposed = read_plan("exposed")
    sites = tuple(replace(site, people=1, seconds=150.0, absence=0.0) for site in exposed.sites)
    few = replace(exposed, days=2, sites=sites, limits=replace(exposed.limits, minutes_a_day=10))
    run_by_acts(few, watches=False, set_limit=limits_exposure)
    over, reached = (line for line in score(tmp_path) if line.score == "exposure")
    assert over.n == 4
    assert over.hits == 0
    assert reached.hits is not None
    assert reached.hits > 1
    # The limit did it: there was more of it to decide, and people went on with the rest.
    severe = [place for place, market in enumerate(few.markets) if market.severity >= few.limits.severity_from]
    planned = [live_a_day(few, hire(few, ()), (), day) for day in range(2)]
    wanted = sum(int(np.isin(work.market, severe).sum()) for work in planned)
    made = Decision.objects.filter(corrects=None).exclude(origin="appeal")
    assert made.filter(queue__severity__gte=few.limits.severity_from).count() < wanted
    assert made.filter(queue__severity__lt=few.limits.severity_from).exists()
