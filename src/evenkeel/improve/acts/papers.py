"""Having a document made, and fetching it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import BinaryIO

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid, NotFound
from evenkeel.ground.jobs import enqueue

from .. import kept_papers, scopes
from ..jobs import make_paper
from ..models import Investigation, Paper
from .checks import insist_on_person

KEPT_FOR = timedelta(days=7)


def order_paper(actor: Actor, *, investigation: Investigation, file_format: str, site: str, now: datetime) -> Paper:
    """Have a document made in the background, with the eyes of whoever asks. `site` goes before the links in it.

    `Invalid` for a format that is not made.
    """
    with act(scopes.VIEW, actor, on=investigation, now=now) as deed:
        if file_format not in dict(Paper.FORMATS):
            raise Invalid(_("The format does not fit."), fields={"format": [_("Choose pdf or pptx.")]})
        made = Paper.objects.create(
            investigation=investigation,
            format=file_format,
            site=site,
            language=get_language() or "en",
            only_scopes=actor.scopes_to_keep(),
            by_id=insist_on_person(actor),
            created_at=now,
            expires_at=now + KEPT_FOR,
        )
        deed.record(
            "paper ordered", on=investigation, organisation_id=investigation.organisation_id, format=file_format
        )
        enqueue(make_paper, paper_id=str(made.pk), at=now.isoformat())
        return made


def fetch_paper(actor: Actor, *, paper: Paper, now: datetime) -> BinaryIO:
    """Open a document's file for whoever ordered it, while it is kept and she may see the investigation. `NotFound`
    otherwise: what others had made is not hers to know of."""
    with act(scopes.VIEW, actor, on=paper.investigation, now=now) as deed:
        path = kept_papers.path_of(paper.pk)
        is_hers = paper.by_id == actor.person_id and paper.state == "done" and paper.expires_at > now
        if not is_hers or not path.exists():
            raise NotFound(_("There is no such file: it was made for somebody else, or its time is over."))
        deed.record("paper fetched", on=paper.investigation, organisation_id=paper.investigation.organisation_id)
        return path.open("rb")
