"""A proof of effect as lines for people and as keys for programs."""

from __future__ import annotations

from dataclasses import asdict
from math import isfinite
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evenkeel.kernel import Course, Effect, Estimate, Term

    from .effect_designs import Proved


def as_data(proved: Proved, control: Proved | None) -> dict[str, Any]:
    """The documented keys, in their order."""
    found = proved.effect
    main = found.terms.get("effect")
    return {
        "design": found.design,
        "verdict": found.verdict,
        "because": found.because,
        "criterion": None if found.criterion is None else _finite(asdict(found.criterion)),
        "scale": found.scale,
        "effect": found.effect.to_dict(),
        "ratio": found.ratio.to_dict(),
        "difference": found.difference.to_dict(),
        "careful": found.careful.to_dict(),
        "p_value": _number(found.p_value),
        "coefficient": None if main is None else _number(main.coefficient),
        "standard_error": None if main is None else _number(main.standard_error),
        "terms": {name: _term(term) for name, term in found.terms.items()},
        "diagnostics": [_finite(asdict(each)) for each in found.diagnostics],
        "assumes": found.assumes,
        "event_study": None
        if found.study is None
        else [
            {"distance": int(distance), **estimate.to_dict()}
            for distance, estimate in zip(found.study.distance, found.study.effects, strict=True)
        ],
        "negative_control": None if control is None else control.effect.careful.to_dict(),
        "start": proved.start,
        "course": None if found.course is None else _course(found.course, proved.names),
    }


def as_lines(found: Effect) -> list[str]:
    """Verdict first, then the figures, then what may be wrong with them."""
    lines = [f"Verdict: {found.verdict.replace('_', ' ')}. {found.because}"]
    lines += [f"  {name:18} {_interval(one)}" for name, one in _figures(found)]
    if isfinite(found.p_value):
        lines.append(f"  {'p of no effect':18} {found.p_value:.2g}")
    if found.study is not None:
        lines.append("  By distance from the start:")
        lines += [
            f"  {int(distance):>18} {_interval(one)}"
            for distance, one in zip(found.study.distance, found.study.effects, strict=True)
        ]
    lines += [f"  {' ' if each.is_fine else '!'} {each.says}" for each in found.diagnostics]
    return [*lines, f"Assumes: {found.assumes}"]


def _figures(found: Effect) -> list[tuple[str, Estimate]]:
    figures = [("ratio", found.ratio), ("difference", found.difference)]
    if found.scale == "difference":
        figures.reverse()
    figures.append(("careful", found.careful))
    return figures + [(name, term.estimate) for name, term in found.terms.items() if name in {"level", "slope"}]


def _interval(one: Estimate) -> str:
    if not one.is_known:
        return "not known"
    ends = f"{one.low:.4g} to {one.high:.4g}" if one.has_interval else "no interval"
    return f"{one.value:.4g} ({ends})  n {one.n}  {one.method}"


def _term(term: Term) -> dict[str, Any]:
    estimate = term.estimate.to_dict()
    return {key: estimate[key] for key in ("value", "low", "high")} | {
        "coefficient": _number(term.coefficient),
        "standard_error": _number(term.standard_error),
    }


def _course(course: Course, names: dict[float, str]) -> list[dict[str, Any]]:
    return [
        {
            "time": names.get(float(time), float(time)),
            "observed": _number(float(course.observed[k])),
            "expected": _number(float(course.expected[k])),
            "low": _number(float(course.low[k])),
            "high": _number(float(course.high[k])),
            "is_after": bool(course.is_after[k]),
        }
        for k, time in enumerate(course.time)
    ]


def _finite(said: dict[str, Any]) -> dict[str, Any]:
    return {name: _number(value) if isinstance(value, float) else value for name, value in said.items()}


def _number(value: float) -> float | None:
    return value if isfinite(value) else None
