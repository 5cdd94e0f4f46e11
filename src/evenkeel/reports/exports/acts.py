"""Having a file made, fetching it, throwing it away."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, NotFound
from evenkeel.ground.jobs import enqueue
from evenkeel.measure import FIGURE_VIEW, PERSON_VIEW

from . import files
from .asked import FACTS, Asked
from .format import export_formats, offered
from .making import file_name
from .models import Export
from .rights import fingerprint
from .running import run_export
from .scopes import EXPORT_MAKE, EXPORT_OWN, FACT_READ

KEPT_FOR = timedelta(days=7)


def order_export(actor: Actor, *, asked: Asked, file_format: str, in_background: bool = True, now: datetime) -> Export:
    """Have a file made of figures or of the rows of a fact, over what the actor may see. The trail says who took what.

    Raises `Refused`, or `Invalid` for a format that is not offered here.
    """
    with act(EXPORT_MAKE, actor, now=now) as deed:
        kinds = [kind.slug for kind in offered()]
        if file_format not in kinds:
            fix = _("Choose one of %(names)s.") % {"names": ", ".join(kinds)}
            if file_format in export_formats:
                fix = _("It needs the extra “%(extra)s”.") % {"extra": export_formats[file_format].extra}
            raise Invalid(_("The format does not fit."), fields={"format": [fix]})
        require(actor, FACT_READ if asked.what == FACTS else FIGURE_VIEW)
        if "worker" in asked.by or "worker" in asked.where:
            require(actor, PERSON_VIEW)
        made = Export.objects.create(
            what=asked.what,
            asked=asked.to_dict(),
            format=file_format,
            title=", ".join(asked.names)[:200],
            by_id=actor.person_id,
            by_name=actor.name,
            only_scopes=actor.scopes_to_keep(),
            rights=fingerprint(actor),
            file_name=file_name(asked, file_format=file_format),
            created_at=now,
            expires_at=now + KEPT_FOR,
        )
        deed.record("export ordered", on=made, after={"asked": made.asked, "format": file_format})
        if in_background:
            enqueue(run_export, export_id=str(made.pk), at=now.isoformat())
        return made


def fetch_export(actor: Actor, *, export: Export, now: datetime) -> BinaryIO:
    """Open an export's file for whoever ordered it, as long as it is kept and her rights are what they were."""
    with act(EXPORT_OWN, actor, on=export, now=now) as deed:
        path = own_file(actor, export, now=now)
        if path is None:
            raise NotFound(
                _("There is no such file: it was made for somebody else, or its time is over, or your rights changed.")
            )
        deed.record("export fetched", on=export, rows=export.rows, file=export.file_name)
        return path.open("rb")


def withdraw_export(actor: Actor, *, export: Export, now: datetime) -> Export:
    """Throw an export away, made or not."""
    with act(EXPORT_OWN, actor, on=export, now=now) as deed:
        removed = Export.objects.filter(pk=export.pk).exclude(state__in=["withdrawn", "writing"])
        deed.require(
            removed.update(state="withdrawn", ended_at=now), _("What is being written can no longer be removed.")
        )
        deed.record("export removed", on=export)
    files.remove(export.pk)
    export.refresh_from_db()
    return export


def own_file(actor: Actor, export: Export, *, now: datetime) -> Path | None:
    """Where an export's file lies, for whoever may fetch it now."""
    is_hers = export.by_id is not None and export.by_id == actor.person_id
    if not is_hers or export.state != "done" or export.expires_at <= now or export.rights != fingerprint(actor):
        return None
    path = files.path_of(export.pk)
    return path if path.exists() else None
