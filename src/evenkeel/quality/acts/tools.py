"""Other tools: naming them, saying what their columns mean, importing from them."""

from __future__ import annotations

from collections.abc import Mapping as Said
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.ground.ids import uuid7
from evenkeel.ground.jobs import enqueue
from evenkeel.ground.reading.handed_in import LARGEST_BYTES, Uploaded, plain_name
from evenkeel.ground.reading.sources import Source
from evenkeel.people import Organisation, house
from evenkeel.work import Programme, engage

from .. import scopes
from ..kinds.importer import importers
from ..models import Mapping, MappingVersion, Tool, ToolRun
from ..tools import files
from ..tools.jobs import run_tool_import
from ..tools.previewing import look
from ..tools.spec import checked_spec
from ..tools.sql import fetch, query_faults
from .ours import insist_on_ours

_SAMPLE = 200


def add_tool(
    actor: Actor, *, name: str, programme: Programme, organisation: Organisation | None = None, now: datetime
) -> Tool:
    """Name another tool whose rows belong to a programme; its people are those of `organisation`, ours by default.

    One of the same name and programme comes back as it is. `Invalid` for a name that another programme's tool has.
    """
    insist_on_ours(actor)
    with act(scopes.IMPORT_DO, actor, on=programme, now=now) as deed:
        name = _named(name, most=40)
        home = organisation or house()
        known = Tool.objects.filter(name=name).first()
        if known is not None:
            if known.programme_id != programme.pk or (
                organisation is not None and known.organisation_id != organisation.pk
            ):
                raise Invalid(
                    _("%(name)s is taken.") % {"name": name},
                    fields={"tool": [_("A tool of this name brings its rows into another programme or organisation.")]},
                )
            deed.record("found again", on=known)
            return known
        if not home.is_house:
            engage(actor, programme=programme, organisation=home, now=now)
        made = Tool.objects.create(name=name, programme=programme, organisation=home, created_at=now)
        deed.record("tool named", on=made, after={"name": name, "programme": programme.name, "organisation": home.name})
        return made


def save_mapping(
    actor: Actor, *, tool: Tool, name: str, importer: str, spec: Said[str, Any], now: datetime
) -> MappingVersion:
    """Save what the columns of a tool's export mean, as a new version where it says something new.

    `Invalid` names each field, value and option that does not fit; a mapping keeps its importer and its tool.
    """
    insist_on_ours(actor)
    with act(scopes.IMPORT_DO, actor, on=tool.programme, now=now) as deed:
        if importer not in importers:
            raise Invalid(
                _("There is no such importer."),
                fields={"importer": [_("Choose one of %(slugs)s.") % {"slugs": ", ".join(importers.slugs())}]},
            )
        name = _named(name, most=80)
        checked = checked_spec(spec, importer=importer)
        mapping = Mapping.objects.select_for_update().filter(name=name).first()
        if mapping is not None and (mapping.tool_id, mapping.importer) != (tool.pk, importer):
            raise Invalid(
                _("%(name)s is taken.") % {"name": name},
                fields={"name": [_("A mapping of this name reads another tool or another format; choose another.")]},
            )
        mapping = mapping or Mapping.objects.create(tool=tool, name=name, importer=importer, created_at=now)
        last = mapping.versions.first()
        if last is not None and last.spec == checked:
            deed.record("said the same again", on=mapping)
            return last
        number = last.number + 1 if last is not None else 1
        made = MappingVersion.objects.create(
            mapping=mapping, number=number, spec=checked, saved_at=now, by_name=actor.name
        )
        deed.record("mapping saved", on=mapping, before=last.spec if last else None, after=checked, number=number)
        return made


def keep_file(actor: Actor, *, tool: Tool, importer: str, uploaded: Uploaded | None, now: datetime) -> ToolRun:
    """Take a file in and look at it; nothing is imported before its mapping is settled. A query needs no file."""
    insist_on_ours(actor)
    if importer not in importers:
        raise Invalid(_("There is no such importer."), fields={"importer": [_("Choose one of those offered.")]})
    asks = importers[importer].asks_database
    if uploaded is None and not asks:
        raise Invalid(_("A file is missing."), fields={"file": [_("Choose the file.")]})
    if uploaded is not None and (uploaded.size or 0) > LARGEST_BYTES:
        most = LARGEST_BYTES >> 20
        sentence = _("A file may have %(most)d MB here; import it with the command line.") % {"most": most}
        raise Invalid(sentence, fields={"file": [sentence]})
    made = _run(actor, tool, importer, plain_name(uploaded.name) if uploaded else _("query"), now)
    made.state = "draft"
    try:
        if uploaded is not None and not asks:
            made.size_bytes = files.put(made.pk, uploaded).stat().st_size
        with act(scopes.IMPORT_DO, actor, on=tool.programme, now=now) as deed:
            made.save(force_insert=True)
            deed.record("file handed in", on=made, after={"file": made.file_name, "importer": importer})
    except BaseException:
        files.remove(made.pk)
        raise
    return made


def look_first(actor: Actor, *, run: ToolRun, connection: str, query: str, now: datetime) -> ToolRun:
    """Take the first rows of a query for its mapping to be settled by; a file is looked at as it lies there.

    `Invalid`, and the run is withdrawn, when the file or the query cannot be read at all.
    """
    asks = importers[run.importer].asks_database
    try:
        if asks:
            faults = query_faults(connection, query)
            if faults:
                raise Invalid(_("The query does not fit."), fields={name: [said] for name, said in faults.items()})
            path = files.path_of(run.pk).with_name("sample")
            path.parent.mkdir(parents=True, exist_ok=True)
            fetch(connection, query, path, most=_SAMPLE)
            with act(scopes.IMPORT_DO, actor, on=run, now=now) as deed:
                run.counts = {"connection": connection, "query": query}
                run.save(update_fields=["counts"])
                deed.record("query looked at", after={"connection": connection})
            return run
        fault = look(run.importer, Source(name=run.file_name, path=files.path_of(run.pk))).fault
        if fault:
            raise Invalid(_("The file cannot be read."), fields={"file": [fault]})
    except Invalid:
        withdraw_run(actor, run=run, now=now)
        raise
    return run


def settle_run(
    actor: Actor,
    *,
    run: ToolRun,
    version: MappingVersion,
    is_partial: bool = False,
    is_trial: bool = False,
    now: datetime,
) -> ToolRun:
    """Say by which mapping a file is read, and have it imported in the background."""
    with act(scopes.IMPORT_DO, actor, on=run, now=now) as deed:
        _insist_on_fit(version, run.tool, run.importer)
        begun = ToolRun.objects.filter(pk=run.pk, state="draft").update(
            state="queued", version=version, is_partial=is_partial, is_trial=is_trial, created_at=now, counts={}
        )
        deed.require(begun, _("This file is being imported already, or was."))
        enqueue(run_tool_import, run_id=str(run.pk), at=now.isoformat())
        deed.record("import begun", after={"mapping": str(version), "is_partial": is_partial, "is_trial": is_trial})
        run.refresh_from_db()
        return run


def begin_run(
    actor: Actor,
    *,
    version: MappingVersion,
    file_name: str,
    size_bytes: int = 0,
    is_partial: bool = False,
    is_trial: bool = False,
    now: datetime,
) -> ToolRun:
    """Note that rows are to be imported by a mapping; nothing of them is written yet.

    A run of the same file by the same person that was broken off comes back, so that the same command goes on behind it.
    """
    insist_on_ours(actor)
    tool, importer = version.mapping.tool, version.mapping.importer
    with act(scopes.IMPORT_DO, actor, on=tool.programme, now=now) as deed:
        broken = ToolRun.objects.filter(
            version=version, file_name=file_name, size_bytes=size_bytes, is_partial=is_partial, is_trial=is_trial,
            by_name=actor.name, state__in=("fetching", "checking", "writing"),
        ).first()  # fmt: skip
        if broken is not None:
            deed.record("import taken up", on=broken, position=broken.position)
            return broken
        made = _run(actor, tool, importer, file_name, now)
        made.version, made.size_bytes, made.is_partial, made.is_trial = version, size_bytes, is_partial, is_trial
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            raise NotNow(_("This file is being imported by somebody else at this moment."), code="taken-up") from None
        deed.record("import begun", on=made, after={"file": made.file_name, "mapping": str(version)})
        return made


def hand_in_rows(
    actor: Actor,
    *,
    version: MappingVersion,
    uploaded: Uploaded | None,
    is_partial: bool = False,
    is_trial: bool = False,
    now: datetime,
) -> ToolRun:
    """Take a file in for a mapping that is saved, and have it imported in the background."""
    kept = keep_file(actor, tool=version.mapping.tool, importer=version.mapping.importer, uploaded=uploaded, now=now)
    return settle_run(actor, run=kept, version=version, is_partial=is_partial, is_trial=is_trial, now=now)


def withdraw_run(actor: Actor, *, run: ToolRun, now: datetime) -> ToolRun:
    """Remove a file of which nothing was written."""
    with act(scopes.IMPORT_DO, actor, on=run, now=now) as deed:
        withdrawn = ToolRun.objects.filter(pk=run.pk, state__in=("draft", "queued", "failed"), position=0).update(
            state="withdrawn", ended_at=now
        )
        deed.require(withdrawn, _("What is being written, or was, can no longer be withdrawn."))
        deed.record("withdrawn")
    files.remove(run.pk)
    run.refresh_from_db()
    return run


def _run(actor: Actor, tool: Tool, importer: str, file_name: str, now: datetime) -> ToolRun:
    require(actor, scopes.IMPORT_DO, tool.programme)
    return ToolRun(
        id=uuid7(),
        tool=tool,
        importer=importer,
        by_id=actor.person_id,
        by_name=actor.name,
        file_name=file_name,
        created_at=now,
    )


def _insist_on_fit(version: MappingVersion, tool: Tool, importer: str) -> None:
    if (version.mapping.tool_id, version.mapping.importer) != (tool.pk, importer):
        raise Invalid(_("The mapping reads another tool or format."), fields={"mapping": [_("Choose another.")]})


def _named(name: str, *, most: int) -> str:
    name = name.strip()
    if not name or len(name) > most or "\x00" in name:
        raise Invalid(_("The name cannot be used."), fields={"name": [_("1 to %(n)d characters.") % {"n": most}]})
    return name
