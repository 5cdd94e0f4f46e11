"""Workers: those who decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..models import Organisation, Person, Skill, Team, TeamMove, Worker, WorkerSkill
from ..rules.languages import wrong_languages
from .checks import insist_on_free, insist_on_text


def add_worker(
    actor: Actor,
    *,
    organisation: Organisation,
    code: str,
    name: str,
    team: Team | None = None,
    person: Person | None = None,
    languages: Sequence[str] = (),
    started_on: date | None = None,
    now: datetime,
) -> Worker:
    """Add a worker; with a team she belongs to its site too. `Invalid` when the code is taken in the organisation.

    `languages` are codes (BCP 47): `Invalid` proposes the nearest for what is none.
    """
    with act(scopes.WORKER_EDIT, actor, on=team or organisation, now=now) as deed:
        code, name = insist_on_text("code", code, most=64), insist_on_text("name", name, most=120)
        insist_on_free(Worker.objects.filter(organisation=organisation, code=code).exists(), "code", code)
        _insist_on_own(organisation, team=team, person=person)
        _insist_on_codes(languages)
        made = Worker.objects.create(
            organisation=organisation,
            site=team.site if team else None,
            team=team,
            person=person,
            code=code,
            name=name,
            languages=list(languages),
            started_on=started_on,
            created_at=now,
        )
        deed.record("added", on=made, organisation_id=organisation.id, after={"code": code, "name": name})
        return made


def change_worker(
    actor: Actor, *, worker: Worker, name: str, team: Team | None, languages: Sequence[str], now: datetime
) -> Worker:
    """Change a worker's name, team and languages. What she decided before keeps the team it was decided in.

    `Invalid` for a language that is no code, unless it stands on her record already, from before codes were asked for.
    """
    with act(scopes.WORKER_EDIT, actor, on=worker, now=now) as deed:
        name = insist_on_text("name", name, most=120)
        _insist_on_own(worker.organisation, team=team, person=None)
        _insist_on_codes(each for each in languages if each not in worker.languages)
        before = {"name": worker.name, "team": str(worker.team or ""), "languages": worker.languages}
        if worker.team_id != (team.pk if team else None):
            TeamMove.objects.create(worker=worker, from_team=worker.team, to_team=team, at=now)
        worker.name, worker.team, worker.languages = name, team, list(languages)
        worker.site = team.site if team else worker.site
        worker.save(update_fields=["name", "team", "site", "languages"])
        deed.record(
            "changed",
            organisation_id=worker.organisation_id,
            before=before,
            after={"name": name, "team": str(team or ""), "languages": worker.languages},
        )
        return worker


def link_account(actor: Actor, *, worker: Worker, person: Person | None, now: datetime) -> Worker:
    """Say whose account a worker's record belongs to, so that she can log in and decide; None: nobody's any more.

    `Invalid` for an account of another organisation, or one that has a record already.
    """
    with act(scopes.WORKER_EDIT, actor, on=worker, now=now) as deed:
        locked = (
            Worker.objects.select_for_update(of=("self",)).select_related("organisation", "person").get(pk=worker.pk)
        )
        _insist_on_own(locked.organisation, team=None, person=person)
        if person is not None and Worker.objects.filter(person=person).exclude(pk=locked.pk).exists():
            raise Invalid(
                _("This account belongs to another worker's record."), fields={"person": [_("Choose one without.")]}
            )
        before = locked.person.email if locked.person is not None else None
        locked.person = worker.person = person
        locked.save(update_fields=["person"])
        deed.record(
            "account linked" if person is not None else "account unlinked",
            organisation_id=locked.organisation_id,
            before={"account": before},
            after={"account": person.email if person is not None else None},
        )
        return locked


def end_worker(actor: Actor, *, worker: Worker, left_on: date, now: datetime) -> Worker:
    """Note a worker's last day; her decisions stay."""
    with act(scopes.WORKER_EDIT, actor, on=worker, now=now) as deed:
        deed.require(worker.left_on is None, _("Her last day is noted already."))
        if worker.started_on is not None and left_on < worker.started_on:
            raise Invalid(
                _("The last day lies before the first."), fields={"left_on": [_("Choose a day after the first one.")]}
            )
        worker.left_on = left_on
        worker.save(update_fields=["left_on"])
        deed.record("left", organisation_id=worker.organisation_id, after={"left_on": left_on})
        deed.tell("worker.left", worker_id=worker.id)
        return worker


def add_worker_skill(
    actor: Actor, *, worker: Worker, skill: str, since: date, until: date | None = None, now: datetime
) -> WorkerSkill:
    """Note that a worker has a skill from a day on; a skill of a new name is made."""
    with act(scopes.WORKER_EDIT, actor, on=worker, now=now) as deed:
        skill = insist_on_text("skill", skill, most=80)
        found, _is_new = Skill.objects.get_or_create(name=skill)
        insist_on_free(worker.skills.filter(skill=found, since=since).exists(), "skill", skill)
        made = WorkerSkill.objects.create(worker=worker, skill=found, since=since, until=until)
        deed.record(
            "skilled", organisation_id=worker.organisation_id, after={"skill": skill, "since": since, "until": until}
        )
        return made


def _insist_on_codes(languages: Iterable[str]) -> None:
    if wrong := wrong_languages(languages):
        raise Invalid(_("A language is no code."), fields={"languages": wrong})


def _insist_on_own(organisation: Organisation, *, team: Team | None, person: Person | None) -> None:
    if team is not None and team.site.organisation_id != organisation.id:
        raise Invalid(_("The team belongs to another organisation."), fields={"team": [_("Choose one of its own.")]})
    if person is not None and person.organisation_id != organisation.id:
        raise Invalid(
            _("The account belongs to another organisation."), fields={"person": [_("Choose one of its own.")]}
        )
