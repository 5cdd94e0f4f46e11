"""Rows on their way out, read in portions and handed to the format's writer one by one: memory stays as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, BinaryIO

from django.db.models import QuerySet
from pydantic_core import from_json

from evenkeel.ground.access import Actor, unveiled, visible

from .. import scopes
from ..driver import ids_as_one_value, plain_id, plain_rows, zoning
from ..kinds.format import DECISIONS, FORMS, formats
from ..kinds.formats.jsonl import write_lines
from ..models import Decision, FormVersion, Item, Transfer
from ..queries.decisions import standing
from ..queries.programmes import items_of
from ..rules.exchange import SentDecision, SentItem

_PORTION = 1_000
_TICK = 2_000


def write_out(actor: Actor, transfer: Transfer, file: BinaryIO, *, tell: Callable[[int], None]) -> dict[str, Any]:
    """Write an export to an open file; returns counts, and under `left_out` what the format could not hold.

    Holds what the actor may see, and nothing else. `tell` is called with the number of rows now and then.
    """
    kind, left_out = formats[transfer.format], defaultdict[str, int](int)

    def remark(part: str) -> None:
        left_out[part] += 1

    if transfer.what == FORMS:
        n = write_lines(_forms(actor, transfer), file)
    elif transfer.what == DECISIONS and not kind.carries_answers:
        n = kind.write_decisions(_ticking(sent_decisions(actor, transfer), tell), file)
    else:
        n = kind.write_items(_ticking(sent_items(actor, transfer), tell), file, remark)
    return {"rows": n, "left_out": dict(left_out)}


def rows_to_write(actor: Actor, transfer: Transfer) -> int:
    """How many rows the export looks at; for progress."""
    if transfer.what == FORMS:
        return _form_versions(actor, transfer).count()
    if transfer.what != DECISIONS:
        return _items(actor, transfer).count()
    if not formats[transfer.format].carries_answers:
        return _decisions(actor, transfer).count()
    return standing(_decisions(actor, transfer)).values("item").distinct().count()


def _ticking(rows: Iterator[Any], tell: Callable[[int], None]) -> Iterator[Any]:
    for n, row in enumerate(rows, 1):
        yield row
        if n % _TICK == 0:
            tell(n)


def _form_versions(actor: Actor, transfer: Transfer) -> QuerySet[FormVersion]:
    return visible(actor, scopes.PROGRAMME_VIEW, FormVersion.objects.filter(form__programme=transfer.programme_id))


def _forms(actor: Actor, transfer: Transfer) -> Iterator[dict[str, Any]]:
    rows = _form_versions(actor, transfer).order_by("form__name", "number")
    for version in rows.select_related("form").iterator(chunk_size=_PORTION):
        yield {
            "name": version.form.name,
            "number": version.number,
            "published_at": version.published_at,
            "spec": version.spec,
        }


def _decisions(actor: Actor, transfer: Transfer, *, about: Sequence[Any] | None = None) -> QuerySet[Decision]:
    """Those that the actor may see, of the whole programme or about some of its items."""
    if about is None:
        made = Decision.objects.filter(programme=transfer.programme_id)
    else:
        # By their ids, found by the items': with the programme beside them, SQLite would walk through all of its decisions.
        made = Decision.objects.filter(pk__in=Decision.objects.filter(item__in=ids_as_one_value(about)).values("pk"))
    # Answers to planted items say nothing of their items: whoever reads the file must not take them for decisions.
    made = made.filter(planted=None)
    # Who sees the whole programme's needs no condition that would lead the database away from the ids.
    is_plain = about is not None and not actor.is_outside and _sees_all(actor, transfer)
    rows = unveiled(made) if is_plain else visible(actor, scopes.DECISION_VIEW, made)
    # Beside ids the queue is told apart by the caller, for the same reason.
    return rows.filter(queue=transfer.queue_id) if transfer.queue_id and about is None else rows


def _sees_all(actor: Actor, transfer: Transfer) -> bool:
    grants = actor.grants_for(scopes.DECISION_VIEW)
    return any(
        grant.kind is None or (grant.kind == "programme" and grant.target_id == transfer.programme_id)
        for grant in grants
    )


def sent_decisions(actor: Actor, transfer: Transfer) -> Iterator[SentDecision]:
    """The decisions of a programme or queue, oldest first, those taken back among them and marked."""
    rows = _decisions(actor, transfer).order_by("decided_at", "id")
    yield from _sent(rows)


# In the order of SentDecision's first fields; the last three are turned into something else.
_COLUMNS = (
    "id", "item__key", "worker__code", "label", "answer", "replicate", "origin", "queue__name", "form_version__form__name",
    "decided_at", "active_ms", "taken_back__id",
)  # fmt: skip


def _sent(rows: QuerySet[Decision]) -> Iterator[SentDecision]:
    for (
        pk, item, worker, label, answer, replicate, origin, queue, form, decided_at, active_ms, taken_back,
    ) in rows.values_list(*_COLUMNS).iterator(chunk_size=_PORTION):  # fmt: skip
        yield SentDecision(
            id=str(pk),
            item=item,
            worker=worker,
            label=label,
            answer=answer,
            replicate=replicate,
            origin=origin,
            queue=queue or "",
            form=form or "",
            decided_at=decided_at,
            active_ms=active_ms,
            is_taken_back=taken_back is not None,
        )


def _items(actor: Actor, transfer: Transfer) -> QuerySet[Item]:
    rows = items_of(actor, transfer.programme)
    if transfer.queue_id:
        rows = rows.filter(tasks__queue=transfer.queue_id)
    return rows


_OF_ITEM = ("id", "key", "kind", "language", "content", "attributes", "created_at")


def sent_items(actor: Actor, transfer: Transfer) -> Iterator[SentItem]:
    """The items of a programme or queue in the order in which they came; with their standing decisions where the format
    carries them."""
    carries = formats[transfer.format].carries_answers and actor.has(scopes.DECISION_VIEW)
    rows, last = _items(actor, transfer).order_by("id"), None
    answers, zoned = _Answers(actor, transfer), zoning()
    while True:
        portion = list(plain_rows((rows.filter(id__gt=last) if last is not None else rows)[:_PORTION], _OF_ITEM))
        if not portion:
            return
        last = portion[-1][0]
        said = answers.about([pk for pk, *_rest in portion]) if carries else {}
        for pk, key, kind, language, content, attributes, created_at in portion:
            if transfer.what == DECISIONS and pk not in said:
                continue
            yield SentItem(
                key=key,
                kind=kind,
                language=language,
                content=from_json(content),
                attributes=from_json(attributes),
                created_at=zoned(created_at),
                said=said.get(pk, ()),
            )


# No format that carries answers tells more of them, and each further table that is joined costs.
_OF_ANSWER = (
    "item_id", "queue_id", "form_version_id", "id", "worker__code", "label", "answer", "decided_at", "active_ms",
)  # fmt: skip


class _Answers:
    """The decisions that stand about a portion of items, each with the kinds of its form's fields."""

    def __init__(self, actor: Actor, transfer: Transfer):
        self._actor, self._transfer, self._queue = actor, transfer, plain_id(transfer.queue_id)
        self._kinds: dict[Any, dict[str, str]] = {None: {}}

    def about(self, items: list[Any]) -> dict[Any, list[SentDecision]]:
        """Oldest first, by the item's id."""
        rows = standing(_decisions(self._actor, self._transfer, about=items))
        read = list(plain_rows(rows, _OF_ANSWER))
        # Sorted here: asked for an order, the database would rather walk through a whole programme than sort a few.
        read.sort(key=itemgetter(*map(_OF_ANSWER.index, ("decided_at", "id"))))
        found: dict[Any, list[SentDecision]] = {}
        zoned = zoning()
        for item_id, queue_id, version_id, _pk, worker, label, answer, decided_at, active_ms in read:
            if self._queue not in (None, queue_id):
                continue
            sent = SentDecision(
                id="",
                item="",
                worker=worker,
                label=label,
                answer=from_json(answer),
                replicate=1,
                origin="",
                queue="",
                form="",
                decided_at=zoned(decided_at),
                active_ms=active_ms,
                is_taken_back=False,
                kinds=self._kinds.get(version_id) or self._kinds_of(version_id),
            )
            found.setdefault(item_id, []).append(sent)
        return found

    def _kinds_of(self, version_id: Any) -> dict[str, str]:
        if version_id not in self._kinds:
            spec = FormVersion.objects.get(pk=version_id).spec
            self._kinds[version_id] = {each["name"]: each["kind"] for each in spec["fields"]}
        return self._kinds[version_id]
