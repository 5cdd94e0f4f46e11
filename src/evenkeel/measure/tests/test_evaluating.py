"""A metric cut by anything: it adds up, its change splits exactly, and nobody small is given away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenkeel.kernel import wilson
from evenkeel.measure import Cell, Evaluated, evaluate, figure, roll_up
from evenkeel.work.tests import factories

from .floor import NOW, Floor, day

FIRST = date(2026, 1, 1)
WEEK = timedelta(days=7)


@pytest.fixture
def audited(db: None) -> Floor:
    """Two weeks of audits of twelve people: the vendor's get worse in the second, the house's do more of the work."""
    floor = Floor.make(workers=12)
    rows = []
    for week in range(2):
        for worker in range(12):
            is_vendors = worker % 2 == 1
            for number in range(4 if is_vendors or not week else 8):
                wrong = number % 2 == 0 if is_vendors and week else number == 0
                rows.append(floor.audit(worker, is_right=not wrong, at=day(7 * week + number % 7)))
    floor.write(audits=rows)
    roll_up(now=NOW)
    return floor


def by_name(found: Evaluated) -> dict[tuple[str, ...], Cell]:
    return {cell.names: cell for cell in found.cells}


def second_week(**more: object) -> Evaluated:
    return evaluate("accuracy", since=FIRST + WEEK, until=FIRST + 2 * WEEK, **more)  # type: ignore[arg-type]


def test_the_whole_and_its_cells_are_the_figures(audited: Floor) -> None:
    found = second_week(by=["organisation"])
    assert found.total.estimate == figure("accuracy", since=FIRST + WEEK, until=FIRST + 2 * WEEK)
    cells = by_name(found)
    assert cells[(str(audited.vendor),)].estimate.value == pytest.approx(0.5)
    assert cells[(str(audited.house),)].estimate.value == pytest.approx(7 / 8)
    assert [cell.estimate.n for cell in found.cells] == [48, 24], "largest first"
    assert cells[(str(audited.vendor),)].estimate.low == pytest.approx(wilson(12, 24).low)
    assert sum(cell.estimate.n for cell in found.cells) == found.total.estimate.n
    assert second_week().cells == ()
    # For exactly these decisions nothing is left open about what was all audited.
    process, these = second_week().total.estimate, second_week(aim="these").total.estimate
    assert not process.is_of_these
    assert these.is_of_these
    assert these.value == process.value
    assert these.n == process.n
    assert figure("accuracy", since=FIRST + WEEK, until=FIRST + 2 * WEEK, aim="these") == these
    assert these.half_width < process.half_width
    with pytest.raises(ValueError, match="not for 'all'"):
        second_week(aim="all")


def test_dimensions_combine_and_narrow(audited: Floor) -> None:
    found = second_week(by=["organisation", "worker"])
    assert len(found.cells) == 12
    assert {cell.names[0] for cell in found.cells} == {str(audited.house), str(audited.vendor)}
    only = second_week(by=["worker"], organisation=audited.vendor.pk)
    assert len(only.cells) == 6
    assert only.total.estimate.value == pytest.approx(0.5)


def test_a_change_splits_exactly_into_mix_and_rate(audited: Floor) -> None:
    found = second_week(by=["organisation"], compare=(FIRST, FIRST + WEEK))
    total = found.total
    assert total.before is not None
    assert total.mix is not None
    assert total.rate is not None
    change = total.estimate.value - total.before.value
    assert total.mix + total.rate == pytest.approx(change, abs=1e-15)
    assert sum(cell.mix or 0 for cell in found.cells) == pytest.approx(total.mix, abs=1e-15)
    assert sum(cell.rate or 0 for cell in found.cells) == pytest.approx(total.rate, abs=1e-15)
    # Before: both 3/4, half the work each. Now: 7/8 on two thirds, 1/2 on one third.
    assert total.before.value == pytest.approx(0.75)
    rate = (1 / 2 + 2 / 3) / 2 * (7 / 8 - 3 / 4) + (1 / 2 + 1 / 3) / 2 * (1 / 2 - 3 / 4)
    assert total.rate == pytest.approx(rate)
    assert total.mix > 0


def test_counts_have_no_mix(audited: Floor) -> None:
    audited.write(decisions=[audited.decision(worker, 0, "Yes", at=day(8)) for worker in range(12)])
    roll_up(now=NOW)
    found = evaluate(
        "decided", since=FIRST + WEEK, until=FIRST + 2 * WEEK, by=["organisation"], compare=(FIRST, FIRST + WEEK)
    )
    assert (found.total.estimate.value, found.total.mix, found.total.rate) == (12, None, None)


def test_a_single_small_cell_takes_the_next_along(db: None) -> None:
    floor = Floor.make(workers=16)
    rows = [floor.audit(worker, is_right=True, at=day(0)) for worker in range(0, 16, 2)]
    rows += [floor.audit(worker, is_right=False, at=day(0)) for worker in (1, 3)]
    floor.write(audits=rows)
    roll_up(now=NOW)
    specialist = factories.as_actor(factories.make_person("qa_specialist"), now=NOW)
    period = {"since": FIRST, "until": FIRST + WEEK}
    hidden = evaluate("accuracy", by=["organisation"], actor=specialist, **period)  # type: ignore[arg-type]
    assert (hidden.cells, hidden.hidden) == ((), 2), "the total less the rest would give the two away"
    assert hidden.total.estimate.n == 10
    manager = factories.as_actor(factories.make_person("quality_manager"), now=NOW)
    assert len(evaluate("accuracy", by=["organisation"], actor=manager, **period).cells) == 2  # type: ignore[arg-type]
    alone = evaluate("accuracy", by=["organisation"], actor=specialist, organisation=floor.vendor.pk, **period)  # type: ignore[arg-type]
    assert (alone.total.estimate.method, alone.cells, alone.hidden) == ("withheld", (), 1)


def test_strangers_and_partners_get_their_own(audited: Floor) -> None:
    partner = factories.as_actor(factories.make_person("vendor_manager", audited.vendor), now=NOW)
    assert second_week(actor=partner).total.estimate.n == 24
    stranger = factories.as_actor(factories.make_person("vendor_manager", factories.make_vendor("Other")), now=NOW)
    assert second_week(actor=stranger, by=["organisation"]).total.estimate.n == 0


def test_what_is_no_dimension_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="each once"):
        second_week(by=["team", "team"])
    with pytest.raises(ValueError, match="each once"):
        second_week(by=["shift"])
    with pytest.raises(TypeError, match="not narrowed by shift"):
        second_week(shift=1)
