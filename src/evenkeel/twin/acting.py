"""A plan lived event by event: the people and the truth of the wide twin, but everything is done through acts.

Every row is a real one that opens, with its item, lease, trail and clock. It costs some hundredths of a second a decision, so
it is for small organisations: a test, a look at the pages, a rehearsal of a scenario before it is run at size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from .wide.install import Installed, install_all
from .wide.mixing import insist_on_room
from .wide.plan import Plan
from .wide.programmes import folder_of, parts_of
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
    runs, staffs = _begun(plan, folder, set_limit)
    for day in range(plan.days):
        works = [live_a_day(run.plan, staff, run.events, day) for run, staff in zip(runs, staffs, strict=True)]
        for run, work in zip(runs, works, strict=True):
            run.learn(work, day)
        # The night after the last whole day may be what was broken off; jobs do nothing twice.
        if _has_lived(runs, day) and _has_lived(runs, day + 1):
            continue
        night = datetime.combine(plan.date_of(day), time(23, 30), UTC)
        if not _has_lived(runs, day):
            _live(runs, works, day, night)
        log.flush(night)
        roll_up(now=night)
        if watches:
            watch(now=night)
        progress(f"Day {day + 1} of {plan.days}: {_decisions(runs):,} decisions, {_verdicts(runs):,} audits")
    for place, (run, staff) in enumerate(zip(runs, staffs, strict=True)):
        _keep_truth(run, staff, folder_of(folder, plan, place))
    forget(folder)
    return Ran(
        days=plan.days,
        people=sum(map(len, staffs)),
        decisions=_decisions(runs),
        audits=_verdicts(runs),
        signals=Signal.objects.count(),
    )


def _begun(plan: Plan, folder: Path, set_limit: LimitSetter | None) -> tuple[list[Acted], list[Staff]]:
    """Every programme as it stands, with its people; what an earlier run left is taken up."""
    parts = parts_of(plan)
    events = [[EVENTS[event.kind](event) for event in part.events] for part in parts]
    staffs = [hire(part, own) for part, own in zip(parts, events, strict=True)]
    known = _known(plan, list(zip(parts, staffs, strict=True)), folder, set_limit)
    return [
        Acted(plan=part, events=own, known=each) for part, own, each in zip(parts, events, known, strict=True)
    ], staffs


def _keep_truth(run: Acted, staff: Staff, folder: Path) -> None:
    truth = Truth(folder)
    for day in range(run.plan.days):
        seen = decided(run, live_a_day(run.plan, staff, run.events, day), day)
        truth.note(seen.work, seen)
    truth.keep(plan=run.plan, events=run.events, known=run.known, staff=staff)


def _known(
    plan: Plan, parts: list[tuple[Plan, Staff]], folder: Path, set_limit: LimitSetter | None
) -> tuple[Installed, ...]:
    """What an earlier, unfinished run of the same plan installed; else everything anew."""
    known = installed_before(folder, plan)
    if known is not None:
        return known
    insist_on_room(plan, truth=folder)
    with transaction.atomic():
        known = install_all(plan, parts, logs_in=True)
        if plan.limits.minutes_a_day and set_limit is not None:
            now = datetime.combine(plan.first_on, time(), UTC)
            organisations = {pk for each in known for pk in each.organisation}
            for organisation in Organisation.objects.filter(pk__in=organisations):
                set_limit(organisation, plan.limits.severity_from, plan.limits.minutes_a_day, now)
        note(folder, plan, known)
    return known


def _live(runs: Sequence[Acted], works: Sequence[Work], day: int, night: datetime) -> None:
    with transaction.atomic():
        for run, work in zip(runs, works, strict=True):
            live(run, work, day)
            end_shifts(run, work)
        draw_due(night)
        for run, work in zip(runs, works, strict=True):
            _rest_of(run, work, day, night)


def _rest_of(run: Acted, work: Work, day: int, night: datetime) -> None:
    """What happens at night in a programme."""
    judge(run, len(work), night)
    check(run, night)
    dispute(run, day, night)
    appeal(run, night)
    record_golds(run, night)
    agree_on_golds(run, day, night)
    calibrate(run, work, night)


def _has_lived(runs: Sequence[Acted], day: int) -> bool:
    """Whether a day's transaction was committed, which holds it for every programme."""
    return any(has_lived(run.known, day) for run in runs)


def _decisions(runs: Sequence[Acted]) -> int:
    mine = [run.known.programme.pk for run in runs]
    return Decision.objects.filter(programme__in=mine, taken_back=None, corrects=None).count()


def _verdicts(runs: Sequence[Acted]) -> int:
    mine = [run.known.programme.pk for run in runs]
    return Verdict.objects.filter(corrects=None, draw__decision__programme__in=mine).count()
