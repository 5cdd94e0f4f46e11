"""Work summed up for detectors: by person and day, by pair, by cell. Sums are made where the rows are, never in Python.

What the log has is read from the log; lengths of texts and skipped items stand in the database alone and are summed there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Greatest, Least, Length, TruncDate

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.log import all_facts, facts_written, read
from evenkeel.work import DECISIONS, TEXT, Decision, Lease, Programme

from .. import scopes
from ..facts import AUDITS, EXPERT_ANSWERS
from ..models import IntegrityLook, IntegrityRun
from ..rules.integrity import CHARS_PER_S, LEAST_MS, MOST_CHARS, Columns

if TYPE_CHECKING:
    import ibis.expr.types as ir

# What somebody did herself at a desk; rulings and imports are other work.
_OWN = ("desk", "api", "twin")
# Shorter is a slip of the hand, longer a page that stood open.
_LEAST_MS, _MOST_MS = 200, 900_000
_LATE_S, _SHIFT_S = 45 * 60, 2 * 3600
_NEAR_S = 600
_HARD = 1.5
# More than half of so many people are taken to be right, where nobody else said what is.
_CROWD = 5


def looks_of(actor: Actor) -> Any:
    """The looks that the actor may take, open ones first, newest first."""
    rows = visible(actor, scopes.LOOK_TAKE, IntegrityLook.objects.all())
    return rows.select_related("worker__organisation", "run", "taken_by", "outcome").order_by(
        F("closed_at").asc(nulls_first=True), "-opened_at", "chance"
    )


def newest_run() -> IntegrityRun | None:
    """The last week that the detectors judged."""
    return IntegrityRun.objects.order_by("-week_on").first()


def readings(connection: Any, since: datetime, until: datetime) -> Columns:
    """By person and day: decisions on texts (`n`), and those answered in less than `rules.integrity.reading_ms` (`unread`)."""
    chars = Length(KeyTextTransform(TEXT, "item__content"), output_field=IntegerField())
    needs = Greatest(Least(F("chars"), MOST_CHARS) * (1000 // CHARS_PER_S), LEAST_MS, output_field=IntegerField())
    found: list[tuple[UUID, Any, int, int]] = []
    for programme in Programme.objects.values_list("pk", flat=True):
        rows = Decision.objects.filter(
            programme=programme, decided_at__gte=since, decided_at__lt=until, origin__in=_OWN, item__kind="text",
            active_ms__isnull=False, taken_back=None,
        ).annotate(chars=chars)  # fmt: skip
        by_day = (
            rows.filter(chars__gt=0).annotate(day=TruncDate("decided_at"), needs=needs).values_list("worker_id", "day")
        )
        found += by_day.annotate(n=Count("pk"), unread=Count("pk", filter=Q(active_ms__lt=F("needs")))).order_by()
    return {
        "worker": [str(worker) for worker, _day, _n, _unread in found],
        "n": [n for _worker, _day, n, _unread in found],
        "unread": [unread for _worker, _day, _n, unread in found],
    }


def shift_ends(connection: Any, since: datetime, until: datetime) -> Columns:
    """By person and shift: decisions in its last 45 minutes and before, and how the mean log of the time changed."""
    import ibis

    rows = _timed(connection, since, until)
    rows = rows.filter(rows.shift_s.notnull())
    # The day on which the shift began: a night shift is one.
    begin = rows.decided_at.epoch_seconds().cast("int64") - rows.shift_s
    rows = rows.mutate(shift=(begin / 86_400).floor())
    rows = rows.mutate(end=rows.shift_s.max().over(ibis.window(group_by=["worker_id", "shift"])))
    rows = rows.filter(rows.end > _SHIFT_S)
    rows = rows.mutate(is_late=rows.shift_s > rows.end - _LATE_S)
    summed = rows.group_by("worker_id", "shift").aggregate(
        late_n=rows.is_late.sum(),
        early_n=(~rows.is_late).sum(),
        change=rows.usual.mean(where=rows.is_late) - rows.usual.mean(where=~rows.is_late),
    )
    return _columns(connection, summed.filter(summed.change.notnull()).drop("shift"))


def pairs(connection: Any, since: datetime, until: datetime) -> Columns:
    """By two people who answered the same items, the later one first: how many, how often the same wrong answer, and how often
    their shares of wrong answers would have it. `is_near`: at one site, within ten minutes.
    """
    import ibis

    rows = _standing(connection, since, until).select(
        "programme_id", "item_id", "worker_id", "site_id", "label", "decided_at"
    )
    truth = _truth(connection, rows, until)
    known = rows.inner_join(truth, "item_id").mutate(is_wrong=lambda t: (t.label != t.truth).cast("float64"))
    known = known.mutate(share=known.is_wrong.mean().over(ibis.window(group_by=["programme_id", "worker_id"])))
    wrong = known.filter(known.is_wrong > 0)
    by_label = wrong.group_by("programme_id", "label").aggregate(n=wrong.count())
    meets = by_label.group_by("programme_id").aggregate(
        meets=(by_label.n.cast("float64") ** 2).sum() / by_label.n.sum().cast("float64") ** 2
    )
    first = known.rename(
        {f"{name}_b": name for name in ("worker_id", "site_id", "label", "decided_at", "is_wrong", "share")}
    )
    first = first.select("item_id", "worker_id_b", "site_id_b", "label_b", "decided_at_b", "share_b")
    both = known.inner_join(first, "item_id").inner_join(meets, "programme_id")
    is_later = (both.decided_at > both.decided_at_b) & (both.worker_id != both.worker_id_b)
    both = both.filter(is_later)
    lag = both.decided_at.epoch_seconds() - both.decided_at_b.epoch_seconds()
    near = ((both.site_id == both.site_id_b) & (lag <= _NEAR_S)).fill_null(False)
    both = both.mutate(is_near=near)
    summed = both.group_by("worker_id", "worker_id_b", "is_near").aggregate(
        n=both.count(),
        same_wrong=((both.label == both.label_b) & (both.is_wrong > 0)).sum(),
        expected=(both.share * both.share_b * both.meets).sum(),
    )
    return _columns(connection, summed)


def _truth(connection: Any, rows: ir.Table, until: datetime) -> ir.Table:
    """What is right about an item: what experts said, else an auditor, else more than half of five people or more."""
    import ibis

    said = read(EXPERT_ANSWERS, connection=connection)
    experts = _stand(said.filter(said.said_at < until)).group_by("item_id").aggregate(
        truth=lambda t: t.label.argmax(t.said_at), rank=lambda t: ibis.literal(1)
    )  # fmt: skip
    audits = _stand(read(AUDITS, connection=connection)).group_by("item_id").aggregate(
        truth=lambda t: t.audited_label.argmax(t.audited_at), rank=lambda t: ibis.literal(2)
    )  # fmt: skip
    votes = rows.group_by("item_id", "label").aggregate(n=rows.count())
    every = votes.mutate(whole=votes.n.sum().over(ibis.window(group_by="item_id")))
    crowd = every.filter((every.whole >= _CROWD) & (every.n * 2 > every.whole))
    crowd = crowd.select("item_id", truth=crowd.label, rank=ibis.literal(3))
    whole = ibis.union(
        *(each.select("item_id", "truth", rank=each.rank.cast("int64")) for each in (experts, audits, crowd))
    )
    return whole.group_by("item_id").aggregate(truth=whole.truth.argmin(whole.rank))


def golds(connection: Any, since: datetime, until: datetime) -> Columns:
    """By person: golden items and audits with how many were right, and how much longer golden items took than usual.

    Empty while nobody writes the fact of golden items. Times are found by who and when: the same moment is the same answer.
    """
    names: Columns = {name: [] for name in ("worker", "golds", "gold_right", "audits", "audit_right", "slower")}
    fact = all_facts().get("golds")
    if fact is None or "golds" not in facts_written():
        return names
    given = read(fact, connection=connection)
    given = given.filter((given.decided_at >= since) & (given.decided_at < until))
    seen = read(AUDITS, connection=connection)
    seen = seen.filter((seen.decided_at >= since) & (seen.decided_at < until))
    # What counts for the policy says nothing of a person, on neither side.
    given, seen = _of_people(given), _of_people(seen)
    gold = given.group_by("worker_id").aggregate(
        golds=given.sign.sum(), gold_right=(given.sign * given.is_right.cast("int64")).sum()
    )
    audited = seen.group_by("worker_id").aggregate(
        audits=seen.sign.sum(), audit_right=(seen.sign * seen.is_right.cast("int64")).sum()
    )
    timed = _timed(connection, since, until)
    own = timed.mutate(beyond=timed.usual - timed.own_usual)
    on_golds = own.semi_join(_stand(given), ["worker_id", "decided_at"])
    slower = on_golds.group_by("worker_id").aggregate(slower=on_golds.beyond.mean().exp() - 1)
    return _columns(
        connection, gold.inner_join(audited, "worker_id").left_join(slower, "worker_id").drop("worker_id_right")
    )


def _of_people(rows: Any) -> Any:
    return rows.filter(~rows.counts_for_policy.fill_null(False))


def skips(connection: Any, since: datetime, until: datetime) -> Columns:
    """By person: items skipped or given back that somebody else decided, those decided, and how many of each were hard."""
    import ibis
    import pyarrow as pa

    # Keys of leases begin with their time, so that only those of these days are read.
    rows = Lease.objects.filter(
        pk__gte=_first_key(since), ended_at__gte=since, ended_at__lt=until, ending__in=(Lease.SKIPPED, Lease.RETURNED)
    )
    left = [(str(worker), str(item)) for worker, item in rows.values_list("worker_id", "task__item_id").distinct()]
    if not left:
        return {name: [] for name in ("worker", "skips", "skipped_hard", "decided", "decided_hard")}
    workers, items = zip(*left, strict=True)
    skipped = ibis.memtable(
        pa.table({"skipper": pa.array(workers, pa.string()), "item_id": pa.array(items, pa.string())})
    )
    timed = _timed(connection, since, until)
    timed = timed.mutate(is_hard=(timed.usual - timed.own_usual > ibis.literal(_HARD).ln()).cast("float64"))
    decided = timed.group_by("worker_id").aggregate(decided=timed.count(), decided_hard=timed.is_hard.sum())
    met = skipped.inner_join(timed.select("item_id", "worker_id", "is_hard"), "item_id")
    met = met.filter(met.skipper != met.worker_id)
    each = met.group_by("skipper", "item_id").aggregate(is_hard=(met.is_hard.mean() >= 0.5).cast("int64"))
    by_person = each.group_by("skipper").aggregate(skips=each.count(), skipped_hard=each.is_hard.sum())
    joined = by_person.inner_join(decided, by_person.skipper == decided.worker_id).drop("skipper")
    return _columns(connection, joined)


def findings(connection: Any, since: datetime, until: datetime) -> Columns:
    """By auditor, plan and queue: audits, and errors found. Samples of deliveries too: their plan is one as well.

    Each auditor's own last word about a draw: what an arbitrator made of it since takes no finding from her, and is no audit
    of the arbitrator's.
    """
    import ibis

    rows = read(AUDITS, connection=connection)
    own = (rows.sign > 0) & ~rows.by_dispute.fill_null(False)
    rows = rows.filter(own & (rows.audited_at >= since) & (rows.audited_at < until))
    cell = rows.plan_id.concat("|", rows.queue_id.fill_null(ibis.literal("")))
    rows = rows.mutate(worker_id=rows.auditor_id, cell=cell)
    last = rows.group_by("worker_id", "cell", "draw_id").aggregate(
        wrong=(~rows.is_right).cast("int64").argmax(rows.audited_at)
    )
    return _columns(connection, last.group_by("worker_id", "cell").aggregate(n=last.count(), found=last.wrong.sum()))


TABLES: Mapping[str, Callable[[Any, datetime, datetime], Columns]] = {
    "readings": readings,
    "shift_ends": shift_ends,
    "pairs": pairs,
    "golds": golds,
    "skips": skips,
    "findings": findings,
}


def _standing(connection: Any, since: datetime, until: datetime) -> ir.Table:
    """People's own decisions of these days that were neither taken back nor corrected."""
    rows = read(DECISIONS, connection=connection)
    rows = rows.filter((rows.decided_at >= since) & (rows.decided_at < until) & rows.origin.isin(_OWN))
    return _stand(rows)


def _stand(rows: ir.Table) -> ir.Table:
    """Rows that no row with sign -1 takes out: there are few of those, so looking for them is cheap."""
    return rows.filter(rows.sign > 0).anti_join(rows.filter(rows.sign < 0).select("id"), "id")


def _timed(connection: Any, since: datetime, until: datetime) -> ir.Table:
    """Decisions with the log of their time less that of their queue and kind (`usual`), and her own mean of it."""
    import ibis

    rows = _standing(connection, since, until)
    rows = rows.filter((rows.active_ms >= _LEAST_MS) & (rows.active_ms <= _MOST_MS))
    rows = rows.select(
        "id", "worker_id", "queue_id", "item_kind", "item_id", "decided_at", "shift_s", took=rows.active_ms.ln()
    )
    rows = rows.mutate(usual=rows.took - rows.took.mean().over(ibis.window(group_by=["queue_id", "item_kind"])))
    return rows.mutate(own_usual=rows.usual.mean().over(ibis.window(group_by=["worker_id", "queue_id", "item_kind"])))


def _columns(connection: Any, table: ir.Table) -> Columns:
    found = connection.to_pyarrow(table)
    names = {"worker_id": "worker", "worker_id_b": "neighbour"}
    return {names.get(name, name): found[name].to_numpy(zero_copy_only=False) for name in found.column_names}


def _first_key(moment: datetime) -> UUID:
    """The least key that anything made at a moment can have (UUIDv7 begins with the milliseconds)."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
