"""What a layer of a sampling plan is, and how a design becomes a day's odds. The kinds live in `quality/kinds/layers/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.utils.translation import gettext as _

from evenkeel.ground.catalogue import Catalogue

from .history import History
from .odds import DayOdds, LayerOdds

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ParameterKind = Literal["share", "number", "days", "choice", "words", "rates"]
MOST_LAYERS = 20


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One setting of a layer: `share` 0 to 1, `number` and `days` 0 or more, a `choice`, `words`, `rates` by value."""

    name: str
    kind: ParameterKind
    title: StrOrPromise
    default: Any = None
    choices: Sequence[tuple[str, StrOrPromise]] = ()
    is_required: bool = True
    is_in_form: bool = True


@dataclass(frozen=True, kw_only=True)
class Example:
    """A layer with its settings, a history, and the odds that follow."""

    settings: Mapping[str, Any]
    history: History
    odds: Sequence[LayerOdds]


class Layer:
    """The base of every kind: what it is for, its settings, and the odds that they mean on a day."""

    slug: ClassVar[str]
    title: ClassVar[StrOrPromise]
    why: ClassVar[StrOrPromise]
    parameters: ClassVar[tuple[Parameter, ...]]
    example: ClassVar[Example]
    # What of a history it looks at, beside the counts of decisions.
    needs: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def odds(cls, settings: Mapping[str, Any], history: History) -> list[LayerOdds]:
        """The layer's odds on `history.day`."""
        raise NotImplementedError

    @classmethod
    def faults(cls, settings: Mapping[str, Any]) -> list[str]:
        """What does not fit together in settings that fit one by one."""
        return []


layers: Catalogue[type[Layer]] = Catalogue("layer", package="evenkeel.quality.kinds.layers")
layer = layers.register


def design_faults(design: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with a design, by field (`rate`, `audits_a_day`, `layers`); empty when it can be worked with."""
    found: dict[str, list[str]] = {}
    if not (_is_number(design.get("rate")) and 0 < design["rate"] <= 1):
        found["rate"] = [_("The share lies above 0 % and is at most 100 %.")]
    limit = design.get("audits_a_day")
    if limit is not None and not (_is_number(limit) and limit > 0):
        found["audits_a_day"] = [_("A limit is a number above 0.")]
    said = design.get("layers", [])
    if not isinstance(said, list) or len(said) > MOST_LAYERS or not all(isinstance(each, Mapping) for each in said):
        found["layers"] = [_("Layers are a list of at most %(n)s.") % {"n": MOST_LAYERS}]
        return found
    wrong = [fault for number, each in enumerate(said, 1) for fault in _layer_faults(number, each)]
    if wrong:
        found["layers"] = wrong
    unknown = set(design) - {"rate", "layers", "audits_a_day"}
    if unknown:
        found.setdefault("layers", []).append(_("A design has no %(what)s.") % {"what": ", ".join(sorted(unknown))})
    return found


def _layer_faults(number: int, said: Mapping[str, Any]) -> list[str]:
    slug = said.get("kind")
    if slug not in layers:
        return [_("Layer %(n)s: choose a kind of %(kinds)s.") % {"n": number, "kinds": ", ".join(layers.slugs())}]
    kind = layers[str(slug)]
    known = {parameter.name: parameter for parameter in kind.parameters}
    found = [
        _("Layer %(n)s (%(kind)s): %(what)s is not known.") % {"n": number, "kind": slug, "what": name}
        for name in sorted(set(said) - set(known) - {"kind"})
    ]
    for name, parameter in known.items():
        value = said.get(name, parameter.default)
        if (value is None and parameter.is_required) or (value is not None and not _fits(parameter, value)):
            found.append(
                _("Layer %(n)s (%(kind)s): %(name)s does not fit; it is %(what)s.")
                % {"n": number, "kind": slug, "name": name, "what": _wanted(parameter)}
            )
    return found or [f"{_('Layer %(n)s') % {'n': number}}: {fault}" for fault in kind.faults(settings_of(said))]


def _fits(parameter: Parameter, value: Any) -> bool:
    match parameter.kind:
        case "share":
            return _is_number(value) and 0 < value <= 1
        case "number":
            return _is_number(value) and value >= 0
        case "days":
            return _is_number(value) and value == int(value) and 0 <= value <= 3650
        case "choice":
            return value in [key for key, _title in parameter.choices]
        case "words":
            return isinstance(value, list) and all(isinstance(word, str) for word in value)
        case "rates":
            return isinstance(value, Mapping) and all(_is_number(rate) and 0 <= rate <= 1 for rate in value.values())


def _wanted(parameter: Parameter) -> str:
    return {
        "share": _("a share above 0, at most 1"),
        "number": _("a number of 0 or more"),
        "days": _("whole days, at most 3650"),
        "choice": _("one of %(words)s") % {"words": ", ".join(key for key, _title in parameter.choices)},
        "words": _("a list of words"),
        "rates": _("shares from 0 to 1 by value"),
    }[parameter.kind]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)


def settings_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """A layer's settings with the defaults filled in."""
    return {
        parameter.name: said[parameter.name] if said.get(parameter.name) is not None else parameter.default
        for parameter in layers[said["kind"]].parameters
    }


def needs_of(design: Mapping[str, Any]) -> frozenset[str]:
    """What of a history a design looks at: of `looked_at`, `started_on`, `published_on`, `right`, `seconds`, `item`."""
    return frozenset().union(*(layers[each["kind"]].needs for each in design.get("layers", [])), frozenset())


def day_odds(design: Mapping[str, Any], history: History) -> DayOdds:
    """A design's odds on a day. `design` has no faults (`design_faults`).

    Where the design limits audits a day, the layers are thinned alike so that the audits expected from the last days'
    decisions are the limit; everybody's rate stays, even where it alone is more.
    """
    made = [odds for each in design.get("layers", []) for odds in layers[each["kind"]].odds(settings_of(each), history)]
    found = DayOdds(rate=float(design["rate"]), layers=tuple(made))
    limit = design.get("audits_a_day")
    if limit is None or not made or not history.rows.num_rows:
        return found
    pi = found.of(history.rows).pi
    a_day = float(pi.sum()) * history.scale / history.days
    base = found.rate * history.a_day
    if a_day <= limit:
        return found
    return replace(found, share=max(limit - base, 0.0) / (a_day - base))
