"""The recipe of an investigation: what is asked, in plain values, so that somebody else can ask it again later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from evenkeel.ground.log import manifest_state
from evenkeel.kernel import Estimate
from evenkeel.measure import difference, explained, figure, metrics

from . import drivers, set_apart
from .models import Investigation, RecipeRun
from .rules_recipes import digest_of

# Raised when the same recipe is read in another way than before.
VERSION = 2
# Beyond three standard errors on either side: what limits allow that no budget set.
_THREE_ERRORS = 0.0027
_PLACES = ("queue", "organisation", "site", "team")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A recipe, the state of the data that it read, and what came out."""

    recipe: dict[str, Any]
    data: dict[str, Any]
    result: dict[str, Any]
    found: drivers.Found

    @property
    def scan(self) -> dict[str, object]:
        """What the search says, as the investigation keeps it; with the end of its baseline where days are left out of it."""
        end = _sure_until(self.recipe).isoformat()
        return self.found.to_dict() | ({} if end == self.recipe["since"] else {"sure_until": end})

    @property
    def digest(self) -> str:
        """The result's own."""
        return digest_of(self.result)


def recipe_of(investigation: Investigation) -> dict[str, Any]:
    """What is asked: metric, place, both windows, what is left out of the first, dimensions, how the search was set."""
    elsewhere = set_apart.known_elsewhere(investigation)
    return {
        "version": VERSION,
        "metric": investigation.metric,
        "programme_id": str(investigation.programme_id),
        **{f"{name}_id": _text(getattr(investigation, f"{name}_id")) for name in _PLACES},
        "baseline_since": investigation.baseline_since.isoformat(),
        "since": investigation.since.isoformat(),
        "until": investigation.until.isoformat(),
        "apart": set_apart.to_json(set_apart.known_for(investigation)),
        "label": investigation.label,
        "alarm": _alarm(investigation),
        "apart_elsewhere": None if elsewhere is None else set_apart.to_json(elsewhere),
        "dimensions": list(drivers.names_for(investigation.metric)),
        "search": drivers.SEARCH,
    }


def run(recipe: dict[str, Any]) -> Outcome:
    """Ask what a recipe asks of the data as they are now. Reads roll-ups, not decisions; saves nothing."""
    asked = Investigation(
        metric=recipe["metric"],
        programme_id=UUID(recipe["programme_id"]),
        **{f"{name}_id": _id(recipe[f"{name}_id"]) for name in _PLACES},
        **{name: date.fromisoformat(recipe[name]) for name in ("baseline_since", "since", "until")},
    )
    apart = set_apart.from_json(recipe.get("apart", ()))
    label = recipe.get("label")
    fact = explained(asked.metric).fact
    before = _figure(asked, asked.metric, since=asked.baseline_since, until=_sure_until(recipe), label=label)
    now = _figure(asked, asked.metric, since=asked.since, until=asked.until, label=label)
    alarm = _as_alarm(recipe.get("alarm"), before, now)
    elsewhere = None if recipe.get("apart_elsewhere") is None else set_apart.from_json(recipe["apart_elsewhere"])
    found = drivers.find(asked, label=label, apart=apart, alarm=alarm, apart_elsewhere=elsewhere)
    return Outcome(
        recipe=recipe,
        data={
            "metric_version": metrics[asked.metric].version,
            "before": found.before,
            "now": found.now,
            "elsewhere": found.elsewhere,
            "facts": {} if fact is None else {fact.name: manifest_state(fact, since=asked.baseline_since).to_dict()},
        },
        result={
            **found.to_dict(),
            "baseline": before.to_dict(),
            "current": now.to_dict(),
            "size": difference(before, now).to_dict(),
            "decided": _decided(asked, label),
            "drivers": [
                {
                    "title": driver.title,
                    "cell": [[part["dimension"], part["value"]] for part in driver.cell],
                    "is_cause": driver.is_cause,
                    "people": driver.people,
                    "before": [driver.baseline_errors, driver.baseline_n],
                    "now": [driver.current_errors, driver.current_n],
                    "excess": driver.excess,
                }
                for driver in found.rows
            ],
        },
        found=found,
    )


def keep(
    outcome: Outcome, *, investigation: Investigation, purpose: str, by_id: UUID | None, now: datetime
) -> RecipeRun:
    """Put a run on record."""
    return RecipeRun.objects.create(
        investigation=investigation,
        purpose=purpose,
        recipe=outcome.recipe,
        data=outcome.data,
        result=outcome.result,
        digest=outcome.digest,
        by_id=by_id,
        at=now,
    )


def last_look(investigation: Investigation) -> RecipeRun | None:
    """The run whose result the page shows; None for an investigation from before runs were kept."""
    return investigation.runs.filter(purpose=RecipeRun.LOOK).order_by("-at", "-id").first()


def _sure_until(recipe: dict[str, Any]) -> date:
    place = {name: value for name in _PLACES if (value := recipe[f"{name}_id"]) is not None}
    if recipe.get("label") is not None:
        place["expected_label"] = recipe["label"]
    return set_apart.sure_until(recipe.get("apart", ()), place=place, since=date.fromisoformat(recipe["since"]))


def _alarm(investigation: Investigation) -> dict[str, Any] | None:
    """What its signal's chart had chosen of the changed window; None where no chart chose it."""
    signal = investigation.signal
    if signal is None:
        return None
    seen = (signal.raised_at.date() - investigation.since).days + 1
    days = (investigation.until - investigation.since).days
    return {"chance": signal.rate or _THREE_ERRORS, "share": min(max(seen / days, 0.0), 1.0), "side": signal.side}


def _as_alarm(said: dict[str, Any] | None, before: Estimate, now: Estimate) -> drivers.Alarm | None:
    if said is None:
        return None
    is_gone = (now.value - before.value) * said["side"] < 0
    return drivers.Alarm(chance=said["chance"], share=said["share"], is_gone=is_gone)


def _figure(asked: Investigation, metric: str, *, since: date, until: date, label: str | None) -> Estimate:
    return figure(
        metric,
        programme=asked.programme_id,
        queue=asked.queue_id,
        organisation=asked.organisation_id,
        site=asked.site_id,
        team=asked.team_id,
        since=since,
        until=until,
        label=label,
    )


def _decided(asked: Investigation, label: str | None) -> int:
    """How many decisions were made in the changed window: what the share of errors is a share of.

    Of one answer those that gave it: how many should have, nobody knows of what was not audited.
    """
    return int(_figure(asked, "decided", since=asked.since, until=asked.until, label=label).n)


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _id(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)
