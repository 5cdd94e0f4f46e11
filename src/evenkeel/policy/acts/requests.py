"""Asking for another wording, answering, and saying which version made it true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid
from evenkeel.people import Person, notify

from .. import scopes
from ..models import ChangeAnswer, ChangePublication, ChangeRequest, Policy, PolicyVersion
from ..rules_requests import check_clause, check_evidence, check_sentence


def propose_change(
    actor: Actor,
    *,
    policy: Policy,
    what: str,
    why: str,
    clause: str = "",
    evidence: Sequence[dict[str, str]] = (),
    source: tuple[str, UUID] | None = None,
    now: datetime,
) -> ChangeRequest:
    """Ask for a change; whoever keeps the policy hears of it. `evidence` are pages (title, url) that show what is wrong.

    `source` is what it was opened from (kind, id): the same one gives the request there is. `Invalid` for texts too short or
    too long, and for addresses that are neither on this site nor https.
    """
    with act(scopes.CHANGE_PROPOSE, actor, on=policy, now=now) as deed:
        if actor.person_id is None:
            raise Invalid(_("A person has to say this, not the system."))
        person = Person.objects.select_related("organisation").get(pk=actor.person_id)
        if source is not None:
            known = ChangeRequest.objects.filter(source_kind=source[0], source_id=source[1]).first()
            if known is not None:
                return known
        made = ChangeRequest.objects.create(
            policy=policy,
            clause=check_clause(clause),
            what=check_sentence("what", what),
            why=check_sentence("why", why),
            evidence=check_evidence(evidence),
            source_kind=source[0] if source else "",
            source_id=source[1] if source else None,
            asked_by=person,
            organisation=person.organisation,
            asked_at=now,
        )
        deed.record("asked for a change", on=made, organisation_id=made.organisation_id,
                    after={"policy": policy.name, "what": made.what})  # fmt: skip
        _tell(policy.owner_id, made, _("A change of %(policy)s was asked for"), deed)
        deed.tell("policy.change-asked", policy_id=policy.pk, request_id=made.pk)
        return made


def answer_change(
    actor: Actor, *, request: ChangeRequest, is_accepted: bool, reason: str, now: datetime
) -> ChangeAnswer:
    """Accept or refuse, with a reason; whoever asked hears of it. `NotNow` a second time."""
    with act(scopes.POLICY_EDIT, actor, on=request.policy, now=now) as deed:
        locked = ChangeRequest.objects.select_for_update(of=("self",)).select_related("policy").get(pk=request.pk)
        deed.require(not hasattr(locked, "answer"), _("It was answered already."), code="answered")
        made = ChangeAnswer.objects.create(
            request=locked,
            is_accepted=is_accepted,
            reason=check_sentence("reason", reason),
            by_id=actor.person_id,
            at=now,
        )
        deed.record("answered a change", on=locked, organisation_id=locked.organisation_id,
                    after={"is_accepted": is_accepted, "reason": made.reason})  # fmt: skip
        said = _("Accepted: a change of %(policy)s") if is_accepted else _("Refused: a change of %(policy)s")
        _tell(locked.asked_by_id, locked, said, deed)
        deed.tell("policy.change-answered", request_id=locked.pk, is_accepted=is_accepted)
        return made


def mark_published(deed: Deed, *, version: PolicyVersion, requests: Sequence[ChangeRequest]) -> None:
    """A version makes these requests true; part of publishing it. `NotNow` unless each is accepted, of this policy, and not
    published yet."""
    ids = [request.pk for request in requests]
    locked = ChangeRequest.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    for found in locked.select_related("answer", "publication", "policy"):
        is_due = found.state == "accepted" and found.policy_id == version.policy_id
        deed.require(is_due, _("Only accepted requests of this policy can be published."), code="not-accepted")
        ChangePublication.objects.create(request=found, version=version, at=deed.now)
        deed.record("published a change", on=found, organisation_id=found.organisation_id,
                    after={"version": version.number})  # fmt: skip
        _tell(found.asked_by_id, found, _("Published: a change of %(policy)s"), deed)


def _tell(person_id: UUID | None, request: ChangeRequest, title: str, deed: Deed) -> None:
    if person_id in (None, deed.actor.person_id):
        return
    people = Person.objects.filter(pk=person_id, is_active=True)
    notify(people, title=title % {"policy": request.policy.name}, url=request.get_absolute_url(), now=deed.now)
