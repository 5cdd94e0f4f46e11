"""Why, and why that; who answers for it; what should be done elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.policy import CHANGE_PROPOSE, propose_change

from .. import scopes
from ..accountable import derived
from ..causes import BRANCHES
from ..models import AccountabilityRuling, EvidenceCase, Investigation, Recommendation, Why
from ..recommending import RECOMMENDATION, RECOMMENDATIONS, policy_of
from .checks import LONGEST_TEXT, check_cause, check_text, insist_on_open, insist_on_person

DEEPEST = 5
_LONGEST = 300


def add_why(
    actor: Actor,
    *,
    investigation: Investigation,
    body: str,
    branch: str = "",
    under: Why | None = None,
    case: EvidenceCase | None = None,
    now: datetime,
) -> Why:
    """Answer "why?": the problem itself, or another answer (`under`, whose branch it then shares). At most five deep.

    A `case` is what it rests on. `Invalid` for a text or branch that does not fit, or what belongs to another
    investigation; `NotNow` below a struck answer or a fifth.
    """
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        locked = insist_on_open(deed, investigation)
        if under is not None:
            branch = under.branch
            deed.require(under.struck_at is None, _("This answer was struck out."))
            deed.require(_depth(under) < DEEPEST, _("Five times why is deep enough: act on this one."))
        for thing in (under, case):
            if thing is not None and thing.investigation_id != locked.pk:
                raise Invalid(_("It belongs to another investigation."))
        if branch not in BRANCHES:
            raise Invalid(_("There is no such branch."), fields={"branch": [_("Choose one of the list.")]})
        body = check_text("body", body, least=5, sentence=_("Say it in a few words."))
        if len(body) > _LONGEST:
            fields = {"body": [_("At most %(n)s characters.") % {"n": _LONGEST}]}
            raise Invalid(_("The text is too long."), fields=fields)
        made = Why.objects.create(
            investigation=locked,
            under=under,
            branch=branch,
            body=body,
            case=case,
            by_id=insist_on_person(actor),
            at=now,
        )
        deed.record("asked why", on=locked, organisation_id=locked.organisation_id, after={"because": body})
        return made


def strike_why(actor: Actor, *, why: Why, now: datetime) -> Why:
    """Strike an answer out, with those under it; they stay readable. `NotNow` for one that is struck already."""
    with act(scopes.EDIT, actor, on=why.investigation, now=now) as deed:
        insist_on_open(deed, why.investigation)
        held = Why.objects.select_for_update().get(pk=why.pk)
        deed.require(held.struck_at is None, _("This answer was struck out."))
        held.struck_at, held.struck_by_id = now, insist_on_person(actor)
        held.save(update_fields=["struck_at", "struck_by"])
        deed.record(
            "struck a why",
            on=why.investigation,
            organisation_id=why.investigation.organisation_id,
            before={"because": held.body},
        )
        return held


def rule_accountability(
    actor: Actor, *, investigation: Investigation, party: str, reason: str, now: datetime
) -> AccountabilityRuling:
    """Say who answers for it: with the figures or against them, always with a reason. What they said is kept beside."""
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        locked = insist_on_open(deed, investigation)
        if party not in dict(AccountabilityRuling.PARTIES):
            raise Invalid(_("Nobody is called that."), fields={"party": [_("Choose one of the list.")]})
        reason = check_text("reason", reason, least=20, sentence=_("Say in a sentence why."))
        made = AccountabilityRuling.objects.create(
            investigation=locked,
            party=party,
            derived=derived(locked).party,
            reason=reason,
            by_id=insist_on_person(actor),
            at=now,
        )
        deed.record(
            "ruled who answers",
            on=locked,
            organisation_id=locked.organisation_id,
            before={"derived": made.derived},
            after={"party": party, "reason": reason},
        )
        return made


def recommend(
    actor: Actor, *, investigation: Investigation, kind: str, body: str, cause: str = "", now: datetime
) -> Recommendation:
    """Recommend something to be done elsewhere; whoever does it finds the way there on the page. `Invalid` for a kind or
    cause that is not there.

    One about the policy asks for the change at once, where the work is held to one policy and its author may ask.
    """
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        locked = insist_on_open(deed, investigation)
        if kind not in RECOMMENDATIONS:
            raise Invalid(_("Nothing of that kind can be asked for."), fields={"kind": [_("Choose one of the list.")]})
        if cause:
            check_cause(cause)
        body = check_text("body", body, least=10, sentence=_("Say what should be done."))
        made = Recommendation.objects.create(
            investigation=locked, kind=kind, cause=cause, body=body, by_id=insist_on_person(actor), at=now
        )
        deed.record(
            "recommended", on=locked, organisation_id=locked.organisation_id, after={"kind": kind, "body": body}
        )
        if kind == "policy":
            _ask_for_change(actor, locked, made, now=now)
        deed.tell("recommendation.made", investigation_id=locked.pk, recommendation_id=made.pk, kind=kind)
        return made


def _ask_for_change(actor: Actor, found: Investigation, made: Recommendation, *, now: datetime) -> None:
    policy = policy_of(found)
    if policy is None or not may(actor, CHANGE_PROPOSE, policy):
        return
    propose_change(
        actor,
        policy=policy,
        what=made.body,
        why=found.statement[:LONGEST_TEXT],
        evidence=[{"title": found.title, "url": found.get_absolute_url()}],
        source=(RECOMMENDATION, made.pk),
        now=now,
    )


def _depth(why: Why) -> int:
    depth, above = 1, why.under
    while above is not None:
        depth, above = depth + 1, above.under
    return depth
