"""Figures as charts: from values of this room to definitions of `ground.charts`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, timedelta
from statistics import median
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.changes import Change, changes_between, marks
from evenkeel.ground.charts import (
    Axis,
    Bars,
    Control,
    ControlPoint,
    CountRow,
    Distribution,
    Event,
    Forest,
    Histogram,
    Matrix,
    Point,
    Reference,
    Row,
    Series,
    Trend,
)
from evenkeel.ground.charts import Reading as Drawn
from evenkeel.ground.templatetags.wording import value_text
from evenkeel.kernel import Estimate

from ..definitions.kinds import times
from ..models import ItemFigures, RaterFigures
from ..rules.guards import RANK_FROM
from ..rules.watching import Reading, Watched
from ..words import rule_words

if TYPE_CHECKING:
    from ..metric import Metric
    from ..queries.figures import SeriesPoint
    from .raters import AuditedLine

SHARE = Axis(format="percent")


def trend_of(points: Sequence[SeriesPoint], metric: type[Metric], *, where: str, actor: Actor) -> Trend:
    """A metric day by day, with the changes that the actor may see; times are drawn in seconds."""
    scale = 0.001 if metric.unit == "duration_ms" else 1.0
    unit = {"duration_ms": _("s")}.get(metric.unit, "")
    return Trend(
        title=str(metric.title),
        description=_("%(metric)s, day by day, with its interval.") % {"metric": metric.title},
        series=[Series(name=where, points=[Point(x=point.day, y=_scaled(point.estimate, scale)) for point in points])],
        y=Axis(title=str(metric.title), format="percent" if metric.unit == "percent" else "number", unit=unit),
        events=_meanwhile(points, actor),
        empty=_("Nothing in these days."),
    )


def _meanwhile(points: Sequence[SeriesPoint], actor: Actor) -> list[Event]:
    if not points:
        return []
    return marks(changes_between(actor, since=points[0].day, until=points[-1].day + timedelta(days=1)))


def _scaled(said: Estimate, scale: float) -> Drawn:
    return Drawn.of(said) if scale == 1.0 else Drawn.of(times(said, scale))


def control_chart(
    watched: Watched,
    *,
    title: str,
    where: str,
    rows_url: Callable[[Reading], str],
    marks: Sequence[Event] = (),
    metric: type[Metric] | None = None,
) -> Control:
    """A series (of accuracy unless a metric is given) with its limits and what happened meanwhile.

    Flagged points carry the rule they break.
    """
    chart = watched.chart
    flags = watched.alarms.flags if watched.alarms is not None and watched.is_ready else ()
    rules = {flag.point: flag.rule for flag in reversed(flags)}
    points = []
    scale = 0.001 if metric is not None and metric.unit == "duration_ms" else 1.0
    for place, reading in enumerate(watched.readings):
        said = reading.estimate
        # In a chart the whiskers are of the point itself: its own audits alone.
        value = Drawn(said.value * scale, said.low * scale, said.high * scale, said.n)
        if chart is None:
            points.append(ControlPoint(x=reading.day, y=value, href=rows_url(reading)))
            continue
        rule = rules.get(place, "") if place >= watched.baseline else ""
        points.append(
            ControlPoint(
                x=reading.day,
                y=value,
                centre=float(chart.centre[place]) * scale,
                lower=float(chart.lower[place]) * scale,
                upper=float(chart.upper[place]) * scale,
                ewma=_scaled_average(watched, place, scale),
                flag=rule_words(rule) if rule else "",
                href=rows_url(reading),
            )
        )
    first = watched.readings[: watched.baseline]
    return Control(
        title=title,
        description=_description(watched, where, len([point for point in points if point.flag]), metric),
        points=points,
        y=_axis(metric),
        interval="none" if len(points) > 45 else "whiskers",
        baseline=(first[0].day, first[-1].day) if first else None,
        events=marks,
        empty=_("No audited decisions yet."),
    )


def _axis(metric: type[Metric] | None) -> Axis:
    if metric is None or metric.unit == "percent":
        return Axis(title=str(metric.title) if metric is not None else _("Accuracy"), format="percent")
    return Axis(title=str(metric.title), unit=_("s") if metric.unit == "duration_ms" else "")


def _scaled_average(watched: Watched, place: int, scale: float) -> float | None:
    average = _average(watched, place)
    return None if average is None else average * scale


def marks_of(actor: Actor, watched: Watched, *, programme: UUID, told: Sequence[Change] | None = None) -> list[Event]:
    """What happened in a programme while a series ran; from what was `told` of more days, where that is at hand."""
    if not watched.readings:
        return []
    since, until = watched.readings[0].day, watched.readings[-1].until
    if told is None:
        return marks(changes_between(actor, since=since, until=until, programmes=[programme]))
    return marks(change for change in told if since <= change.at.astimezone(UTC).date() < until)


def _average(watched: Watched, place: int) -> float | None:
    """The moving average as a share: it runs over standardised distances, and a usual point's width translates them."""
    chart, found = watched.chart, watched.alarms
    assert chart is not None
    assert found is not None
    ends = zip(chart.lower, chart.upper, found.reach, strict=True)
    widths = [float(high - low) / (2 * float(reach)) for low, high, reach in ends]
    return float(chart.centre[place]) + float(found.average[place]) * median(widths)


def _description(watched: Watched, where: str, flagged: int, metric: type[Metric] | None) -> str:
    if watched.chart is None:
        return _("%(where)s: no figures yet.") % {"where": where}
    unit = metric.unit if metric is not None else "percent"
    said = {"where": where, "centre": value_text(float(watched.chart.centre[0]), kind=unit), "n": flagged}
    if not watched.is_ready:
        return _("%(where)s: too few points for limits; the centre so far is %(centre)s.") % said
    if not flagged:
        return _("%(where)s: all points after the baseline lie within their limits around %(centre)s.") % said
    return _("%(where)s: %(n)d points after the baseline differ from %(centre)s by more than chance.") % said


def rater_forest(rows: Sequence[RaterFigures], *, everybody: Estimate | None, title: str, description: str) -> Forest:
    """Raters' accuracy against the experts, in the order given; who has too few answers is drawn hollow."""
    return Forest(
        title=title,
        description=description,
        rows=[
            Row(
                label=row.worker.name,
                value=Drawn(row.value, row.low, row.high, row.n),
                href=reverse("measure:rater", args=[row.programme_id, row.worker_id]),
                thin=row.is_thin,
            )
            for row in rows
        ],
        x=SHARE,
        reference=Reference(value=everybody.value, label=_("Everybody")) if everybody and everybody.is_known else None,
        thin_below=RANK_FROM,
        empty=_("Nobody has answered an item that experts answered."),
    )


def audited_forest(lines: Sequence[AuditedLine]) -> Forest:
    """Accuracy by audits, person by person, in the order given."""
    return Forest(
        title=_("Accuracy by audits, last 4 weeks"),
        description=_("Each person's audited decisions that were right, weighted by their odds of being drawn."),
        rows=[Row(label=line.name, value=line.accuracy, href=line.url, thin=line.accuracy.is_thin()) for line in lines],
        x=SHARE,
        thin_below=RANK_FROM,
    )


def accuracy_histogram(values: Sequence[float], *, everybody: Estimate | None) -> Histogram:
    """How many people reach which accuracy."""
    return Histogram.of(
        values,
        title=_("How accuracy spreads over people"),
        description=_("People with enough answers, by their accuracy against the experts."),
        x=Axis(title=_("Accuracy"), format="percent"),
        references=[Reference(value=everybody.value, label=_("Everybody"))] if everybody and everybody.is_known else [],
    )


def item_distribution(
    rows: Sequence[ItemFigures], *, classes: Sequence[str], title: str, link: Callable[[ItemFigures], str]
) -> Distribution:
    """How the answers to some items fall; the expert's answer stands beside the item's name."""
    return Distribution(
        title=title,
        description=_("Each bar is one item, its parts the shares of the answers given to it."),
        answers=list(classes),
        rows=[
            CountRow(
                label=f"{row.item.key} · {row.expert_label}" if row.expert_label else row.item.key,
                counts=[row.counts.get(label, 0) for label in classes],
                href=link(row),
            )
            for row in rows
        ],
        empty=_("No item has two answers yet."),
    )


def class_bars(shares: dict[str, float], *, title: str) -> Bars:
    """How often each answer was given, each item weighing the same."""
    return Bars(
        title=title,
        description=_("How the answers spread. Coefficients of agreement disagree when one answer dominates."),
        rows=[Row(label=label, value=share) for label, share in shares.items()],
        x=Axis(format="percent", low=0, high=1),
    )


def confusion_matrix(
    classes: Sequence[str], table: Sequence[Sequence[int]], *, title: str, link: Callable[[str, str], str]
) -> Matrix:
    """Given against expert answers; rows and columns that nobody used are left out."""
    rows = [i for i in range(len(classes)) if sum(table[i])]
    return Matrix(
        title=title,
        description=_("Rows are the experts' answers, columns the answers given; the diagonal is right."),
        rows=[classes[i] for i in rows],
        columns=list(classes),
        counts=[list(table[i]) for i in rows],
        row_title=_("Expert"),
        column_title=_("Given"),
        hrefs=[[link(classes[i], label) for label in classes] for i in rows],
        empty=_("Nobody has answered an item that experts answered."),
    )


def last_day(reading: Reading) -> str:
    """The last day of a point, as addresses name it."""
    return (reading.until - timedelta(days=1)).isoformat()
