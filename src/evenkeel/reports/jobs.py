"""What time does here: mails that are due are sent."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from evenkeel.ground.errors import Problem
from evenkeel.ground.jobs import enqueue, job
from evenkeel.people import actor_for

from .mail import message_of
from .models import Mailing
from .queries.saved import saved
from .rules.rhythm import next_moment

_log = structlog.get_logger(__name__)
_AT_ONCE = 200


@job(every_s=60)
def mail_due(now: datetime) -> None:
    """Claim each mailing that is due and have it sent. One that was missed while nothing ran is sent once, not many times."""
    for mailing in Mailing.objects.filter(next_at__lte=now).order_by("next_at")[:_AT_ONCE]:
        following = next_moment(now, rhythm=mailing.rhythm, hour=mailing.hour, zone=mailing.zone)
        with transaction.atomic():
            # One conditional update: of two processes, one moves the clock on and the other finds it moved.
            claimed = Mailing.objects.filter(pk=mailing.pk, next_at=mailing.next_at).update(next_at=following)
            if claimed:
                enqueue(send_mailing, mailing_id=str(mailing.pk), at=now.isoformat())


@job()
def send_mailing(*, mailing_id: str, at: str) -> None:
    """Send one, by the rights that its reader has at this moment; without them nothing is sent."""
    now = datetime.fromisoformat(at)
    rows = Mailing.objects.select_related("exploration", "person__organisation", "person__worker")
    mailing = rows.filter(pk=mailing_id).first()
    if mailing is None or not mailing.person.is_active:
        return
    actor = actor_for(mailing.person, now=now)
    if not saved(actor).filter(pk=mailing.exploration_id).exists():
        _log.info("mailing_without_right", mailing=mailing_id)
        return
    try:
        message_of(mailing, actor=actor, now=now).send()
    except Problem as refused:
        _log.info("mailing_refused", mailing=mailing_id, why=refused.code)
        return
    Mailing.objects.filter(pk=mailing.pk).update(last_sent_at=now)
