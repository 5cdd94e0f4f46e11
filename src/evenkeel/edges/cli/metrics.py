"""`evenkeel metric`: the catalogue with what people defined, and definitions kept as files: checked, published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .refusals import Refusal
from .root import json_option, open_install, say, set_up

if TYPE_CHECKING:
    from evenkeel.measure import Said, WrongDefinition, WrongExpression


@click.group()
def metric() -> None:
    """Metrics: those that ship and those that people defined."""


@metric.command("list")
@json_option
def list_(as_json: bool) -> None:
    """Print every metric in use: name, title, unit, guard, and the version of those that people defined."""
    open_install()
    from evenkeel.measure import all_metrics

    kinds = [_told(kind) for kind in all_metrics()]
    say(kinds, [f"{kind['slug']:24} {kind['title']}{_version(kind)}" for kind in kinds], as_json=as_json)


@metric.command()
@click.argument("slug")
@json_option
def show(slug: str, as_json: bool) -> None:
    """Print one metric; SLUG@VERSION is an own one as it was.

    JSON: slug, title, why, unit, better, guard, formula, facts, version, example (rows, value, n).
    """
    open_install()
    from evenkeel.ground.errors import NotFound
    from evenkeel.measure import metrics

    if slug not in metrics:
        raise NotFound(f"There is no metric {slug!r}.", fields={"slug": ["`evenkeel metric list` names them."]})
    kind = metrics[slug]
    data = _told(kind) | {
        "why": str(kind.why),
        "formula": kind.formula,
        "facts": [fact.name for fact in kind.facts],
        "example": {"rows": list(kind.example.rows), "value": kind.example.value, "n": kind.example.n},
    }
    lines = [f"{data['title']} ({slug}){_version(data)}", data["why"], f"Formula: {data['formula']}"]
    lines.append(f"Unit {data['unit']}, better {data['better']}, guarded by {data['guard']}")
    say(data, [*lines, f"Read from {', '.join(data['facts'])}"], as_json=as_json)


@metric.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def check(file: Path, as_json: bool) -> None:
    """Check a definition in FILE (TOML) without publishing it: its expressions, and what its unit-test rows give.

    Keys: slug, sort (metric, ratio or population), title, why, fact, figure, population, weight, unit, better, guard,
    above, below, expected, expected_n, note, and [[rows]] with a column a key. JSON: slug, sort, unit, answer.
    """
    slug, said, text = _read(file, as_json=as_json)
    open_install()
    from evenkeel.measure import WrongDefinition, populations_for
    from evenkeel.measure import check as checked

    try:
        found = checked(said, populations=populations_for(), slug=slug)
    except WrongDefinition as wrong:
        raise _refused(file, text, wrong, as_json=as_json) from None
    answer = found.answer.to_dict() if found.answer is not None else None
    data = {"slug": slug, "sort": said.sort, "unit": found.said.unit, "answer": answer}
    given = f": its rows give {answer['value']:.10g}, n {answer['n']}" if answer else ""
    say(data, [f"{file.name}: {slug} fits{given}."], as_json=as_json)


@metric.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def define(file: Path, as_json: bool) -> None:
    """Publish the definition in FILE, as `check` reads it: a new one, or the next version of one of this name.

    JSON: slug, version.
    """
    slug, said, text = _read(file, as_json=as_json)
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.measure import Definition, WrongDefinition, redefine
    from evenkeel.measure import define as publish

    actor, now = Actor.system("evenkeel metric define"), clock.now()
    known = Definition.objects.filter(slug=slug).first()
    try:
        if known is None:
            publish(actor, slug=slug, said=said, now=now)
            number = 1
        else:
            number = redefine(actor, definition=known, said=said, now=now).number
    except WrongDefinition as wrong:
        raise _refused(file, text, wrong, as_json=as_json) from None
    say({"slug": slug, "version": number}, [f"{slug} is published, version {number}."], as_json=as_json)


def _told(kind: Any) -> dict[str, Any]:
    return {
        "slug": kind.slug,
        "title": str(kind.title),
        "unit": kind.unit,
        "better": kind.better,
        "guard": kind.guard,
        "version": getattr(kind, "number", None),
    }


def _version(data: dict[str, Any]) -> str:
    return f", version {data['version']}" if data["version"] else ""


def _read(file: Path, *, as_json: bool) -> tuple[str, Said, str]:
    """The definition that a file holds: its name, what it says, and the file's text."""
    import tomllib

    try:
        text = file.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        raise _wrong(f"{file.name}: it is not UTF-8 text. Save it as UTF-8.", as_json=as_json) from None
    except tomllib.TOMLDecodeError as error:
        raise _wrong(f"{file.name}: {error}. It is read as TOML.", as_json=as_json) from None
    slug = data.pop("slug", "")
    if not isinstance(slug, str) or not slug:
        raise _wrong(
            f'{file.name}: slug is missing. Say the definition\'s name: slug = "night_accuracy".', as_json=as_json
        )
    return slug, _said(file, data, as_json=as_json), text


def _said(file: Path, data: dict[str, Any], *, as_json: bool) -> Said:
    from dataclasses import MISSING, fields

    # The language knows the columns of facts, and those their rooms; no database is asked.
    set_up()
    from evenkeel.measure import Said, nearest

    known = {each.name: each for each in fields(Said)}
    for name, value in data.items():
        if name not in known:
            raise _wrong(f"{file.name}: there is no key {name!r}. {nearest(name, known)}", as_json=as_json)
        wanted = {"rows": list, "expected": (int, float), "expected_n": int}.get(name, str)
        if not isinstance(value, wanted) or isinstance(value, bool):  # type: ignore[arg-type]
            sentence = (
                "a list of tables, [[rows]]" if name == "rows" else "a number" if "expected" in name else "a text"
            )
            raise _wrong(f"{file.name}: {name} must be {sentence}.", as_json=as_json)
    missing = [
        name
        for name, each in known.items()
        if each.default is MISSING and each.default_factory is MISSING and name not in data
    ]
    if missing:
        raise _wrong(
            f"{file.name}: {', '.join(missing)} is missing. Say what it is called and what it tells.", as_json=as_json
        )
    return Said(**data)


def _refused(file: Path, text: str, wrong: WrongDefinition, *, as_json: bool) -> Refusal:
    """What does not fit, with the row and column of the file where the mistake stands in an expression."""
    lines, rows = [], {}
    for name, sentences in wrong.fields.items():
        place = wrong.places.get(name)
        at = _place(text, name, place) if place is not None else None
        if place is not None and at is not None:
            rows[name] = at
            lines.append(f"  {file.name}, row {at[0]}, column {at[1]}, {name}: {place.sentence}")
        else:
            lines.append(f"  {name}: {' '.join(sentences)}")
    detail = f"{file.name}: {wrong.sentence}"
    said = {"code": wrong.code, "detail": detail, "fields": wrong.fields, "places": rows, "lines": lines}
    return Refusal(said, as_json=as_json)


def _place(text: str, name: str, place: WrongExpression) -> tuple[int, int] | None:
    """Row and column of a mistake in the file, both from 1: the value begins behind the key's first quote."""
    import re

    found = re.search(rf"^[ \t]*{name}[ \t]*=[ \t]*(\"\"\"\n?|\'\'\'\n?|\"|\')", text, re.MULTILINE)
    if found is None:
        return None
    at = min(found.end() + place.start, len(text))
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def _wrong(detail: str, *, as_json: bool) -> Refusal:
    return Refusal({"code": "input", "detail": detail, "fields": {}}, as_json=as_json)
