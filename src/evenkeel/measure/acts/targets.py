"""Setting targets and ending them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, Refused
from evenkeel.people import Organisation, Site, Team
from evenkeel.work import Programme, Queue

from .. import scopes
from ..metric import Metric, is_by_day, metrics
from ..models import Target, TargetLine
from ..queries.definitions import metric_for, metrics_for
from ..rules.targets import NOWHERE, faults_of

KINDS: dict[type[Model], str] = {
    Organisation: "organisation", Site: "site", Team: "team", Programme: "programme", Queue: "queue",
}  # fmt: skip


def set_target(
    actor: Actor,
    *,
    metric: str,
    on: Organisation | Site | Team | Programme | Queue | None = None,
    value: float,
    warning: float,
    critical: float,
    guard: str = "",
    why: str,
    since_on: date,
    until_on: date | None = None,
    now: datetime,
) -> Target:
    """Say what a metric should be at a place (None: everywhere) from a day on, in the metric's own unit.

    `guard` is the metric that must not get worse meanwhile; the metric's own unless another is named. `Invalid` names the
    field; two targets of one metric at one place do not overlap.
    """
    with act(scopes.TARGET_EDIT, actor, on=on, now=now) as deed:
        if on is None:
            _insist_on_everywhere(actor)
        kind = _metric(actor, metric)
        guard = guard or kind.guard
        faults = faults_of(better=kind.better, unit=kind.unit, value=value, warning=warning, critical=critical)
        if guard == kind.slug or guard not in {each.slug for each in metrics_for(actor)}:
            faults["guard"] = _("Choose another metric: what must not get worse while this one gets better.")
        if not why.strip():
            faults["why"] = _("Say why: people work towards it.")
        if until_on is not None and until_on <= since_on:
            faults["until_on"] = _("It ends after it begins.")
        if faults:
            raise Invalid(
                _("The target cannot stand like this."), fields={name: [said] for name, said in faults.items()}
            )
        line = _line(kind.slug, on)
        _insist_on_room(line, since_on, until_on)
        said = {"since_on": since_on, "until_on": until_on, "value": value, "warning": warning, "critical": critical}
        try:
            with transaction.atomic():
                made = Target.objects.create(
                    line=line, guard=guard, why=why.strip(), set_at=now, set_by_id=actor.person_id, **said
                )
        except IntegrityError:
            # Somebody set one in the same instant: the database has the last word.
            raise _overlap() from None
        deed.record(
            "target set",
            on=made,
            organisation_id=line.organisation_id,
            after={"metric": kind.slug, "guard": guard, **said},
        )
        deed.tell("target.set", target_id=made.pk)
        return made


def end_target(actor: Actor, *, target: Target, until_on: date, now: datetime) -> Target:
    """End a target with a day that it no longer covers; earlier days keep it."""
    on = target if target.line.kind != TargetLine.EVERYWHERE else None
    with act(scopes.TARGET_EDIT, actor, on=on, now=now) as deed:
        if on is None:
            _insist_on_everywhere(actor)
        locked = Target.objects.select_for_update().get(pk=target.pk)
        deed.require(locked.until_on is None or locked.until_on > until_on, _("It has ended already."))
        if until_on <= locked.since_on:
            raise Invalid(
                _("It cannot end then."), fields={"until_on": [_("It ends after it begins: on a later day.")]}
            )
        before = locked.until_on
        locked.until_on = until_on
        locked.save(update_fields=["until_on"])
        deed.record("target ended", on=locked, before={"until_on": before}, after={"until_on": until_on})
        deed.tell("target.ended", target_id=locked.pk)
        return locked


def _insist_on_everywhere(actor: Actor) -> None:
    is_everywhere = not actor.is_outside and any(grant.kind is None for grant in actor.grants_for(scopes.TARGET_EDIT))
    if not actor.is_system and not is_everywhere:
        raise Refused(_("Only whoever may set targets everywhere sets one for everything: choose a place."))


def _metric(actor: Actor, slug: str) -> type[Metric]:
    kind = metric_for(actor, slug) if slug in metrics and "@" not in slug else None
    if kind is None or not is_by_day(kind):
        raise Invalid(
            _("There is no such metric."), fields={"metric": [_("Choose a metric that is summed up by day.")]}
        )
    return kind


def _line(metric: str, on: Model | None) -> TargetLine:
    """The line of a metric at a place, held until the end of the act: whoever comes next sees what was set."""
    kind = KINDS[type(on)] if on is not None else TargetLine.EVERYWHERE
    above: dict[str, Any] = {} if on is None else {kind: on}
    if isinstance(on, Team):
        above |= {"site": on.site, "organisation_id": on.site.organisation_id}
    elif isinstance(on, Site):
        above |= {"organisation_id": on.organisation_id}
    elif isinstance(on, Queue):
        above |= {"programme_id": on.programme_id}
    line, _made = TargetLine.objects.get_or_create(
        metric=metric, kind=kind, place_id=on.pk if on is not None else NOWHERE, defaults=above
    )
    return TargetLine.objects.select_for_update().get(pk=line.pk)


def _insist_on_room(line: TargetLine, since_on: date, until_on: date | None) -> None:
    others = Target.objects.filter(line=line).filter(Q(until_on=None) | Q(until_on__gt=since_on))
    if until_on is not None:
        others = others.filter(since_on__lt=until_on)
    if others.exists():
        raise _overlap()


def _overlap() -> Invalid:
    return Invalid(
        _("There is a target already."),
        fields={"since_on": [_("Another target covers some of these days: end it first, or choose other days.")]},
    )
