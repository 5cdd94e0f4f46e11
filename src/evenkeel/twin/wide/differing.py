"""What of a plan changes with the day or differs by place: skill, policy versions, the classifier, auditors."""

from __future__ import annotations

import numpy as np

from .plan import ModelPlan, Plan
from .staff import Floats

_DAYS_A_MONTH, _DAYS_A_WEEK = 30.0, 7.0
_FIRST_MODEL = ModelPlan(from_day=0, name="1")
_AUDITORS = 6


def unlike(plan: Plan, day: int) -> Floats:
    """What is added to errors on a day, on the logit scale: sites x markets x clauses."""
    found = np.zeros((len(plan.sites), len(plan.markets), len(plan.clauses)))
    for place, site in enumerate(plan.sites):
        found[place] += [site.by_clause.get(name, 0.0) for name in plan.labels]
        found[place] += np.array([site.by_language.get(market.language, 0.0) for market in plan.markets])[:, None]
    for version in plan.versions:
        if version.from_day <= day:
            weeks = (day - version.from_day) / _DAYS_A_WEEK
            unlearned = version.unlearned * np.exp(-weeks / version.weeks) if version.weeks else 0.0
            found += [version.ambiguity[name] + unlearned if name in version.ambiguity else 0.0 for name in plan.labels]
    return found


def model_on(plan: Plan, day: int) -> ModelPlan:
    """The version of the classifier in force on a day."""
    return next((each for each in reversed(plan.models) if each.from_day <= day), _FIRST_MODEL)


def separation(plan: Plan, day: int) -> float:
    """How far apart the classifier in force scores violations and the rest, in standard deviations."""
    model = model_on(plan, day)
    return float(model.separation * (1 - model.drift_a_month) ** ((day - model.from_day) / _DAYS_A_MONTH))


def sensitivities(plan: Plan) -> Floats:
    """Each auditor's chance of finding what is wrong; they differ on the logit scale, always in the same way."""
    audits = plan.audits
    if not audits.spread or not 0 < audits.sensitivity < 1:
        return np.full(audits.auditors, audits.sensitivity)
    own = np.random.default_rng([plan.seed, _AUDITORS]).normal(0, audits.spread, audits.auditors)
    found: Floats = 1 / (1 + np.exp(-(np.log(audits.sensitivity / (1 - audits.sensitivity)) + own)))
    return found
