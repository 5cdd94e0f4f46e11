"""From a cell of an answer on: to the same cut finer, and to the rows behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from evenkeel.ground.access import Actor
from evenkeel.measure import EXTRAS, TABLES, Cell, Dimension
from evenkeel.work import DECISION_VIEW, Queue

from .. import scopes
from ..queries.answers import Answer
from ..rules.questions import Question


class Links:
    """The addresses behind an answer. Queues are asked once for the programmes they belong to."""

    def __init__(self, answer: Answer, actor: Actor):
        self.answer, self.actor = answer, actor
        place = self._place("queue")
        cells = answer.evaluated.cells if place is not None else ()
        queues = {value for cell in cells for value in [cell.values[place or 0]] if value is not None}
        queues |= set(answer.question.narrowed.get("queue", ()))
        found = Queue.objects.filter(pk__in=queues).values_list("pk", "programme_id") if queues else []
        self.programmes: dict[Any, UUID] = dict(found)

    def _place(self, dimension: Any) -> int | None:
        by = self.answer.question.by
        return by.index(dimension) if dimension in by else None

    def explore(self, question: Question) -> str:
        """The page of a question."""
        return f"{reverse('reports:explore')}?{question.query()}"

    def finer(self, cell: Cell) -> str:
        """The same, narrowed to a cell: the rows behind it where they are known to be of one programme, else by programme."""
        rows = self.rows(cell)
        if rows:
            return rows
        question = self._within(cell)
        if question.narrowed == self.answer.question.narrowed:
            return ""
        return self._broken_down(question)

    def rows(self, cell: Cell | None = None, *, since: date | None = None, last: date | None = None) -> str:
        """The rows behind a cell, or behind everything; "" where no page shows rows of such a figure."""
        question = self._within(cell) if cell is not None else self.answer.question
        programme = self._programme(question)
        is_one = all(len(values) == 1 and name in TABLES for name, values in question.narrowed.items())
        if programme is None or not is_one:
            return ""
        first = since or self.answer.since
        end = last or self.answer.until - timedelta(days=1)
        narrowed: dict[str, object] = {
            name: values[0] for name, values in question.narrowed.items() if name != "programme"
        }
        fact = self.answer.metric.facts[0].name
        if fact == "audits" and self.actor.has("quality:audit:view"):
            said: dict[str, object] = {"since": first, "until": end + timedelta(days=1), **narrowed}
            return f"{reverse('measure:audits', args=[programme])}?{urlencode(said)}"
        if fact == "decisions" and self.actor.has(DECISION_VIEW):
            said = {"made_from": first, "made_to": end, **narrowed}
            return f"{reverse('work:decisions', args=[programme])}?{urlencode(said)}"
        return ""

    def day(self, since: str, last: str) -> str:
        """The rows behind one point of a line; where they are of several programmes, that time by programme."""
        first, end = date.fromisoformat(since), date.fromisoformat(last)
        rows = self.rows(since=first, last=end)
        if rows or not self.actor.has(scopes.EXPLORE):
            return rows
        return self._broken_down(replace(self.answer.question, since=first, last=end, compare="none"))

    def _broken_down(self, question: Question) -> str:
        """By the widest place that the metric is kept by beside what narrows it; "" where there is none left."""
        kept = self.answer.metric.is_kept_by
        names: tuple[Dimension, ...] = ("programme", "organisation", "site", "queue", "team")
        left = (name for name in names if name not in question.narrowed and kept([*question.where, name]))
        finer = next(left, None)
        return self.explore(question.cut(finer)) if finer is not None else ""

    def _within(self, cell: Cell) -> Question:
        question = self.answer.question
        for dimension, value in zip(question.by, cell.values, strict=False):
            # What a row does not say is no value to narrow to.
            if value:
                question = question.within(dimension, str(value) if dimension in EXTRAS else UUID(str(value)))
        return question

    def _programme(self, question: Question) -> UUID | None:
        said = question.narrowed.get("programme", ())
        if len(said) == 1:
            return UUID(str(said[0]))
        queues = question.narrowed.get("queue", ())
        found = {self.programmes.get(queue) for queue in queues}
        return found.pop() if len(found) == 1 else None
