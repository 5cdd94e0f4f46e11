"""A second person asks again. Differences block; agreement gives the status "validated by"."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.ids import uuid7

from .. import scopes
from ..models import BlindCoding, Investigation, RecipeRun, Validation
from ..queries import latest_codings
from ..recipes import keep, last_look, run
from ..rules_coding import drawn_share
from ..rules_recipes import in_data, in_result
from ..rules_validation import LEAST_CODED, finding_of
from ..validating import investigators
from .checks import insist_on_open, insist_on_person, tell_owner


def begin_validation(actor: Actor, *, investigation: Investigation, now: datetime) -> Validation:
    """Run the recipe once more and draw a blind sample of the coded cases, keyed by the validation itself.

    `NotNow` for whoever had a hand in the investigation, without a run on record, with fewer than five coded cases, or
    while another validation is under way.
    """
    with act(scopes.VALIDATE, actor, on=investigation, now=now) as deed:
        locked = insist_on_open(deed, investigation)
        person = insist_on_person(actor)
        deed.require(person not in investigators(locked), _("Whoever investigated cannot validate."), code="own-work")
        deed.require(
            not locked.validations.filter(state=Validation.OPEN).exists(), _("A validation is under way."), code="open"
        )
        first = last_look(locked)
        deed.require(first is not None, _("No run is on record yet; look again first."), code="no-run")
        assert first is not None
        coded = sorted(latest_codings(locked), key=str)
        deed.require(
            len(coded) >= LEAST_CODED, _("At least %(n)s cases must be coded first.") % {"n": LEAST_CODED}, code="few"
        )
        again = keep(run(first.recipe), investigation=locked, purpose=RecipeRun.VALIDATION, by_id=person, now=now)
        pk = uuid7()
        made = Validation.objects.create(
            id=pk,
            investigation=locked,
            run=first,
            again=again,
            sample=[str(case) for case in drawn_share(coded, salt=pk)],
            by_id=person,
            begun_at=now,
        )
        deed.record("began to validate", on=locked, organisation_id=locked.organisation_id, cases=len(made.sample))
        return made


def end_validation(actor: Actor, *, validation: Validation, now: datetime) -> Validation:
    """Compare: the result of both runs, and the causes that both gave to the sample. Any difference of the result, and
    agreement on fewer than four cases in five, leaves it not validated; what differs is kept and shown.

    `NotNow` while cases are to be coded.
    """
    with act(scopes.VALIDATE, actor, on=validation.investigation, now=now) as deed:
        locked = insist_on_open(deed, validation.investigation)
        held = Validation.objects.select_for_update().get(pk=validation.pk)
        is_hers = held.state == Validation.OPEN and held.by_id == insist_on_person(actor)
        deed.require(is_hers, _("This validation is over, or somebody else's."))
        sample = [UUID(case) for case in held.sample]
        second = dict(BlindCoding.objects.filter(validation=held).values_list("case_id", "cause"))
        deed.require(set(sample) <= second.keys(), _("Code every case of the sample first."), code="not-coded")
        first = {case: coding.cause for case, coding in latest_codings(locked).items()}
        found = finding_of(
            result=in_result(held.run.result, held.again.result), first=first, second=second, sample=sample
        )
        held.state = Validation.VALIDATED if found.is_same else Validation.DIFFERS
        held.ended_at = now
        held.findings = {
            "blocking": [each.to_dict() for each in found.blocking],
            "data": [each.to_dict() for each in in_data(held.run.data, held.again.data)],
            "differing": [str(case) for case in found.differing],
            "percent": found.agreement.percent.to_dict(),
            "kappa": found.agreement.kappa.to_dict(),
        }
        held.save(update_fields=["state", "ended_at", "findings"])
        deed.record(
            "validated",
            on=locked,
            organisation_id=locked.organisation_id,
            after={"state": held.state, "differing": len(found.differing), "cases": len(sample)},
        )
        title = _("Validated: %(title)s") if found.is_same else _("A validation found differences: %(title)s")
        tell_owner(deed, locked, title=title % {"title": locked.title})
        deed.tell("investigation.validated", investigation_id=locked.pk, is_validated=found.is_same)
        return held
