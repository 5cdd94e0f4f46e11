"""What the routes share: a figure as it goes out, a question as it comes in."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema

from evenkeel.ground.errors import Invalid
from evenkeel.kernel import Estimate
from evenkeel.measure import day_metrics

from ..rules.questions import Question, read


class FigureOut(Schema):
    """A figure with its interval, sample size and method. null = not known."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    n_effective: float
    method: str
    level: float
    is_thin: bool

    @classmethod
    def of(cls, found: Estimate) -> FigureOut:
        return cls(**found.to_dict(), is_thin=found.is_thin())


class QuestionIn(Schema):
    """A question as the address of the explore page holds it: a metric, cut, narrowed, over a period, compared, drawn.

    The period is the last `days`, or since <= day <= last where both are given.
    """

    metric: str
    by: list[Literal["programme", "queue", "organisation", "site", "team", "worker"]] = []
    programme: list[UUID] = []
    queue: list[UUID] = []
    organisation: list[UUID] = []
    site: list[UUID] = []
    team: list[UUID] = []
    worker: list[UUID] = []
    days: int = 28
    since: date | None = None
    last: date | None = None
    compare: Literal["none", "before", "year"] = "none"
    drawing: Literal["line", "bars", "table", "pivot"] | None = None

    def question(self) -> Question:
        """The question; `Invalid` names what does not fit, and what would."""
        asked = read(self.dict(exclude_none=True), metrics=[kind.slug for kind in day_metrics()])
        if asked.faults:
            fields = {name: [sentence] for name, sentence in asked.faults.items()}
            raise Invalid(_("This question could not be understood."), fields=fields)
        return asked.question
