"""`evenkeel mapping`: what the columns of other tools' exports mean; and importing by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .imports import programme_of, show_progress
from .root import json_option, open_install, say, set_up

if TYPE_CHECKING:
    from evenkeel.quality import MappingVersion


@click.group()
def mapping() -> None:
    """Say what the columns of another tool's export mean."""


@mapping.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the saved mappings, and the importers there are."""
    open_install()
    from evenkeel.quality import Mapping, importers

    rows = Mapping.objects.select_related("tool__programme").order_by("name")
    saved = [
        {
            "name": each.name,
            "tool": each.tool.name,
            "programme": each.tool.programme.name,
            "importer": each.importer,
            "version": version.number if (version := each.versions.first()) else 0,
        }
        for each in rows
    ]
    known = [{"importer": kind.slug, "title": str(kind.title), "why": str(kind.why)} for kind in importers]
    lines = [
        f"{row['name']:32} {row['importer']:14} {row['tool']} → {row['programme']} (version {row['version']})"
        for row in saved
    ]
    lines += ["", "Importers:", *(f"  {row['importer']:14} {row['why']}" for row in known)]
    say(
        {"mappings": saved, "importers": known},
        lines if saved else ["No mapping is saved yet.", *lines],
        as_json=as_json,
    )


@mapping.command("show")
@click.argument("name")
@json_option
def show(name: str, as_json: bool) -> None:
    """Print what a mapping says, as `mapping save` takes it."""
    open_install()
    version = version_of(name)
    lines = json.dumps(version.spec, ensure_ascii=False, indent=2).splitlines()
    told = {
        "name": version.mapping.name,
        "importer": version.mapping.importer,
        "version": version.number,
        "spec": version.spec,
    }
    say(told, lines, as_json=as_json)


@mapping.command("save")
@click.argument("name")
@click.argument("spec", type=click.Path(path_type=Path))
@click.option("--tool", required=True, help="The other tool, by the name it has here; a new name is a new tool.")
@click.option("--importer", required=True, help="How its files are read: `evenkeel mapping list` names them.")
@click.option("--programme", default="", help="The programme into which its rows go; needed for a new tool.")
@click.option("--organisation", default="", help="Whose people decide there; our own when left out.")
@json_option
def save(name: str, spec: Path, tool: str, importer: str, programme: str, organisation: str, as_json: bool) -> None:
    """Save what the columns mean, from a JSON file with fields, values and options.

    A new version is kept when it says something new.
    """
    said = _spec_in(spec)
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.errors import NotFound
    from evenkeel.people import Organisation
    from evenkeel.quality import Tool, add_tool, save_mapping

    actor, now = Actor.system("evenkeel mapping save"), clock.now()
    known = Tool.objects.select_related("programme").filter(name=tool.strip()).first()
    if known is None and not programme:
        raise click.UsageError(f"there is no tool {tool!r} yet: name its --programme")
    whose = Organisation.objects.filter(name=organisation).first() if organisation else None
    if organisation and whose is None:
        raise NotFound(
            f"There is no organisation {organisation!r}.", fields={"organisation": ["Choose one that is there."]}
        )
    found = known if known is not None and not programme else None
    found = found or add_tool(actor, name=tool, programme=programme_of(programme), organisation=whose, now=now)
    version = save_mapping(actor, tool=found, name=name, importer=importer, spec=said, now=now)
    say(
        {"name": name, "version": version.number, "spec": version.spec},
        [f"{name}, version {version.number}: {', '.join(version.spec['fields'])}."],
        as_json=as_json,
    )


@mapping.command("repeat")
@click.argument("name")
@click.option(
    "--every", required=True, type=click.Choice(["hour", "day", "week", "never"]), help="From now on; never ends it."
)
@click.option("--by", "email", required=True, help="Whose rights it is asked with: the mail address of a person.")
@click.option("--skip-bad", is_flag=True, help="Leave rows out that do not fit, instead of stopping everything.")
@json_option
def repeat(name: str, every: str, email: str, skip_bad: bool, as_json: bool) -> None:
    """Have a mapping's SQL query asked again by itself."""
    open_install()
    from evenkeel.ground import clock
    from evenkeel.ground.errors import NotFound
    from evenkeel.people import Person, actor_for
    from evenkeel.quality import repeat_mapping

    person = Person.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        raise NotFound(f"There is no person {email!r}.", fields={"by": ["Give the address she logs in with."]})
    now, found = clock.now(), version_of(name).mapping
    made = repeat_mapping(
        actor_for(person, now=now), mapping=found, every="" if every == "never" else every, is_partial=skip_bad, now=now
    )
    told = {"name": found.name, "every": made.every if made else None, "by": person.email if made else None}
    lines = [f"{found.name} is asked every {every}, with the rights of {person.name}."] if made else []
    say(told, lines or [f"{found.name} is asked when somebody says so."], as_json=as_json)


@mapping.command("suggest")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--importer", required=True, help="How the file is read: `evenkeel mapping list` names them.")
@json_option
def suggest(file: Path, importer: str, as_json: bool) -> None:
    """Print a mapping to begin with, guessed from the columns of a file, and the first values of each."""
    set_up()
    from contextlib import closing

    from evenkeel.ground.errors import Invalid
    from evenkeel.ground.reading.sources import Source
    from evenkeel.quality import importers, look, suggested

    if importer not in importers:
        raise Invalid(
            "There is no such importer.", fields={"importer": [f"Choose one of {', '.join(importers.slugs())}."]}
        )
    with closing(Source.of(file)) as source:
        seen = look(importer, source)
    if seen.fault:
        raise Invalid(f"{file}: {seen.fault}", fields={"file": [seen.fault]})
    spec = suggested(importer, seen)
    lines = json.dumps(spec, ensure_ascii=False, indent=2).splitlines()
    if not as_json:
        # Beside the answer, so that it can be written into a file as it is.
        for path, values in seen.columns.items():
            click.echo(f"# {path}: {', '.join(values)}", err=True)
    say(
        {"spec": spec, "columns": {path: list(values) for path, values in seen.columns.items()}}, lines, as_json=as_json
    )


def _spec_in(path: Path) -> dict[str, Any]:
    from evenkeel.ground.errors import Invalid

    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise Invalid(
            f"{path} is no JSON: {error}", fields={"spec": ["Write an object with fields, values and options."]}
        ) from None
    if not isinstance(said, dict):
        raise Invalid(f"{path} holds no object.", fields={"spec": ["Write an object with fields, values and options."]})
    return said


def version_of(name: str) -> MappingVersion:
    """The newest version of a mapping; `NotFound` tells which mappings there are."""
    from evenkeel.ground.errors import NotFound
    from evenkeel.quality import Mapping, MappingVersion

    found = (
        MappingVersion.objects.filter(mapping__name=name.strip())
        .select_related("mapping__tool__programme", "mapping__tool__organisation")
        .first()
    )
    if found is None:
        known = ", ".join(repr(said) for said in Mapping.objects.order_by("name").values_list("name", flat=True)[:20])
        raise NotFound(
            f"There is no mapping {name!r}.",
            fields={"mapping": [f"Choose one of {known}." if known else "There is none yet: `evenkeel mapping save`."]},
        )
    return found


def bring_in_by_mapping(
    file: Path | None, name: str, *, importer: str, skip_bad: bool, dry_run: bool, as_json: bool
) -> None:
    """Import a file, or what a query finds, by a saved mapping."""
    open_install()
    from contextlib import ExitStack, closing

    from evenkeel.ground import clock
    from evenkeel.ground.access import Actor
    from evenkeel.ground.errors import Invalid
    from evenkeel.ground.jobs import drain, run_all
    from evenkeel.ground.reading.sources import Source
    from evenkeel.quality import begin_run, carry_on, importers

    version = version_of(name)
    kind = version.mapping.importer
    if importer and importer != kind:
        raise Invalid(f"{name!r} reads {kind}, not {importer}.", fields={"importer": [f"Leave it out, or say {kind}."]})
    asks = importers[kind].asks_database
    if file is None and not asks:
        raise click.UsageError(f"the mapping {name!r} reads files: name the FILE")
    if file is not None and asks:
        raise click.UsageError(f"the mapping {name!r} asks a database: leave the FILE out")
    actor = Actor.system("evenkeel import decisions")
    with ExitStack() as opened:
        source = opened.enter_context(closing(Source.of(file))) if file is not None else None
        run = begin_run(
            actor,
            version=version,
            file_name=source.name if source else "query",
            size_bytes=source.size_bytes() if source else 0,
            is_partial=skip_bad,
            is_trial=dry_run,
            now=clock.now(),
        )
        done = carry_on(actor, run=run, source=source, tell=show_progress, now=clock.now())
    say(done.to_dict(), done.lines(), as_json=as_json)
    if not dry_run:
        # The figures, whether or not a server runs beside it.
        run_all(clock.now())
        drain()
