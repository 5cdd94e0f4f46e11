"""The work behind the page: a transfer is claimed by one process, and taken up again when that process died."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from django.db.models import Q

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Problem
from evenkeel.ground.jobs import enqueue, job
from evenkeel.ground.reading.sources import Source

from ..models import Transfer
from . import files
from .collecting import seldom_collected
from .exporting import rows_to_write, write_out
from .importing import carry_on
from .rights import orderer, rights_for

_DEAD_AFTER, _KEPT_FOR = timedelta(seconds=60), timedelta(days=7)


@job()
def run_transfer(transfer_id: str, at: str) -> None:
    """Do a transfer that was ordered on a page or by a program. `at` is the moment at which it is done."""
    now = datetime.fromisoformat(at)
    found = Transfer.objects.select_related("by__organisation", "programme", "queue").filter(pk=transfer_id).first()
    if found is None or found.is_over or found.by is None:
        return
    actor = orderer(found, now=now)
    try:
        if found.direction == Transfer.OUT:
            make_export(actor, found, now=now)
        else:
            carry_on(actor, transfer=found, source=Source(name=found.file_name, path=files.path_of(found.pk)), now=now)
            files.remove(found.pk)
    except Problem:
        # What was wrong stands on the transfer and is shown on its page.
        found.refresh_from_db()
        if found.state == "failed":
            files.remove(found.pk)


def make_export(actor: Actor, transfer: Transfer, *, now: datetime) -> Transfer:
    """Write an export's file into its place, where its maker fetches it."""
    path = files.path_of(transfer.pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_export(actor, transfer=transfer, path=path, now=now)


def write_export(
    actor: Actor, *, transfer: Transfer, path: Path, tell: Callable[[int, int], None] | None = None, now: datetime
) -> Transfer:
    """Write an export to a file: beside its place first, then into it, so that nobody finds half of one.

    `tell` is called with rows written and rows in all now and then.
    """
    started = perf_counter()
    total = rows_to_write(actor, transfer)

    def beat(n: int) -> None:
        at = now + timedelta(seconds=perf_counter() - started)
        Transfer.objects.filter(pk=transfer.pk).update(counts={"rows": n}, beat_at=at)
        if tell is not None:
            tell(n, total)

    free = Q(state="queued") | Q(state="writing", beat_at__lte=now - _DEAD_AFTER)
    if not Transfer.objects.filter(free, pk=transfer.pk).update(
        state="writing", beat_at=now, total=total, rights=rights_for(actor, transfer)
    ):
        return transfer
    aside = path.with_name(f".{path.name}.part")
    try:
        with aside.open("wb") as file, seldom_collected():
            counts = write_out(actor, transfer, file, tell=beat)
            size = file.tell()
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    at = now + timedelta(seconds=perf_counter() - started)
    Transfer.objects.filter(pk=transfer.pk).update(
        state="done", counts=counts, size_bytes=size, ended_at=at, remarks=remarks_of(counts)
    )
    transfer.refresh_from_db()
    if tell is not None:
        tell(total, total)
    return transfer


def remarks_of(counts: dict[str, object]) -> list[str]:
    """What an export's format could not hold, as sentences."""
    from django.utils.translation import gettext as _

    left_out = counts.get("left_out")
    if not isinstance(left_out, dict):
        return []
    sentence = _("Not written: “%(part)s”, %(n)s times.")
    return [sentence % {"part": part, "n": f"{n:,}"} for part, n in sorted(left_out.items())]


def take_up(now: datetime) -> None:
    """Hand transfers that wait, or whose process died, to a worker again; let go of files after a week."""
    waiting = Q(state="queued", created_at__lte=now - _DEAD_AFTER)
    waiting |= Q(state__in=("checking", "writing"), beat_at__lte=now - _DEAD_AFTER)
    for found in Transfer.objects.filter(waiting).exclude(by=None):
        # Those begun on the command line have no file here: whoever began them goes on with her own.
        if found.direction == Transfer.OUT or files.path_of(found.pk).exists():
            enqueue(run_transfer, transfer_id=str(found.pk), at=now.isoformat())
    old = Transfer.objects.filter(direction=Transfer.OUT, state="done", ended_at__lte=now - _KEPT_FOR)
    for found in old.filter(ended_at__gte=now - 2 * _KEPT_FOR):
        files.remove(found.pk)
