"""A fitted organisation as a scenario file: each number with its interval and what it rests on in the comment beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evenkeel.kernel import Estimate

from ..wide.plan import HabitsPlan
from .erring import Erring, fit_erring
from .mixing import Mix, fit_mix
from .seen import Seen, TooLittle
from .working import clause_times, fit_drawing, fit_hours, fit_pace, fit_sites

# Until somebody has checked auditors: re-audits in the field find 0.9 to 0.98.
SENSITIVITY, SPECIFICITY = 0.97, 0.99
_WIDTH = 34
_FEWEST_CHECKS = 30
_ESTIMATED = (
    "# Estimated from the log: the 95 % interval and n stand beside each number. Nothing is planted; add [[events]]."
)
_ASSUMED = "# Auditors were not checked often enough: their sensitivity and specificity are assumed."
_HEAD = re.compile(r"^(\[\[?)(?=[a-z.]+\]\]?$)")


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """What was estimated of a programme, as lines of a scenario: `top` what says whose it is, `own` what is the programme's."""

    seen: Seen
    top: tuple[str, ...]
    gold_rate: str
    own: tuple[str, ...]
    sites: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def text(self) -> str:
        """A scenario of this programme alone."""
        return "\n".join([*self.top, self.gold_rate, *self.own, *self.sites, *self.rest]) + "\n"


def scenario_of(seen: Seen, *, sensitivity: Estimate | None = None, specificity: Estimate | None = None) -> str:
    """The scenario (TOML) that makes an organisation like the one seen, without any event in it.

    Raises TooLittle where the log says too little: fewer than 200 audits, one clause, nobody.
    """
    return fitted(seen, sensitivity=sensitivity, specificity=specificity).text


def fitted(seen: Seen, *, sensitivity: Estimate | None = None, specificity: Estimate | None = None) -> Fitted:
    """As `scenario_of`, by its parts."""
    if len(seen.clauses) < 2:
        raise TooLittle("the log holds fewer than two different answers")
    found = sensitivity if sensitivity is not None and sensitivity.n >= _FEWEST_CHECKS else None
    lets = specificity if specificity is not None and specificity.n >= _FEWEST_CHECKS else None
    sees = {"sensitivity": found.value if found else SENSITIVITY, "specificity": lets.value if lets else SPECIFICITY}
    erring, mix = fit_erring(seen, **sees), fit_mix(seen, **sees)
    n = int(np.sum(seen.work["n"]))
    return Fitted(
        seen=seen,
        top=tuple(_top(seen, found is None or lets is None)),
        gold_rate=_line("gold_rate", min(seen.golds / n, 1.0) if n else 0.0, f"{seen.golds:,} golds"),
        own=(*_habits(seen, erring, mix), *_audits(seen, found, lets), *_appeals(seen)),
        sites=tuple(_sites(seen, erring, mix)),
        rest=(*_clauses(seen, erring, mix), *_markets(seen, mix), *_confusion(seen)),
    )


def scenario_of_all(found: Mapping[str, Fitted], *, left_out: Mapping[str, str]) -> str:
    """One scenario of several programmes, by their names; `left_out` says of which the log tells too little, and why."""
    lines = list(_top_of_all(list(found.values())))
    lines += [f"# Left out: {name}: {why}." for name, why in left_out.items()]
    for each in found.values():
        lines += each.sites
    for name, each in found.items():
        teams = ", ".join(f"{_text(site.name)} = {site.teams}" for site in each.seen.sites)
        lines += ["", "[[programmes]]", f"name = {_text(name)}", f"teams = {{ {teams} }}", each.gold_rate]
        lines += [_within(line) for line in (*each.own, *each.rest)]
    return "\n".join(lines) + "\n"


def _within(line: str) -> str:
    """A table's head as that of a programme's own table."""
    return _HEAD.sub(r"\1programmes.", line)


def _top_of_all(found: Sequence[Fitted]) -> Iterator[str]:
    seen = found[0].seen
    decisions, audits = (
        sum(int(np.sum(each.seen.work["n"])) for each in found), sum(len(each.seen.audits["pi"]) for each in found),
    )  # fmt: skip
    yield _ESTIMATED
    yield f"# From {seen.first_on.isoformat()} on {seen.days} days: {decisions:,} decisions, {audits:,} audits."
    yield "# A site that works in several programmes stands here once for each."
    if any(_ASSUMED in each.top for each in found):
        yield _ASSUMED
    yield from _named(seen)


def _top(seen: Seen, assumed: bool) -> Iterator[str]:
    n = int(np.sum(seen.work["n"]))
    yield _ESTIMATED
    yield f"# From {seen.first_on.isoformat()} on {seen.days} days: {n:,} decisions, {len(seen.audits['pi']):,} audits."
    if assumed:
        yield _ASSUMED
    yield from _named(seen)


def _named(seen: Seen) -> Iterator[str]:
    yield f"title = {_text(f'{seen.house}, as its log has it')}"
    yield "seed = 1"
    yield f"first_on = {seen.first_on.isoformat()}"
    yield f"days = {seen.days}"
    yield f"house = {_text(seen.house)}"


def _habits(seen: Seen, erring: Erring, mix: Mix) -> Iterator[str]:
    _pace, _n, times = fit_pace(seen)
    shares = np.array([each.value for each in mix.clauses])
    yield from ("", "[habits]")
    yield _number("hours", fit_hours(seen, times, shares), "people's days")
    usual = HabitsPlan()
    yield _number("learning", erring.learning, "audits", usual.learning)
    yield _number("learning_weeks", erring.learning_weeks, "audits; with a prior of 5 -+ 3", usual.learning_weeks)
    yield _number("tiredness", erring.tiredness, "audits", usual.tiredness)


def _audits(seen: Seen, sensitivity: Estimate | None, specificity: Estimate | None) -> Iterator[str]:
    drawn = fit_drawing(seen)
    yield from ("", "[audits]")
    yield _line("rate", drawn.rate, "as written on the audits")
    yield _line("new_people", drawn.new_people, "as written on the audits")
    yield _line("auditors", drawn.auditors, "who judged")
    for name, each, else_ in (("sensitivity", sensitivity, SENSITIVITY), ("specificity", specificity, SPECIFICITY)):
        yield _number(name, each, "checks of auditors") if each else _line(name, else_, "assumed")
    if drawn.boosts:
        yield from ("", "[audits.boosts]")
        yield from (_line(_text(name), by, "as written on the audits") for name, by in drawn.boosts.items())


def _appeals(seen: Seen) -> Iterator[str]:
    """Rates by whether the decision was wrong: by Bayes from what was reversed, with the scenario's own odds of reversal."""
    if not seen.restricted or not seen.appealed or not seen.ruled:
        return
    if_wrong, if_right = 0.85, 0.05
    restricts = seen.audits["decided"] > 0
    w = seen.weights
    is_wrong = seen.audits["decided"] != seen.audits["audited"]
    wrong = float(np.average(is_wrong[restricts], weights=w[restricts])) if restricts.any() else 0.0
    appealed, part = seen.appealed / seen.restricted, (seen.reversed_ / seen.ruled - if_right) / (if_wrong - if_right)
    part = min(max(part, 0.0), 1.0)
    yield from ("", "[appeals]")
    n = f"{seen.appealed:,} appeals of {seen.restricted:,}; assumes {if_wrong} and {if_right} of wrong and right reversed"
    yield _line("rate_if_wrong", min(appealed * part / max(wrong, 1e-6), 1.0), n)
    yield _line("rate_if_right", min(appealed * (1 - part) / max(1 - wrong, 1e-6), 1.0), "the same")
    if seen.turnaround_h is not None:
        yield _line("hours", seen.turnaround_h, f"mean of {seen.ruled:,} rulings")


def _sites(seen: Seen, erring: Erring, mix: Mix) -> Iterator[str]:
    works = fit_sites(seen)
    for place, (site, work) in enumerate(zip(seen.sites, works, strict=True)):
        yield from ("", "[[sites]]")
        yield f"name = {_text(site.name)}"
        yield f"organisation = {_text(site.organisation)}"
        yield f"time_zone = {_text(site.time_zone)}"
        yield f"teams = {site.teams}"
        yield _line("people", work.people, "a team, on a usual day's list")
        yield f"languages = [{', '.join(_text(each) for each in mix.languages[place])}]"
        yield _number("accuracy", erring.accuracy[place], "audits")
        yield _number("accuracy_spread", erring.spread, "people, of all sites")
        yield _number("seconds", work.seconds, "people")
        yield _number("seconds_spread", work.seconds_spread, "people")
        yield _number("weekend", work.weekend, "days of people")
        yield _number("absence", work.absence, "days of people")
        yield _number("leavers_a_year", work.leavers_a_year, "years of people")


def _clauses(seen: Seen, erring: Erring, mix: Mix) -> Iterator[str]:
    _pace, _n, times = fit_pace(seen)
    for name, share, ambiguity, time in zip(
        seen.clauses, mix.clauses, erring.ambiguity, clause_times(seen, times), strict=True
    ):
        yield from ("", "[[clauses]]")
        yield f"name = {_text(name)}"
        yield _number("share", share, "audits, effective")
        yield _number("ambiguity", ambiguity, "audits")
        yield _number("time", time, "audits")


def _markets(seen: Seen, mix: Mix) -> Iterator[str]:
    for place, ((name, language), share) in enumerate(zip(seen.markets, mix.markets, strict=True)):
        yield from ("", "[[markets]]")
        yield f"name = {_text(name)}"
        yield f"language = {_text(language)}"
        yield _number("share", share, "decisions")
        leans = [
            (seen.clauses[clause], each) for (market, clause), each in sorted(mix.leans.items()) if market == place
        ]
        if leans:
            said = ", ".join(f"{_text(clause)} = {each.value:.3g}" for clause, each in leans)
            notes = "; ".join(f"{clause} {each.low:.3g} to {each.high:.3g}, n {each.n:,}" for clause, each in leans)
            yield f"lean = {{ {said} }}   # {notes}"


def _confusion(seen: Seen) -> Iterator[str]:
    """What is taken for what, for whoever reads: the twin sends errors where the share of clauses says."""
    names = seen.clauses
    cell = seen.audits["audited"] * len(names) + seen.audits["decided"]
    found = np.bincount(cell, weights=seen.weights, minlength=len(names) ** 2).reshape(len(names), len(names))
    share = found / np.maximum(found.sum(axis=1, keepdims=True), 1e-12)
    width = max(9, *(len(name) for name in names))
    yield from (
        "",
        "# What is taken for what, in percent: a row an auditor's answer, a column what was decided. Not part of a scenario.",
    )
    yield "#" + " " * (width + 1) + _row(names, width)
    for name, row in zip(names, share, strict=True):
        yield f"# {name:<{width}}" + _row([f"{100 * each:.1f}" for each in row], width)


def _row(cells: Sequence[str], width: int) -> str:
    return " ".join(f"{each:>{width}}" for each in cells)


def _number(name: str, found: Estimate, of: str, usual: float = 0.0) -> str:
    if found.method == "reference":
        return _line(name, found.value, f"what the others are compared with, n {found.n:,}")
    if not found.is_known:
        return _line(name, usual, "assumed: the log says nothing of it")
    return _line(name, found.value, f"{_plain(found.low)} to {_plain(found.high)}, n {found.n:,} {of}")


def _line(name: str, value: float, note: str) -> str:
    return f"{f'{name} = {_plain(value)}':<{_WIDTH}} # {note}"


def _plain(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.5g}" if "e" not in f"{value:.5g}" else f"{value:.8f}"


def _text(said: str) -> str:
    """A TOML basic string."""
    import json

    return json.dumps(said, ensure_ascii=False)
