"""What a baseline leaves out: plain values."""

from __future__ import annotations

from datetime import date, timedelta

from evenkeel.improve.rules_apart import Known, left_out

FIRST = date(2026, 3, 2)
END = FIRST + timedelta(days=28)


def known(first: int, last: int, **where: str) -> Known:
    """Known from a day of the baseline until another."""
    return Known(since=FIRST + timedelta(days=first), until=FIRST + timedelta(days=last), where=where, what="a change")


def days(*every: Known, place: dict[str, str] | None = None) -> list[tuple[int, int]]:
    """Which days are left out, as numbers."""
    left = left_out(every, place=place or {}, since=FIRST, until=END)
    return [((each.since - FIRST).days, (each.until - FIRST).days) for each in left]


def test_a_part_keeps_half_of_its_baseline() -> None:
    """A market whose signal stands open for weeks would have no past: its work would pass for another mix."""
    assert days(known(0, 28, queue="m")) == []
    assert days(known(0, 15, queue="m")) == []
    assert days(known(0, 14, queue="m")) == [(0, 14)]
    assert days(known(0, 28, queue="m"), known(20, 28, queue="n")) == [(20, 28)]


def test_a_part_is_without_the_days_of_what_holds_it_as_well() -> None:
    site, team = known(0, 10, site="s"), known(8, 16, site="s", team="t")
    assert days(site, team) == [(0, 10)], "sixteen of twenty-eight days of the team would be gone"
    assert days(site, known(8, 14, site="s", team="t")) == [(0, 10), (8, 14)]
    assert days(known(0, 10, site="r"), team) == [(0, 10), (8, 16)]


def test_of_the_place_itself_half_is_kept_whatever_its_parts_lose() -> None:
    assert days(known(0, 15, site="s"), known(20, 28, site="s", team="t"), place={"site": "s"}) == [(20, 28)]
    assert days(known(0, 10, site="s"), known(12, 20), place={"site": "s"}) == [(0, 10)]
