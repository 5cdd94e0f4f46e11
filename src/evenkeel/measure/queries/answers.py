"""Charts that follow an answer (a clause of the policy) instead of a place: what is right, wherever it was decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID, uuid5

from evenkeel.work import Programme, programme_labels

from ..base import FigureMetric, Held
from ..models import Series
from .feeding import Days
from .held import Asked, held_by

# What a clause's wording does moves every place a little and one clause much: no chart of a place shows it.
BY_ANSWER = frozenset({"accuracy"})
# Each chart costs a part of the budget for false alarms; what is rarer than these has too few audits to show anything.
_MOST = 20


def answer_id(programme_id: UUID, label: str) -> UUID:
    """The id by which a series knows an answer of a programme: the same for the same two."""
    return uuid5(programme_id, label)


def days_by_answer(
    programme_id: UUID, *, kinds: Sequence[type[FigureMetric]], since: date, until: date
) -> dict[tuple[str, str], Days]:
    """The days of some metrics by (metric, answer): the twenty answers with most rows, and none where there is only one.

    The answer is what an audit found right. One query.
    """
    own = [kind for kind in kinds if kind.slug in BY_ANSWER]
    if not own:
        return {}
    held: defaultdict[str, dict[date, Held]] = defaultdict(dict)
    rows: Counter[str] = Counter()
    for (day, label), each in held_by(
        own, ("day", "label"), Asked(since=since, until=until, where={"programme": programme_id})
    ).items():
        if isinstance(day, date) and isinstance(label, str) and label:
            held[label][day] = each
            rows[label] += max((int(each.of(slug).n) for kind in own for slug in kind.needs()), default=0)
    if len(held) < 2:
        return {}
    chosen = sorted(held, key=lambda label: (-rows[label], label))[:_MOST]
    return {(kind.slug, label): sorted(held[label].items()) for kind in own for label in sorted(chosen)}


def answer_names(target_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What the programmes' forms call the answers that some series follow."""
    rows = Series.objects.filter(kind="label", target_id__in=set(target_ids)).exclude(label=None)
    asked = list(rows.values_list("programme_id", "target_id", "label").distinct())
    programmes = Programme.objects.in_bulk({programme_id for programme_id, _target, _label in asked})
    titles = {pk: programme_labels(programme) for pk, programme in programmes.items()}
    return {target: titles[programme_id].get(label or "", label or "") for programme_id, target, label in asked}
