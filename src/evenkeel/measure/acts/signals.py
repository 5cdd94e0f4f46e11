"""What happens to signals: one is raised, somebody takes it on, somebody says what it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.kernel import Estimate
from evenkeel.people import Person

from .. import scopes
from ..models import Acknowledgement, Disposition, Series, Signal, SignalMember
from ..outbox import write_messages
from ..rules.watching import difference


def raise_signal(
    actor: Actor,
    *,
    series: Series,
    where_name: str,
    side: int,
    rule: str,
    first_on: date,
    last_on: date,
    before: Estimate,
    after: Estimate,
    owner: Person | None,
    also_in: Sequence[str] = (),
    rate: float = 0.0,
    dated: Mapping[str, str] | None = None,
    now: datetime,
) -> Signal:
    """Raise a signal on a series. `NotNow` while one on the same side is open: a change is told once.

    `rate` is what its limits allowed, `dated` when it began (`on`, `earliest`, `latest`). It is told on every channel that
    is open for it, in the same transaction.
    """
    with act(scopes.SIGNAL_ACT, actor, on=series, now=now) as deed:
        deed.require(
            not Signal.objects.filter(series=series, side=side, closed_at=None).exists(),
            _("There is an open signal on this already."),
        )
        made = Signal.objects.create(
            series=series,
            programme_id=series.programme_id,
            queue_id=series.queue_id,
            organisation_id=series.organisation_id,
            site_id=series.site_id,
            team_id=series.team_id,
            label=series.label,
            where_name=where_name,
            metric=series.metric,
            side=side,
            rule=rule,
            first_on=first_on,
            last_on=last_on,
            before=before.to_dict(),
            after=after.to_dict(),
            change=difference(before, after).to_dict(),
            also_in=list(also_in),
            rate=rate,
            dated=dict(dated or {}),
            owner=owner,
            raised_at=now,
        )
        write_messages(made, now=now)
        deed.record(
            "raised",
            on=made,
            organisation_id=series.organisation_id,
            after={"where": where_name, "rule": rule, "first_on": first_on, "change": made.change["value"]},
        )
        deed.tell("signal.raised", signal_id=made.id)
        return made


def join_signal(
    actor: Actor,
    *,
    signal: Signal,
    series: Series,
    where_name: str,
    side: int,
    rule: str,
    tie: str,
    first_on: date,
    last_on: date,
    before: Estimate,
    after: Estimate,
    now: datetime,
) -> SignalMember:
    """Put another series with the signal that it belongs to; nobody is told anew. `NotNow` once the signal is closed."""
    with act(scopes.SIGNAL_ACT, actor, on=signal, now=now) as deed:
        locked = Signal.objects.select_for_update().get(pk=signal.pk)
        deed.require(locked.is_open, _("The signal is closed already."))
        made, is_new = SignalMember.objects.get_or_create(
            signal=locked,
            series=series,
            side=side,
            defaults={
                "where_name": where_name, "metric": series.metric, "rule": rule, "tie": tie, "first_on": first_on,
                "last_on": last_on, "before": before.to_dict(), "after": after.to_dict(),
                "change": difference(before, after).to_dict(), "joined_at": now,
            },
        )  # fmt: skip
        if is_new and where_name not in locked.also_in:
            locked.also_in = sorted({*locked.also_in, where_name})
            locked.save(update_fields=["also_in"])
        # Of the series' own organisation: the trail of the signal is read by people who may not see the member.
        deed.record("member joined", on=made, organisation_id=series.organisation_id, after={"where": where_name})
        deed.tell("signal.joined", signal_id=locked.id, member_id=made.id)
        return made


def acknowledge(actor: Actor, *, signal: Signal, now: datetime) -> Signal:
    """Take a signal on: whoever acknowledges it owns it. `NotNow` when somebody has, or it is closed."""
    with act(scopes.SIGNAL_ACT, actor, on=signal, now=now) as deed:
        locked = Signal.objects.select_for_update().get(pk=signal.pk)
        deed.require(locked.is_open, _("The signal is closed already."))
        deed.require(
            not Acknowledgement.objects.filter(signal=locked).exists(), _("Somebody looks after this signal already.")
        )
        Acknowledgement.objects.create(signal=locked, by_id=actor.person_id, at=now)
        before = locked.owner_id
        if actor.person_id is not None:
            locked.owner_id = actor.person_id
            locked.save(update_fields=["owner"])
        deed.record("acknowledged", before={"owner": before}, after={"owner": locked.owner_id})
        deed.tell("signal.acknowledged", signal_id=locked.id)
        return locked


def dispose(actor: Actor, *, signal: Signal, kind: str, reason: str, now: datetime) -> Disposition:
    """Say what a signal was, and close it. `Invalid` without a reason; a known change starts a new baseline."""
    with act(scopes.SIGNAL_ACT, actor, on=signal, now=now) as deed:
        locked = Signal.objects.select_for_update().get(pk=signal.pk)
        deed.require(locked.is_open, _("The signal is closed already."))
        if kind not in dict(Disposition.KINDS):
            raise Invalid(_("Say what the signal was."), fields={"kind": [_("Choose one of the list.")]})
        if not reason.strip():
            raise Invalid(
                _("A signal is not closed without a reason."),
                fields={"reason": [_("Write in a sentence why you think so.")]},
            )
        made = Disposition.objects.create(
            signal=locked, kind=kind, reason=reason.strip(), by_id=actor.person_id, at=now
        )
        locked.closed_at = now
        locked.save(update_fields=["closed_at"])
        if kind == "known_change":
            # From here on the process is another one: limits of the old one would alarm for ever.
            Series.objects.filter(pk=locked.series_id).update(baseline_from_on=locked.first_on, baseline_until_on=None)
            for member in locked.members.filter(tie="place"):
                Series.objects.filter(pk=member.series_id).update(
                    baseline_from_on=member.first_on, baseline_until_on=None
                )
        deed.record("disposed of", after={"kind": kind, "reason": made.reason})
        deed.tell("signal.disposed", signal_id=locked.id, kind=kind)
        return made
