"""The time clock: states, shifts, corrections, days; the sum of states is the shift, whatever is said in what order."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import Error, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from evenkeel.ground import log, trail
from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.ground.models import LogRow
from evenkeel.people import (
    TIME,
    Person,
    Worker,
    actor_for,
    add_person,
    add_worker,
    correct_time,
    day_of,
    end_shift,
    give_grant,
    hours_into_shift,
    note_downtime,
    note_work,
    sign_of_life,
    spent,
    state_of,
    switch_state,
)
from evenkeel.people.acts import answer_request, ask_correction
from evenkeel.people.jobs import watch_the_clock
from evenkeel.people.models import Notice, Presence, TimeMark, TimeSpan
from evenkeel.people.rules.timeline import OWN_STATES, STATES, Stretch, by_day, clipped, day_bounds, paint, runs, totals

from .conftest import NOW, SYSTEM, Cast, make_cast


def after(**how_long: float) -> datetime:
    return NOW + timedelta(**how_long)


def someone(cast: Cast, *, zone: str = "", name: str = "Wanda") -> tuple[Actor, Worker]:
    """Somebody of North who works, with an account."""
    team = cast.north.team
    if zone:
        cast.north.site.time_zone = zone
        cast.north.site.save()
    person = add_person(
        SYSTEM, organisation=cast.north.organisation, email=f"{name}@north.example".lower(), name=name, now=NOW
    )
    worker = add_worker(
        SYSTEM, organisation=cast.north.organisation, code=name, name=name, team=team, person=person, now=NOW
    )
    return actor_for(Person.objects.get(pk=person.pk), now=NOW), worker


def lead_of(cast: Cast) -> Actor:
    lead = add_person(SYSTEM, organisation=cast.north.organisation, email="lead@north.example", name="Lea", now=NOW)
    give_grant(SYSTEM, person=lead, role=cast.roles["lead"], target=cast.north.team, now=NOW)
    return actor_for(Person.objects.get(pk=lead.pk), now=NOW)


def told(worker: Worker) -> list[tuple[str, float, float | None]]:
    """The stretches as (state, minutes after NOW, until)."""
    return [
        (row.state, minutes(row.began_at) or 0, minutes(row.ended_at))
        for row in TimeSpan.objects.filter(worker=worker).order_by("began_at")
    ]


def minutes(at: datetime | None) -> float | None:
    return None if at is None else (at - NOW).total_seconds() / 60


# ------------------------------------------------------------------ values

moments = st.integers(0, 60).map(lambda n: NOW + timedelta(minutes=n))
sentences = st.builds(
    lambda state, began, length: Stretch(
        state=state, began_at=began, ended_at=None if length is None else began + timedelta(minutes=length)
    ),
    st.sampled_from(["", *STATES]),
    moments,
    st.none() | st.integers(0, 30),
)


def covers(each: Stretch, at: datetime) -> bool:
    return each.began_at <= at and (each.ended_at is None or at < each.ended_at)


@given(st.lists(sentences, max_size=12))
def test_whatever_is_said_there_is_no_overlap_and_the_last_word_holds(said: list[Stretch]) -> None:
    known: list[Stretch] = []
    for each in said:
        known = paint(known, each)
    for one, next_ in pairwise(known):
        assert one.ended_at is not None
        assert one.ended_at <= next_.began_at
    assert all(each.ended_at is None or each.ended_at > each.began_at for each in known)
    for place in range(120):
        at = NOW + timedelta(seconds=60 * place + 30)
        covering = [each for each in known if each.began_at <= at and (each.ended_at is None or at < each.ended_at)]
        last = next(
            (each for each in reversed(said) if each.began_at <= at and (each.ended_at is None or at < each.ended_at)),
            None,
        )
        assert [each.state for each in covering] == ([last.state] if last is not None and last.state else [])
    until = NOW + timedelta(hours=3)
    for shift in runs(known):
        length = ((shift[-1].ended_at or until) - shift[0].began_at).total_seconds()
        assert sum(totals(shift, until=until).values()) == pytest.approx(length)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.integers(1, 60 * 60 * 60),
    st.sampled_from(
        ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]
    ),
)
@settings(max_examples=60)
def test_a_stretch_cut_at_midnights_keeps_its_length(began: datetime, seconds: int, zone: str) -> None:
    whole = Stretch(state="production", began_at=began, ended_at=began + timedelta(seconds=seconds))
    pieces = list(by_day(whole, zone))
    assert sum(piece.seconds(until=began) for _day, piece in pieces) == pytest.approx(seconds)
    for day, piece in pieces:
        since, until = day_bounds(day, zone)
        assert since <= piece.began_at
        assert piece.ended_at is not None
        assert piece.ended_at <= until
    assert [day for day, _piece in pieces] == sorted({day for day, _piece in pieces})


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 3, 2), 24)])
def test_a_day_is_as_long_as_the_clocks_there_make_it(day: date, hours: int) -> None:
    since, until = day_bounds(day, "Europe/Berlin")
    assert until - since == timedelta(hours=hours)
    night = [Stretch(state="production", began_at=since - timedelta(hours=2), ended_at=until + timedelta(hours=2))]
    assert totals(clipped(night, since=since, until=until), until=until) == {"production": hours * 3600}


# ------------------------------------------------------------------ in life


def test_a_shift_from_coming_to_going(cast: Cast) -> None:
    me, worker = someone(cast)
    switch_state(me, worker=worker, state="meeting", now=NOW)
    switch_state(me, worker=worker, state="production", now=after(minutes=15))
    switch_state(me, worker=worker, state="production", now=after(minutes=20))
    switch_state(me, worker=worker, state="break", now=after(minutes=60))
    assert state_of(worker.pk, now=after(minutes=70)) == "break"
    assert state_of(worker.pk, now=after(minutes=50)) == "production"
    assert hours_into_shift(worker.pk, now=after(minutes=90)) == 1.5
    end_shift(me, worker=worker, now=after(minutes=75))
    assert told(worker) == [("meeting", 0, 15), ("production", 15, 60), ("break", 60, 75)]
    assert state_of(worker.pk, now=after(minutes=80)) == ""
    assert hours_into_shift(worker.pk, now=after(minutes=80)) is None
    assert spent(worker_id=worker.pk, since=NOW, until=after(days=1), now=after(minutes=80)) == {
        "meeting": 900, "production": 2700, "break": 900,
    }  # fmt: skip
    with pytest.raises(NotNow, match="off duty"):
        end_shift(me, worker=worker, now=after(minutes=90))
    switch_state(me, worker=worker, state="production", now=after(minutes=95))
    assert hours_into_shift(worker.pk, now=after(minutes=125)) == 0.5, "coming back begins a new shift"


def test_a_clock_that_lags_wipes_nothing_out(cast: Cast) -> None:
    me, worker = someone(cast)
    switch_state(me, worker=worker, state="production", now=after(minutes=10))
    switch_state(me, worker=worker, state="break", now=after(minutes=9, seconds=58))
    switch_state(me, worker=worker, state="meeting", now=after(minutes=12))
    assert told(worker) == [("break", 10, 12), ("meeting", 12, None)]


def test_nobody_uses_the_clock_for_another_or_says_that_she_is_idle(cast: Cast) -> None:
    me, worker = someone(cast)
    for other in (cast.admin, cast.moderator, cast.north.manager, cast.south.manager):
        with pytest.raises(Refused):
            switch_state(cast.as_(other), worker=worker, state="production", now=NOW)
        with pytest.raises(Refused):
            end_shift(cast.as_(other), worker=worker, now=NOW)
    for state in ("idle", "system_down", "", "napping"):
        with pytest.raises(Invalid):
            switch_state(me, worker=worker, state=state, now=NOW)
    worker.left_on = NOW.date() - timedelta(days=1)
    worker.save()
    with pytest.raises(NotNow, match="ended"):
        switch_state(me, worker=worker, state="production", now=NOW)


def test_idleness_is_found_and_dated_back_to_the_last_sign(cast: Cast) -> None:
    me, worker = someone(cast)
    note_work(me, state="production", queue_id=worker.pk, now=NOW)
    sign_of_life(me, now=after(minutes=4))
    watch_the_clock(after(minutes=13))
    assert state_of(worker.pk, now=after(minutes=13)) == "production"
    watch_the_clock(after(minutes=14))
    assert told(worker) == [("production", 0, 4), ("idle", 4, None)]
    for minute in range(17, 30, 4):
        watch_the_clock(after(minutes=minute))
    sign_of_life(me, now=after(minutes=30))
    assert told(worker) == [("production", 0, 4), ("idle", 4, 30), ("production", 30, None)]
    assert TimeSpan.objects.get(ended_at=None).queue_id == worker.pk, "she is back in the same queue"
    for minute in range(33, 161, 4):
        watch_the_clock(after(minutes=minute))
    assert told(worker)[-1] == ("idle", 4, 30), "what nobody was there for is no time at all"
    assert state_of(worker.pk, now=after(minutes=160)) == "", "after two hours she has gone home"


def test_a_meeting_is_no_idleness_but_a_forgotten_one_ends(cast: Cast) -> None:
    me, worker = someone(cast)
    switch_state(me, worker=worker, state="training", now=NOW)
    watch_the_clock(after(hours=8))
    assert state_of(worker.pk, now=after(hours=8)) == "training"
    watch_the_clock(after(hours=8, minutes=1))
    for minute in range(2, 250, 4):
        watch_the_clock(after(hours=8, minutes=minute))
    assert state_of(worker.pk, now=after(hours=12, minutes=10)) == ""


def test_a_time_in_which_nothing_ran_is_nobodys_idleness(cast: Cast) -> None:
    me, worker = someone(cast)
    watch_the_clock(NOW)
    switch_state(me, worker=worker, state="production", now=NOW)
    watch_the_clock(after(minutes=1))
    watch_the_clock(after(minutes=9))
    assert told(worker) == [("production", 0, 1), ("system_down", 1, 9), ("production", 9, None)]


def test_an_operator_notes_that_the_system_was_down(cast: Cast) -> None:
    me, worker = someone(cast)
    switch_state(me, worker=worker, state="production", now=NOW)
    switch_state(me, worker=worker, state="break", now=after(minutes=20))
    switch_state(me, worker=worker, state="production", now=after(minutes=30))
    n = note_downtime(
        cast.as_(cast.admin),
        began_at=after(minutes=10),
        ended_at=after(minutes=40),
        reason="Power",
        now=after(minutes=60),
    )
    assert n == 1
    assert told(worker) == [
        ("production", 0, 10), ("system_down", 10, 20), ("break", 20, 30), ("system_down", 30, 40), ("production", 40, None),
    ]  # fmt: skip
    with pytest.raises(Refused):
        note_downtime(me, began_at=NOW, ended_at=after(minutes=1), reason="x", now=after(minutes=60))


def test_a_lead_corrects_and_the_log_takes_back_what_was_wrong(cast: Cast, data_dir: Any) -> None:
    me, worker = someone(cast)
    lead = lead_of(cast)
    switch_state(me, worker=worker, state="production", now=NOW)
    end_shift(me, worker=worker, now=after(minutes=60))
    correct_time(
        lead, worker=worker, began_at=after(minutes=20), ended_at=after(minutes=80), state="training",
        reason="She forgot to switch", now=after(minutes=90),
    )  # fmt: skip
    assert told(worker) == [("production", 0, 20), ("training", 20, 80)]
    assert [(mark.origin, mark.reason) for mark in TimeMark.objects.order_by("noted_at")][-1] == (
        "lead",
        "She forgot to switch",
    )
    assert "She forgot to switch" in str(trail.history(worker)[0].detail_json)
    log.flush(after(minutes=91))
    rows = log.read(TIME).to_pyarrow().to_pylist()
    sums: dict[str, float] = {}
    for row in rows:
        sums[row["state"]] = sums.get(row["state"], 0) + row["seconds"] * row["sign"]
    assert sums == {"production": 1200.0, "training": 3600.0}
    assert {row["sign"] for row in rows} == {1, -1}


def test_a_correction_is_refused_without_reason_right_or_sense(cast: Cast) -> None:
    _me, worker = someone(cast)
    lead = lead_of(cast)
    good: dict[str, Any] = {
        "worker": worker, "began_at": NOW, "ended_at": after(minutes=9), "state": "break", "reason": "x", "now": after(hours=1)
    }  # fmt: skip
    for wrong, field in (
        ({"reason": " "}, "reason"),
        ({"state": "napping"}, "state"),
        ({"ended_at": NOW}, "ended_at"),
        ({"ended_at": after(hours=2)}, "ended_at"),
        ({"began_at": after(days=-2)}, "ended_at"),
    ):
        with pytest.raises(Invalid) as invalid:
            correct_time(lead, **(good | wrong))
        assert field in invalid.value.fields
    for stranger in (cast.as_(cast.moderator), cast.as_(cast.south.manager)):
        with pytest.raises(Refused):
            correct_time(stranger, **good)
    own = add_worker(
        SYSTEM, organisation=cast.north.organisation, code="lea", name="Lea", team=cast.north.team, now=NOW
    )
    own.person = Person.objects.get(email="lead@north.example")
    own.save()
    with pytest.raises(Refused, match="own time"):
        correct_time(actor_for(Person.objects.get(pk=own.person.pk), now=NOW), **(good | {"worker": own}))
    assert not TimeSpan.objects.exists()


def test_a_request_is_answered_once(cast: Cast) -> None:
    me, worker = someone(cast)
    lead = lead_of(cast)
    asked = ask_correction(
        me,
        worker=worker,
        began_at=NOW,
        ended_at=after(minutes=30),
        state="meeting",
        reason="Forgot",
        now=after(hours=1),
    )
    assert Notice.objects.filter(person_id=str(lead.person_id)).count() == 1
    with pytest.raises(Refused):
        answer_request(me, request=asked, is_granted=True, now=after(hours=1))
    with pytest.raises(Invalid):
        answer_request(lead, request=asked, is_granted=False, now=after(hours=1))
    answer_request(lead, request=asked, is_granted=True, now=after(hours=1))
    assert told(worker) == [("meeting", 0, 30)]
    assert Notice.objects.filter(person_id=str(me.person_id)).count() == 1
    with pytest.raises(NotNow):
        answer_request(lead, request=asked, is_granted=False, remark="No", now=after(hours=2))


def test_a_day_is_that_of_the_site_over_midnight_and_summer_time(cast: Cast, data_dir: Any) -> None:
    me, worker = someone(cast, zone="Europe/Berlin")
    began = datetime(2026, 3, 28, 21, tzinfo=UTC)  # 22:00 in Berlin; the clocks go forward in the night
    switch_state(me, worker=worker, state="production", now=began)
    end_shift(me, worker=worker, now=began + timedelta(hours=8))
    worker = Worker.objects.select_related("site").get(pk=worker.pk)
    first, second = (
        day_of(worker, on=day, now=began + timedelta(days=2)) for day in (date(2026, 3, 28), date(2026, 3, 29))
    )
    assert (first.seconds / 3600, second.seconds / 3600) == (2, 6)
    assert second.until - second.since == timedelta(hours=23)
    assert len(second.shifts) == 1
    log.flush(began + timedelta(days=1))
    rows = log.read(TIME).to_pyarrow().to_pylist()
    assert {(row["day"], row["seconds"]) for row in rows} == {(date(2026, 3, 28), 7200), (date(2026, 3, 29), 21600)}


def test_the_table_itself_refuses_what_overlaps(cast: Cast) -> None:
    me, worker = someone(cast)
    switch_state(me, worker=worker, state="production", now=NOW)
    span = TimeSpan.objects.get()

    def copy(**said: Any) -> TimeSpan:
        row = {name: getattr(span, name) for name in ("worker", "organisation", "site", "team", "state", "origin")}
        return TimeSpan(**(row | said))

    with pytest.raises(Error), transaction.atomic():
        copy(began_at=after(minutes=5), ended_at=after(minutes=6)).save()
    TimeSpan.objects.filter(pk=span.pk).update(ended_at=after(minutes=5))
    copy(began_at=after(minutes=5), ended_at=after(minutes=6)).save()
    with pytest.raises(Error), transaction.atomic():
        TimeSpan.objects.filter(pk=span.pk).update(ended_at=after(minutes=5, seconds=1))
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_timemark SET reason = 'x'")


class Clock(RuleBasedStateMachine):
    """One worker, a lead, the jobs, a failing machine, a clock that jumps: against presence kept by hand, second by second."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        cast = make_cast()
        self.me, self.worker = someone(cast)
        self.lead = lead_of(cast)
        self.now = NOW

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(minutes=st.integers(0, 45))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(state=st.sampled_from(OWN_STATES), skew=st.integers(-90, 0))
    def switch(self, state: str, skew: int) -> None:
        switch_state(self.me, worker=self.worker, state=state, now=self.now + timedelta(seconds=skew))
        assert state_of(self.worker.pk, now=self.now + timedelta(minutes=2)) == state

    @rule()
    def go(self) -> None:
        if TimeSpan.objects.filter(ended_at=None).exists():
            end_shift(self.me, worker=self.worker, now=self.now)
        assert hours_into_shift(self.worker.pk, now=self.now + timedelta(minutes=2)) is None

    @rule()
    def move(self) -> None:
        sign_of_life(self.me, now=self.now)

    @rule()
    def tick(self) -> None:
        watch_the_clock(self.now)

    @rule(back=st.integers(1, 300), length=st.integers(1, 200), state=st.sampled_from(["", *STATES]))
    def correct(self, back: int, length: int, state: str) -> None:
        began = self.now - timedelta(minutes=back)
        ended = min(self.now, began + timedelta(minutes=length))
        before = spent(worker_id=self.worker.pk, since=began, until=ended, now=self.now)
        correct_time(
            self.lead, worker=self.worker, began_at=began, ended_at=ended, state=state, reason="said so", now=self.now
        )
        now_spent = spent(worker_id=self.worker.pk, since=began, until=ended, now=self.now)
        assert now_spent == ({state: (ended - began).total_seconds()} if state else {})
        assert sum(before.values()) <= (ended - began).total_seconds() + 1e-6

    @rule(back=st.integers(2, 120), length=st.integers(1, 60))
    def down(self, back: int, length: int) -> None:
        began = self.now - timedelta(minutes=back)
        ended = min(self.now, began + timedelta(minutes=length))
        whole = sum(
            spent(worker_id=self.worker.pk, since=NOW - timedelta(days=1), until=self.now, now=self.now).values()
        )
        note_downtime(SYSTEM, began_at=began, ended_at=ended, reason="power", now=self.now)
        still = sum(
            spent(worker_id=self.worker.pk, since=NOW - timedelta(days=1), until=self.now, now=self.now).values()
        )
        assert still == pytest.approx(whole), "being down changes the state, never the length of a shift"

    @invariant()
    def the_sum_of_states_is_the_shift(self) -> None:
        rows = list(TimeSpan.objects.filter(worker=self.worker).order_by("began_at"))
        stretches = [Stretch(state=row.state, began_at=row.began_at, ended_at=row.ended_at) for row in rows]
        until = max([self.now, *(row.began_at for row in rows)]) + timedelta(minutes=1)
        for shift in runs(stretches):
            length = ((shift[-1].ended_at or until) - shift[0].began_at).total_seconds()
            assert sum(totals(shift, until=until).values()) == pytest.approx(length)
        for one, other in pairwise(stretches):
            assert one.ended_at is not None
            assert one.ended_at <= other.began_at

    @invariant()
    def the_marks_tell_the_same_as_the_stretches(self) -> None:
        known: list[Stretch] = []
        for mark in TimeMark.objects.filter(worker=self.worker).order_by("pk"):
            said = Stretch(
                state=mark.state, began_at=mark.began_at, ended_at=mark.ended_at, origin=mark.origin,
                programme_id=mark.programme_id, queue_id=mark.queue_id,
            )  # fmt: skip
            known = paint(known, said)
        rows = TimeSpan.objects.filter(worker=self.worker).order_by("began_at")
        assert [(each.state, each.began_at, each.ended_at) for each in known] == [
            (row.state, row.began_at, row.ended_at) for row in rows
        ]

    @invariant()
    def the_log_sums_to_what_is_over(self) -> None:
        signed: dict[str, float] = {}
        for text in LogRow.objects.filter(fact="time").values_list("payload_json", flat=True):
            said = json.loads(text)
            for row in said if isinstance(said, list) else [said]:
                signed[row["state"]] = signed.get(row["state"], 0.0) + row["sign"] * row["seconds"]
        wanted: dict[str, float] = {}
        for span in TimeSpan.objects.filter(worker=self.worker).exclude(ended_at=None):
            assert span.ended_at is not None
            wanted[span.state] = wanted.get(span.state, 0.0) + (span.ended_at - span.began_at).total_seconds()
        assert {state: round(n, 3) for state, n in signed.items() if round(n, 3)} == {
            state: round(n, 3) for state, n in wanted.items()
        }

    @invariant()
    def one_sign_of_life_is_kept(self) -> None:
        assert Presence.objects.filter(worker=self.worker).count() <= 1


@pytest.mark.django_db
def test_the_clock_keeps_its_promises_in_any_order(data_dir: Any) -> None:
    run_state_machine_as_test(Clock, settings=settings(max_examples=12, stateful_step_count=14, deadline=None))
