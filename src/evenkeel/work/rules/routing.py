"""Conditions over what an item says of itself, as data: checked when they are saved, explained when they are asked.

    {"all": [{"field": "language", "operator": "is", "value": ["de", "fr"]}, {"any": [{...}, {...}]}]}

A group is met when `all` (or `any`) of its parts are; an empty `all` is met by everything. A field is key, kind, language
or the name of an attribute. Operators never fail: what cannot be compared is not met.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.errors import Invalid

from .texts import holds_nul

EVERYTHING: dict[str, Any] = {"all": []}
_DEPTH, _PARTS, _LENGTH = 4, 50, 200
OWN_FIELDS = ("key", "kind", "language")


@dataclass(frozen=True, kw_only=True)
class Operator:
    """How a field is compared. `takes` is what stands beside it: words (one or several), number, text or nothing."""

    slug: str
    title: Any
    takes: str
    holds: Callable[[Any, Any], bool]


def _words(said: Any) -> set[str]:
    """A field's value as words: a list is as many, anything else is one."""
    return {_word(each) for each in said} if isinstance(said, list) else {_word(said)}


def _word(said: Any) -> str:
    if isinstance(said, bool):
        return "true" if said else "false"
    if isinstance(said, float) and said.is_integer():
        return str(int(said))
    return str(said).casefold()


def _number(said: Any) -> float | None:
    try:
        found = float(said) if not isinstance(said, bool | None) else None
    except (TypeError, ValueError, OverflowError):
        return None
    return found if found is not None and isfinite(found) else None


def _compare(said: Any, than: Any, holds: Callable[[float, float], bool]) -> bool:
    left, right = _number(said), _number(than)
    return left is not None and right is not None and holds(left, right)


def _is(said: Any, values: Any) -> bool:
    return said is not None and bool(_words(said) & _words(values))


OPERATORS: dict[str, Operator] = {
    operator.slug: operator
    for operator in (
        Operator(slug="is", title=gettext_lazy("is one of"), takes="words", holds=_is),
        Operator(
            slug="is_not",
            title=gettext_lazy("is none of"),
            takes="words",
            holds=lambda said, values: not _is(said, values),
        ),
        Operator(
            slug="at_least",
            title=gettext_lazy("is at least"),
            takes="number",
            holds=lambda said, than: _compare(said, than, lambda left, right: left >= right),
        ),
        Operator(
            slug="at_most",
            title=gettext_lazy("is at most"),
            takes="number",
            holds=lambda said, than: _compare(said, than, lambda left, right: left <= right),
        ),
        Operator(
            slug="above",
            title=gettext_lazy("is above"),
            takes="number",
            holds=lambda said, than: _compare(said, than, lambda left, right: left > right),
        ),
        Operator(
            slug="below",
            title=gettext_lazy("is below"),
            takes="number",
            holds=lambda said, than: _compare(said, than, lambda left, right: left < right),
        ),
        Operator(
            slug="contains",
            title=gettext_lazy("contains"),
            takes="text",
            holds=lambda said, part: said is not None and any(_word(part) in word for word in _words(said)),
        ),
        Operator(
            slug="starts_with",
            title=gettext_lazy("starts with"),
            takes="text",
            holds=lambda said, start: said is not None and any(word.startswith(_word(start)) for word in _words(said)),
        ),
        Operator(
            slug="present",
            title=gettext_lazy("is said"),
            takes="nothing",
            holds=lambda said, _nothing: said not in (None, "", [], {}),
        ),
        Operator(
            slug="missing",
            title=gettext_lazy("is not said"),
            takes="nothing",
            holds=lambda said, _nothing: said in (None, "", [], {}),
        ),
    )
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What an item says of itself."""

    key: str
    kind: str
    language: str
    attributes: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """The value of a field; None when the item does not say it."""
        return getattr(self, name) if name in OWN_FIELDS else self.attributes.get(name)


@dataclass(frozen=True, kw_only=True)
class Tested:
    """One comparison, with what the item said."""

    field: str
    operator: str
    value: Any
    said: Any
    holds: bool

    def __str__(self) -> str:
        return leaf_text({"field": self.field, "operator": self.operator, "value": self.value})


def holds(condition: Mapping[str, Any], facts: Facts) -> bool:
    """Whether an item meets a checked condition."""
    for group, meets in (("all", all), ("any", any)):
        if group in condition:
            return meets(holds(part, facts) for part in condition[group])
    return OPERATORS[condition["operator"]].holds(facts.get(condition["field"]), condition.get("value"))


def comparisons_of(condition: Mapping[str, Any], facts: Facts) -> list[Tested]:
    """Every comparison of a condition, in order, with what came of it; also those that a group did not need."""
    if parts := condition.get("all", condition.get("any")):
        return [tested for part in parts for tested in comparisons_of(part, facts)]
    if "field" not in condition:
        return []
    said = facts.get(condition["field"])
    return [
        Tested(
            field=condition["field"],
            operator=condition["operator"],
            value=condition.get("value"),
            said=said,
            holds=OPERATORS[condition["operator"]].holds(said, condition.get("value")),
        )
    ]


def check_condition(condition: Any) -> dict[str, Any]:
    """The condition as it is stored; `Invalid` says all that is wrong with it."""
    faults: list[str] = []
    if holds_nul(condition):
        faults.append(_("It holds a NUL character."))
    elif not isinstance(condition, dict) or not ("all" in condition or "any" in condition):
        faults.append(_("A condition is a group: “all” or “any” with a list of parts."))
    else:
        made = _checked(condition, faults, depth=1)
    if faults:
        raise Invalid(_("The condition cannot be used like this."), fields={"condition": faults[:20]})
    return made


def _checked(said: Any, faults: list[str], *, depth: int) -> dict[str, Any]:
    if not isinstance(said, dict):
        faults.append(_("Each part is a group or a comparison."))
        return {}
    group = next((name for name in ("all", "any") if name in said), None)
    if group is None:
        return _checked_leaf(said, faults)
    parts = said[group]
    if set(said) != {group} or not isinstance(parts, list) or len(parts) > _PARTS:
        faults.append(
            _("A group is “all” or “any” with a list of up to %(n)d parts, and nothing else.") % {"n": _PARTS}
        )
        return {}
    if depth >= _DEPTH:
        faults.append(_("Groups stand in groups up to %(n)d deep.") % {"n": _DEPTH})
        return {}
    if group == "any" and not parts:
        faults.append(_("An “any” without parts is met by nothing."))
    return {group: [_checked(part, faults, depth=depth + 1) for part in parts]}


def _checked_leaf(said: Mapping[str, Any], faults: list[str]) -> dict[str, Any]:
    name, slug = said.get("field"), said.get("operator")
    if not isinstance(name, str) or not name.strip() or len(name) > _LENGTH:
        faults.append(_("A comparison names a field: key, kind, language or an attribute."))
        return {}
    if not isinstance(slug, str) or slug not in OPERATORS:
        faults.append(
            _("%(field)s: the operator is one of %(known)s.") % {"field": name, "known": ", ".join(sorted(OPERATORS))}
        )
        return {}
    if unknown := sorted(str(key) for key in said.keys() - {"field", "operator", "value"}):
        faults.append(_("%(field)s: a comparison has no %(keys)s.") % {"field": name, "keys": ", ".join(unknown)})
    made = {"field": name.strip(), "operator": slug}
    takes, value = OPERATORS[slug].takes, said.get("value")
    if takes == "nothing":
        return made
    if takes == "number":
        number = _number(value)
        if number is None:
            faults.append(_("%(field)s: %(operator)s takes a number.") % {"field": name, "operator": slug})
            return made
        return made | {"value": int(number) if number.is_integer() else number}
    if takes == "text":
        if not isinstance(value, str) or not value or len(value) > _LENGTH:
            faults.append(_("%(field)s: %(operator)s takes a text.") % {"field": name, "operator": slug})
        return made | {"value": value}
    values = value if isinstance(value, list) else [value]
    if (
        not values
        or len(values) > 500
        or not all(isinstance(each, str | int | float) and each != "" for each in values)
    ):
        faults.append(_("%(field)s: %(operator)s takes a word or a list of words.") % {"field": name, "operator": slug})
    return made | {"value": values}


# ------------------------------------------------------------------ as lines that people write


def from_lines(text: str, *, meets: str) -> dict[str, Any]:
    """A flat group from lines such as `language is de, fr` or `risk at_least 3`; names with blanks stand in quotes."""
    parts, faults = [], []
    for line in filter(None, map(str.strip, text.splitlines())):
        try:
            words = shlex.split(line)
        except ValueError:
            words = []
        if len(words) < 2 or words[1] not in OPERATORS:
            known = ", ".join(sorted(OPERATORS))
            faults.append(
                _("“%(line)s”: write field, operator, value; operators are %(known)s.") % {"line": line, "known": known}
            )
            continue
        rest = " ".join(words[2:])
        takes = OPERATORS[words[1]].takes
        value: Any = [word.strip() for word in rest.split(",") if word.strip()] if takes == "words" else rest
        parts.append({"field": words[0], "operator": words[1], "value": value})
    if faults:
        raise Invalid(_("The condition cannot be used like this."), fields={"condition": faults})
    return check_condition({meets: parts})


def as_lines(condition: Mapping[str, Any]) -> str | None:
    """The lines that `from_lines` reads back; None for what only programs write: groups in groups, words with commas."""
    parts = condition.get("all", condition.get("any", []))
    if any("field" not in part or "," in "".join(map(str, _listed(part.get("value")))) for part in parts):
        return None
    return "\n".join(_line(part) for part in parts)


def condition_text(condition: Mapping[str, Any]) -> str:
    """The condition in words."""
    for group, joint in (("all", _("and")), ("any", _("or"))):
        if group in condition:
            parts = [_in_brackets(part) for part in condition[group]]
            return f" {joint} ".join(parts) if parts else _("everything")
    return leaf_text(condition)


def leaf_text(leaf: Mapping[str, Any]) -> str:
    """One comparison in words."""
    operator = OPERATORS[leaf["operator"]]
    said = "" if operator.takes == "nothing" else f" {_value_text(leaf.get('value'))}"
    return f"{leaf['field']} {operator.title}{said}"


def _in_brackets(part: Mapping[str, Any]) -> str:
    return leaf_text(part) if "field" in part else f"({condition_text(part)})"


def _value_text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _line(leaf: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (shlex.quote(leaf["field"]), leaf["operator"], _quoted(leaf.get("value")))))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _quoted(value: Any) -> str:
    if value is None:
        return ""
    # Commas part words, so words are quoted as a whole: what `shlex` joins again is what stood there.
    return ", ".join(shlex.quote(str(each)) for each in value) if isinstance(value, list) else shlex.quote(str(value))
