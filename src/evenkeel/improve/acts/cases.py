"""Looking again, and saying what caused a case."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import evidence, scopes
from ..looking import look
from ..models import BlindCoding, CaseCoding, EvidenceCase, Investigation
from .checks import check_cause, check_error_class, check_severity, insist_on_open, insist_on_person

LONGEST_COMMENT = 300


def draw_evidence(actor: Actor, *, investigation: Investigation, now: datetime) -> int:
    """Look again with the audits that came since: figures and drivers anew, more evidence. Returns how many cases are new.

    Cases already drawn stay. `NotNow` when the investigation is closed.
    """
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        locked = insist_on_open(deed, investigation)
        before = {"current": locked.current["value"], "n": locked.current["n"], "verdict": locked.scan["verdict"]}
        look(locked, by_id=actor.person_id, now=now)
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


def code_case(
    actor: Actor,
    *,
    case: EvidenceCase,
    cause: str,
    severity: int | None = None,
    error_class: str = "",
    comment: str = "",
    now: datetime,
) -> CaseCoding:
    """Say what caused a case and how grave it is; the latest word counts. Without an `error_class` the auditor's stands.

    `Invalid` for a cause that is not there or is locked, `NotNow` when the investigation is closed, and for the second
    person of the case: hers is a blind word.
    """
    with act(scopes.EDIT, actor, on=case.investigation, now=now) as deed:
        insist_on_open(deed, case.investigation)
        found = check_cause(cause)
        check_severity(severity)
        if error_class:
            check_error_class(error_class)
        is_second = BlindCoding.objects.filter(case=case, by_id=actor.person_id, validation=None).exists()
        deed.require(not is_second, _("You were the second to code this case, so the first word is not yours."))
        if len(comment.strip()) > LONGEST_COMMENT:
            fields = {"comment": [_("At most %(n)s characters.") % {"n": LONGEST_COMMENT}]}
            raise Invalid(_("The comment is too long."), fields=fields)
        last = CaseCoding.objects.filter(case=case).order_by("-at", "-id").first()
        made = CaseCoding.objects.create(
            case=case,
            cause=cause,
            cause_version=found.version,
            severity=severity,
            error_class=error_class or None,
            comment=comment.strip(),
            by_id=insist_on_person(actor),
            at=now,
        )
        deed.record(
            "coded a case",
            on=case.investigation,
            organisation_id=case.investigation.organisation_id,
            before={"cause": last.cause} if last else None,
            after={"cause": cause, "severity": severity},
            case=case.pk,
        )
        deed.tell("case.coded", investigation_id=case.investigation_id, case_id=case.pk, cause=cause)
        return made
