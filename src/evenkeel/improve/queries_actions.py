"""What pages and acts ask about actions: which there are, what is in force, and the figures that a plan is judged by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from evenkeel.ground.access import Actor, may, visible
from evenkeel.kernel import Estimate
from evenkeel.measure import (
    PERSON_VIEW,
    FigureMetric,
    SeriesPoint,
    Signal,
    day_metric,
    day_metrics,
    figure,
    in_steps,
    series,
    series_by,
)
from evenkeel.people import Organisation, Person, Site, Team
from evenkeel.work import Queue

from . import scopes
from .models import Action, ActionLesson, ActionRules, Closing, EffectCheck, EffectPlan
from .queries import people_reaching
from .rules_benefits import PLACES, Claim, Found, Rates
from .rules_plans import WEEK, Frozen
from .rules_proofs import DIGITS, Figures, OfPeople, Unit

UNITS = ("percent", "duration_ms", "number", "hours")
TABLES: Mapping[str, type[Model]] = {"organisation": Organisation, "site": Site, "team": Team, "queue": Queue}
VOLUME = "decided"


def actions(actor: Actor) -> QuerySet[Action]:
    """Actions that the actor may see, newest first, with the sign of the plan in force as `plan_sha256`."""
    newest = EffectPlan.objects.filter(action=OuterRef("pk")).order_by("-number")
    rows = visible(actor, scopes.ACTION_VIEW, Action.objects.all())
    return (
        rows.select_related("owner__organisation", "programme", "investigation")
        .annotate(plan_sha256=Subquery(newest.values("sha256")[:1]), plan_until=Subquery(newest.values("until")[:1]))
        .order_by("-opened_at")
    )


def additive_metrics() -> list[type[FigureMetric]]:
    """Shares and means with parts of their own."""
    return [kind for kind in day_metrics() if is_additive(kind)]


def provable_metrics() -> list[type[FigureMetric]]:
    """Metrics whose effect can be proved: shares and means that have parts of their own and a better side."""
    return [kind for kind in day_metrics() if is_provable(kind)]


def is_provable(kind: type[FigureMetric]) -> bool:
    """Whether a metric adds up over weeks and places, and says which way is better."""
    return is_additive(kind) and kind.better in ("up", "down")


def is_additive(kind: type[FigureMetric]) -> bool:
    """Whether a metric is a share or a mean with parts of its own: enough to be watched as one that must not move."""
    return kind.unit in UNITS and kind.needs() == (kind.stored(),)


def plan_in_force(action: Action) -> EffectPlan | None:
    """The newest frozen plan, with its extension."""
    return action.plans.select_related("extension", "by").order_by("-number").first()


def end_of(plan: EffectPlan) -> date:
    """The first day after the window, extended if it was."""
    return plan.extension.until if hasattr(plan, "extension") else plan.until


def last_check(action: Action) -> EffectCheck | None:
    """The newest check of any of its plans."""
    rows = EffectCheck.objects.filter(plan__action=action).select_related("plan")
    return rows.order_by("-plan__number", "-number").first()


def possible_owners(action: Action, *, now: datetime) -> list[Person]:
    """Active people whose roles reach the action, by name."""
    return people_reaching(action, scopes.ACTION_EDIT, now=now)


def rules_for(programme_id: UUID) -> ActionRules:
    """How the programme handles actions; the usual way where nobody said otherwise (not saved then)."""
    found = ActionRules.objects.filter(programme_id=programme_id).order_by("-at", "-id").first()
    return found or ActionRules(programme_id=programme_id)


def rates_of(rules: ActionRules) -> Rates:
    """What an error and an hour cost there."""
    return Rates(
        minutes_per_error=rules.minutes_per_error,
        cents_per_error=rules.cents_per_error,
        cents_per_hour=rules.cents_per_hour,
        currency=rules.currency,
    )


def scope_of(action: Action) -> dict[str, str | None]:
    """Its place as a plan writes it down."""
    return {name: _text(getattr(action, f"{name}_id")) for name in PLACES}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


# ---------------------------------------------------------------- figures


def figures_of(plan: Frozen, *, until: date, coached: Collection[UUID] = ()) -> Figures:
    """Everything that a check of the plan rests on, over whole weeks from the baseline's first day to `until`.

    Read from the roll-ups for the whole scope: who may see the action may see its scope. Amounts keep six decimals, so that
    their sign does not hang on the database.
    """
    control = plan.negative_control
    if plan.comparison == "coaching":
        return Figures(
            first_day=plan.first_day.isoformat(),
            people=_people(plan, plan.metric, until, coached),
            control_people=_people(plan, control, until, coached) if control else None,
            volume=_volume_of_people(plan, until, coached),
        )
    names = names_of(plan.dimension, [*(unit for unit, _day in plan.changed), *plan.others])
    return Figures(
        first_day=plan.first_day.isoformat(),
        units=_units(plan, plan.metric, until, names),
        control=_units(plan, control, until, names) if control else (),
        volume=_volume(plan, until),
    )


def names_of(dimension: str, ids: Sequence[str]) -> dict[str, str]:
    """The names of units, by id."""
    if not dimension or not ids:
        return {}
    rows = TABLES[dimension]._default_manager.filter(pk__in=[UUID(each) for each in ids])
    return {str(row.pk): str(row) for row in rows}


def _units(plan: Frozen, metric: str, until: date, names: Mapping[str, str]) -> tuple[Unit, ...]:
    weeks = (until - plan.first_day) // WEEK
    starts = {unit: plan.baseline_weeks + (date.fromisoformat(day) - plan.start) // WEEK for unit, day in plan.changed}
    wanted = [*starts, *plan.others]
    found: list[Unit] = []
    span: dict[str, Any] = {"since": plan.first_day, "until": plan.first_day + weeks * WEEK}
    if plan.comparison in ("before_after", "with_controls"):
        points = series(metric, **span, **_where(plan))
        found.append(_unit("", plan.baseline_weeks, points, metric, plan, weeks))
    if wanted:
        # Beside the scope, not within it: what it is compared with lies elsewhere, in the same programme.
        kept = (
            ("programme", "organisation")
            if plan.comparison == "with_controls"
            else ("programme", "queue", "organisation")
        )
        where = {name: value for name, value in _where(plan).items() if name in kept and name != plan.dimension}
        where[plan.dimension] = [UUID(each) for each in wanted]
        by = series_by(metric, by=plan.dimension, **span, **where)  # type: ignore[arg-type]
        for each in wanted:
            points = by.get(UUID(each), [])
            found.append(_unit(names.get(each, each), starts.get(each), points, metric, plan, weeks))
    return tuple(found)


def _unit(name: str, start: int | None, points: Iterable[SeriesPoint], metric: str, plan: Frozen, weeks: int) -> Unit:
    values: list[float | None] = [None] * weeks
    sizes = [0.0] * weeks
    for point in in_steps(points, metric=metric, until=plan.first_day + weeks * WEEK, days=7):
        at = (point.day - plan.first_day) // WEEK
        if point.estimate.is_known and 0 <= at < weeks:
            values[at] = round(point.estimate.value, DIGITS)
            sizes[at] = round(point.estimate.n_effective, DIGITS)
    return Unit(name=name, start=start, values=tuple(values), sizes=tuple(sizes))


def _people(plan: Frozen, metric: str, until: date, coached: Collection[UUID]) -> OfPeople:
    before = figure(metric, since=plan.first_day, until=plan.start, by="worker", **_where(plan))
    after = figure(metric, since=plan.start + plan.run_in_weeks * WEEK, until=until, by="worker", **_where(plan))
    # In an order that names nobody: by the figures themselves.
    rows = sorted(
        (*_said(before.get(who)), *_said(after.get(who)), int(who in coached)) for who in {*before, *after} if who
    )
    columns = list(zip(*rows, strict=True)) or [()] * 5
    return OfPeople(before=columns[0], n_before=columns[1], after=columns[2], n_after=columns[3], coached=columns[4])


def _said(estimate: Estimate | None) -> tuple[float, float]:
    if estimate is None or not estimate.is_known:
        return 0.0, 0.0
    return round(estimate.value, DIGITS), round(estimate.n_effective, DIGITS)


def _volume(plan: Frozen, until: date) -> float:
    where = _where(plan)
    if plan.changed:
        where[plan.dimension] = [UUID(unit) for unit, _day in plan.changed]
    return _count(figure(VOLUME, since=plan.start + plan.run_in_weeks * WEEK, until=until, **where))


def _volume_of_people(plan: Frozen, until: date, coached: Collection[UUID]) -> float:
    since = plan.start + plan.run_in_weeks * WEEK
    by = figure(VOLUME, since=since, until=until, by="worker", worker=list(coached), **_where(plan))
    return sum(_count(each) for each in by.values())


def _count(estimate: Estimate) -> float:
    return round(estimate.value, DIGITS) if estimate.is_known else 0.0


def _where(plan: Frozen) -> dict[str, Any]:
    return {name: UUID(value) for name, value in plan.scope.items() if value is not None}


# ---------------------------------------------------------------- over all actions


def places_of(plan: Frozen) -> tuple[Mapping[str, str | None], ...]:
    """Where a plan's effect shows: its scope, or each unit of it. One query where units are teams or sites."""
    if not plan.changed:
        return (plan.scope,)
    above: dict[str, dict[str, str]] = {}
    if plan.dimension == "team":
        teams = Team.objects.filter(pk__in=[unit for unit, _day in plan.changed]).select_related("site")
        above = {str(t.pk): {"site": str(t.site_id), "organisation": str(t.site.organisation_id)} for t in teams}
    elif plan.dimension == "site":
        sites = Site.objects.filter(pk__in=[unit for unit, _day in plan.changed])
        above = {str(site.pk): {"organisation": str(site.organisation_id)} for site in sites}
    return tuple(dict(plan.scope) | {plan.dimension: unit} | above.get(unit, {}) for unit, _day in plan.changed)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """An action with the newest check of its newest plan."""

    action: Action
    plan: Frozen
    check: EffectCheck

    @property
    def improvement(self) -> Estimate:
        """The measured improvement; above 0 is better."""
        return Estimate.from_dict(self.check.effect)

    @property
    def claim(self) -> Claim:
        """What it adds to a sum."""
        return Claim(
            key=str(self.action.pk),
            metric=self.plan.metric,
            places=places_of(self.plan),
            since=self.plan.start,
            until=self.check.until,
            volume=float(self.check.benefit.get("volume", 0.0)),
            benefit=self.check.benefit,
        )


def checked_actions(actor: Actor, *, among: QuerySet[Action] | None = None) -> list[Checked]:
    """Every action with a check that the actor may see, newest first: those that failed among them."""
    rows = visible(actor, scopes.ACTION_VIEW, Action.objects.all() if among is None else among)
    checks = EffectCheck.objects.filter(plan__action__in=rows).select_related("plan__action__owner__organisation")
    newest: dict[UUID, EffectCheck] = {}
    for check in checks.order_by("plan__number", "number"):
        newest[check.plan.action_id] = check
    found = [Checked(action=c.plan.action, plan=Frozen.read(c.plan.document), check=c) for c in newest.values()]
    return sorted(found, key=lambda each: each.check.at, reverse=True)


def lessons(actor: Actor, text: str = "") -> QuerySet[ActionLesson]:
    """The newest lesson of each action in which every word of the text stands: title, cause, what worked, what did not."""
    newest = ActionLesson.objects.filter(action=OuterRef("action")).order_by("-at", "-id").values("pk")[:1]
    rows = visible(actor, scopes.ACTION_VIEW, ActionLesson.objects.filter(pk=Subquery(newest)))
    fields = ("action__title", "action__what", "action__cause", "action__where_name", "what_worked", "what_did_not")
    for word in text.split():
        # A cause is stored by its slug, which people write with a blank.
        said = Q(action__cause__icontains=word.replace("-", "_"))
        for name in fields:
            said |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(said)
    return rows.select_related("action__programme", "by__organisation").order_by("-at")


def causes_found(actor: Actor) -> list[Found]:
    """The causes that closed investigations ended with, those that the actor may see."""
    rows = visible(actor, scopes.VIEW, Closing.objects.all()).select_related("investigation")
    again = set(
        visible(actor, scopes.ACTION_VIEW, Action.objects.filter(recurrences__isnull=False)).values_list(
            "investigation_id", flat=True
        )
    )
    return [
        Found(
            cause=each.cause,
            place=each.investigation.where_name,
            on=each.at.date(),
            recurred=each.investigation_id in again,
        )
        for each in rows
    ]


def returns_of(action: Action, plan: Frozen, *, since: Any, within: timedelta) -> list[Signal]:
    """Signals raised after a moment on the plan's metric, on its worse side, in a place that meets the action's."""
    side = -1 if plan.better == "up" else 1
    rows = Signal.objects.filter(
        metric=plan.metric,
        side=side,
        programme_id=action.programme_id,
        raised_at__gt=since,
        raised_at__lte=since + within,
    )
    mine = places_of(plan)

    def meets(signal: Signal) -> bool:
        theirs = {name: _text(getattr(signal, f"{name}_id")) for name in PLACES}
        # A signal about more than the action's place may be about something else: it must lie within it.
        return any(all(place.get(n) is None or place.get(n) == theirs[n] for n in PLACES) for place in mine)

    return [signal for signal in rows.order_by("raised_at") if meets(signal)]


def shows_figures(actor: Actor, action: Action, plan: Frozen) -> bool:
    """Whether the actor may see a check's figures week by week: those of single teams may stand for very few people."""
    is_narrow = plan.dimension == "team" or plan.scope.get("team") is not None
    return not is_narrow or bool(may(actor, PERSON_VIEW, action))


def metric_of(slug: str) -> type[FigureMetric]:
    """The metric of a plan."""
    return day_metric(slug)
