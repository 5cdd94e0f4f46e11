"""What the routes share: a figure as it goes out, a part of a list, what is asked for, and who is noted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema

from evenkeel.ground.access import Actor, load, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest
from evenkeel.kernel import Estimate
from evenkeel.people import Worker, note_look
from evenkeel.work import Programme

from .. import scopes
from ..metric import FigureMetric, Metric
from ..queries.definitions import metric_for


class EstimateOut(Schema):
    """A figure: never without its interval, its sample size and its method. null = not known."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    n_effective: float
    method: str
    level: float
    is_thin: bool

    @classmethod
    def of(cls, found: Estimate) -> EstimateOut:
        return cls(**found.to_dict(), is_thin=found.is_thin())


class Page(Schema):
    """Which part of a list."""

    offset: int = 0
    limit: int = 100

    def cut(self) -> slice:
        """Within bounds, whatever was asked."""
        start = min(max(self.offset, 0), 1_000_000)
        return slice(start, start + min(max(self.limit, 1), 1_000))


def programme_for(request: PageRequest, programme_id: UUID) -> Programme:
    """The programme, if its figures are hers to see; `NotFound` otherwise."""
    return load(request.actor, scopes.FIGURE_VIEW, Programme.objects.all(), programme_id)


def day_metric_for(actor: Actor, slug: str) -> type[FigureMetric]:
    """The metric that the roll-ups answer, if she may read it; a problem that names the fix otherwise."""
    kind = metric_for(actor, slug)
    if not issubclass(kind, FigureMetric):
        raise Invalid(
            _("This metric needs all labels of a programme at once."),
            fields={"metric": [_("Ask for the programme's study.")]},
        )
    return kind


@contextmanager
def refused_as_invalid() -> Iterator[None]:
    """What a metric is not kept by is the asker's to put right; the sentence says by what it is."""
    try:
        yield
    except ValueError as refused:
        raise Invalid(_("The metric cannot be asked like this."), fields={"metric": [str(refused)]}) from refused


def note_figures(
    request: PageRequest, kind: type[Metric], programme: Programme | None, *worker_ids: UUID | None
) -> None:
    """Leave a line for everybody whose own figure is read; keys of people that the reader may not see leave none."""
    asked = {worker_id for worker_id in worker_ids if worker_id is not None}
    if asked:
        seen = visible(request.actor, scopes.PERSON_VIEW, Worker.objects.filter(pk__in=asked)).values_list(
            "pk", flat=True
        )
        what = str(kind.title)
        if programme is not None:
            what = _("%(metric)s in %(programme)s") % {"metric": kind.title, "programme": programme.name}
        note_look(request.actor, workers=seen, what=what, now=request.now)
