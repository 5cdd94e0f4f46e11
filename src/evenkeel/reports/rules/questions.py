"""A question about figures as a value: what stands in an address, in a saved exploration and in the API alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal, get_args
from urllib.parse import urlencode
from uuid import UUID

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from evenkeel.measure import ADJUSTED_BY_LEANING, ADJUSTED_BY_MIX, EXTRAS, Dimension, FigureMetric

Compare = Literal["none", "before", "year"]
Drawing = Literal["line", "bars", "table", "pivot"]
# How cells are made comparable: by nothing, by the mix of queues, answers or languages, or by leaning on each other.
Fair = Literal["none", "queue", "label", "language", "shrunk"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
COMPARES: tuple[Compare, ...] = get_args(Compare)
DRAWINGS: tuple[Drawing, ...] = get_args(Drawing)
FAIRS: tuple[Fair, ...] = get_args(Fair)
PERIODS = (7, 28, 91, 364)
# So many days fit into a question; two such periods are compared.
MOST_DAYS = 3_660
MOST_VALUES = 50
MOST_DIMENSIONS = 5
MOST_SIGNS = 120
YEAR = timedelta(days=364)  # whole weeks, so that the same weekdays are compared


@dataclass(frozen=True, kw_only=True)
class Question:
    """A metric, cut by up to five dimensions, narrowed, over a period, compared, drawn.

    The period is the last `days`, or since <= day <= last where both are given. What narrows it is ids of places, and words
    of dimensions beside place.
    """

    metric: str = "accuracy"
    by: tuple[Dimension, ...] = ()
    narrowed: Mapping[Dimension, tuple[UUID | str, ...]] = field(default_factory=dict)
    days: int = 28
    since: date | None = None
    last: date | None = None
    compare: Compare = "none"
    drawing: Drawing = "line"
    fair: Fair = "none"

    def span(self, today: date) -> tuple[date, date]:
        """The period, half-open."""
        if self.since is not None and self.last is not None:
            return self.since, self.last + timedelta(days=1)
        until = today + timedelta(days=1)
        return until - timedelta(days=self.days), until

    def compared(self, today: date) -> tuple[date, date] | None:
        """The period that it is compared with, half-open; None for none."""
        since, until = self.span(today)
        if self.compare == "before":
            return since - (until - since), since
        if self.compare == "year":
            return since - YEAR, until - YEAR
        return None

    @property
    def dimensions(self) -> list[Dimension]:
        """Everything by which it is cut or narrowed."""
        return list(dict.fromkeys([*self.by, *(name for name, values in self.narrowed.items() if values)]))

    @property
    def where(self) -> dict[str, list[UUID | str]]:
        """What narrows it, as `measure` takes it."""
        return {name: list(values) for name, values in self.narrowed.items() if values}

    @property
    def mix_of(self) -> tuple[Dimension, ...]:
        """Which work is to be alike in all parts, as `measure` takes it."""
        names: tuple[Dimension, ...] = ("queue", "label", "language")
        return tuple(name for name in names if name == self.fair)

    def said(self) -> dict[str, Any]:
        """The question as JSON can carry it, without what goes without saying; `read` gives it back."""
        found: dict[str, Any] = {"metric": self.metric}
        if self.by:
            found["by"] = list(self.by)
        found |= {name: [str(value) for value in values] for name, values in self.narrowed.items() if values}
        if self.since is not None and self.last is not None:
            found |= {"since": self.since.isoformat(), "last": self.last.isoformat()}
        else:
            found["days"] = self.days
        if self.compare != "none":
            found["compare"] = self.compare
        if self.fair != "none":
            found["fair"] = self.fair
        return found | {"drawing": self.drawing}

    def query(self) -> str:
        """The question as it stands behind the ? of an address."""
        return urlencode(self.said(), doseq=True)

    def cut(self, *by: Dimension) -> Question:
        """The same, cut by something else and drawn as that asks for."""
        drawing: Drawing = "line" if not by else self.drawing if self.drawing != "line" else "bars"
        fair: Fair = "none" if not by or self.fair in by else self.fair
        return replace(self, by=by, fair=fair, drawing=drawing if len(by) == 2 or drawing != "pivot" else "table")

    def within(self, dimension: Dimension, value: UUID | str) -> Question:
        """The same, narrowed to one value of a dimension."""
        return replace(self, narrowed={**self.narrowed, dimension: (value,)})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as it was read, with what could not be understood: sentences by the name of the field."""

    question: Question
    faults: Mapping[str, str]


def read(sent: Mapping[str, Any], *, metrics: Sequence[type[FigureMetric]]) -> Asked:
    """Read a question. Each value is text, or a list of texts; what is wrong is left out and told of.

    `metrics` are those that may be asked for, the first one unless said. What a metric is not kept by cannot cut or narrow it.
    """
    faults: dict[str, str] = {}
    known = {kind.slug: kind for kind in metrics}
    metric = _one(sent, "metric") or metrics[0].slug
    if metric not in known:
        faults["metric"] = _("There is no metric “%(said)s”. There are: %(known)s.") % {
            "said": metric[:60], "known": ", ".join(known),
        }  # fmt: skip
        metric = metrics[0].slug
    since, last = _period(sent, faults)
    by, narrowed = _kept(known[metric], _by(sent, faults), _narrowed(sent, faults), faults)
    usual = "table" if len(by) > 2 else "bars" if by or not known[metric].is_daily else "line"
    drawing = _choice(sent, "drawing", DRAWINGS, usual, faults)
    if drawing == "line" and not known[metric].is_daily:
        faults["drawing"] = _("This metric looks at a whole period: it has no course by day.")
        drawing = usual
    if drawing == "pivot" and len(by) != 2:
        faults["drawing"] = _("A pivot needs two dimensions: rows and columns.")
        drawing = "table"
    fair: Fair = _choice(sent, "fair", FAIRS, "none", faults)
    if fair not in fairs_of(known[metric], by, narrowed):
        faults["fair"] = not_fair(known[metric], by)
        fair = "none"
    return Asked(
        question=Question(
            fair=fair,
            metric=metric,
            by=by,
            narrowed=narrowed,
            days=_days(sent, faults),
            since=since,
            last=last,
            compare=_choice(sent, "compare", COMPARES, "none", faults),
            drawing=drawing,
        ),
        faults=faults,
    )


def _many(sent: Mapping[str, Any], name: str) -> list[str]:
    found = sent.get(name)
    said = found if isinstance(found, (list, tuple)) else [] if found is None else [found]
    return [text for each in said if (text := str(each).strip())]


def _one(sent: Mapping[str, Any], name: str) -> str:
    return next(iter(_many(sent, name)), "")


def _choice(sent: Mapping[str, Any], name: str, known: Sequence[Any], usual: Any, faults: dict[str, str]) -> Any:
    said = _one(sent, name) or usual
    if said in known:
        return said
    faults[name] = _("“%(said)s” is not one of %(known)s.") % {"said": said[:60], "known": ", ".join(known)}
    return usual


def _by(sent: Mapping[str, Any], faults: dict[str, str]) -> tuple[Dimension, ...]:
    said = list(dict.fromkeys(_many(sent, "by")))
    unknown = [name for name in said if name not in DIMENSIONS]
    if unknown:
        faults["by"] = _("There is no dimension “%(said)s”. There are: %(known)s.") % {
            "said": unknown[0][:60], "known": ", ".join(DIMENSIONS),
        }  # fmt: skip
    known: list[Any] = [name for name in said if name in DIMENSIONS]
    if len(known) > MOST_DIMENSIONS:
        faults["by"] = _("%(most)d dimensions at most.") % {"most": MOST_DIMENSIONS}
    return tuple(known[:MOST_DIMENSIONS])


def _narrowed(sent: Mapping[str, Any], faults: dict[str, str]) -> dict[Dimension, tuple[UUID | str, ...]]:
    found: dict[Dimension, tuple[UUID | str, ...]] = {}
    for name in DIMENSIONS:
        values: list[UUID | str] = []
        for text in _many(sent, name)[:MOST_VALUES]:
            try:
                values.append(_word(text) if name in EXTRAS else UUID(text))
            except ValueError:
                faults[name] = _("“%(said)s” is no id.") % {"said": text[:60]}
        if values:
            found[name] = tuple(values)
    return found


def _word(text: str) -> str:
    if len(text) > MOST_SIGNS or "\0" in text:
        raise ValueError(text)
    return text


def _kept(
    kind: type[FigureMetric],
    by: tuple[Dimension, ...],
    narrowed: Mapping[Dimension, tuple[UUID | str, ...]],
    faults: dict[str, str],
) -> tuple[tuple[Dimension, ...], dict[Dimension, tuple[UUID | str, ...]]]:
    """What of it the metric is kept by together; of what does not go together the last is left out."""
    fits: list[Dimension] = []
    for name in dict.fromkeys([*by, *narrowed]):
        if kind.is_kept_by([*fits, name]):
            fits.append(name)
        else:
            faults["by" if name in by else name] = not_kept(kind, name)
    return tuple(name for name in by if name in fits), {name: narrowed[name] for name in narrowed if name in fits}


def split_of(kind: type[FigureMetric], wanted: str) -> Dimension:
    """The place by which a tile's change is split: what was asked for where the metric is kept by it, else its nearest."""
    order: tuple[Any, ...] = (wanted, "queue", "site", "programme", "team", "organisation")
    found: Dimension = next(name for name in order if name in kind.places and name != "worker")
    return found


def fairs_of(kind: type[FigureMetric], by: Sequence[str], narrowed: Iterable[str]) -> list[Fair]:
    """How the cells of a cut can be made comparable; without a cut there is nothing to compare."""
    found: list[Fair] = ["none"]
    if not by:
        return found
    mixed = issubclass(kind, ADJUSTED_BY_MIX)
    names: tuple[Fair, ...] = ("queue", "label", "language")
    found += [name for name in names if mixed and name not in by and kind.is_kept_by([*by, *narrowed, name])]
    return [*found, "shrunk"] if issubclass(kind, ADJUSTED_BY_LEANING) else found


def not_fair(kind: type[FigureMetric], by: Sequence[str]) -> str:
    """The sentence for an adjustment that this figure, cut like this, does not have."""
    if not by:
        return _("There is nothing to make comparable: break the figure down first.")
    return _("“%(metric)s” broken down like this cannot be made comparable in that way.") % {"metric": kind.title}


def not_kept(kind: type[FigureMetric], name: str) -> str:
    """The sentence for a dimension that a metric is not kept by, or not together with others."""
    beside = [" × ".join(cut) for cut in kind.kept]
    said = {"metric": kind.title, "name": name, "places": ", ".join(kind.places), "beside": ", ".join(beside)}
    if not beside:
        return _("“%(metric)s” is not kept by %(name)s. It is kept by %(places)s.") % said
    return _("“%(metric)s” is not kept by %(name)s, or not together with the rest. It is kept by %(places)s; beside them, "
             "without person, by one of %(beside)s.") % said  # fmt: skip


def _days(sent: Mapping[str, Any], faults: dict[str, str]) -> int:
    said = _one(sent, "days") or "28"
    if said.isascii() and said.isdigit() and len(said) < 5 and 1 <= int(said) <= MOST_DAYS:
        return int(said)
    faults["days"] = _("A period has 1 to %(most)d days.") % {"most": MOST_DAYS}
    return 28


def _period(sent: Mapping[str, Any], faults: dict[str, str]) -> tuple[date | None, date | None]:
    ends = [_day(_one(sent, name), name, faults) for name in ("since", "last")]
    since, last = ends
    if since is None or last is None:
        if (since or last) and not faults.keys() & {"since", "last"}:
            missing = "last" if last is None else "since"
            faults[missing] = _("A period of your own needs a first and a last day.")
        return None, None
    if last < since:
        faults["last"] = _("The last day lies before the first.")
        return None, None
    if (last - since).days >= MOST_DAYS or since.year < 2000 or last.year > 9000:
        faults["since"] = _("A period has 1 to %(most)d days.") % {"most": MOST_DAYS}
        return None, None
    return since, last


def _day(text: str, name: str, faults: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        found = parse_date(text)
    except ValueError:  # well formed, but there is no 31 June
        found = None
    if found is None:
        faults[name] = _("“%(said)s” is no day; write 2026-03-31.") % {"said": text[:40]}
    return found
