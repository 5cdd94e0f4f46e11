"""The box: suggesting, voting, and what becomes of it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid
from evenkeel.people import notify
from evenkeel.work import Programme

from .. import scopes
from ..models import Initiative, Suggestion, SuggestionVote
from .checks import check_text, insist_on_person

OPEN = ("new", "accepted")


def suggest(actor: Actor, *, programme: Programme, title: str, body: str, now: datetime) -> Suggestion:
    """Suggest what should be better in a programme. One's own vote comes with it."""
    with act(scopes.SUGGEST, actor, now=now) as deed:
        by_id = insist_on_person(actor)
        assert actor.organisation_id is not None
        made = Suggestion.objects.create(
            title=check_text("title", title, least=3, sentence=_("A suggestion needs a title."))[:200],
            body=check_text("body", body, least=10, sentence=_("Say in a sentence what should be better.")),
            programme=programme,
            organisation_id=actor.organisation_id,
            by_id=by_id,
            at=now,
        )
        require(actor, scopes.SUGGEST, made)
        SuggestionVote.objects.create(suggestion=made, person_id=by_id, at=now)
        _record(deed, made, "suggested", after={"title": made.title})
        deed.tell("suggestion.made", suggestion_id=made.pk)
        return made


def vote(actor: Actor, *, suggestion: Suggestion, is_for: bool = True, now: datetime) -> bool:
    """Vote for a suggestion, or take the vote back: one a person, however often she presses. Returns whether it stands.

    A vote for what was merged counts for what it was merged into. `NotNow` once it was declined or done.
    """
    with act(scopes.SUGGEST, actor, on=suggestion, now=now) as deed:
        by_id = insist_on_person(actor)
        locked = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
        deed.require(locked.state in (*OPEN, "merged"), _("It is decided already."), code="decided")
        if is_for:
            SuggestionVote.objects.get_or_create(suggestion=locked, person_id=by_id, defaults={"at": now})
        else:
            locked.votes.filter(person=by_id).delete()
        _record(deed, locked, "voted" if is_for else "took the vote back")
        return is_for


def triage(
    actor: Actor,
    *,
    suggestion: Suggestion,
    state: str,
    reason: str,
    into: Suggestion | None = None,
    initiative: Initiative | None = None,
    now: datetime,
) -> Suggestion:
    """Decide about a suggestion, with a reason that whoever made it hears: accepted, declined, done, or merged `into` another.

    `Invalid` for a merge into itself, into what was merged itself, or into another programme's; `NotNow` once it is over.
    """
    with act(scopes.TRIAGE, actor, on=suggestion, now=now) as deed:
        locked = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
        deed.require(locked.state in OPEN, _("It is decided already."), code="decided")
        if state not in ("accepted", "declined", "merged", "done"):
            raise Invalid(_("There is no such decision."), fields={"state": [_("Choose one of the list.")]})
        said = check_text("reason", reason, least=10, sentence=_("A decision about a suggestion needs a reason."))
        if (into is not None) != (state == "merged"):
            raise Invalid(_("Say into which one it is merged."), fields={"into": [_("Choose a suggestion.")]})
        if into is not None:
            require(actor, scopes.TRIAGE, into)
            fits = into.pk != locked.pk and into.state in OPEN and into.programme_id == locked.programme_id
            # A vendor's idea merged into another vendor's would show there.
            if not fits or into.organisation_id != locked.organisation_id:
                raise Invalid(
                    _("It cannot be merged into this one."),
                    fields={"into": [_("Choose an open one of the same programme and organisation.")]},
                )
            Suggestion.objects.filter(merged_into=locked).update(merged_into=into)
        if initiative is not None:
            require(actor, scopes.INITIATIVE_VIEW, initiative)
        before = locked.state
        locked.state, locked.reason, locked.merged_into, locked.triaged_at = state, said, into, now
        locked.initiative = initiative or locked.initiative
        locked.save(update_fields=["state", "reason", "merged_into", "triaged_at", "initiative"])
        _record(deed, locked, "triaged", before={"state": before}, after={"state": state, "reason": said})
        people = [locked.by] if locked.by.is_active and locked.by_id != actor.person_id else []
        notify(people, title=_("Your suggestion was decided on: %(title)s") % {"title": locked.title},
               url=locked.get_absolute_url(), now=now)  # fmt: skip
        deed.tell("suggestion.triaged", suggestion_id=locked.pk, state=state)
        return locked


def _record(deed: Deed, suggestion: Suggestion, verb: str, **said: object) -> None:
    deed.record(verb, on=suggestion, organisation_id=suggestion.organisation_id, **said)  # type: ignore[arg-type]
