"""What people do with what-if studies."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Refused
from evenkeel.ground.jobs import enqueue
from evenkeel.measure import FIGURE_VIEW
from evenkeel.work import Programme

from . import scopes
from .jobs import begin_studies
from .models import WhatIfStudy
from .studies.asking import Asked, insist_on_sense


def begin_study(actor: Actor, *, asked: Asked, programme: Programme | None, now: datetime) -> WhatIfStudy:
    """Have a study lived through, of a scenario that comes along or of what is fitted to a programme's days.

    A scenario that comes along tells nothing of the install, but keeps its machine busy: that takes a grant that reaches
    everywhere. `Invalid` names each field that does not fit.
    """
    _insist_on_ours(actor, programme)
    with act(scopes.STUDY_RUN, actor, on=programme, now=now) as deed:
        insist_on_sense(asked, is_fitted=programme is not None)
        made = WhatIfStudy.objects.create(
            title=asked.title.strip(), scenario="" if programme else asked.scenario, programme=programme,
            since_on=asked.since if programme else None, until_on=asked.until if programme else None,
            for_all=list(asked.for_all), variants=asked.named, seeds=asked.seeds, work=asked.work,
            by_id=actor.person_id, by_name=actor.name, created_at=now,
        )  # fmt: skip
        enqueue(begin_studies, at=now.isoformat())
        deed.record("what-if study begun", on=made, after={"title": made.title, "variants": made.variants})
        return made


def stop_study(actor: Actor, *, study: WhatIfStudy, now: datetime) -> WhatIfStudy:
    """End a study where it is; what was lived through stays."""
    with act(scopes.STUDY_RUN, actor, on=study, now=now) as deed:
        is_stopped = WhatIfStudy.objects.filter(pk=study.pk, ended_at=None).update(end="stopped", ended_at=now)
        deed.require(is_stopped, _("This study is over already."))
        enqueue(begin_studies, at=now.isoformat())
        deed.record("what-if study stopped")
    study.refresh_from_db()
    return study


def delete_study(actor: Actor, *, study: WhatIfStudy, now: datetime) -> None:
    """Remove a study with all its figures; one that is under way ends."""
    with act(scopes.STUDY_RUN, actor, on=study, now=now) as deed:
        deed.record("what-if study deleted", before={"title": study.title, "variants": study.variants})
        study.delete()
        enqueue(begin_studies, at=now.isoformat())


def _insist_on_ours(actor: Actor, programme: Programme | None) -> None:
    if actor.is_outside:
        raise Refused(_("What-if studies are of the house: they tell how all sites compare."), code="refused")
    if programme is not None:
        # What is fitted are the programme's own figures.
        require(actor, FIGURE_VIEW, programme)
    elif not actor.is_system and all(grant.kind is not None for grant in actor.grants_for(scopes.STUDY_RUN)):
        require(actor, scopes.STUDY_RUN)
        raise Refused(_("Choose a programme of yours: your roles reach no further."), code="refused")
