"""Calling people to sit an exam again: their guideline changed, or their certificate's day comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.people import Person, notify, people_with
from evenkeel.policy import Renewal, renewals

from . import scopes
from .models import Exam, ExamCall
from .queries.golden import in_force_for
from .queries.renewals import still_due
from .rules.calibration import remind_from

_CALLER = Actor.system("exams")
# A certificate without days to renew it ends the moment its guideline changes; its holder is called all the same.
_LATE = timedelta(days=1)


def call_again(now: datetime) -> int:
    """Call whoever is to renew a certificate that an open exam gives, once each; remind once, a day before the deadline or
    at half time. Returns how many were called.
    """
    called = 0
    for exam in (
        Exam.objects.filter(ended_at=None).select_related("queue__form", "certification__policy").order_by("id")
    ):
        found = renewals(exam.certification, now=now, lapsed_since=now - _LATE)
        known = set(ExamCall.objects.filter(exam=exam).values_list("certificate_id", flat=True))
        called += _call(exam, [each for each in found if each.certificate.pk not in known], now)
        _remind(exam, now)
    return called


def _call(exam: Exam, found: Sequence[Renewal], now: datetime) -> int:
    if not found:
        return 0
    try:
        with act(scopes.GATE_EDIT, _CALLER, on=exam, now=now) as deed:
            ExamCall.objects.bulk_create(
                [
                    ExamCall(
                        exam=exam, worker=each.certificate.worker, certificate=each.certificate, why=each.why,
                        deadline_at=each.until, called_at=now,
                    )
                    for each in found
                ]
            )  # fmt: skip
            _tell(exam, found, now)
            _tell_experts(exam, len(found), now)
            deed.record("people called", on=exam, after={"people": len(found)})
    except IntegrityError:  # another process was first, and told them
        return 0
    return len(found)


def _tell(exam: Exam, found: Sequence[Renewal], now: datetime) -> None:
    by_title: defaultdict[str, list[Person]] = defaultdict(list)
    for each in found:
        if each.certificate.worker.person is not None:
            by_title[_title(exam, each, now)].append(each.certificate.worker.person)
    for title, people in by_title.items():
        notify(people, title=title, url=reverse("work:desk", args=[exam.queue_id]), now=now)


def _tell_experts(exam: Exam, people: int, now: datetime) -> None:
    """The new version has flagged the exam's items as well: until experts agree anew there is too little to sit."""
    items = in_force_for(exam.queue, now, is_for_exams=True).count()
    if items >= exam.most:
        return
    programme = exam.queue.programme_id
    title = ngettext(
        "%(n)d person is called to the exam %(name)s, which has %(items)d items in force of %(most)d: agree on more.",
        "%(n)d people are called to the exam %(name)s, which has %(items)d items in force of %(most)d: agree on more.",
        people,
    ) % {"n": people, "name": exam, "items": items, "most": exam.most}
    experts = people_with(scopes.GOLD_SAY, now=now, kind="programme", target_id=programme)
    notify(experts, title=title, url=reverse("quality:golds"), now=now)


def _title(exam: Exam, renewal: Renewal, now: datetime) -> str:
    said = {"name": exam.certification.name, "day": f"{renewal.until:%Y-%m-%d %H:%M} UTC"}
    if renewal.until <= now:
        return _("%(name)s has lapsed: sit its exam to hold it again.") % said
    if renewal.why == "replaced":
        return _("The guideline of %(name)s has a new version: sit the exam by %(day)s.") % said
    return _("%(name)s ends on %(day)s: sit the exam before.") % said


def _remind(exam: Exam, now: datetime) -> None:
    for call in still_due(ExamCall.objects.filter(exam=exam, reminded_at=None, deadline_at__gt=now), now=now):
        if now < remind_from(opened_at=call.called_at, deadline_at=call.deadline_at):
            continue
        with transaction.atomic():
            if not ExamCall.objects.filter(pk=call.pk, reminded_at=None).update(reminded_at=now):
                continue
            if call.worker.person is not None:
                said = {"name": exam.certification.name, "day": f"{call.deadline_at:%Y-%m-%d %H:%M} UTC"}
                title = _("%(name)s ends on %(day)s, and you have not sat its exam.") % said
                notify([call.worker.person], title=title, url=reverse("work:desk", args=[exam.queue_id]), now=now)
