"""What people define is a metric like any other: checked when saved, filled from history, kept by version, theirs to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from evenkeel.ground import log
from evenkeel.ground.errors import Invalid, NotNow, Refused
from evenkeel.kernel import wilson
from evenkeel.measure import (
    Definition,
    Said,
    all_metrics,
    day_metric,
    define,
    evaluate,
    figure,
    metrics,
    metrics_for,
    redefine,
    restore,
    retire,
    roll_up,
    series,
)
from evenkeel.measure.definitions.faults import WrongDefinition
from evenkeel.measure.queries.definitions import filling, users_of, versions_of
from evenkeel.people.facts import TIME
from evenkeel.work.facts import APPEALS
from evenkeel.work.tests import factories

from .floor import NOW, Floor

FIRST, LAST = date(2026, 2, 15), date(2026, 3, 5)
EARLIER = NOW - timedelta(days=7)
SYSTEM = factories.SYSTEM
QUICK = Said(
    title="Quick and right",
    why="Share of audited decisions that were right, of one error class.",
    better="up",
    guard="handle_time",
    fact="audits",
    figure="share(is_right)",
    population='error_class is empty or error_class = "over_enforcement"',
    rows=[{"is_right": "yes", "pi": 0.5}, {"is_right": "no", "pi": 0.1, "error_class": "technical"}],
    expected=1.0,
)
SLOW = Said(
    title="Slow decisions",
    why="Share of decisions that took longer than half a minute.",
    better="down",
    guard="accuracy",
    fact="decisions",
    figure="share(active_ms > 30 s)",
    rows=[{"active_ms": 40_000}, {"active_ms": 20_000}, {"active_ms": 1_000}, {"active_ms": 31_000}, {}],
    expected=0.5,
    expected_n=4,
)


def period(**more: Any) -> dict[str, Any]:
    return {"since": FIRST, "until": LAST, **more}


def test_a_definition_is_a_metric_like_any_other(worked: Floor) -> None:
    define(SYSTEM, slug="slow_share", said=SLOW, now=NOW)
    kind = metrics["slow_share"]
    assert (kind.title, kind.unit, kind.guard) == ("Slow decisions", "percent", "accuracy")
    assert kind.try_example().value == 0.5
    assert kind in all_metrics()
    none, every = filling("slow_share")
    assert none == 0
    assert not figure("slow_share", **period()).is_known
    roll_up(now=NOW)
    assert filling("slow_share") == (every, every)
    found = figure("slow_share", **period())
    assert (found.value, found.n) == (0.25, 80)
    assert found.low == pytest.approx(wilson(20, 80).low)
    by_house = figure("slow_share", by="organisation", **period())
    assert by_house[worked.vendor.pk].value == 0.5
    assert len(series("slow_share", **period())) == 10
    assert evaluate("slow_share", by=["queue"], **period()).total.estimate == found


def test_weights_make_up_for_the_odds_unless_somebody_says_otherwise(worked: Floor) -> None:
    drawn = [
        *({"pi": 0.1, "is_right": True} for _row in range(3)),
        *({"pi": pi, "is_right": False} for pi in (0.1, 0.5, 0.5)),
    ]
    weighted = replace(QUICK, population="", rows=drawn, expected=30 / 44, expected_n=6)
    define(SYSTEM, slug="own_accuracy", said=weighted, now=NOW)
    define(SYSTEM, slug="plain_accuracy", said=replace(QUICK, population="", weight="1", expected=0.5), now=NOW)
    roll_up(now=NOW)
    assert figure("own_accuracy", **period()) == figure("accuracy", **period())
    assert figure("plain_accuracy", **period()).value == pytest.approx(0.8)


def test_every_estimator_reads_the_log(worked: Floor) -> None:
    given = [{"active_ms": 36_000, "label": "No", "decided_at": "2026-03-01 12:00"}]
    measured = {
        'count(label = "Yes")': ("count", 0, 0.0),
        "sum(active_ms)": ("duration_ms", 36_000, 20 * 50_000 + 60 * 10_000),
        "sum(active_ms) / count(active_ms > 30 s)": ("duration_ms", 36_000, 80_000.0),
        "per_hour(active_ms)": ("number", 100, 180.0),
        "mean(hour(decided_at))": ("number", 12, 9.0),
    }
    for number, (text, (unit, expected, _value)) in enumerate(measured.items()):
        said = replace(SLOW, figure=text, unit=unit, rows=given, expected=expected, expected_n=1)
        define(SYSTEM, slug=f"own_{number}", said=said, now=NOW)
    roll_up(now=NOW)
    for number, (_text, (_unit, _expected, value)) in enumerate(measured.items()):
        found = figure(f"own_{number}", **period())
        assert (found.value, found.n) == (pytest.approx(value), 80)


def test_a_median_is_told_from_histograms_by_place(worked: Floor) -> None:
    rows = [{"active_ms": ms} for ms in (-5, 1_000, 2_000, 3_000)]
    said = replace(SLOW, figure="median(active_ms)", unit="duration_ms", rows=rows, expected=2_000, expected_n=3)
    define(SYSTEM, slug="own_median", said=said, now=NOW)
    define(SYSTEM, slug="own_p90", said=replace(said, figure="p90(active_ms)", expected=2_800), now=NOW)
    roll_up(now=NOW)
    for slug, value in (("own_median", 10_000), ("own_p90", 50_000)):
        found = figure(slug, **period())
        assert (found.value, found.n) == (pytest.approx(value, rel=0.01), 80)
        assert found.low <= found.value <= found.high
    assert evaluate("own_median", by=["queue"], **period()).total.estimate == figure("own_median", **period())
    assert not day_metric("own_median").is_kept_by(["worker"])
    with pytest.raises(Invalid) as wrong:
        define(SYSTEM, slug="drawn_median", said=replace(QUICK, figure="median(audited_ms)"), now=NOW)
    assert "figure" in wrong.value.fields


def test_a_new_version_leaves_the_old_one_to_be_asked(worked: Floor) -> None:
    made = define(SYSTEM, slug="slow_share", said=SLOW, now=NOW)
    roll_up(now=NOW)
    stricter = replace(SLOW, figure="share(active_ms > 5 s)", expected=0.75, note="From 5 s on: figures rise.")
    with pytest.raises(Invalid, match="note"):
        redefine(SYSTEM, definition=made, said=replace(stricter, note=" "), now=NOW)
    redefine(SYSTEM, definition=made, said=stricter, now=NOW)
    assert evaluate("slow_share", version=1, **period()).total.estimate.value == 0.25
    assert figure("slow_share@1", **period()).value == 0.25, "at once: its sums stay where they were"
    roll_up(now=NOW)
    assert figure("slow_share", **period()).value == 1.0
    assert figure("slow_share@1", **period()).value == 0.25
    assert "slow_share@3" not in metrics
    (second, changes), (first, none) = versions_of(made)
    assert (second.number, first.number, none) == (2, 1, [])
    (change,) = changes
    assert change.field == "figure"
    assert ("gone", "30") in change.parts
    assert ("new", "5") in change.parts
    worked.write(decisions=[worked.decision(0, 0, at=EARLIER, active_ms=10_000)])
    roll_up(now=NOW)
    assert figure("slow_share@1", **period()).n == figure("slow_share", **period()).n == 81, "a late row counts in both"


def test_populations_are_shared_and_kept_as_they_were(worked: Floor) -> None:
    slow = define(
        SYSTEM,
        slug="slow",
        said=Said(
            sort="population",
            title="Slow",
            why="Longer than half a minute.",
            fact="decisions",
            population="active_ms > 30 s",
        ),
        now=NOW,
    )
    said = replace(SLOW, figure="share(slow)")
    made = define(SYSTEM, slug="slow_share", said=said, now=NOW)
    assert users_of(slow, Definition.objects.all()) == [made]
    roll_up(now=NOW)
    redefine(
        SYSTEM,
        definition=slow,
        said=Said(title="Slow", why="Longer.", fact="decisions", population="active_ms > 1 h", note="An hour."),
        now=NOW,
    )
    assert figure("slow_share", **period()).value == 0.25, "until the metric itself is said anew"
    with pytest.raises(WrongDefinition) as caught:
        redefine(SYSTEM, definition=made, said=replace(said, note="Take the new one."), now=NOW)
    assert "These rows give 0" in caught.value.fields["expected"][0]
    other = replace(QUICK, population="slow")
    with pytest.raises(WrongDefinition, match="cannot stand") as caught:
        define(SYSTEM, slug="other", said=other, now=NOW)
    assert "population of decisions" in " ".join(caught.value.fields["population"])
    assert "slow" not in metrics


def test_a_ratio_of_two_metrics_divides_their_figures(worked: Floor) -> None:
    define(SYSTEM, slug="slow_share", said=SLOW, now=NOW)
    ratio = Said(
        sort="ratio", title="Decisions per slow", why="How many decisions there are for each slow share.", better="down",
        guard="accuracy", above="decided", below="slow_share",
    )  # fmt: skip
    made = define(SYSTEM, slug="per_slow", said=ratio, now=NOW)
    assert made.versions.get().below == "slow_share@1"
    roll_up(now=NOW)
    found, below = figure("per_slow", **period()), figure("slow_share", **period())
    assert found.value == pytest.approx(320)
    assert found.high == pytest.approx(80 / below.low)
    assert found.method == "quotient_log_delta"
    assert set(figure("per_slow", by="queue", **period())) == {worked.queues[0].pk}
    assert evaluate("per_slow", by=["organisation"], **period()).total.estimate == found
    cells = evaluate("per_slow", by=["organisation"], **period()).cells
    assert [cell.names for cell in cells if cell.estimate.is_known] == [("Vendor",)], "the house has no slow decision"
    assert len(series("per_slow", **period())) == 5
    redefine(SYSTEM, definition=Definition.objects.get(slug="slow_share"),
             said=replace(SLOW, figure="share(active_ms > 5 s)", expected=0.75, note="Stricter."), now=NOW)  # fmt: skip
    assert figure("per_slow", **period()).value == pytest.approx(320), "it divides by what it was defined with"
    with pytest.raises(WrongDefinition) as caught:
        define(SYSTEM, slug="odd", said=replace(ratio, above="gwet_ac1", below="gwet_ac1"), now=NOW)
    assert set(caught.value.fields) == {"above", "below"}


def test_what_does_not_fit_is_said_at_its_field(db: None) -> None:
    wrong = Said(title="", why="x", better="sideways", guard="own", fact="decisions", figure="share(active_ms > 30)",
                 population="lable = 'x'", weight="active_ms")  # fmt: skip
    with pytest.raises(WrongDefinition) as caught:
        define(SYSTEM, slug="own", said=wrong, now=NOW)
    assert set(caught.value.fields) == {"title", "better", "guard", "figure", "population", "weight"}
    assert caught.value.places["population"].excerpt(wrong.population)[1] == "lable"
    assert "character 1" in caught.value.fields["population"][0]
    with pytest.raises(WrongDefinition) as caught:
        define(SYSTEM, slug="own", said=replace(SLOW, rows=[{"active_ms": "long"}, {"actve_ms": 1}]), now=NOW)
    assert caught.value.fields["rows"] == ["Row 1, active_ms: Write a whole number."]
    with pytest.raises(WrongDefinition) as caught:
        define(SYSTEM, slug="own", said=replace(SLOW, expected=0.75), now=NOW)
    assert caught.value.fields["expected"] == ["These rows give 0.5, n 4."]
    with pytest.raises(WrongDefinition, match="cannot stand"):
        define(SYSTEM, slug="own", said=replace(SLOW, fact="wellness"), now=NOW)
    for slug in ("accuracy", "Slow", "9slow", "x" * 41, "own@2", ""):
        with pytest.raises(Invalid, match="name"):
            define(SYSTEM, slug=slug, said=SLOW, now=NOW)
    for slug in ("label", "share", "is", "two-words"):
        with pytest.raises(Invalid, match="name"):
            define(
                SYSTEM,
                slug=slug,
                said=Said(sort="population", title="x", why="x", fact="decisions", population="yes"),
                now=NOW,
            )


def test_a_retired_definition_rests_and_comes_back(worked: Floor) -> None:
    made = define(SYSTEM, slug="slow_share", said=SLOW, now=NOW)
    roll_up(now=NOW)
    retire(SYSTEM, definition=made, reason="Nobody reads it.", now=NOW)
    assert "slow_share" not in {kind.slug for kind in all_metrics()}
    assert figure("slow_share", **period()).value == 0.25, "what it told stays to be read"
    worked.write(decisions=[worked.decision(0, 0, at=EARLIER, active_ms=90_000) for _row in range(20)])
    roll_up(now=NOW)
    assert figure("slow_share", **period()).n == 80
    with pytest.raises(NotNow):
        retire(SYSTEM, definition=made, reason="Again.", now=NOW)
    with pytest.raises(NotNow):
        redefine(SYSTEM, definition=made, said=replace(SLOW, note="x"), now=NOW)
    restore(SYSTEM, definition=made, now=NOW)
    roll_up(now=NOW)
    assert figure("slow_share", **period()).n == 100
    with pytest.raises(NotNow):
        restore(SYSTEM, definition=made, now=NOW)


def test_a_definition_of_one_organisation_is_theirs_alone(worked: Floor) -> None:
    manager = factories.as_actor(factories.make_person("quality_manager"), now=NOW)
    define(manager, slug="slow_share", said=SLOW, organisation=worked.vendor, now=NOW)
    define(manager, slug="slow_all", said=SLOW, now=NOW)
    roll_up(now=NOW)
    assert figure("slow_share", **period()).n == 40
    assert figure("slow_share", **period()).value == 0.5
    partner = factories.as_actor(factories.make_person("vendor_manager", worked.vendor), now=NOW)
    stranger = factories.as_actor(factories.make_person("vendor_manager", factories.make_vendor("Other")), now=NOW)
    shipped = len(metrics)
    assert {kind.slug for kind in metrics_for(partner)[shipped:]} == {"slow_share", "slow_all"}
    assert {kind.slug for kind in metrics_for(stranger)[shipped:]} == {"slow_all"}
    with pytest.raises(Refused):
        define(partner, slug="mine", said=SLOW, now=NOW)
    moderator = factories.as_actor(factories.make_person("moderator"), now=NOW)
    with pytest.raises(Refused):
        define(moderator, slug="mine", said=SLOW, now=NOW)
    # A data scientist of the vendor's own defines for her organisation, not for everybody.
    scientist = factories.as_actor(factories.make_person("data_scientist", worked.vendor), now=NOW)
    with pytest.raises(Refused, match="choose an organisation"):
        define(scientist, slug="mine", said=SLOW, now=NOW)
    define(scientist, slug="mine", said=SLOW, organisation=worked.vendor, now=NOW)
    foreign = replace(SLOW, guard="others")
    define(SYSTEM, slug="others", said=SLOW, organisation=worked.house, now=NOW)
    with pytest.raises(Invalid) as caught:
        define(scientist, slug="peeping", said=foreign, organisation=worked.vendor, now=NOW)
    assert caught.value.fields == {"guard": ["There is no such metric."]}
    with pytest.raises(Refused):
        define(scientist, slug="theirs", said=SLOW, organisation=worked.house, now=NOW)


def test_facts_without_sign_and_rows_without_programme_are_read_too(worked: Floor) -> None:
    appeals = replace(
        SLOW,
        fact="appeals",
        figure="share(is_reversed)",
        population="is_decided",
        rows=[{"is_decided": True, "is_reversed": True}, {"is_decided": False}],
        expected=1.0,
        expected_n=1,
    )
    define(SYSTEM, slug="overturned", said=appeals, now=NOW)
    stretches = replace(
        SLOW,
        fact="time",
        figure='sum(seconds) / count(state = "production")',
        rows=[{"seconds": 60, "state": "production"}],
        expected=60_000.0,
        expected_n=1,
    )
    define(SYSTEM, slug="stretches", said=stretches, now=NOW)
    row = worked.decision(0, 0)
    appeal = dict.fromkeys(APPEALS.columns) | {name: row[name] for name in APPEALS.columns if name in row}
    time = dict.fromkeys(TIME.columns) | {name: row[name] for name in TIME.columns if name in row}
    time |= {"state": "production", "ended_at": EARLIER, "sign": 1, "day": EARLIER.date()}
    with transaction.atomic():
        log.append(APPEALS, [appeal | {"at": EARLIER, "is_decided": True, "is_reversed": n == 0} for n in range(4)])
        log.append(
            TIME, [time | {"seconds": 90.0}, time | {"seconds": 30.0}, time | {"seconds": 9.0, "programme_id": None}]
        )
    log.flush(NOW)
    roll_up(now=NOW)
    assert (figure("overturned", **period()).value, figure("overturned", **period()).n) == (0.25, 4)
    assert (figure("stretches", **period()).value, figure("stretches", **period()).n) == (60_000.0, 2)
