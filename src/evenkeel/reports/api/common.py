"""What the routes share: a figure as it goes out, a question as it comes in."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid
from evenkeel.kernel import Estimate
from evenkeel.measure import Dimension

from ..queries.offered import metrics_offered
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

    By what a metric is kept, and so may be cut and narrowed, its definition says.
    The period is the last `days`, or since <= day <= last where both are given.
    """

    metric: str
    by: list[Dimension] = []
    programme: list[UUID] = []
    queue: list[UUID] = []
    organisation: list[UUID] = []
    site: list[UUID] = []
    team: list[UUID] = []
    worker: list[UUID] = []
    hour: list[str] = []
    item_kind: list[str] = []
    label: list[str] = []
    language: list[str] = []
    market: list[str] = []
    policy_version: list[str] = []
    severity: list[str] = []
    source: list[str] = []
    state: list[str] = []
    tenure: list[str] = []
    days: int = 28
    since: date | None = None
    last: date | None = None
    compare: Literal["none", "before", "year"] = "none"
    fair: Literal["none", "queue", "label", "language", "shrunk"] = "none"
    drawing: Literal["line", "bars", "table", "pivot"] | None = None

    def question(self, actor: Actor) -> Question:
        """The question; `Invalid` names what does not fit, and what would."""
        said = self.dict(exclude_none=True)
        asked = read(said, metrics=metrics_offered(actor, asked=said.get("metric")))
        if asked.faults:
            fields = {name: [sentence] for name, sentence in asked.faults.items()}
            raise Invalid(_("This question could not be understood."), fields=fields)
        return asked.question
