"""An open install's scenario."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from evenkeel.work import Programme

from ..wide.plan import Plan
from .checking import Checked, check_fit
from .reading import checked_auditors, seen_in_log
from .seen import TooLittle
from .telling import scenario_of


def fit_scenario(*, since: date, until: date, programme: str = "") -> str:
    """A scenario (TOML) that is like this install's log of since <= day < until; `programme` is a name, needed among several.

    Raises TooLittle where there is no such programme or too little to go by.
    """
    if until <= since:
        raise TooLittle(f"{until} is not after {since}: the days are since <= day < until")
    pk = _programme(programme)
    sensitivity, specificity = checked_auditors(programme=pk, since=since, until=until)
    seen = seen_in_log(programme=pk, since=since, until=until)
    return scenario_of(seen, sensitivity=sensitivity, specificity=specificity)


def check_scenario(plan: Plan, *, since: date, until: date, programme: str = "") -> list[Checked]:
    """Headline figures of this install's log of since <= day < until beside those of worlds that a fitted plan makes.

    Raises TooLittle as `fit_scenario` does.
    """
    return check_fit(seen_in_log(programme=_programme(programme), since=since, until=until), plan)


def _programme(name: str) -> UUID:
    known = {row.name: row.pk for row in Programme.objects.order_by("name")}
    if name and name not in known:
        raise TooLittle(f"there is no programme {name!r}; there are {', '.join(known) or 'none'}")
    if not name and len(known) != 1:
        raise TooLittle(f"say which programme: {', '.join(known) or 'there is none'}")
    found: UUID = known[name] if name else next(iter(known.values()))
    return found
