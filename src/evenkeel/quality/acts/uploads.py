"""Handing files in on a page, saying go, and withdrawing them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, Refused
from evenkeel.ground.ids import uuid7
from evenkeel.ground.jobs import enqueue
from evenkeel.ground.reading.handed_in import LARGEST_BYTES, Uploaded

from .. import scopes
from ..imports.running import run_upload
from ..imports.uploads import preview_file, put, remove, source_of
from ..models import LabelUpload
from .ours import insist_on_ours


def keep_upload(
    actor: Actor,
    *,
    labels: Uploaded,
    items: Uploaded | None,
    programme_name: str,
    allowed_labels: Sequence[str] = (),
    ignore: Sequence[str] = (),
    on_repeat: str = "keep",
    now: datetime,
) -> LabelUpload:
    """Take files in and look at their first rows; nothing is imported yet. `Invalid` for a file that cannot be read."""
    insist_on_ours(actor)
    require(actor, scopes.IMPORT_DO)
    if actor.person_id is None or actor.organisation_id is None:
        raise Refused(_("Files are handed in by a person."))
    given = {"labels": labels} | ({"items": items} if items is not None else {})
    for field, uploaded in given.items():
        if (uploaded.size or 0) > LARGEST_BYTES:
            _refuse(
                field,
                _("A file may have %(most)d MB here; import it with the command line.") % {"most": LARGEST_BYTES >> 20},
            )
    made = LabelUpload(
        id=uuid7(),
        by_id=actor.person_id,
        organisation_id=actor.organisation_id,
        programme_name=programme_name.strip(),
        labels_name=_plain(labels.name),
        items_name=_plain(items.name) if items is not None else "",
        allowed_labels=list(allowed_labels),
        ignore=list(ignore),
        on_repeat=on_repeat,
        created_at=now,
    )
    try:
        for field, uploaded in given.items():
            put(made.id, field, uploaded)
            source = source_of(made, field)
            assert source is not None
            if fault := preview_file(source, field).fault:
                _refuse(field, fault)
        with act(scopes.IMPORT_DO, actor, now=now) as deed:
            made.save(force_insert=True)
            deed.record("files handed in", on=made, after={"labels": made.labels_name, "items": made.items_name})
    except BaseException:
        remove(made.id)
        raise
    return made


def begin_import(actor: Actor, *, upload: LabelUpload, leave_out: Sequence[str] = (), now: datetime) -> LabelUpload:
    """Say go: the files are imported in the background. `leave_out` names further columns that mean nothing here."""
    with act(scopes.IMPORT_DO, actor, on=upload, now=now) as deed:
        begun = LabelUpload.objects.filter(pk=upload.pk, state="checked").update(
            state="queued", started_at=now, ignore=sorted({*upload.ignore, *leave_out})
        )
        deed.require(begun, _("These files are being imported already, or were."))
        enqueue(run_upload, upload_id=str(upload.pk), at=now.isoformat())
        deed.record("import begun")
        upload.refresh_from_db()
        return upload


def withdraw_upload(actor: Actor, *, upload: LabelUpload, now: datetime) -> LabelUpload:
    """Remove files that were not imported."""
    with act(scopes.IMPORT_DO, actor, on=upload, now=now) as deed:
        withdrawn = LabelUpload.objects.filter(pk=upload.pk, state__in=("checked", "failed")).update(state="withdrawn")
        deed.require(withdrawn, _("Only files that were not imported can be withdrawn."))
        deed.record("files withdrawn")
        upload.refresh_from_db()
    remove(upload.pk)
    return upload


def _plain(name: str | None) -> str:
    """A name to show; it never becomes a path."""
    said = "".join(sign for sign in PurePath(name or "").name if sign.isprintable())
    return said[-200:] or _("file")


def _refuse(field: str, sentence: str) -> None:
    raise Invalid(_("The files do not fit."), fields={field: [sentence]})
