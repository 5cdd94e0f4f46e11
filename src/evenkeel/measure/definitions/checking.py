"""Whether what somebody says makes a definition: every expression read, its unit-test rows computed by the very expression
that reads the log. What does not fit is said at its field, and within an expression at its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from evenkeel.ground.log import Fact
from evenkeel.kernel import Estimate

from ..language import Names, Typed, read_condition, read_figure, read_weight
from ..metric import DayMetric, Example, Metric, metrics
from .facts import usual_weight
from .faults import Faults
from .kinds import Meaning, OwnMetric
from .making import metric_of, ratio_of
from .said import Said


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A definition that may stand. `kind` is its metric (None for a population), `answer` what its rows gave."""

    said: Said
    kind: type[Metric] | None
    answer: Estimate | None
    populations: Mapping[str, str] = field(default_factory=dict)


def check(said: Said, *, populations: Mapping[str, tuple[str, str]], slug: str = "draft") -> Checked:
    """Check what was said. `populations` are those that exist: slug -> (fact, expression).

    Raises `WrongDefinition` with everything that does not fit.
    """
    faults = Faults()
    faults.texts(said)
    if said.sort == "ratio":
        return _checked_ratio(said, faults, slug)
    fact = faults.fact(said)
    if fact is None:
        raise faults.error()
    if said.sort == "population":
        faults.expression(
            "population", said.population, lambda text: read_condition(text, Names(fact=fact, populations={}))
        )
        faults.insist()
        return Checked(said=said, kind=None, answer=None)
    return _checked_metric(said, fact, faults, populations, slug)


def drafted(said: Said, *, populations: Mapping[str, tuple[str, str]]) -> type[OwnMetric]:
    """The metric that expressions make by themselves, for a preview: nothing else need be said yet.

    A population is previewed as its share among all rows. Raises `WrongDefinition`.
    """
    faults = Faults()
    fact = faults.fact(said)
    if fact is None:
        raise faults.error()
    if said.sort == "population":
        said = replace(said, figure=f"share(({said.population}))", population="", weight="1")
        faults.expression(
            "population", said.figure[7:-2], lambda text: read_condition(text, Names(fact=fact, populations={}))
        )
        faults.insist()
    said, meaning = _meaning(said, fact, faults, populations)
    if meaning is None:
        raise faults.error()
    faults.insist()
    unit = said.unit if said.unit in meaning.figure.units else meaning.figure.units[0]
    return metric_of(replace(said, unit=unit), meaning, slug="draft", example=Example(rows=(), value=0.0, n=0))


def _meaning(
    said: Said, fact: Fact, faults: Faults, populations: Mapping[str, tuple[str, str]]
) -> tuple[Said, Meaning | None]:
    """The expressions, read; with the weight that rows have unless somebody says otherwise."""
    named, unusable = _known(populations, fact)
    names = Names(fact=fact, populations=named)
    said = replace(said, weight=said.weight.strip() or usual_weight(fact))
    figure = faults.expression("figure", said.figure, lambda text: read_figure(text, names))
    population = faults.optional("population", said.population, lambda text: read_condition(text, names))
    weight = faults.optional("weight", said.weight, lambda text: read_weight(text, names))
    if figure is not None and figure.estimator == "quantile" and said.weight not in ("", "1"):
        faults.add(
            "weight", _("A median takes no weight. Write 1 to take the rows as they are, however they were drawn.")
        )
    for slug, why in unusable.items():
        for name in ("population", "figure"):
            if name in faults.places and slug in getattr(said, name):
                faults.add(name, why)
    return said, None if figure is None else Meaning(fact=fact, figure=figure, population=population, weight=weight)


def _checked_metric(
    said: Said, fact: Fact, faults: Faults, populations: Mapping[str, tuple[str, str]], slug: str
) -> Checked:
    said, meaning = _meaning(said, fact, faults, populations)
    faults.direction(said, slug)
    if meaning is None:
        raise faults.error()
    units = meaning.figure.units
    unit = said.unit or units[0]
    if unit not in units:
        faults.add("unit", _("%(figure)s is shown as %(units)s.") % {"figure": said.figure, "units": ", ".join(units)})
    rows = faults.rows(said, fact)
    faults.insist()
    example = Example(rows=rows, value=said.expected or 0.0, n=said.expected_n or 0)
    kind = metric_of(replace(said, unit=unit), meaning, slug=slug, example=example)
    answer = _answered(kind, said, faults)
    used = {name: text for name, (of, text) in populations.items() if of == fact.name and _names(said, name)}
    return Checked(said=replace(said, unit=unit), kind=kind, answer=answer, populations=used)


def _checked_ratio(said: Said, faults: Faults, slug: str) -> Checked:
    for name in ("above", "below"):
        side = getattr(said, name)
        if side not in metrics or not issubclass(metrics[side], DayMetric):
            faults.add(name, _("Choose a metric that is summed up by day."))
    if said.above == said.below:
        faults.add("below", _("A metric over itself is always 1."))
    faults.direction(said, slug)
    unit = said.unit or "number"
    if unit not in ("number", "percent"):
        faults.add("unit", _("A ratio is shown as a number or in percent."))
    faults.insist()
    return Checked(said=replace(said, unit=unit), kind=ratio_of(replace(said, unit=unit), slug=slug), answer=None)


def _known(populations: Mapping[str, tuple[str, str]], fact: Fact) -> tuple[dict[str, Typed], dict[str, str]]:
    """The populations of a fact, read; and why those of other facts cannot be used here."""
    read, unusable = {}, {}
    for name, (of, text) in populations.items():
        if of == fact.name:
            read[name] = read_condition(text, Names(fact=fact, populations={}))
        else:
            unusable[name] = _("%(name)s is a population of %(fact)s.") % {"name": name, "fact": of}
    return read, unusable


def _names(said: Said, population: str) -> bool:
    from ..language.tokens import tokens

    texts = (said.population, said.figure, said.weight)
    return any(word.kind == "name" and word.text == population for text in texts for word in tokens(text))


def _exact(kind: type[OwnMetric]) -> float:
    """How near an answer must come: a histogram tells a quantile to within 1 %."""
    return 0.01 if kind.is_sketched else 1e-6


def _answered(kind: type[OwnMetric], said: Said, faults: Faults) -> Estimate | None:
    """What the unit-test rows give; it must be what was expected."""
    if not said.rows:
        return None
    answer = kind.try_example()
    expected = said.expected
    if expected is None:
        got = f"{answer.value:.6g}" if answer.is_known else _("nothing")
        faults.add(
            "expected", _("Say what these rows must give. They give %(got)s, n %(n)d.") % {"got": got, "n": answer.n}
        )
    elif not answer.is_known or abs(answer.value - expected) > _exact(kind) * max(1.0, abs(expected)):
        got = f"{answer.value:.10g}" if answer.is_known else _("nothing")
        faults.add("expected", _("These rows give %(got)s, n %(n)d.") % {"got": got, "n": answer.n})
    if said.expected_n is not None and said.expected_n != answer.n:
        faults.add("expected_n", _("%(n)d of these rows count.") % {"n": answer.n})
    faults.insist()
    return answer
