"""A second person codes a case without seeing what the first said."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import Deed, act

from .. import scopes
from ..coding import second_share
from ..models import BlindCoding, CaseCoding, EvidenceCase, Validation
from .checks import check_cause, check_error_class, check_severity, check_text, insist_on_open, insist_on_person

LONGEST_COMMENT = 300


def code_blind(
    actor: Actor,
    *,
    case: EvidenceCase,
    cause: str,
    severity: int,
    error_class: str = "",
    comment: str = "",
    now: datetime,
) -> BlindCoding:
    """Code a case of the share that is coded twice. Said once and for good: a second look would no longer be blind.

    `NotNow` for a case outside the share, one that she coded herself, or one that has its second word.
    """
    with act(scopes.EDIT, actor, on=case.investigation, now=now) as deed:
        insist_on_open(deed, case.investigation)
        person = insist_on_person(actor)
        deed.require(case.pk in second_share(case.investigation), _("This case is not among those coded twice."))
        own = CaseCoding.objects.filter(case=case, by_id=person).exists()
        deed.require(not own, _("You coded this case yourself; the second word is somebody else's."))
        said = BlindCoding.objects.filter(case=case, validation=None).exists()
        deed.require(not said, _("This case has its second word."))
        return _write(deed, case, None, cause, severity, error_class, comment)


def code_for_validation(
    actor: Actor,
    *,
    validation: Validation,
    case: EvidenceCase,
    cause: str,
    severity: int,
    error_class: str = "",
    comment: str = "",
    now: datetime,
) -> BlindCoding:
    """Code a case of one's validation's sample. `NotNow` when it is over, not hers, or the case is not to be coded."""
    with act(scopes.VALIDATE, actor, on=validation.investigation, now=now) as deed:
        insist_on_open(deed, validation.investigation)
        held = Validation.objects.select_for_update().get(pk=validation.pk)
        is_hers = held.state == Validation.OPEN and held.by_id == insist_on_person(actor)
        deed.require(is_hers, _("This validation is over, or somebody else's."))
        deed.require(str(case.pk) in held.sample, _("This case is not in the sample."))
        said = BlindCoding.objects.filter(case=case, validation=held).exists()
        deed.require(not said, _("You have coded this case."))
        return _write(deed, case, held, cause, severity, error_class, comment)


def _write(
    deed: Deed,
    case: EvidenceCase,
    validation: Validation | None,
    cause: str,
    severity: int,
    error_class: str,
    comment: str,
) -> BlindCoding:
    found = check_cause(cause)
    check_severity(severity)
    made = BlindCoding.objects.create(
        case=case,
        validation=validation,
        cause=cause,
        cause_version=found.version,
        severity=severity,
        error_class=check_error_class(error_class or case.error_class, may_lack=case.verdict_id is None),
        comment=check_text("comment", comment, least=0, sentence="")[:LONGEST_COMMENT],
        by_id=insist_on_person(deed.actor),
        at=deed.now,
    )
    # Not what she said: the trail is shown on the page, and the case may still be blind to somebody.
    deed.record(
        "coded blind" if validation is None else "coded to validate",
        on=case.investigation,
        organisation_id=case.investigation.organisation_id,
        case=case.pk,
    )
    return made
