"""Programmes, who takes part in them, and the forms they ask by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.people import Organisation, Person

from .. import leases, scopes
from ..models import AnswerForm, Engagement, FormVersion, Lease, Programme
from ..rules.forms import check_spec
from ..rules.texts import checked_name, checked_text, insist_on_free


def add_programme(actor: Actor, *, name: str, about: str = "", owner: Person | None = None, now: datetime) -> Programme:
    """Add a programme. Our own organisation takes part in it from the start."""
    with act(scopes.PROGRAMME_EDIT, actor, now=now) as deed:
        name, about = checked_name(name), checked_text(about, field="about", is_obligatory=False)
        insist_on_free(Programme.objects.filter(name=name).exists(), name)
        made = Programme.objects.create(name=name, about=about, owner=owner, created_at=now)
        house = Organisation.objects.filter(is_house=True).first()
        if house is not None:
            Engagement.objects.create(programme=made, organisation=house, since=now)
        deed.record("added", on=made, after={"name": name})
        return made


def change_programme(
    actor: Actor, *, programme: Programme, name: str, about: str, owner: Person | None, now: datetime
) -> Programme:
    """Call a programme otherwise, say anew what it is for, hand it to another owner."""
    with act(scopes.PROGRAMME_EDIT, actor, on=programme, now=now) as deed:
        name, about = checked_name(name), checked_text(about, field="about", is_obligatory=False)
        insist_on_free(Programme.objects.filter(name=name).exclude(pk=programme.pk).exists(), name)
        before = _told(programme)
        programme.name, programme.about, programme.owner = name, about, owner
        programme.save(update_fields=["name", "about", "owner"])
        after = _told(programme)
        changed = {key for key in after if after[key] != before[key]}
        deed.record("changed", before={key: before[key] for key in changed}, after={key: after[key] for key in changed})
        return programme


def engage(actor: Actor, *, programme: Programme, organisation: Organisation, now: datetime) -> Engagement:
    """Let an organisation's people take part in a programme; doing it twice changes nothing."""
    with act(scopes.PROGRAMME_EDIT, actor, on=programme, now=now) as deed:
        made, is_new = Engagement.objects.get_or_create(
            programme=programme, organisation=organisation, defaults={"since": now}
        )
        verb = "engaged" if is_new else "found engaged"
        deed.record(verb, organisation_id=organisation.id, after={"organisation": organisation.name})
        return made


def end_engagement(actor: Actor, *, programme: Programme, organisation: Organisation, now: datetime) -> None:
    """End an organisation's part in a programme: its people lose sight of it, its decisions stay.

    What they have in hand there goes to others at once, and they can no longer decide it.
    """
    with act(scopes.PROGRAMME_EDIT, actor, on=programme, now=now) as deed:
        deed.require(not organisation.is_house, _("Our own organisation takes part in every programme."))
        found = Engagement.objects.select_for_update().filter(programme=programme, organisation=organisation).first()
        deed.require(found, _("%(name)s takes no part in it.") % {"name": organisation.name})
        assert found is not None
        held = Lease.objects.filter(
            task__queue__programme=programme, worker__organisation=organisation, ended_at=None
        ).order_by("id")
        returned = leases.give_back(list(held), ending=Lease.RETURNED, now=now)
        before = {"organisation": organisation.name, "since": found.since}
        deed.record(
            "engagement ended", organisation_id=organisation.id, before=before, after={"items returned": returned}
        )
        found.delete()


def add_form(actor: Actor, *, programme: Programme, name: str, spec: Mapping[str, Any], now: datetime) -> FormVersion:
    """Publish a form: its first version, or the next one of the form with this name. `Invalid` says what is wrong."""
    with act(scopes.PROGRAMME_EDIT, actor, on=programme, now=now) as deed:
        name = checked_name(name)
        checked = check_spec(dict(spec))
        form, _is_new = AnswerForm.objects.get_or_create(programme=programme, name=name)
        # Two who publish at once would both take the same number.
        AnswerForm.objects.select_for_update().get(pk=form.pk)
        number = (form.versions.aggregate(top=Max("number"))["top"] or 0) + 1
        made = FormVersion.objects.create(form=form, number=number, spec=checked, published_at=now)
        deed.record("form published", on=made, after={"form": name, "number": number})
        return made


def _told(programme: Programme) -> dict[str, str | None]:
    owner = programme.owner
    return {"name": programme.name, "about": programme.about, "owner": owner.name if owner is not None else None}
