"""What time does to golden items: answers become final and are judged; guidelines change; items expire and leak."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import log
from statistics import median
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from evenkeel.ground import log as facts_log
from evenkeel.ground.access import Actor
from evenkeel.policy import PolicyVersion
from evenkeel.work import Decision

from .acts.exams import judge_sitting
from .acts.gates import judge_at_gates
from .acts.golden import flag_gold, retire_gold
from .facts_golden import GOLDS, gold_row
from .forms import audit_spec, main_choices
from .models import ExamSitting, Gold, GoldAnswer, GoldHanding, UnclearClause, Verdict
from .policy_side import counts_for_policy, flags_of
from .rules import error_class
from .rules.leaks import FEWEST, Leak, Meeting, leak, leaked

KEEPER = Actor.system("golden items")
_PORTION = 500
_BACK = timedelta(days=90)
# With few audits a person's share of right answers is drawn towards this one, which counts as so many audits.
_USUAL, _WEIGHT = 0.9, 5


def record_answers(now: datetime) -> int:
    """Record answers to golden items that can no longer be taken back, and judge their makers; returns how many.

    Recording and judging are one transaction a portion: a run that is killed leaves nobody recorded and not judged.
    """
    open_ = list(GoldHanding.objects.filter(answer=None).order_by("id").values_list("id", flat=True))
    recorded = 0
    for start in range(0, len(open_), _PORTION):
        portion = GoldHanding.objects.filter(pk__in=open_[start : start + _PORTION]).select_related("gold")
        people = set[tuple[UUID, UUID]]()
        with transaction.atomic():
            recorded += _record(list(portion), people, now)
            _judge(people, now)
    return recorded


def _record(handings: Sequence[GoldHanding], people: set[tuple[UUID, UUID]], now: datetime) -> int:
    if not handings:
        return 0
    wanted = {(each.gold.item_id, each.worker_id): each for each in handings}
    rows = Decision.objects.filter(
        planted=True,
        item__in={item for item, _worker in wanted},
        worker__in={worker for _item, worker in wanted},
        taken_back=None,
        gold_answer=None,
    )
    found = list(rows.select_related("form_version", "queue", "item").order_by("decided_at", "id"))
    flags = flags_of(found)
    made = 0
    for decision in found:
        handing = wanted.get((decision.item_id, decision.worker_id))
        queue = decision.queue
        if handing is None or queue is None or decision.decided_at + timedelta(seconds=queue.undo_s) > now:
            continue
        try:
            with transaction.atomic():
                answer = _answer(handing, decision, flags)
                facts_log.append(GOLDS, [gold_row(answer)])
        except IntegrityError:  # another process was first
            continue
        people.add((queue.pk, decision.worker_id))
        made += 1
    return made


def _answer(handing: GoldHanding, decision: Decision, flags: Sequence[UnclearClause]) -> GoldAnswer:
    gold, queue = handing.gold, decision.queue
    assert queue is not None
    kind = error_class(main_choices(audit_spec(decision)), decided=decision.label, audited=gold.label)
    return GoldAnswer.objects.create(
        handing=handing,
        gold=gold,
        queue=queue,
        worker_id=decision.worker_id,
        decision=decision,
        truth=gold.label,
        is_right=not kind,
        error_class=kind,
        difficulty=gold.difficulty,
        policy_version_id=gold.policy_version_id,
        answered_at=decision.decided_at,
        counts_for_policy=counts_for_policy(decision, label=gold.label, answer={}, flags=flags),
    )


def _judge(people: Iterable[tuple[UUID, UUID]], now: datetime) -> None:
    from evenkeel.people import Worker
    from evenkeel.work import Queue

    for queue_id, worker_id in sorted(people):
        queue, worker = Queue.objects.get(pk=queue_id), Worker.objects.get(pk=worker_id)
        judge_at_gates(queue, worker, now=now)
    under_way = ExamSitting.objects.filter(ended_at=None, exam__queue__in={queue_id for queue_id, _worker in people})
    for sitting in under_way.select_related("exam__certification", "exam__queue"):
        judge_sitting(sitting, now=now)


def keep_up(now: datetime) -> int:
    """Flag golden items whose guideline has a newer version, and retire those whose time is over; returns how many."""
    newest = PolicyVersion.objects.filter(policy=OuterRef("policy_version__policy"), published_at__lte=now)
    outdated = Gold.objects.filter(state=Gold.IN_FORCE, policy_version__isnull=False).annotate(
        newest=Subquery(newest.order_by("-number").values("number")[:1]),
        newest_id=Subquery(newest.order_by("-number").values("id")[:1]),
    )
    n = 0
    for gold in outdated.filter(newest__gt=F("policy_version__number")).order_by("id")[:_PORTION]:
        version = PolicyVersion.objects.select_related("policy").get(pk=gold.newest_id)
        why = _("%(policy)s has a new version, %(number)d.") % {"policy": version.policy.name, "number": version.number}
        flag_gold(KEEPER, gold=gold, why=why, policy_version=version, now=now)
        n += 1
    for old in Gold.objects.filter(~Q(state=Gold.RETIRED), expires_at__lte=now).order_by("id")[:_PORTION]:
        retire_gold(KEEPER, gold=old, why=_("Its time is over."), now=now)
        n += 1
    return n


def look_for_leaks(now: datetime, *, q: float = 0.01) -> list[Gold]:
    """Test every golden item in force for a leak, form by form, and retire those that are burnt.

    Of what one look retires at most the share `q` was sound, on average (`rules.leaks`).
    """
    counts = GoldAnswer.objects.filter(gold__state=Gold.IN_FORCE, gold__is_for_exams=False).values("gold__form", "gold")
    by_form: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for row in counts.annotate(n=Count("pk")).filter(n__gte=FEWEST).order_by("gold"):
        by_form[row["gold__form"]].append(row["gold"])
    burnt: list[Gold] = []
    for golds in by_form.values():
        found = leaks_of(golds, now)
        for pk in leaked(found, q=q):
            gold, seen = Gold.objects.get(pk=pk), found[pk]
            why = _("Burnt: answered %(gain).0f points better and %(faster).0f %% faster than before (p = %(p).4f).") % {
                "gain": 100 * seen.gain, "faster": 100 * seen.faster, "p": seen.p,
            }  # fmt: skip
            burnt.append(retire_gold(KEEPER, gold=gold, why=why, now=now))
    return burnt


def leaks_of(golds: Sequence[UUID], now: datetime) -> dict[UUID, Leak]:
    """What the answers to each of these golden items say of a leak."""
    rows = list(
        GoldAnswer.objects.filter(gold__in=list(golds)).order_by("answered_at", "id").values_list(
            "gold_id", "worker_id", "is_right", "decision__active_ms", "decision__team_id"
        )
    )  # fmt: skip
    people = {worker for _gold, worker, *_rest in rows}
    expected, usual = _expected(people, now), _usual_ms(people, now)
    meetings: defaultdict[UUID, list[Meeting]] = defaultdict(list)
    met: defaultdict[tuple[UUID, Any], int] = defaultdict(int)
    for gold, worker, is_right, active_ms, team in rows:
        pace = log(active_ms / usual[worker]) if active_ms and usual.get(worker) else 0.0
        knew = met[gold, team] if team is not None else 0
        met[gold, team] += 1
        meetings[gold].append(Meeting(is_right=is_right, expected=expected.get(worker, _USUAL), pace=pace, knew=knew))
    return {gold: leak(each, seed=gold.int % 2**32) for gold, each in meetings.items()}


def _expected(people: Iterable[UUID], now: datetime) -> dict[UUID, float]:
    """Each person's share of right answers on ordinary audited items of the last 90 days."""
    rows = Verdict.objects.filter(
        draw__decision__worker__in=list(people), audited_at__gt=now - _BACK, corrected_by=None
    )
    found = rows.values("draw__decision__worker").annotate(n=Count("pk"), right=Count("pk", filter=Q(is_right=True)))
    return {
        row["draw__decision__worker"]: (row["right"] + _USUAL * _WEIGHT) / (row["n"] + _WEIGHT)
        for row in found.order_by()
    }


def _usual_ms(people: Iterable[UUID], now: datetime) -> dict[UUID, float]:
    """Each person's median active time on her latest ordinary items."""
    found = {}
    for worker in sorted(people):
        rows = Decision.objects.filter(
            worker=worker, planted=None, active_ms__gt=0, decided_at__gt=now - _BACK
        ).order_by("-decided_at")
        times = [float(each or 0) for each in rows.values_list("active_ms", flat=True)[:200]]
        if len(times) >= _WEIGHT:
            found[worker] = median(times)
    return found
