"""`evenkeel effect plan`: how many weeks until a target is seen with the audits at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .refusals import Refusal
from .root import say

if TYPE_CHECKING:
    from evenkeel.kernel import EffectPlan

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--rate", type=float, help="plan: the error rate (or mean) today."),
    click.option("--target", type=float, help="plan: what the action is to make of it."),
    click.option("--per-week", type=click.FloatRange(0, min_open=True), help="plan: audits a week in all."),
    click.option("--weeks", "--deadline", "weeks", type=click.FloatRange(0, min_open=True), help="plan: how long it may take."),
    click.option("--weeks-before", type=click.IntRange(1), default=26, show_default=True, help="plan: weeks of baseline."),
    click.option("--alpha", type=click.FloatRange(0, 1, min_open=True, max_open=True), default=0.05, show_default=True,
                 help="plan: chance of finding an effect without one."),
    click.option("--deviation", type=click.FloatRange(0, min_open=True), help="plan: of one case, for means."),
    click.option("--dispersion", type=click.FloatRange(0, min_open=True), default=1.0, help="plan: variance over chance's."),
    click.option("--carried", type=click.FloatRange(0, 1, max_open=True), default=0.0,
                 help="plan: correlation of neighbouring weeks' errors."),
    click.option("--sites", type=click.IntRange(4), default=8, show_default=True, help="plan: did, units in all."),
    click.option("--treated-sites", type=click.IntRange(2), help="plan: did, units with the action; half unless said."),
)  # fmt: skip


def plan_options(command: Command) -> Command:
    """The options of a plan, in the order of the manual."""
    for each in reversed(_OPTIONS):
        command = each(command)
    return command


def plan(design: str, criterion: str | None, *, power: float, as_json: bool, **options: Any) -> None:
    """Print the plan; exit code 1 when it cannot see its own target in time."""
    from evenkeel.kernel import plan_effect

    missing = [name for name in ("rate", "target", "per_week") if options[name] is None]
    if missing:
        raise click.UsageError(f"A plan needs --{missing[0].replace('_', '-')} (see `evenkeel effect --help`).")
    if design not in {"ab", "its", "freeze", "did"}:
        raise click.BadParameter("A plan is made for ab, its, freeze or did.", param_hint="--design")
    names = (
        "per_week",
        "alpha",
        "deviation",
        "dispersion",
        "carried",
        "sites",
        "treated_sites",
        "weeks_before",
        "planned",
    )
    try:
        found = plan_effect(
            options["rate"], options["target"], design=design, power=power, criterion=criterion,  # type: ignore[arg-type]
            deadline=options["weeks"], looks="any" if _is_watched(options) else "one",
            **{name: options[name] for name in names},
        )  # fmt: skip
    except ValueError as error:
        said = str(error)
        detail = said[:1].upper() + said[1:] + ("" if said.endswith(".") else ".")
        raise Refusal({"code": "input", "detail": detail, "fields": {}}, as_json=as_json) from None
    data = asdict(found) | {
        "n_per_arm": found.audits // 2 if found.audits and design == "ab" else None,
        "is_enough": found.is_enough,
    }
    say(data, _lines(found), as_json=as_json)
    if not found.is_enough:
        raise click.exceptions.Exit(1)


def _is_watched(options: dict[str, Any]) -> bool:
    """Whether --looks any was typed: it is the default of a proof, but a plan is for one look unless said."""
    source = click.get_current_context().get_parameter_source("looks")
    return bool(options["looks"] == "any" and source is not None and source.name == "COMMANDLINE")


def _lines(found: EffectPlan) -> list[str]:
    if found.weeks is None:
        return [found.refusal]
    lines = [
        f"{found.weeks} weeks ({found.audits} audits) see {found.target:g} instead of {found.rate:g} with a power of "
        f"{found.power:.0%} ({found.design})."
    ]
    if found.power_at_deadline is not None:
        lines.append(f"In {found.deadline:g} weeks the power is {found.power_at_deadline:.1%}.")
    if found.smallest_at_deadline is not None:
        lines.append(f"What is seen by then with {found.power:.0%}: {found.smallest_at_deadline:.4g}.")
    return [*lines, *([found.refusal] if found.refusal else [])]
