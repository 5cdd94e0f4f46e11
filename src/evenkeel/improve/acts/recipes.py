"""Asking again what an investigation asked."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act

from .. import scopes
from ..models import Investigation, RecipeRun
from ..recipes import keep, last_look, run
from ..rules_recipes import Difference, in_data, in_result


def run_again(
    actor: Actor, *, investigation: Investigation, now: datetime
) -> tuple[RecipeRun, list[Difference], list[Difference]]:
    """Run the recipe of the last look on the data as they are now; the investigation stays as it is.

    Returns the new run, what came out otherwise (empty: the same result), and what is different in the data. `NotNow`
    for an investigation that has no stored run: look again first.
    """
    with act(scopes.VIEW, actor, on=investigation, now=now) as deed:
        first = last_look(investigation)
        deed.require(first is not None, _("No run is on record yet; look again first."), code="no-run")
        assert first is not None
        outcome = run(first.recipe)
        made = keep(outcome, investigation=investigation, purpose=RecipeRun.CHECK, by_id=actor.person_id, now=now)
        result, data = in_result(first.result, made.result), in_data(first.data, made.data)
        deed.record(
            "ran again",
            on=investigation,
            organisation_id=investigation.organisation_id,
            run=made.pk,
            is_same=not result,
        )
        return made, result, data
