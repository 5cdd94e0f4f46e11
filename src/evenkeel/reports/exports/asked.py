"""What is asked for: read from a page's address, a program's JSON or a command's options alike, and checked once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Invalid, NotFound
from evenkeel.ground.log import all_facts
from evenkeel.measure import TABLES, FigureMetric, figure_metrics_for, metrics

MOST_DAYS = 1_100
FIGURES, FACTS = "figures", "facts"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Figures (metrics cut by dimensions) or rows of a fact, over since <= day < until in UTC, narrowed by `where`."""

    what: str
    names: tuple[str, ...]
    since: date
    until: date
    by: tuple[str, ...] = ()
    is_compared: bool = False
    where: Mapping[str, UUID] = field(default_factory=dict)

    @property
    def before(self) -> tuple[date, date] | None:
        """As many days just before, when it is to be compared with them."""
        return (self.since - (self.until - self.since), self.since) if self.is_compared else None

    def to_dict(self) -> dict[str, Any]:
        """As JSON keeps it; `Asked.of` reads it back."""
        return {
            "what": self.what,
            "metric" if self.what == FIGURES else "fact": list(self.names),
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "by": list(self.by),
            **({"compare": "previous"} if self.is_compared else {}),
            **{f"{name}_id": str(value) for name, value in self.where.items()},
        }

    def query(self) -> str:
        """The same as the query of an address."""
        return urlencode(self.to_dict(), doseq=True)

    @classmethod
    def of(cls, said: Mapping[str, Any], *, actor: Actor, today: date) -> Asked:
        """Check what was said; values may be texts or lists of them. Usual period: the 28 days before today.

        Names are those of the API's evaluation: metric, by, since, until, compare, programme_id ... ; what is not one of
        them is let be, because an address carries other things too. Raises `Invalid` or `NotFound` with the field and the fix:
        a metric that the actor may not read is not there for her.
        """
        what = _one(said, "what") or (FACTS if _many(said, "fact") else FIGURES)
        if what not in (FIGURES, FACTS):
            raise Invalid(_("Choose figures or facts."), fields={"what": [_("Choose figures or facts.")]})
        names = _many(said, "metric" if what == FIGURES else "fact")
        kinds = _insist_on_names(what, names, actor)
        since, until = _period(said, today)
        compare = _one(said, "compare")
        if compare not in ("", "previous"):
            raise Invalid(_("The comparison does not fit."), fields={"compare": [_("Say previous, or leave it out.")]})
        by, where = _dimensions(_many(said, "by")) if what == FIGURES else (), _where(said)
        _insist_on_kept(kinds, [*by, *where])
        return cls(
            what=what,
            names=tuple(names),
            since=since,
            until=until,
            by=by,
            is_compared=what == FIGURES and bool(compare),
            where=where,
        )


def _insist_on_names(what: str, names: Sequence[str], actor: Actor) -> list[type[FigureMetric]]:
    if what == FACTS:
        if len(names) != 1 or names[0] not in all_facts():
            fix = _("Choose one of %(names)s.") % {"names": ", ".join(all_facts())}
            raise NotFound(_("There is no such fact."), fields={"fact": [fix]})
        return []
    known = {kind.slug: kind for kind in figure_metrics_for(actor)}
    wrong = [name for name in names if name not in known]
    if wrong or not names:
        fix = _("Choose some of %(names)s.") % {"names": ", ".join(known)}
        if any(kind.slug in wrong for kind in metrics):
            fix = _("It needs all labels of a programme at once, so it has no table by place and period. ") + fix
        raise NotFound(_("There is no such metric."), fields={"metric": [fix]})
    return [known[name] for name in names]


def _insist_on_kept(kinds: Sequence[type[FigureMetric]], names: Sequence[str]) -> None:
    wrong = [kind for kind in kinds if not kind.is_kept_by(names)]
    if wrong:
        said = {"metric": wrong[0].slug, "places": ", ".join(wrong[0].places)}
        fix = _("%(metric)s is kept by %(places)s.") % said
        raise Invalid(_("A metric is not kept by these dimensions together."), fields={"by": [fix]})


def _period(said: Mapping[str, Any], today: date) -> tuple[date, date]:
    until = _day(said, "until") or today
    since = _day(said, "since") or until - timedelta(days=28)
    if not 0 < (until - since).days <= MOST_DAYS:
        fix = _("It ends after it begins, at most three years.")
        raise Invalid(_("The period does not fit."), fields={"until": [fix]})
    return since, until


def _day(said: Mapping[str, Any], name: str) -> date | None:
    text = _one(said, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(_("The day does not fit."), fields={name: [_("Write it as 2026-03-31.")]}) from None


def _dimensions(names: Sequence[str]) -> tuple[str, ...]:
    wrong = [name for name in names if name not in TABLES]
    if wrong:
        fix = _("Choose some of %(names)s.") % {"names": ", ".join(TABLES)}
        raise Invalid(_("There is no dimension %(name)s.") % {"name": wrong[0][:60]}, fields={"by": [fix]})
    return tuple(dict.fromkeys(names))


def _where(said: Mapping[str, Any]) -> dict[str, UUID]:
    found = {}
    for name in TABLES:
        text = _one(said, f"{name}_id")
        if text:
            try:
                found[name] = UUID(text)
            except ValueError:
                fix = _("Give an id as its page's address has it.")
                raise Invalid(_("The id does not fit."), fields={f"{name}_id": [fix]}) from None
    return found


def _many(said: Mapping[str, Any], name: str) -> list[str]:
    # A QueryDict hands out one value where a mapping of lists hands out all.
    getlist = getattr(said, "getlist", None)
    values = getlist(name) if getlist is not None else said.get(name)
    if values is None:
        return []
    listed = values if isinstance(values, (list, tuple)) else [values]
    return [text for text in (str(value).strip() for value in listed) if text]


def _one(said: Mapping[str, Any], name: str) -> str:
    values = _many(said, name)
    return values[0] if values else ""
