"""How auditors agree: counts by auditor, and what doubles alone tell of their errors. Published figures are `measure`'s."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from evenkeel.ground.access import Actor, visible
from evenkeel.kernel import Estimate
from evenkeel.people import Worker

from .. import scopes
from ..models import AuditCheck, CheckAnswer, Verdict
from ..rules.auditors import Latent, Pair, alignment, has_drifted, latent_errors

PERIOD = timedelta(days=28)
_MOST_PAIRS = 20_000


@dataclass(frozen=True, kw_only=True)
class AuditorRecord:
    """An auditor's last 28 days: audits, pairs with another, how many agreed, cases settled and confirmed; and before."""

    worker: Worker
    audited: int
    pairs: int
    now: Estimate
    before: Estimate
    settled: int
    confirmed: int

    @property
    def has_drifted(self) -> bool:
        """Whether she agrees less with others than in the 28 days before."""
        return has_drifted(self.before, self.now)


def auditor_records(actor: Actor, *, now: datetime) -> list[AuditorRecord]:
    """Everybody's whom the actor may see, by name; her own alone without the right to see others'. Pairs and settled cases
    that count for the policy are left out.
    """
    answers = CheckAnswer.objects.filter(given_at__gt=now - 2 * PERIOD, given_at__lte=now)
    # Where experts do not agree on the clause, two auditors who differ say something of the guideline, not of themselves.
    answers = answers.exclude(audit_check__verdict__counts_for_policy=True).select_related("audit_check__verdict")
    verdicts = Verdict.objects.filter(corrects=None, audited_at__gt=now - PERIOD, audited_at__lte=now)
    if actor.has(scopes.AUDITOR_VIEW):
        answers = visible(actor, scopes.AUDITOR_VIEW, answers)
        verdicts = visible(actor, scopes.AUDITOR_VIEW, verdicts)
        mine = None
    else:
        mine = actor.worker_id
    counts = _counted(answers, now)
    audited = Counter(dict(verdicts.order_by().values_list("auditor").annotate(n=Count("pk"))))
    people = {mine} if mine else {worker for worker, _what in counts} | set(audited)
    found = Worker.objects.filter(pk__in=people).select_related("organisation").order_by("name")
    return [_record(worker, audited[worker.pk], counts) for worker in found]


def _record(worker: Worker, audited: int, counts: Counter[tuple[UUID, str]]) -> AuditorRecord:
    def n(what: str) -> int:
        return counts[worker.pk, what]

    return AuditorRecord(
        worker=worker,
        audited=audited,
        pairs=n("now"),
        now=alignment(n("now agreed"), n("now")),
        before=alignment(n("before agreed"), n("before")),
        settled=n("settled"),
        confirmed=n("confirmed"),
    )


def _counted(answers: Iterable[CheckAnswer], now: datetime) -> Counter[tuple[UUID, str]]:
    counts: Counter[tuple[UUID, str]] = Counter()
    for answer in answers:
        check = answer.audit_check
        first = check.verdict
        same = (first.label, first.is_right) == (answer.label, answer.is_right)
        is_now = answer.given_at > now - PERIOD
        if answer.stage == AuditCheck.EXPERT:
            if is_now:
                counts[check.first_id, "settled"] += 1
                counts[check.first_id, "confirmed"] += same
            continue
        when = "now" if is_now else "before"
        for worker in (check.first_id, answer.by_id):
            counts[worker, when] += 1
            counts[worker, f"{when} agreed"] += same
    return counts


def pairs_lately(actor: Actor, *, now: datetime) -> list[Pair]:
    """The pairs of the last 56 days that the actor may see, by the first answer to the decision, weighed by their odds."""
    rows: QuerySet[CheckAnswer] = CheckAnswer.objects.filter(
        stage=AuditCheck.SECOND, given_at__gt=now - 2 * PERIOD, given_at__lte=now
    )
    named = visible(actor, scopes.AUDITOR_VIEW, rows).values_list(
        "audit_check__programme", "audit_check__draw__decision__label", "audit_check__verdict__is_right", "is_right",
        "audit_check__verdict__label", "label", "audit_check__pi",
    )  # fmt: skip
    return [
        Pair(
            group=(programme, decided),
            first_right=first_right,
            second_right=second_right,
            agreed=(first, first_right) == (second, second_right),
            weight=1 / pi,
        )
        for programme, decided, first_right, second_right, first, second, pi in named[:_MOST_PAIRS]
    ]


def errors_from_doubles(actor: Actor, *, now: datetime) -> Latent | None:
    """Auditors' errors by latent classes, from doubles alone; None while there are too few."""
    return latent_errors(pairs_lately(actor, now=now))
