"""What a metric measures: an aggregate, or a ratio of two. It says which estimator the figure has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from .checking import checked, insist
from .errors import WrongExpression, nearest
from .functions import AGGREGATE_NAMES
from .reading import read
from .tree import Node
from .typed import NUMBER, PLAIN, TIME, YES_NO, YES_OR_NO, Kind, Names, Typed
from .units import HOUR_MS, UNITS

Estimator = Literal["share", "mean", "sum", "count", "ratio", "quantile"]
QUANTILES = {"median": 0.5, "p90": 0.9}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What is measured, row by row: `above`, for a ratio over `below`, all times `factor`. `kind` is that of the figure.

    `p` says which quantile: below it lies that share of the rows.
    """

    estimator: Estimator
    above: Typed
    below: Typed | None
    kind: Kind
    factor: float = 1.0
    p: float = 0.0

    @property
    def units(self) -> tuple[str, ...]:
        """The units in which the figure may be shown, the usual one first."""
        if self.estimator == "share":
            return ("percent",)
        if self.estimator == "count":
            return ("count",)
        if self.kind.time == 1:
            return ("duration_ms",)
        return ("number", "percent") if self.estimator in ("ratio", "mean") else ("number", "count")


def read_condition(text: str, names: Names) -> Typed:
    """A population: which rows count. Raises `WrongExpression`."""
    found = checked(read(text), names)
    return insist(found, YES_OR_NO, so=_("a population"))


def read_weight(text: str, names: Names) -> Typed:
    """How much a row counts: a plain number. Raises `WrongExpression`."""
    found = insist(checked(read(text), names), PLAIN, so=_("a weight"))
    if found.kind.time:
        raise WrongExpression(_("A weight has no unit: divide by a time."), start=found.start, end=found.end)
    return found


def read_figure(text: str, names: Names) -> Figure:
    """What is measured. Raises `WrongExpression`."""
    node = read(text)
    if node.op == "/" and all(_is_aggregate(each) for each in node.args):
        return _ratio(node, names)
    if not _is_aggregate(node):
        if node.op == "call":
            sentence = nearest(node.value, AGGREGATE_NAMES)
        else:
            sentence = _(
                "Say what is done over all rows: share(…), mean(…), median(…), sum(…), count() or per_hour(…)."
            )
        raise WrongExpression(sentence, start=node.start, end=node.end, names=AGGREGATE_NAMES)
    if node.value == "per_hour":
        return _per_hour(node, names)
    part = _summed(node, names)
    if node.value in QUANTILES:
        if part.kind != TIME:
            sentence = _("%(name)s is of a time, in a column such as active_ms or seconds.") % {"name": node.value}
            raise WrongExpression(sentence, start=part.start, end=part.end)
        return Figure(estimator="quantile", above=part, below=None, kind=TIME, p=QUANTILES[node.value])
    if node.value == "share":
        return Figure(estimator="share", above=part, below=None, kind=PLAIN)
    return Figure(estimator=node.value, above=part, below=None, kind=PLAIN if node.value == "count" else part.kind)


def _is_aggregate(node: Node) -> bool:
    return node.op == "call" and node.value in AGGREGATE_NAMES


def _summed(node: Node, names: Names) -> Typed:
    """What an aggregate takes, of the right kind."""
    if node.value == "count" and not node.args:
        return Typed("literal", YES_OR_NO, node.start, node.end, (), True)
    if len(node.args) != 1:
        sentence = _("%(name)s takes one value.") % {"name": node.value}
        raise WrongExpression(sentence, start=node.start, end=node.end)
    found = checked(node.args[0], names)
    if node.value in ("share", "count"):
        return insist(found, YES_OR_NO, so=node.value)
    if found.kind.name == YES_NO:
        sentence = _("This is yes or no: say share(…) for how often, count(…) for how many.")
        raise WrongExpression(sentence, start=found.start, end=found.end)
    return insist(found, PLAIN, so=node.value)


def _ratio(node: Node, names: Names) -> Figure:
    for each in node.args:
        if each.value not in ("sum", "count"):
            sentence = _("A ratio is of sums or counts: sum(…) / count(). Define a ratio of two metrics for others.")
            raise WrongExpression(sentence, start=each.start, end=each.end)
    above, below = (_summed(each, names) for each in node.args)
    time = above.kind.time - below.kind.time
    if time not in (0, 1):
        sentence = _("That would be so much per millisecond: say per_hour(…, a time).")
        raise WrongExpression(sentence, start=node.start, end=node.end)
    return Figure(estimator="ratio", above=above, below=below, kind=Kind(NUMBER, time))


def _per_hour(node: Node, names: Names) -> Figure:
    args = [checked(each, names) for each in node.args]
    if len(args) not in (1, 2):
        sentence = _("per_hour takes a time, or a number and a time, as in per_hour(active_ms).")
        raise WrongExpression(sentence, start=node.start, end=node.end)
    time = insist(args[-1], PLAIN, so="per_hour")
    if time.kind != TIME:
        sentence = _("per_hour needs a time, in a column such as active_ms or seconds.")
        raise WrongExpression(sentence, start=time.start, end=time.end)
    above = args[0] if len(args) == 2 else Typed("literal", PLAIN, node.start, node.end, (), 1.0)
    if above.kind.name == YES_NO:
        pass  # counted: those for which it is yes
    elif insist(above, PLAIN, so="per_hour").kind.time:
        sentence = _("A time per hour is a share: divide sum(…) by sum(…).")
        raise WrongExpression(sentence, start=above.start, end=above.end)
    # Times are added up in seconds: in hours those of single rows would drown in the rounding of the sums.
    return Figure(estimator="ratio", above=above, below=time, kind=PLAIN, factor=HOUR_MS / UNITS["s"])
