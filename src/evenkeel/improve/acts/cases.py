"""Looking again, and saying what caused a case."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import evidence, scopes
from ..looking import look
from ..models import CaseCoding, EvidenceCase, Investigation
from .checks import check_cause, insist_on_open, insist_on_person

LONGEST_COMMENT = 300


def draw_evidence(actor: Actor, *, investigation: Investigation, now: datetime) -> int:
    """Look again with the audits that came since: figures and drivers anew, more evidence. Returns how many cases are new.

    Cases already drawn stay. `NotNow` when the investigation is closed.
    """
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        locked = insist_on_open(deed, investigation)
        before = {"current": locked.current["value"], "n": locked.current["n"], "verdict": locked.scan["verdict"]}
        look(locked, now=now)
        drawn = evidence.draw(locked, now=now)
        deed.record(
            "looked again",
            on=locked,
            organisation_id=locked.organisation_id,
            before=before,
            after={"current": locked.current["value"], "n": locked.current["n"], "verdict": locked.scan["verdict"]},
            new_cases=drawn,
        )
        return drawn


def code_case(actor: Actor, *, case: EvidenceCase, cause: str, comment: str = "", now: datetime) -> CaseCoding:
    """Say what caused a case; the latest word counts. `Invalid` for a cause that the catalogue does not have.

    `NotNow` when the investigation is closed.
    """
    with act(scopes.EDIT, actor, on=case.investigation, now=now) as deed:
        insist_on_open(deed, case.investigation)
        check_cause(cause)
        if len(comment.strip()) > LONGEST_COMMENT:
            fields = {"comment": [_("At most %(n)s characters.") % {"n": LONGEST_COMMENT}]}
            raise Invalid(_("The comment is too long."), fields=fields)
        last = CaseCoding.objects.filter(case=case).order_by("-at", "-id").first()
        made = CaseCoding.objects.create(
            case=case, cause=cause, comment=comment.strip(), by_id=insist_on_person(actor), at=now
        )
        deed.record(
            "coded a case",
            on=case.investigation,
            organisation_id=case.investigation.organisation_id,
            before={"cause": last.cause} if last else None,
            after={"cause": cause},
            case=case.pk,
        )
        deed.tell("case.coded", investigation_id=case.investigation_id, case_id=case.pk, cause=cause)
        return made
