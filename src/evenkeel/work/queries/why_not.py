"""Why somebody gets nothing from a queue: each rule with what it found, and what would put it right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.access import Actor, may
from evenkeel.people import Worker, actor_for
from evenkeel.wellness import may_take

from .. import scopes
from ..eligibility import asked_by, brought_by
from ..handout import in_languages, keeps_apart, not_hers_yet, of_team, with_room
from ..models import Engagement, Queue, Task
from ..rules.eligibility import Check, check_person

# Beyond this it does not matter how many wait.
_COUNTED = 1_000


@dataclass(frozen=True, kw_only=True)
class WhyNot:
    """What hand-out would find for one person at one queue now."""

    worker: Worker
    queue: Queue
    checks: tuple[Check, ...]
    # How many tasks she could be handed, counted up to a thousand.
    waiting: int

    @property
    def first(self) -> Check | None:
        """The rule at which hand-out would stop; None when something would be handed to her."""
        return next((check for check in self.checks if not check.passed), None)


def why_not(actor: Actor, *, queue: Queue, worker: Worker, now: datetime) -> WhyNot:
    """Ask every rule of hand-out, in the order in which hand-out asks. The caller has checked what the actor may see.

    Limits of exposure are evaluated for nobody but the person herself: what she was shown is hers to know.
    """
    checks = [_engaged(queue, worker), _allowed(queue, worker, now)]
    checks += check_person(asked_by(queue), brought_by(worker, queue, now=now), today=now.date())
    if queue.severity:
        checks.append(_within_limits(actor, queue, worker, now))
    waiting, check = _waiting(queue, worker)
    return WhyNot(worker=worker, queue=queue, checks=(*checks, check), waiting=waiting)


def _engaged(queue: Queue, worker: Worker) -> Check:
    organisation = worker.organisation
    passed = (
        organisation.is_house
        or Engagement.objects.filter(programme=queue.programme_id, organisation=organisation).exists()
    )
    named = {"organisation": organisation.name, "programme": queue.programme.name}
    return Check(
        slug="engaged",
        title=_("Takes part"),
        passed=passed,
        found=(
            _("%(organisation)s takes part in %(programme)s.") if passed else _("%(organisation)s does not take part.")
        )
        % named,
        fix=_("Let the organisation take part, on the programme's page."),
    )


def _allowed(queue: Queue, worker: Worker, now: datetime) -> Check:
    if worker.person is None or not worker.person.is_active:
        found = _("The worker has no account, so nobody can log in and take items.")
        return Check(slug="grant", title=_("Role"), passed=False, found=found, fix=_("Give the worker an account."))
    passed = bool(may(actor_for(worker.person, now=now), scopes.TASK_DECIDE, queue))
    return Check(
        slug="grant",
        title=_("Role"),
        passed=passed,
        found=_("A role lets her decide here.") if passed else _("No role in force lets her decide in this queue."),
        fix=_("Give the account a role that decides, such as moderator, for this queue or further."),
    )


def _within_limits(actor: Actor, queue: Queue, worker: Worker, now: datetime) -> Check:
    title = _("Limits of exposure")
    if actor.worker_id != worker.pk:
        found = _("Obeyed at hand-out, and told to nobody but the person herself.")
        return Check(slug="exposure", title=title, passed=True, found=found)
    ruling = may_take(worker.pk, severity=queue.severity, now=now)
    fix = _("It begins anew tomorrow. Queues of ordinary content are open to you.")
    return Check(slug="exposure", title=title, passed=bool(ruling), found=ruling.reason, fix=fix)


def _waiting(queue: Queue, worker: Worker) -> tuple[int, Check]:
    """The first sieve that lets nothing through, and what would help."""
    rows = Task.objects.filter(queue=queue, closed_at=None)
    sieves: list[tuple[QuerySet[Task], str, str]] = [
        (
            rows,
            _("Nothing in the queue is open: every item is decided or closed."),
            _("Put more items into the queue, or re-open some under changes to many tasks."),
        ),
        (
            rows := with_room(queue.pk),
            _("All that is open is in somebody's hands."),
            _("It comes back when it is given back or when its lease runs out."),
        ),
        (
            rows := rows.filter(not_hers_yet(worker.pk, queue.form_id)),
            _("She has decided or skipped all that waits, or has it in hand."),
            _("The further opinions that these items want must come from other people."),
        ),
    ]
    if queue.languages:
        rows = rows.filter(in_languages(worker.languages))
        found = _("All that waits for her is in languages that she does not speak.")
        sieves.append((rows, found, _("Items in those languages need somebody who speaks them.")))
    if keeps_apart(queue, worker):
        rows = rows.exclude(of_team(worker.team_id))
        found = _("All that waits has been decided by, or is in the hands of, her own team.")
        fix = _("Further opinions come from other teams here: let one of them work in the queue, or change the rule.")
        sieves.append((rows, found, fix))
    n = 0
    for sieve, found, fix in sieves:
        n = sieve[:_COUNTED].count()
        if not n:
            return 0, Check(slug="waiting", title=_("Something waits"), passed=False, found=found, fix=fix)
    more = "+" if n == _COUNTED else ""
    found = ngettext("%(n)s item could be handed out now.", "%(n)s items could be handed out now.", n) % {
        "n": f"{n:,}{more}"
    }
    return n, Check(slug="waiting", title=_("Something waits"), passed=True, found=found)


def workers_matching(workers: QuerySet[Worker], text: str, *, limit: int = 20) -> list[Worker]:
    """Workers by a part of their name or code, for a choice."""
    text = text.strip().replace("\x00", "")
    if not text:
        return []
    found = workers.filter(Q(name__icontains=text) | Q(code__icontains=text))
    return list(found.select_related("organisation").order_by("name", "id")[:limit])
