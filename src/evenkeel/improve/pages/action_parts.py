"""What the pages of actions share: the action fetched, and how its plan and a check of it are shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest
from evenkeel.kernel import Estimate

from .. import scopes, words_actions
from ..models import Action, EffectCheck, EffectPlan
from ..queries_actions import metric_of, shows_figures
from ..rules_plans import Frozen
from . import charts_actions


def load_action(request: PageRequest, action_id: UUID) -> Action:
    rows = Action.objects.select_related("owner__organisation", "programme", "investigation", "signal")
    return load(request.actor, scopes.ACTION_VIEW, rows, action_id)


def crumbs(inside: Action | None = None) -> list[tuple[Any, str | None]]:
    """The way up from an action's page, or from one of its steps."""
    board: list[tuple[Any, str | None]] = [(_("Actions"), reverse("improve:actions"))]
    return board if inside is None else [*board, (inside.title, inside.get_absolute_url())]


def is_late(action: Action, today: Any) -> bool:
    """Whether it is past its day and has not begun."""
    return action.due_on < today and action.state in ("draft", "planned")


def plan_shown(plan: EffectPlan) -> dict[str, Any]:
    said = Frozen.read(plan.document)
    past = said.past
    return {
        "row": plan,
        "metric": metric_of(said.metric),
        "criterion": words_actions.criterion_text(said),
        "expected": words_actions.amount(said.expected, said.unit) if said.aim == "improve" else "",
        "comparison": words_actions.COMPARISONS[said.comparison],
        "assumes": words_actions.ASSUMES[said.comparison],
        "days": list(words_actions.window_text(said)),
        "control": metric_of(said.negative_control) if said.negative_control else None,
        "power": past.get("power"),
        "audits_a_week": past.get("audits_a_week"),
        "enough_weeks": past.get("enough_weeks"),
        "extension_weeks": said.extension_weeks,
    }


def check_shown(request: PageRequest, action: Action, check: EffectCheck) -> dict[str, Any]:
    plan = Frozen.read(check.plan.document)
    sees = shows_figures(request.actor, action, plan)
    improvement = Estimate.from_dict(check.effect)
    found = check.found
    return {
        "row": check,
        "tone": words_actions.VERDICT_TONES[check.verdict],
        "improvement": words_actions.improvement_text(improvement, plan.unit),
        "because": words_actions.because_text(check.because, plan, improvement),
        "coaching": words_actions.coaching_text(found.get("plain"), found.get("luck"), plan),
        "looks": [
            (words_actions.LOOKS.get(each["name"], each["name"]), each["value"], each["is_fine"])
            for each in found["looks"]
        ],
        "chart": charts_actions.course(check, plan, actor=request.actor, programme_id=action.programme_id)
        if sees
        else None,
        "study": charts_actions.study(check, plan),
        "hides": not sees,
        "benefit": {kind: check.benefit.get(kind) for kind in ("errors", "hours", "money_cents")},
        "currency": check.benefit.get("currency", ""),
    }
