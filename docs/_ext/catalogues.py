"""Directives that write what the rooms declare: `{metrics}`, `{language}`, `{facts}`, `{analytics}`, `{scopes}`, `{jobs}`,
`{causes}`, `{importers}`."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

from house import Generated
from sphinx.application import Sphinx

_UNITS = {
    "percent": "a share",
    "number": "a number",
    "count": "a count",
    "duration_ms": "milliseconds",
    "hours": "hours",
    "per_hour": "so many an hour",
    "per_million": "so many in a million",
    "money_cents": "cents",
}
_BETTER = {"up": "higher is better", "down": "lower is better", "neither": "neither direction is better by itself"}


@cache
def set_up() -> None:
    """Load the rooms, with settings that touch no folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")
    os.environ.setdefault("EVENKEEL_SECRET_KEY", "the manual signs nothing")
    import django

    django.setup()


class Metrics(Generated):
    """Every metric of the catalogue, with its formula and its worked example."""

    def lines(self) -> Iterator[str]:
        set_up()
        from evenkeel.measure import FigureMetric, metrics

        for kind in sorted(metrics, key=lambda kind: str(kind.title)):
            yield f"## {kind.title}"
            yield ""
            guard = f", guarded by `{kind.guard}`" if kind.guard else ""
            yield f"`{kind.slug}`: {_UNITS[kind.unit]}, {_BETTER[kind.better]}{guard}. One row is one {kind.grain}."
            yield ""
            yield str(kind.why)
            yield ""
            yield "Who counts"
            yield f": {kind.population}{f' Not: {kind.excludes}' if kind.excludes else ''}"
            yield ""
            if issubclass(kind, FigureMetric):
                beside = f"; beside place {', '.join(' and '.join(cut) for cut in kind.kept)}" if kind.kept else ""
                yield "Cut by"
                yield f": {', '.join(kind.places)}{beside}"
                yield ""
            yield "Owner"
            yield f": {kind.owner}, version {kind.version}"
            yield ""
            yield "Formula"
            yield f": {kind.formula}"
            yield ""
            if kind.source:
                yield "Source"
                yield f": {kind.source}"
                yield ""
            said = kind.try_example()
            interval = (
                f", interval {said.low:.4g} to {said.high:.4g}" if said.has_interval and said.low < said.high else ""
            )
            yield "Example"
            yield f": {len(kind.example.shown)} rows give {said.value:.4g} with n {said.n}{interval} ({said.method})."
            yield ""


class Language(Generated):
    """Every function of the expression language, with its example and what that gives; then the units."""

    def lines(self) -> Iterator[str]:
        set_up()
        from evenkeel.measure.language import AGGREGATES, FUNCTIONS, UNITS

        yield "## Over all rows"
        yield ""
        yield "| function | takes | gives | estimator | example |"
        yield "|---|---|---|---|---|"
        for each in AGGREGATES:
            yield f"| `{each.name}` | {each.takes} | {each.title} | {each.estimator} | `{each.example}` |"
        yield ""
        yield "## Of one row"
        yield ""
        yield "| function | gives | example | answer |"
        yield "|---|---|---|---|"
        for one in FUNCTIONS:
            yield f"| `{one.name}` | {one.title} | `{one.example}` | {_answer(one.answer)} |"
        yield ""
        yield "In the examples `at` is 2 March 2026, 09:30 UTC."
        yield ""
        yield "## Units of time"
        yield ""
        yield f"{', '.join(f'`{unit}`' for unit in UNITS)}, behind a number: `30 min`. `%` behind a number divides it by 100."
        yield ""


def _answer(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else f'"{value}"'


class Facts(Generated):
    """Every fact of the log with its columns."""

    def lines(self) -> Iterator[str]:
        set_up()
        from evenkeel.ground.log import all_facts

        for name, declared in all_facts().items():
            yield f"## {name}"
            yield ""
            yield f"{declared.why} The day of `{declared.at}` places a row."
            yield ""
            yield "| column | kind | tells | |"
            yield "|---|---|---|---|"
            for key, column in declared.columns.items():
                marks = [*(["dimension"] if column.is_dimension else []), *(["personal"] if column.is_personal else [])]
                yield f"| `{key}` | {column.kind} | {column.why} | {', '.join(marks)} |"
            yield ""


class Analytics(Generated):
    """Every view for SQL tools with its columns."""

    def lines(self) -> Iterator[str]:
        set_up()
        from evenkeel.reports import VIEWS

        for view in VIEWS:
            yield f"## {view.schema}.{view.name}"
            yield ""
            yield view.why
            yield ""
            yield "| column | tells |"
            yield "|---|---|"
            for name, (_sql, why) in view.columns.items():
                yield f"| `{name}` | {why} |"
            yield ""


class Scopes(Generated):
    """Every scope with what it allows and the built-in roles that carry it."""

    def lines(self) -> Iterator[str]:
        set_up()
        from evenkeel.ground.access import all_scopes, is_own, scopes_of_role
        from evenkeel.people.roles import BUILT_IN

        carried = {slug: set(scopes_of_role(slug)) for slug in BUILT_IN}
        yield "## Built-in roles"
        yield ""
        yield "| role | slug | what it is for |"
        yield "|---|---|---|"
        for slug, (title, why) in BUILT_IN.items():
            yield f"| {title} | `{slug}` | {why} |"
        room = ""
        for scope, title in all_scopes().items():
            if scope.partition(":")[0] != room:
                room = scope.partition(":")[0]
                yield ""
                yield f"## Scopes of {room}"
                yield ""
                yield "| scope | allows | roles that carry it |"
                yield "|---|---|---|"
            roles = ", ".join(str(name) for slug, (name, _why) in BUILT_IN.items() if scope in carried[slug])
            yield f"| `{scope}` | {title} | {'everybody, on her own' if is_own(scope) else roles} |"
        yield ""


class Jobs(Generated):
    """Every job, how often it runs, and what it does."""

    def lines(self) -> Iterator[str]:
        set_up()
        from evenkeel.ground.jobs import all_jobs

        yield "| job | runs | does |"
        yield "|---|---|---|"
        for job in all_jobs():
            when = f"every {_span(job.every_s)}" if job.every_s is not None else "when there is work"
            yield f"| `{job.name}` | {when} | {_first_sentence(job.run)} |"
        yield ""


class Importers(Generated):
    """Every importer: what it reads, where its format is written down, what its worked example becomes."""

    def lines(self) -> Iterator[str]:
        set_up()
        from evenkeel.quality import importers

        for kind in sorted(importers, key=lambda kind: str(kind.title)):
            yield f"## {kind.title}"
            yield ""
            yield f"`{kind.slug}`. {kind.why}"
            yield ""
            yield "To get the file"
            yield f": {kind.how}"
            yield ""
            yield "Format"
            yield f": <{kind.source}>"
            yield ""
            if kind.known:
                yield "| field | column |"
                yield "|---|---|"
                yield from (f"| `{slug}` | `{path}` |" for slug, path in kind.known.items())
                yield ""
            yield "Example"
            yield f": {'; '.join(' '.join(str(part) for part in fact if part != '') for fact in kind.example.facts)}."
            yield ""


class Causes(Generated):
    """Every category of causes."""

    def lines(self) -> Iterator[str]:
        set_up()
        from evenkeel.improve import CAUSES

        yield "| cause | branch | why errors come of it | for example |"
        yield "|---|---|---|---|"
        for cause in sorted(CAUSES, key=lambda cause: (cause.branch, cause.slug)):
            yield f"| {cause.title} (`{cause.slug}`) | {cause.branch} | {cause.why} | {cause.example} |"
        yield ""


def _span(seconds: int) -> str:
    for size, word in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds % size == 0:
            return word if seconds == size else f"{seconds // size} {word}s"
    return f"{seconds} s"


def _first_sentence(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ").replace("|", "\\|")


def setup(app: Sphinx) -> dict[str, Any]:
    for directive in (Metrics, Language, Facts, Analytics, Scopes, Jobs, Causes, Importers):
        app.add_directive(directive.__name__.lower(), directive)
    return {"version": "1", "parallel_read_safe": True}
