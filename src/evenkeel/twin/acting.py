"""A plan lived event by event: the people and the truth of the wide twin, but everything is done through acts.

Every row is a real one that opens, with its item, lease, trail and clock. It costs some hundredths of a second a decision, so
it is for small organisations: a test, a look at the pages, a rehearsal of a scenario before it is run at size.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

from django.conf import settings
from django.db import transaction

from evenkeel.ground import log
from evenkeel.measure import Signal, roll_up, watch
from evenkeel.people import Organisation
from evenkeel.quality import Verdict, draw_due
from evenkeel.work import Decision

from .acting_appeals import appeal
from .acting_audits import check, dispute, judge
from .acting_day import Acted, decided, end_shifts, live
from .acting_golds import agree_on_golds, record_golds
from .acting_sessions import calibrate
from .events import EVENTS
from .wide.day import Work, live_a_day
from .wide.install import Installed, install
from .wide.mixing import insist_on_room
from .wide.plan import Plan
from .wide.resuming import forget, has_lived, installed_before, note
from .wide.running import Ran
from .wide.staff import Staff, hire
from .wide.truth import FOLDER, Truth

# How an organisation's limit of exposure is set: (organisation, severity from, minutes a day, now). Rooms below the edges may
# not know wellness, so whoever runs it hands this in.
LimitSetter = Callable[[Organisation, int, int, datetime], None]


def run_by_acts(
    plan: Plan,
    *,
    progress: Callable[[str], None] = lambda said: None,
    watches: bool = True,
    set_limit: LimitSetter | None = None,
) -> Ran:
    """Live a plan through acts in this install, which must hold nothing that would mix with it.

    The days are those of `run`: the same people decide the same things at the same moments, seeded by the plan. Which
    decisions are audited follows from their ids, which are new each time. Golden items are agreed on from the first night
    on, sessions are held, appeals ruled on, audits checked by a second auditor and the expert, as the plan says. Left out:
    items that wait for days. A run that was broken off, by a kill as well, goes on with the day it was at: each day is one
    transaction, so nothing of it is done twice. `set_limit` sets the plan's limit of exposure. Raises `NotEmpty`.
    """
    folder = Path(settings.EVENKEEL.data_dir) / FOLDER
    events = [EVENTS[event.kind](event) for event in plan.events]
    staff = hire(plan, events)
    run = Acted(plan=plan, events=events, known=_known(plan, staff, folder, set_limit))
    for day in range(plan.days):
        work = live_a_day(plan, staff, events, day)
        run.learn(work, day)
        # The night after the last whole day may be what was broken off; jobs do nothing twice.
        if has_lived(run.known, day) and has_lived(run.known, day + 1):
            continue
        night = datetime.combine(plan.date_of(day), time(23, 30), UTC)
        if not has_lived(run.known, day):
            _live(run, work, day, night)
        log.flush(night)
        roll_up(now=night)
        if watches:
            watch(now=night)
        progress(f"Day {day + 1} of {plan.days}: {_decisions(run):,} decisions, {_verdicts(run):,} audits")
    truth = Truth(folder)
    for day in range(plan.days):
        seen = decided(run, live_a_day(plan, staff, events, day), day)
        truth.note(seen.work, seen)
    truth.keep(plan=plan, events=events, known=run.known, staff=staff)
    forget(folder)
    return Ran(
        days=plan.days,
        people=len(staff),
        decisions=_decisions(run),
        audits=_verdicts(run),
        signals=Signal.objects.count(),
    )


def _known(plan: Plan, staff: Staff, folder: Path, set_limit: LimitSetter | None) -> Installed:
    """What an earlier, unfinished run of the same plan installed; else everything anew."""
    known = installed_before(folder, plan)
    if known is not None:
        return known
    insist_on_room(plan, truth=folder)
    with transaction.atomic():
        known = install(plan, staff, logs_in=True)
        if plan.limits.minutes_a_day and set_limit is not None:
            now = datetime.combine(plan.first_on, time(), UTC)
            for organisation in Organisation.objects.filter(pk__in=set(known.organisation)):
                set_limit(organisation, plan.limits.severity_from, plan.limits.minutes_a_day, now)
        note(folder, plan, known)
    return known


def _live(run: Acted, work: Work, day: int, night: datetime) -> None:
    with transaction.atomic():
        live(run, work, day)
        end_shifts(run, work)
        draw_due(night)
        judge(run, len(work), night)
        check(run, night)
        dispute(run, day, night)
        appeal(run, night)
        record_golds(run, night)
        agree_on_golds(run, day, night)
        calibrate(run, work, night)


def _decisions(run: Acted) -> int:
    return Decision.objects.filter(programme=run.known.programme, taken_back=None, corrects=None).count()


def _verdicts(run: Acted) -> int:
    return Verdict.objects.filter(corrects=None, draw__decision__programme=run.known.programme).count()
