"""Whether a study that is asked for can be lived through: every fault at its field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

from ..whatif import changed
from ..wide.plan import Plan
from ..wide.reading import BadScenario, read_plan, shipped

MOST_VARIANTS, MOST_SEEDS, MOST_RUNS = 12, 30, 120
# More takes hours a run: a thinned study has as many audits, and finds as much.
MOST_DECISIONS = 5_000_000
_LONGEST = 366
# What only a scenario that is at hand can tell whether it is there.
_OF_THE_SCENARIO = ("sites.", "clauses.", "markets.", "models.", "versions.", "audits.boosts.", "clock.")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody wants to know. `scenario` names one that comes along; without it the days since <= day < until of a
    programme are fitted. `variants` are names with changes, `for_all` changes that hold for all of them and for what they
    are compared with.
    """

    title: str
    scenario: str = ""
    since: date | None = None
    until: date | None = None
    for_all: tuple[str, ...] = ()
    variants: tuple[tuple[str, tuple[str, ...]], ...] = ()
    seeds: int = 3
    work: float = 1.0

    @property
    def named(self) -> list[dict[str, Any]]:
        """The variants as they are kept; one without a name is called what it changes."""
        return [
            {"name": (name.strip() or ", ".join(changes))[:80], "changes": list(changes)}
            for name, changes in self.variants
        ]


def insist_on_sense(asked: Asked, *, is_fitted: bool) -> None:
    """Raise `Invalid` with all that does not fit."""
    faults: dict[str, list[str]] = defaultdict(list)
    if not 0 < len(asked.title.strip()) <= 120:
        faults["title"].append(_("1 to %(n)d characters.") % {"n": 120})
    for field, said in (_period(asked) if is_fitted else _scenario(asked)).items():
        faults[field].append(said)
    for field, said in _size(asked).items():
        faults[field].append(said)
    if not faults["scenario"]:
        for field, several in _changes(asked, is_fitted=is_fitted).items():
            faults[field] += several
    found = {field: several for field, several in faults.items() if several}
    if found:
        raise Invalid(_("This study cannot be lived through."), fields=found)


def _scenario(asked: Asked) -> dict[str, str]:
    names = ", ".join(shipped())
    return {} if asked.scenario in shipped() else {"scenario": _("Choose one of %(names)s.") % {"names": names}}


def _period(asked: Asked) -> dict[str, str]:
    if asked.since is None or asked.until is None:
        return {"since": _("Say from which day until before which day the log is gone by.")}
    if not 0 < (asked.until - asked.since).days <= _LONGEST:
        return {"until": _("A day after the first one, at most %(n)d days later.") % {"n": _LONGEST}}
    return {}


def _size(asked: Asked) -> dict[str, str]:
    found = {}
    if not 1 <= asked.seeds <= MOST_SEEDS:
        found["seeds"] = _("1 to %(n)d organisations.") % {"n": MOST_SEEDS}
    if not 0 < asked.work <= 1:
        found["work"] = _("A share above 0, at most 1.")
    if not 1 <= len(asked.variants) <= MOST_VARIANTS:
        found["variants"] = _("1 to %(n)d variants.") % {"n": MOST_VARIANTS}
    elif asked.seeds * (1 + len(asked.variants)) > MOST_RUNS:
        found["seeds"] = _("With these variants that is more than %(n)d organisations: choose fewer.") % {
            "n": MOST_RUNS
        }
    return found


def _changes(asked: Asked, *, is_fitted: bool) -> dict[str, list[str]]:
    # What is fitted is not there yet: what goes by names of its own is checked when it is.
    base = read_plan("small" if is_fitted else asked.scenario)
    known = [change for change in asked.for_all if not (is_fitted and change.startswith(_OF_THE_SCENARIO))]
    found = _faults("for_all", base, known)
    if found:
        return found
    plan = changed(base, known).plan
    if not is_fitted and (n := decisions_of(plan) * asked.work) > MOST_DECISIONS:
        share = asked.work * MOST_DECISIONS / n
        found["work"] = [
            _("That is about %(n)s million decisions an organisation: choose at most %(share)s %% of the work.")
            % {"n": f"{n / 1e6:,.0f}", "share": f"{100 * share:.1g}"}
        ]
    names: set[str] = set()
    for number, variant in enumerate(asked.named):
        changes = [each for each in variant["changes"] if not (is_fitted and each.startswith(_OF_THE_SCENARIO))]
        several = _faults("", base, [*known, *changes]).get("", [])
        several += [] if variant["changes"] else [_("Say what is other than in the scenario as it is.")]
        several += [_("There is one of this name already.")] if variant["name"] in names else []
        if several:
            found[f"variants.{number}"] = several
        names.add(variant["name"])
    return found


def _faults(field: str, plan: Plan, changes: Sequence[str]) -> dict[str, list[str]]:
    try:
        changed(plan, changes)
    except BadScenario as error:
        return {field: error.faults}
    return {}


def decisions_of(plan: Plan) -> float:
    """About how many decisions a run has: as many as people can make, or as come in."""
    times = sum(clause.share * clause.time for clause in plan.clauses) / sum(clause.share for clause in plan.clauses)
    hours = plan.habits.hours / times
    a_day = sum(
        site.teams * site.people * (1 - site.absence) * (5 + 2 * site.weekend) / 7 * hours * 3_600 / site.seconds
        for site in plan.sites
    )
    coming = plan.arrivals.items_a_day
    return plan.days * (min(a_day, coming) if coming else a_day)
