"""Programmes, who takes part in them, and the forms they ask by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.people import Organisation, Person

from .. import scopes
from ..models import AnswerForm, Engagement, FormVersion, Programme
from ..rules.forms import check_spec
from ..rules.texts import checked_name, insist_on_free


def add_programme(actor: Actor, *, name: str, about: str = "", owner: Person | None = None, now: datetime) -> Programme:
    """Add a programme. Our own organisation takes part in it from the start."""
    with act(scopes.PROGRAMME_EDIT, actor, now=now) as deed:
        name = checked_name(name)
        if "\x00" in about:
            raise Invalid(_("The text cannot be used."), fields={"about": [_("It holds a NUL character.")]})
        insist_on_free(Programme.objects.filter(name=name).exists(), name)
        made = Programme.objects.create(name=name, about=about.strip(), owner=owner, created_at=now)
        house = Organisation.objects.filter(is_house=True).first()
        if house is not None:
            Engagement.objects.create(programme=made, organisation=house, since=now)
        deed.record("added", on=made, after={"name": name})
        return made


def engage(actor: Actor, *, programme: Programme, organisation: Organisation, now: datetime) -> Engagement:
    """Let an organisation's people take part in a programme; doing it twice changes nothing."""
    with act(scopes.PROGRAMME_EDIT, actor, on=programme, now=now) as deed:
        made, is_new = Engagement.objects.get_or_create(
            programme=programme, organisation=organisation, defaults={"since": now}
        )
        verb = "engaged" if is_new else "found engaged"
        deed.record(verb, organisation_id=organisation.id, after={"organisation": organisation.name})
        return made


def end_engagement(actor: Actor, *, engagement: Engagement, now: datetime) -> None:
    """End an organisation's part in a programme: its people lose sight of it, its decisions stay."""
    with act(scopes.PROGRAMME_EDIT, actor, on=engagement.programme, now=now) as deed:
        deed.require(not engagement.organisation.is_house, _("Our own organisation takes part in every programme."))
        deed.record(
            "engagement ended",
            organisation_id=engagement.organisation_id,
            before={"organisation": engagement.organisation.name, "since": engagement.since},
        )
        engagement.delete()


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
