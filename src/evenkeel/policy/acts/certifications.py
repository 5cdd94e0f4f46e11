"""Certifications: what must have been passed, who has passed it, and taking one away again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.people import Worker, notify

from .. import scopes
from ..models import Certificate, CertificateEnd, Certification, Policy

NAME_LENGTH, REASON_LENGTH = 80, 300
DAYS = (1, 3_650)
RENEW_DAYS = 180


def add_certification(
    actor: Actor,
    *,
    name: str,
    policy: Policy | None = None,
    lapses_after_days: int | None = None,
    lapses_with_policy: bool = False,
    renew_days: int = 0,
    now: datetime,
) -> Certification:
    """Add a certification. Queues ask for it by its name; nobody holds it yet. `Invalid` names what does not fit.

    `renew_days`: how long holders have to renew it after a new version of the guideline, and before the day it lapses.
    """
    with act(scopes.CERTIFICATION_EDIT, actor, now=now) as deed:
        name = name.strip()
        faults: dict[str, list[str]] = {}
        if not name or len(name) > NAME_LENGTH or "\x00" in name or "," in name:
            # Queues list names by commas.
            faults["name"] = [_("1 to %(n)d characters, and no comma.") % {"n": NAME_LENGTH}]
        elif Certification.objects.filter(name=name).exists():
            faults["name"] = [_("There is one of this name already; choose another.")]
        if lapses_after_days is not None and not DAYS[0] <= lapses_after_days <= DAYS[1]:
            faults["lapses_after_days"] = [_("%(least)d to %(most)d days.") % {"least": DAYS[0], "most": DAYS[1]}]
        if not 0 <= renew_days <= RENEW_DAYS:
            faults["renew_days"] = [_("0 to %(most)d days.") % {"most": RENEW_DAYS}]
        elif lapses_after_days is not None and renew_days >= lapses_after_days:
            faults["renew_days"] = [_("Fewer days than until it lapses.")]
        if lapses_with_policy and policy is None:
            faults["policy"] = [_("Say with which guideline it lapses.")]
        if faults:
            raise Invalid(_("The certification cannot be added like this."), fields=faults)
        made = Certification.objects.create(
            name=name,
            policy=policy,
            lapses_after_days=lapses_after_days,
            lapses_with_policy=lapses_with_policy,
            renew_days=renew_days,
            created_at=now,
        )
        said = {"name": name, "lapses_after_days": lapses_after_days, "renew_days": renew_days}
        deed.record("added", on=made, after=said)
        return made


def certify(
    actor: Actor, *, certification: Certification, worker: Worker, valid_until: datetime | None = None, now: datetime
) -> Certificate:
    """Give somebody a certificate, in force from now. Without an end of its own it lapses as its certification says."""
    with act(scopes.CERTIFICATION_EDIT, actor, on=certification, now=now) as deed:
        if valid_until is None and certification.lapses_after_days is not None:
            valid_until = now + timedelta(days=certification.lapses_after_days)
        if valid_until is not None and valid_until <= now:
            raise Invalid(_("It would have lapsed already."), fields={"valid_until": [_("Choose a later moment.")]})
        made = Certificate.objects.create(
            certification=certification,
            worker=worker,
            valid_from=now,
            valid_until=valid_until,
            given_by_id=actor.person_id,
            created_at=now,
        )
        until = valid_until.isoformat() if valid_until else None
        deed.record("certified", on=made, after={"worker": worker.code, "name": certification.name, "until": until})
        deed.tell("worker.certified", certificate_id=made.pk, worker_id=worker.pk)
        if worker.person is not None:
            notify(
                [worker.person], title=_("You are certified: %(name)s") % {"name": certification.name}, url="/", now=now
            )
        return made


def withdraw_certificate(actor: Actor, *, certificate: Certificate, reason: str, now: datetime) -> CertificateEnd:
    """Take a certificate away before its time; the next hand-out obeys. `NotNow` for one that is withdrawn already."""
    with act(scopes.CERTIFICATION_EDIT, actor, on=certificate, now=now) as deed:
        reason = reason.strip()
        if not reason or len(reason) > REASON_LENGTH or "\x00" in reason:
            said = _("1 to %(n)d characters.") % {"n": REASON_LENGTH}
            raise Invalid(_("A reason is missing."), fields={"reason": [said]})
        held = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
        deed.require(not hasattr(held, "end"), _("It was withdrawn already."), code="withdrawn")
        made = CertificateEnd.objects.create(certificate=held, reason=reason, at=now)
        deed.record("withdrawn", on=held, after={"reason": reason})
        deed.tell("worker.certificate_withdrawn", certificate_id=held.pk, worker_id=held.worker_id)
        return made
