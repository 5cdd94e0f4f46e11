"""An open install's scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from evenkeel.work import Programme

from ..wide.plan import Plan
from ..wide.programmes import parts_of
from .checking import Checked, check_fit
from .reading import checked_auditors, seen_in_log
from .seen import Seen, TooLittle, named_apart
from .telling import Fitted, fitted, scenario_of_all


def fit_scenario(*, since: date, until: date, programme: str = "") -> str:
    """A scenario (TOML) that is like this install's log of since <= day < until.

    `programme` is the name of one; without it all are told that the log says enough of, as one scenario of several programmes
    where there are. Raises TooLittle where there is no such programme or too little to go by.
    """
    if until <= since:
        raise TooLittle(f"{until} is not after {since}: the days are since <= day < until")
    known = _programmes(programme)
    seen, short = _seen(known, since=since, until=until)
    found: dict[str, Fitted] = {}
    for name, each in named_apart(seen).items():
        sensitivity, specificity = checked_auditors(programme=known[name], since=since, until=until)
        try:
            found[name] = fitted(each, sensitivity=sensitivity, specificity=specificity)
        except TooLittle as error:
            short[name] = error
    if len(found) == 1 and (programme or len(known) == 1):
        return next(iter(found.values())).text
    if not found:
        raise next(iter(short.values()))
    return scenario_of_all(found, left_out={name: str(error) for name, error in short.items()})


def check_scenario(plan: Plan, *, since: date, until: date, programme: str = "") -> list[Checked]:
    """Headline figures of this install's log of since <= day < until beside those of worlds that a fitted plan makes.

    Of a plan of several programmes each one's, under its name. Raises TooLittle as `fit_scenario` does.
    """
    if not plan.programmes:
        (pk,) = _programmes(programme).values()
        return check_fit(seen_in_log(programme=pk, since=since, until=until), plan)
    known = _programmes("")
    seen, _short = _seen({each.name: known[each.name] for each in plan.programmes}, since=since, until=until)
    seen = named_apart(seen)
    return [
        replace(row, name=f"{part.title}: {row.name}")
        for part in parts_of(plan)
        for row in check_fit(seen[part.title], part)
    ]


def _seen(known: Mapping[str, UUID], *, since: date, until: date) -> tuple[dict[str, Seen], dict[str, TooLittle]]:
    """What the log shows of each programme, and of which it shows nothing."""
    found, short = {}, {}
    for name, pk in known.items():
        try:
            found[name] = seen_in_log(programme=pk, since=since, until=until)
        except TooLittle as error:
            short[name] = error
    return found, short


def _programmes(name: str) -> dict[str, UUID]:
    """The programme of a name, or all of them. Raises TooLittle."""
    known = {row.name: row.pk for row in Programme.objects.order_by("name")}
    if name and name not in known:
        raise TooLittle(f"there is no programme {name!r}; there are {', '.join(known) or 'none'}")
    if not known:
        raise TooLittle("there is no programme")
    return {name: known[name]} if name else known
