"""Bringing a file of items, decisions or forms in, and having one made."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, NotFound, NotNow
from evenkeel.ground.ids import uuid7
from evenkeel.ground.jobs import enqueue
from evenkeel.ground.reading.handed_in import LARGEST_BYTES, Uploaded, plain_name
from evenkeel.ground.reading.sources import Source, Unreadable

from .. import scopes
from ..kinds.format import DECISIONS, ITEMS, format_of, formats
from ..models import Programme, Queue, Transfer
from ..queries.transfers import own_file
from ..rules.exchange import WORKER_LENGTH
from ..transfers import files
from ..transfers.bundles import is_bundle, labels_aside, opened_bundle
from ..transfers.importing import SCOPES
from ..transfers.running import run_transfer


def begin_import(
    actor: Actor,
    *,
    programme: Programme,
    source: Source,
    what: str = ITEMS,
    file_format: str = "",
    queue: Queue | None = None,
    is_partial: bool = False,
    signed_by: str = "",
    now: datetime,
) -> Transfer:
    """Note that a file is to be imported; nothing of it is written yet. A file that was broken off comes back as it is.

    `file_format` is found out from name and first bytes when it is left out. `is_partial`: rows that do not fit are left out
    instead of stopping everything. `signed_by`: whose answers they are where the file does not say (COCO, CVAT); without it
    they are kept as predictions. `NotNow` when the same file is in this programme already; `Invalid` for what cannot be.
    """
    with act(SCOPES.get(what, scopes.ITEM_ADD), actor, on=programme, now=now) as deed:
        try:
            digest, head = files.digest_of(source)
        except Unreadable as error:
            raise Invalid(f"{error.what} {error.fix}", fields={"file": [f"{error.what} {error.fix}"]}) from None
        slug = _format(what, file_format or _found_format(source, head), reads=True)
        if queue is not None:
            require(actor, scopes.QUEUE_EDIT, queue)
            deed.require(queue.is_open, _("The queue is closed."))
            if queue.programme_id != programme.pk or what != ITEMS:
                raise Invalid(_("The queue does not fit."), fields={"queue": [_("Choose one of the programme's.")]})
        signed_by = signed_by.strip()
        if len(signed_by) > WORKER_LENGTH or "\x00" in signed_by:
            raise Invalid(
                _("The code is too long."), fields={"signed_by": [_("At most %(n)d characters.") % {"n": 64}]}
            )
        before = Transfer.objects.filter(programme=programme, what=what, digest=digest, direction=Transfer.IN)
        found = before.exclude(state__in=("failed", "withdrawn")).first()
        if found is not None:
            _insist_on_unfinished(found)
            deed.record("import taken up", on=found, position=found.position)
            return found
        made = Transfer(
            direction=Transfer.IN,
            what=what,
            format=slug,
            programme=programme,
            queue=queue,
            by_id=actor.person_id,
            by_name=actor.name,
            only_scopes=actor.scopes_to_keep(),
            file_name=plain_name(source.name),
            size_bytes=source.size_bytes(),
            digest=digest,
            is_partial=is_partial,
            signed_by=signed_by,
            created_at=now,
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            raise NotNow(_("This file is being imported by somebody else at this moment."), code="taken-up") from None
        deed.record("import begun", on=made, after={"file": made.file_name, "format": slug, "digest": digest})
        return made


def hand_in(
    actor: Actor,
    *,
    programme: Programme,
    uploaded: Uploaded,
    what: str = ITEMS,
    file_format: str = "",
    queue: Queue | None = None,
    is_partial: bool = False,
    signed_by: str = "",
    now: datetime,
) -> Transfer:
    """Take a file in from a page or a program and have it imported in the background; see `begin_import`."""
    if (uploaded.size or 0) > LARGEST_BYTES:
        most = LARGEST_BYTES >> 20
        sentence = _("A file may have %(most)d MB here; import it with the command line.") % {"most": most}
        raise Invalid(sentence, fields={"file": [sentence]})
    folder = uuid7()
    path = files.put(folder, uploaded)
    try:
        with act(SCOPES.get(what, scopes.ITEM_ADD), actor, on=programme, now=now) as deed:
            made = begin_import(
                actor,
                programme=programme,
                source=Source(name=plain_name(uploaded.name), path=path),
                what=what,
                file_format=file_format,
                queue=queue,
                is_partial=is_partial,
                signed_by=signed_by,
                now=now,
            )
            deed.record("file handed in", on=made, after={"file": made.file_name})
            kept = files.path_of(made.pk)
            if not kept.exists():
                kept.parent.mkdir(parents=True, exist_ok=True)
                path.replace(kept)
            enqueue(run_transfer, transfer_id=str(made.pk), at=now.isoformat())
            return made
    finally:
        files.remove(folder)


def order_export(
    actor: Actor,
    *,
    programme: Programme,
    what: str = DECISIONS,
    file_format: str = "jsonl",
    queue: Queue | None = None,
    in_background: bool = True,
    now: datetime,
) -> Transfer:
    """Have a file made of what the actor may see. Only she may fetch it; it is kept for a week."""
    with act(scopes.EXPORT_MAKE, actor, on=programme, now=now) as deed:
        slug = _format(what, file_format, reads=False)
        require(actor, scopes.DECISION_VIEW if what == DECISIONS else scopes.ITEM_VIEW, programme)
        if queue is not None and queue.programme_id != programme.pk:
            raise Invalid(_("The queue does not fit."), fields={"queue": [_("Choose one of the programme's.")]})
        name = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in programme.name.lower())[:80]
        made = Transfer.objects.create(
            direction=Transfer.OUT,
            what=what,
            format=slug,
            programme=programme,
            queue=queue,
            by_id=actor.person_id,
            by_name=actor.name,
            only_scopes=actor.scopes_to_keep(),
            file_name=f"{name}-{what}{formats[slug].suffix}",
            created_at=now,
        )
        deed.record("export ordered", on=made, after={"what": what, "format": slug, "file": made.file_name})
        if in_background:
            enqueue(run_transfer, transfer_id=str(made.pk), at=now.isoformat())
        return made


def fetch_file(actor: Actor, *, transfer: Transfer, now: datetime) -> BinaryIO:
    """Open an export's file for whoever ordered it; the trail says who took it out. `NotFound` when it is not hers to have."""
    with act(scopes.EXPORT_MAKE, actor, on=transfer.programme, now=now) as deed:
        path = own_file(actor, transfer)
        if path is None:
            raise NotFound(
                _(
                    "There is no such file: it was made for somebody else, or a week has passed, or what it holds may no "
                    "longer be seen. Order it again."
                )
            )
        deed.record("export fetched", on=transfer, rows=transfer.counts.get("rows", 0), file=transfer.file_name)
        return path.open("rb")


def withdraw_transfer(actor: Actor, *, transfer: Transfer, now: datetime) -> Transfer:
    """Stop an import that has written nothing yet, or throw an export's file away."""
    scope = SCOPES[transfer.what] if transfer.direction == Transfer.IN else scopes.EXPORT_MAKE
    with act(scope, actor, on=transfer.programme, now=now) as deed:
        states = ("queued", "failed") if transfer.direction == Transfer.IN else ("queued", "failed", "done")
        withdrawn = Transfer.objects.filter(pk=transfer.pk, state__in=states, position=0).update(
            state="withdrawn", ended_at=now
        )
        deed.require(withdrawn, _("What is being written, or was, can no longer be withdrawn."))
        deed.record("withdrawn", on=transfer)
    files.remove(transfer.pk)
    transfer.refresh_from_db()
    return transfer


def _insist_on_unfinished(found: Transfer) -> None:
    if found.state == "done":
        raise NotNow(
            _("This file was imported on %(day)s by %(name)s; nothing was imported again.")
            % {"day": found.created_at.date().isoformat(), "name": found.by_name},
            code="imported-before",
        )


def _found_format(source: Source, head: bytes) -> str:
    """By name and first bytes; of an archive by those of the labels in it."""
    if not is_bundle(head):
        return format_of(source.name, head=head) or ""
    try:
        with opened_bundle(source) as bundle, labels_aside(bundle) as labels, labels.open() as file:
            return format_of(labels.name, head=file.read(64)) or ""
    except Unreadable as error:
        raise Invalid(f"{error.what} {error.fix}", fields={"file": [f"{error.what} {error.fix}"]}) from None


def _format(what: str, slug: str, *, reads: bool) -> str:
    can = [
        kind.slug for kind in formats if what in (kind.reads if reads else kind.writes) or _carries(kind, what, reads)
    ]
    if what not in dict(Transfer.WHATS):
        raise Invalid(_("Choose items, decisions or forms."), fields={"what": [_("Choose items, decisions or forms.")]})
    if slug not in can:
        sentence = _("Choose one of %(formats)s.") % {"formats": ", ".join(can)}
        raise Invalid(_("The format does not fit."), fields={"format": [sentence]})
    return slug


def _carries(kind: object, what: str, reads: bool) -> bool:
    """Exporting decisions in a format whose items carry them is exporting the items that were decided."""
    return not reads and what == DECISIONS and bool(getattr(kind, "carries_answers", False))
