"""Plans, checks and benefits in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.templatetags.wording import day_text, interval_text, number_text, percent_text
from evenkeel.kernel import Estimate

from .rules_plans import MOST_SOUGHT_WEEKS, POWER, WEEK, Frozen, Past, Power, smallest_seen

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COMPARISONS: dict[str, StrOrPromise] = {
    "before_after": gettext_lazy("Before and after"),
    "with_controls": gettext_lazy("Before and after, beside series that it does not touch"),
    "matched": gettext_lazy("Matched: changed units against others"),
    "staggered": gettext_lazy("Staggered: units that start one after another"),
    "coaching": gettext_lazy("Coached people against the others, luck taken out"),
}
ASSUMES: dict[str, StrOrPromise] = {
    "before_after": gettext_lazy(
        "Without the action the figure would have gone on as before, and nothing else happened."
    ),
    "with_controls": gettext_lazy("The others were not touched, and their relation to this figure stayed as it was."),
    "matched": gettext_lazy("Without the action the changed units would have moved as the others did."),
    "staggered": gettext_lazy("Without the action units would have moved as those not yet changed did."),
    "coaching": gettext_lazy("Who was coached depends on the audits before and on nothing else that moves the figure."),
}
AIMS: dict[str, StrOrPromise] = {
    "improve": gettext_lazy("It gets better"),
    "keep": gettext_lazy("It stays the same"),
}
DIMENSIONS: dict[str, StrOrPromise] = {
    "organisation": gettext_lazy("Organisations"),
    "site": gettext_lazy("Sites"),
    "team": gettext_lazy("Teams"),
    "queue": gettext_lazy("Queues"),
}
VERDICT_TONES = {
    "draft": "quiet", "planned": "info", "running": "info", "done": "quiet", "effective": "good",
    "not_effective": "bad", "cannot_tell": "warn", "recurred": "bad", "dropped": "quiet",
}  # fmt: skip
LOOKS: dict[str, StrOrPromise] = {
    "placebo": gettext_lazy("Placebo: the same model where nothing happened"),
    "negative_control": gettext_lazy("The metric that must not move"),
    "autocorrelation": gettext_lazy("Errors do not come in runs"),
    "dispersion": gettext_lazy("Variance over chance's"),
    "points_before": gettext_lazy("Weeks before"),
    "points_after": gettext_lazy("Weeks after"),
    "left_out": gettext_lazy("Weeks left out: running in, or no audits"),
    "longest_run": gettext_lazy("Longest run beyond the frozen median"),
    "crossings": gettext_lazy("Crossings of the frozen median"),
    "changed_clusters": gettext_lazy("Changed units"),
    "other_clusters": gettext_lazy("Units never changed"),
    "not_comparable": gettext_lazy("Weeks without anybody to compare with"),
    "controls": gettext_lazy("Series beside it"),
    "still_controls": gettext_lazy("Series beside it that never moved"),
    "drift": gettext_lazy("Drift of the level"),
    "no_events": gettext_lazy("No error after: trend and season stay in"),
    "coached": gettext_lazy("People coached"),
    "others": gettext_lazy("Others"),
    "plain_change": gettext_lazy("Plain change of the coached (share of what is unwanted)"),
    "regression_to_the_mean": gettext_lazy("Of that by luck alone, because they were picked"),
    "lasting": gettext_lazy("How much of a rate lasts"),
}
_FAULTS: Mapping[str, StrOrPromise] = {
    "past": gettext_lazy("The start lies in the past: a plan is frozen before it."),
    "range": gettext_lazy("Too few or too many weeks."),
    "trend": gettext_lazy("A trend needs 16 weeks before the start."),
    "amount": gettext_lazy("Say how much, above 0."),
    "beyond": gettext_lazy("Expect more than the least that counts, or no audit can show it."),
    "both": gettext_lazy("A unit is either changed or compared with."),
    "two": gettext_lazy("At least two changed units and two others."),
    "waves": gettext_lazy("Units that all start together need others that never do."),
    "none": gettext_lazy("Choose what it is compared with."),
    "weeks": gettext_lazy("Units start whole weeks after the first."),
    "first": gettext_lazy("The first unit starts on the day of the start."),
    "five": gettext_lazy("At least five people: fewer would show single people's figures."),
    "share": gettext_lazy("Coaching is measured on a share."),
    "same": gettext_lazy("Choose another metric than the one that is to move."),
}


def plan_fault(_field: str, code: str) -> str:
    """What is wrong with a plan."""
    return str(_FAULTS[code])


def too_weak(plan: Frozen, past: Past, power: Power) -> str:
    """Why a plan is refused, and what would do: weeks, audits, or the least improvement that it could see."""
    said: dict[str, Any] = {
        "weeks": plan.window_weeks,
        "power": percent_text(power.power, digits=0),
        "wanted": percent_text(POWER, digits=0),
        "per_week": number_text(past.per_week, digits=0),
    }
    told = _(
        "In %(weeks)s weeks, at %(per_week)s audits a week, the plan reaches its verdict with a chance of %(power)s; it "
        "should be %(wanted)s."
    )
    sentences = [told % said]
    if power.weeks is None:
        none = _("No window of up to %(most)s weeks would do: take more audits or expect more.")
        sentences.append(none % {"most": MOST_SOUGHT_WEEKS})
    else:
        enough = {"enough": power.weeks, "audits": number_text(power.audits or 0, digits=0)}
        sentences.append(_("%(enough)s weeks (%(audits)s audits) would do.") % enough)
    seen = smallest_seen(plan, past)
    if seen is not None:
        least = _("In its own weeks it could see an improvement of %(amount)s.")
        sentences.append(least % {"amount": amount(seen, plan.unit)})
    return " ".join(sentences)


def amount(value: float, unit: str) -> str:
    """An amount in a metric's own unit; points for shares."""
    if unit == "percent":
        return _("%(n)s points") % {"n": number_text(value * 100, digits=2)}
    if unit == "duration_ms":
        return _("%(n)s s") % {"n": number_text(value / 1000, digits=1)}
    return number_text(value, digits=2)


def improvement_text(estimate: Estimate, unit: str) -> str:
    """An improvement with its interval; "not known" where the check could not tell even that."""
    if not estimate.is_known:
        return _("not known")
    scale = {"percent": 100.0, "duration_ms": 0.001}.get(unit, 1.0)
    value = amount(estimate.value, unit)
    if not estimate.has_interval:
        return value
    ends = interval_text(estimate.low * scale, estimate.high * scale, kind="number", digits=2)
    return _("%(value)s (%(interval)s)") % {"value": value, "interval": ends}


def criterion_text(plan: Frozen) -> str:
    """What must be true, in words."""
    if plan.aim == "keep":
        return _("It stays within %(least)s either way.") % {"least": amount(plan.least, plan.unit)}
    if plan.least:
        return _("It is at least %(least)s better.") % {"least": amount(plan.least, plan.unit)}
    return _("It is better, by however little.")


def because_text(because: str, plan: Frozen, improvement: Estimate) -> str:
    """Why the verdict is what it is."""
    said = {"interval": improvement_text(improvement, plan.unit), "criterion": criterion_text(plan)}
    sentences = {
        "fulfils": _("All of the interval fulfils what was stated before the start. Improvement: %(interval)s."),
        "misses": _("None of the interval fulfils what was stated before the start. Improvement: %(interval)s."),
        "both": _(
            "The interval holds effects that fulfil what was stated before the start and others that do not. "
            "Improvement: %(interval)s."
        ),
        "no_shift": _(
            "The mean moved, but no lasting shift about the frozen median is seen. Improvement: %(interval)s."
        ),
        "few": _("There are too few data to tell effect from chance. Improvement: %(interval)s."),
        "control_moved": _(
            "The metric that must not move has moved: something else happened at the same time. Improvement: %(interval)s."
        ),
        "placebo_moved": _(
            "The same model finds an effect where nothing happened, so what it finds here proves nothing. "
            "Improvement: %(interval)s."
        ),
    }
    return sentences.get(because, sentences["few"]) % said


def coaching_text(plain: float | None, luck: float | None, plan: Frozen) -> str:
    """What of the coached people's change was luck."""
    if plain is None or luck is None:
        return ""
    said = {"plain": amount(plain, plan.unit), "luck": amount(luck, plan.unit)}
    return (
        _(
            "The coached people are %(plain)s better at first sight. %(luck)s of that was to be expected without any "
            "coaching, because they were picked for a bad period: it is taken out of the effect."
        )
        % said
    )


def window_text(plan: Frozen) -> Iterator[tuple[str, str]]:
    """A plan's days, by name."""
    run_in = plan.run_in_weeks * WEEK
    yield _("Compared with"), _days(plan.first_day, plan.start)
    yield _("Start"), day_text(plan.start)
    if plan.run_in_weeks:
        yield _("Running in"), _days(plan.start, plan.start + run_in)
    yield _("Window"), _days(plan.start + run_in, plan.until)


def _days(since: Any, until: Any) -> str:
    from .words import last_day

    return _("%(first)s to %(last)s") % {"first": day_text(since), "last": day_text(last_day(until))}
