"""A plan's days as the log would show them: what a fit would see of a world that it made."""

from __future__ import annotations

import numpy as np

from ..events import EVENTS
from ..wide.day import audit, live_a_day
from ..wide.plan import Plan
from ..wide.staff import hire
from .seen import Seen, SiteSeen


def seen_of(plan: Plan) -> Seen:
    """Live a plan's days in columns, without an install: work and audits alone, no appeals and no golden items."""
    events = [EVENTS[event.kind](event) for event in plan.events]
    staff = hire(plan, events)
    works = [live_a_day(plan, staff, events, day) for day in range(plan.days)]
    judged = [audit(work, events) for work in works]
    rows = [(each.work, each.row) for each in judged]
    work = {name: np.concatenate([getattr(each, name) for each in works]) for name in ("worker", "market")}
    return Seen(
        house=plan.house, first_on=plan.first_on, days=plan.days, clauses=plan.labels, site=staff.site,
        sites=tuple(
            SiteSeen(name=site.name, organisation=site.organisation, time_zone=site.time_zone, teams=site.teams)
            for site in plan.sites
        ),
        markets=tuple((market.name, market.language) for market in plan.markets),
        work=work | {
            "day": np.concatenate([np.full(len(each), each.day) for each in works]),
            "n": np.ones(len(work["worker"]), np.int64),
            "active_s": np.concatenate([each.seconds for each in works]),
        },
        audits={
            **{name: np.concatenate([getattr(own, name)[row] for own, row in rows]) for name in
               ("worker", "market", "tenure_weeks", "hour")},
            "decided": np.concatenate([own.label[row] for own, row in rows]),
            "active_s": np.concatenate([own.seconds[row] for own, row in rows]),
            "audited": np.concatenate([each.label for each in judged]),
            "pi": np.concatenate([each.pi for each in judged]),
            "auditor": np.concatenate([each.auditor for each in judged]),
        },
    )  # fmt: skip
