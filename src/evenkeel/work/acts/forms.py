"""Revising a form: its next version, made from the one that the editor saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act

from .. import scopes
from ..models import AnswerForm, FormVersion
from ..rules.forms import check_spec


def revise_form(
    actor: Actor, *, form: AnswerForm, spec: Mapping[str, Any], based_on: int, now: datetime
) -> FormVersion:
    """Publish the next version of a form. `Invalid` says what is wrong with it; `NotNow` when somebody else published
    meanwhile (`based_on` is no longer the newest number) or when nothing has changed. Items in hand keep their question."""
    with act(scopes.PROGRAMME_EDIT, actor, on=form.programme, now=now) as deed:
        checked = check_spec(dict(spec))
        # Two who publish at once would both take the same number.
        AnswerForm.objects.select_for_update().get(pk=form.pk)
        newest = form.versions.order_by("-number").first()
        number = newest.number if newest else 0
        deed.require(
            number == based_on,
            _("Version %(number)d was published while you edited. Look at it, then make your change again.")
            % {"number": number},
            code="published-meanwhile",
        )
        deed.require(newest is None or newest.spec != checked, _("Nothing has changed."), code="unchanged")
        made = FormVersion.objects.create(form=form, number=number + 1, spec=checked, published_at=now)
        deed.record("form published", on=made, after={"form": form.name, "number": made.number})
        return made
