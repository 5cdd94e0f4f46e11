"""Who answers for a change, by the figures, and what somebody said against them."""

from __future__ import annotations

from collections import defaultdict

from evenkeel.measure import AuditCell, audit_cells, change_cells, explained
from evenkeel.people import Organisation

from .drivers import ACCURACY, spans_of
from .models import AccountabilityRuling, Driver, Investigation
from .rules_accountability import Derived, Spread, derive


def derived(investigation: Investigation) -> Derived:
    """Who answers for it by the figures, looked at across all organisations of the programme.

    A change that sits in one answer (a clause) is looked at within it: whether others fail there too is the question.
    """
    if investigation.metric != ACCURACY:
        return _derived_from_rows(investigation)
    label = _label_of(investigation)
    windows = [
        [
            cell
            for cell in audit_cells(
                programme_id=investigation.programme_id, queue_id=investigation.queue_id, since=since, until=until
            )
            if label is None or cell.values["expected_label"] == label
        ]
        for since, until in (
            (investigation.baseline_since, investigation.baseline_until),
            (investigation.since, investigation.until),
        )
    ]
    return derive(investigation.scan["verdict"], _spreads(*windows))


def _derived_from_rows(investigation: Investigation) -> Derived:
    """Of any other share the same, over the log's rows. What counts no errors has nobody to answer by figures alone."""
    way, verdict = explained(investigation.metric), investigation.scan["verdict"]
    if way.how != "share":
        return (
            Derived(party="nobody", why="no_change") if verdict == "mix" else Derived(party="unknown", why="no_share")
        )
    before, now = spans_of(investigation)
    queue = {"queue": investigation.queue_id}
    windows = change_cells(
        investigation.metric, programme_id=investigation.programme_id, before=before, now=now, where=queue
    )
    return derive(verdict, _spreads(*windows))


def last_ruling(investigation: Investigation) -> AccountabilityRuling | None:
    """What somebody said of it last."""
    return investigation.rulings.select_related("by__organisation").order_by("-at", "-id").first()


def _label_of(investigation: Investigation) -> str | None:
    if investigation.label is not None:
        return investigation.label
    cause: Driver | None = investigation.drivers.filter(is_cause=True).order_by("rank").first()
    parts = cause.cell if cause is not None else []
    return next((part["value"] for part in parts if part["dimension"] == "expected_label"), None)


def _spreads(before: list[AuditCell], now: list[AuditCell]) -> list[Spread]:
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    names: dict[str, str] = {}
    people: defaultdict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for offset, cells in ((0, before), (2, now)):
        for cell in cells:
            organisation = cell.values.get("organisation", "")
            names[organisation] = cell.titles.get("organisation", "")
            sums[organisation][offset] += cell.errors
            sums[organisation][offset + 1] += cell.n
            if offset:
                people[organisation][cell.values.get("worker", "")] += cell.errors
    house = {str(pk) for pk in Organisation.objects.filter(is_house=True).values_list("pk", flat=True)}
    return [
        Spread(
            organisation=organisation,
            name=names[organisation],
            is_house=organisation in house,
            errors_before=errors_before,
            n_before=n_before,
            errors_now=errors_now,
            n_now=n_now,
            people=len(people[organisation]),
            people_wrong=sum(errors > 0 for errors in people[organisation].values()),
        )
        for organisation, (errors_before, n_before, errors_now, n_now) in sums.items()
        if organisation
    ]
