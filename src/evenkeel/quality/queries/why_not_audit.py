"""Why an auditor gets no audit: rule by rule, how many of those that wait it keeps from her, and what would help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.access import Actor, visible
from evenkeel.people import Worker, actor_for
from evenkeel.work import may_see

from .. import scopes
from ..models import AuditTask
from .assignment import sieves
from .auditor_rules import asked_by_rule, auditor_rules, qualified
from .audits import judged_by

if TYPE_CHECKING:
    from uuid import UUID

    from evenkeel.work import Programme


@dataclass(frozen=True, kw_only=True)
class AuditCheckOfRule:
    """One rule: how many of the audits it keeps from the auditor, what was found, and what would put it right."""

    slug: str
    title: str
    kept: int
    found: str
    fix: str = ""

    @property
    def passed(self) -> bool:
        """Whether it keeps nothing from her."""
        return not self.kept


@dataclass(frozen=True, kw_only=True)
class WhyNoAudit:
    """What the audit desk would find for one auditor now, in one programme or in all."""

    worker: Worker
    checks: tuple[AuditCheckOfRule, ...]
    waiting: int
    # What she may take.
    left: int

    @property
    def first(self) -> AuditCheckOfRule | None:
        """The rule that took the last of what waited; None while something is left, or nothing waits at all."""
        if self.left or not self.waiting:
            return None
        return next((check for check in reversed(self.checks) if not check.passed), None)


def why_no_audit(actor: Actor, *, worker: Worker, programme: Programme | None = None, now: datetime) -> WhyNoAudit:
    """Ask every rule of assignment in the order in which the desk asks. The caller has checked whom the actor may see.

    Limits of exposure are evaluated for nobody but the person herself.
    """
    person = worker.person
    hers = actor_for(person, now=now) if person is not None and person.is_active else None
    rows = AuditTask.objects.filter(closed_at=None)
    rows = rows.filter(programme=programme) if programme is not None else rows
    free = Q(auditor=None) | Q(expires_at__lte=now) | Q(auditor=worker.pk)
    waiting = rows.filter(free).count()
    mine = visible(hers, scopes.AUDIT_DO, rows.filter(free)) if hers is not None else rows.none()
    left = mine.count()
    checks = [_role(hers, waiting - left)]
    for slug, found in sieves(mine, worker.pk, now=now):
        n, mine = found.count(), found
        checks.append(_rule(slug, left - n, worker, now))
        left = n
    mine = mine.filter(~judged_by(worker.pk, "draw__decision"))
    checks.append(_known(left - mine.count()))
    left = mine.count()
    if actor.worker_id == worker.pk:
        severities = list(mine.order_by().values_list("draw__decision__severity", flat=True).distinct())
        shut = [each for each in severities if not may_see(worker.pk, severity=each or 0, now=now)]
        kept = mine.filter(draw__decision__severity__in=shut).count() if shut else 0
        checks.append(_exposure(kept))
        left -= kept
    return WhyNoAudit(worker=worker, checks=tuple(checks), waiting=waiting, left=left)


def _role(hers: Actor | None, kept: int) -> AuditCheckOfRule:
    has = hers is not None and hers.has(scopes.AUDIT_DO)
    found = _("A role lets her audit.") if has else _("No role in force lets her audit.")
    if has and kept:
        found = _kept(kept, _("lies outside what her role reaches"), _("lie outside what her role reaches"))
    fix = _("Give the account a role that audits, such as QA specialist, for these queues or further.")
    return AuditCheckOfRule(slug="role", title=_("Role"), kept=kept, found=found, fix=fix)


def _rule(slug: str, kept: int, worker: Worker, now: datetime) -> AuditCheckOfRule:
    title, words, fix = _WORDS[slug]()
    found = _kept(kept, *words) if kept else _("It keeps nothing from her.")
    if slug == "unqualified" and kept:
        found += " " + _missing(worker.pk, now)
    return AuditCheckOfRule(slug=slug, title=title, kept=kept, found=found, fix=fix)


def _known(kept: int) -> AuditCheckOfRule:
    words = (
        _("is about a decision that she has judged for another plan"),
        _("are about decisions that she has judged for another plan"),
    )
    found = _kept(kept, *words) if kept else _("It keeps nothing from her.")
    fix = _("She knows the first answer; somebody else audits it.")
    return AuditCheckOfRule(slug="known", title=_("Judged already"), kept=kept, found=found, fix=fix)


def _exposure(kept: int) -> AuditCheckOfRule:
    words = _("lies beyond today’s limit of exposure"), _("lie beyond today’s limit of exposure")
    found = _kept(kept, *words) if kept else _("It keeps nothing from her.")
    fix = _("It begins anew tomorrow. Milder content is open to you.")
    return AuditCheckOfRule(slug="exposure", title=_("Limits of exposure"), kept=kept, found=found, fix=fix)


def _kept(n: int, one: str, many: str) -> str:
    said = ngettext("%(n)d audit %(one)s.", "%(n)d audits %(many)s.", n)
    return said % {"n": n, "one": one, "many": many}


def _missing(worker_id: UUID, now: datetime) -> str:
    """Which skills and certifications she lacks, by queue or guideline; with when a certificate lapsed."""
    rules = list(auditor_rules())
    has = qualified(worker_id, rules, now=now)
    said = []
    for rule in rules:
        lacking = sorted(asked_by_rule(rule) - has.names)
        if lacking:
            names = [_with_lapse(name, has.lapsed[name].at) if name in has.lapsed else name for name in lacking]
            said.append(_("%(of)s asks for %(names)s.") % {"of": rule, "names": ", ".join(names)})
    return " ".join(said)


def _with_lapse(name: str, at: datetime | None) -> str:
    if at is None:
        return name
    return _("%(name)s (lapsed at %(at)s)") % {"name": name, "at": f"{at:%Y-%m-%d %H:%M} UTC"}


_WORDS = {
    "own": lambda: (
        _("Her own"),
        (_("is of her own decision"), _("are of her own decisions")),
        _("Somebody else audits them."),
    ),
    "team": lambda: (
        _("Her team’s"),
        (_("is of her own team, which the plan keeps apart"), _("are of her own team, which the plan keeps apart")),
        _("Let another team’s auditor take them, or change the plan’s rule."),
    ),
    "language": lambda: (
        _("Language"),
        (_("is in a language that she does not read"), _("are in languages that she does not read")),
        _("Add the language to the worker’s record if she reads it."),
    ),
    "unqualified": lambda: (
        _("Skills and certifications"),
        (_("asks for what she has not in force"), _("ask for what she has not in force")),
        _("Note the skill on the worker’s page, have her pass the certification, or change what is asked of auditors."),
    ),
    "too_often": lambda: (
        _("The same person"),
        (
            _("is of somebody whom she has audited as often as the plan allows in seven days"),
            _("are of people whom she has audited as often as the plan allows in seven days"),
        ),
        _("It gives way once a draw has waited three days."),
    ),
    "enough": lambda: (
        _("Audits a day"),
        (_("is beyond what the plan allows her today"), _("are beyond what the plan allows her today")),
        _("It begins anew at midnight UTC, and gives way once a draw has waited three days."),
    ),
    "ahead": lambda: (
        _("Spread evenly"),
        (
            _("is left to somebody on duty who audited less today"),
            _("are left to others on duty who audited less today"),
        ),
        _("New draws are hers as soon as the others have caught up, or have gone off duty."),
    ),
}
