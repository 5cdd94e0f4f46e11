"""Golden items: proposing, agreeing, flagging and retiring them, and how many a queue's people meet."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.policy import PolicyVersion, version_in_force
from evenkeel.work import AnswerForm, Item, Queue, watch_people

from .. import scopes
from ..models import Gold, GoldMix, GoldStep, GoldVoice
from ..queries.golden import answers_of_form, form_asked, round_of
from ..rules.golden import LONGEST, agreed
from .ours import insist_on_ours

if TYPE_CHECKING:
    from evenkeel.people import Person

_PROVENANCES = {slug for slug, _title in Gold.PROVENANCES}


def propose_gold(
    actor: Actor,
    *,
    item: Item,
    answer: str | Mapping[str, Any],
    rationale: str,
    provenance: str,
    source_id: UUID | None = None,
    form: AnswerForm | None = None,
    policy_version: PolicyVersion | None = None,
    difficulty: int = 2,
    is_for_exams: bool = False,
    owner: Person | None = None,
    expires_at: datetime | None = None,
    now: datetime,
) -> Gold:
    """Propose an item as golden. It is mixed into nothing before two experts agree, the proposer one of them if she is one.

    `answer`: the right answer to the form's main question, or the whole answer. `provenance`: adjudication, dispute,
    calibration, agreement, import or by_hand, with the `source_id` it came from. `form`: the one the item was asked by
    when None. The same proposal again gives the same gold; another answer to one that is golden flags it instead. `Invalid`
    names the field.
    """
    insist_on_ours(actor)
    with act(scopes.GOLD_SAY, actor, on=item, now=now) as deed:
        asked = form or _form_of(item)
        choices = answers_of_form(asked)
        label = str(answer.get(choices.main, "")) if isinstance(answer, Mapping) else answer
        _check(label, rationale, provenance, difficulty, choices.labels, expires_at, now)
        known = Gold.objects.filter(form=asked, item=item).exclude(state=Gold.RETIRED).select_for_update().first()
        if known is not None:
            return _known(deed, known, label)
        made = Gold.objects.create(
            programme_id=item.programme_id,
            form=asked,
            item=item,
            label=label,
            rationale=rationale.strip(),
            policy_version=policy_version or _version_for(asked, now),
            difficulty=difficulty,
            provenance=provenance,
            source_id=source_id,
            is_for_exams=is_for_exams,
            owner_id=owner.pk if owner else actor.person_id,
            proposed_at=now,
            expires_at=expires_at,
            state_at=now,
        )
        _step(made, Gold.PROPOSED, str(dict(Gold.PROVENANCES)[provenance]), actor, now)
        deed.record("gold proposed", on=made, after={"label": label, "provenance": provenance})
        deed.tell("gold.proposed", gold_id=made.pk)
        if actor.person_id is not None and may(actor, scopes.GOLD_SAY, made):
            _voice(made, actor.person_id, label, "", now)
        return made


def say_gold(actor: Actor, *, gold: Gold, label: str, comment: str = "", now: datetime) -> Gold:
    """Say, as an expert, what is right about a proposed or flagged golden item. Two of one mind put it in force.

    Whoever says otherwise keeps it from it until it is retired. `NotNow` for whoever has spoken in this round.
    """
    insist_on_ours(actor)
    with act(scopes.GOLD_SAY, actor, on=gold, now=now) as deed:
        found = Gold.objects.select_for_update(of=("self",)).select_related("form").get(pk=gold.pk)
        if actor.person_id is None:
            raise NotNow(_("An expert is a person: log in as one."), code="no-person")
        deed.require(found.state in (Gold.PROPOSED, Gold.FLAGGED), _("It waits for nobody's word."), code="settled")
        if label not in answers_of_form(found.form).labels:
            raise Invalid(_("The form has no such answer."), fields={"label": [_("Choose one of the form's.")]})
        turn = round_of(found)
        spoken = GoldVoice.objects.filter(gold=found, round=turn, person=actor.person_id)
        deed.require(not spoken.exists(), _("You have said what is right here."), code="spoken")
        _voice(found, actor.person_id, label, comment.strip()[:2_000], now)
        labels = list(GoldVoice.objects.filter(gold=found, round=turn).values_list("label", flat=True))
        deed.record("expert heard on gold", on=found, after={"label": label})
        if agreed(labels, found.label):
            # What they agreed on is what the guideline says now.
            found.policy_version = _version_for(found.form, now) or found.policy_version
            _step(found, Gold.IN_FORCE, _("Experts agree."), actor, now)
            deed.tell("gold.agreed", gold_id=found.pk)
        return found


def flag_gold(
    actor: Actor, *, gold: Gold, why: str, policy_version: PolicyVersion | None = None, now: datetime
) -> Gold:
    """Hand a golden item to nobody until two experts confirm it; `policy_version`: the one that put it in doubt."""
    with act(scopes.GOLD_EDIT, actor, on=gold, now=now) as deed:
        found = Gold.objects.select_for_update().get(pk=gold.pk)
        deed.require(found.state in (Gold.PROPOSED, Gold.IN_FORCE), _("It is not in force."), code="settled")
        _step(found, Gold.FLAGGED, _reason(why), actor, now, policy_version=policy_version)
        deed.record("gold flagged", on=found, why=why)
        deed.tell("gold.flagged", gold_id=found.pk)
        return found


def retire_gold(actor: Actor, *, gold: Gold, why: str, now: datetime) -> Gold:
    """Hand a golden item out no more. What was answered to it stays on record; the item may be proposed anew."""
    with act(scopes.GOLD_EDIT, actor, on=gold, now=now) as deed:
        found = Gold.objects.select_for_update().get(pk=gold.pk)
        deed.require(found.state != Gold.RETIRED, _("It is retired already."), code="settled")
        _step(found, Gold.RETIRED, _reason(why), actor, now)
        deed.record("gold retired", on=found, why=why)
        deed.tell("gold.retired", gold_id=found.pk)
        return found


def set_gold_mix(
    actor: Actor, *, queue: Queue, share: float, new_share: float | None = None, new_days: int = 30, now: datetime
) -> GoldMix:
    """Say which share of what a queue hands out is golden, and which for people in their first `new_days`; 0 for none.

    Places are taken by a keyed hash with a secret of the queue's own: nobody can foresee which.
    """
    insist_on_ours(actor)
    with act(scopes.GOLD_EDIT, actor, on=queue, now=now) as deed:
        of_new = share if new_share is None else new_share
        faults = {
            name: [_("A share between 0 and 0.5.")]
            for name, value in (("share", share), ("new_share", of_new))
            if not 0 <= value <= 0.5
        }
        if not 0 <= new_days <= 365:
            faults["new_days"] = [_("0 to 365 days.")]
        if faults:
            raise Invalid(_("Golden items cannot be mixed in like this."), fields=faults)
        said = {"share": share, "new_share": of_new, "new_days": new_days, "set_at": now}
        made, _is_new = GoldMix.objects.update_or_create(
            queue=queue, defaults=said, create_defaults={**said, "salt": secrets.randbits(62)}
        )
        watch_people(Actor.system("golden items"), queue=queue, now=now)
        deed.record("golds mixed in", on=queue, after={"share": share, "new_share": of_new, "new_days": new_days})
        return made


def _known(deed: Deed, known: Gold, label: str) -> Gold:
    if known.label == label:
        deed.record("gold proposed again", on=known)
    elif known.state == Gold.IN_FORCE:
        _step(
            known, Gold.FLAGGED, _("Another answer was proposed: %(label)s.") % {"label": label}, deed.actor, deed.now
        )
        deed.record("gold flagged", on=known, after={"proposed": label})
        deed.tell("gold.flagged", gold_id=known.pk)
    else:
        deed.record("another answer proposed for gold", on=known, after={"proposed": label})
    return known


def _voice(gold: Gold, person_id: UUID, label: str, comment: str, now: datetime) -> None:
    GoldVoice.objects.create(gold=gold, round=round_of(gold), person_id=person_id, label=label, comment=comment, at=now)


def _step(
    gold: Gold, state: str, why: str, actor: Actor, now: datetime, *, policy_version: PolicyVersion | None = None
) -> None:
    GoldStep.objects.create(
        gold=gold,
        state=state,
        why=why[:LONGEST],
        policy_version=policy_version or gold.policy_version,
        by_id=actor.person_id,
        at=now,
    )
    gold.state, gold.state_at = state, now
    gold.save(update_fields=["state", "state_at", "policy_version"])


def _check(
    label: str,
    rationale: str,
    provenance: str,
    difficulty: int,
    labels: Mapping[str, str],
    expires_at: datetime | None,
    now: datetime,
) -> None:
    faults: dict[str, list[str]] = {}
    if label not in labels:
        faults["answer"] = [_("Choose one of %(known)s.") % {"known": ", ".join(labels)}]
    if not rationale.strip() or "\x00" in rationale:
        faults["rationale"] = [_("Say why it is right: experts agree to the reason as well.")]
    if provenance not in _PROVENANCES:
        faults["provenance"] = [_("Choose one of %(known)s.") % {"known": ", ".join(sorted(_PROVENANCES))}]
    if difficulty not in dict(Gold.DIFFICULTIES):
        faults["difficulty"] = [_("1, 2 or 3.")]
    if expires_at is not None and expires_at <= now:
        faults["expires_at"] = [_("Choose a later moment.")]
    if faults:
        raise Invalid(_("The item cannot be proposed like this."), fields=faults)


def _form_of(item: Item) -> AnswerForm:
    found = form_asked(item)
    if found is None:
        raise Invalid(_("Nobody was asked about this item."), fields={"form": [_("Say by which form.")]})
    return found


def _version_for(form: AnswerForm, now: datetime) -> PolicyVersion | None:
    policy = (
        Queue.objects.filter(form=form, policy__isnull=False).order_by("id").values_list("policy", flat=True).first()
    )
    return version_in_force(policy, now) if policy else None


def _reason(why: str) -> str:
    if not why.strip() or len(why.strip()) > LONGEST or "\x00" in why:
        raise Invalid(_("A reason is missing."), fields={"why": [_("1 to %(n)d characters.") % {"n": LONGEST}]})
    return why.strip()
