"""From a tree to meaning: names are looked up, kinds and units must fit. What does not is said at its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .errors import WrongExpression, nearest
from .functions import AGGREGATE_NAMES, BY_NAME, FUNCTIONS
from .reading import COMPARISONS, meant
from .tree import Node
from .typed import DAY, HIDDEN, MOMENT, NUMBER, ON, PLAIN, TEXT, TIME, WORDS, YES_OR_NO, Kind, Names, Typed
from .units import UNITS, milliseconds_in


def checked(node: Node, names: Names) -> Typed:
    """The meaning of a tree over one row. Raises `WrongExpression`."""
    return _CHECKS.get(node.op, _arithmetic)(node, names)


def insist(found: Typed, kind: Kind, *, so: str) -> Typed:
    """The same, if it is of the kind; `so` says what it would be needed for."""
    if found.kind.name != kind.name:
        raise WrongExpression(
            _("This is %(is)s; %(so)s needs %(wanted)s.") % {"is": found.kind, "so": so, "wanted": kind},
            start=found.start, end=found.end,
        )  # fmt: skip
    return found


def _typed(node: Node, kind: Kind, *args: Typed, op: str = "", value: Any = None) -> Typed:
    return Typed(op or node.op, kind, node.start, node.end, args, value)


def _literal(node: Node, names: Names) -> Typed:
    value = node.value
    if isinstance(value, bool):
        return _typed(node, YES_OR_NO, value=value)
    if isinstance(value, float):
        return _typed(node, TIME if node.unit else PLAIN, value=value * UNITS[node.unit] if node.unit else value)
    return _typed(node, ON if isinstance(value, date) else WORDS, value=value)


def _name(node: Node, names: Names) -> Typed:
    name: str = node.value
    columns = names.columns()
    if name in columns:
        kind = columns[name]
        scale = milliseconds_in(name) if kind == TIME else None
        return _typed(node, kind, op="column", value=(name, scale))
    if name in names.populations:
        inner = names.populations[name]
        return Typed(inner.op, inner.kind, node.start, node.end, inner.args, inner.value)
    raise WrongExpression(_no_name(name, names), start=node.start, end=node.end, names=[*columns, *names.populations])


def _no_name(name: str, names: Names) -> str:
    said = {"name": name, "fact": names.fact.name}
    if name in names.fact.columns and name not in HIDDEN:
        return (
            _("%(name)s tells of a single person, so no definition can use it. Cut the figure by people instead.")
            % said
        )
    if name in HIDDEN:
        return _("Rows that were taken back are taken out by themselves: leave %(name)s out.") % said
    if name in BY_NAME or name in AGGREGATE_NAMES:
        return _("%(name)s is a function: write %(name)s(…).") % said
    if word := meant(name):
        return _("%(name)s is not known here. Did you mean %(word)s?") % {"name": name, "word": f"`{word}`"}
    told = _("%(fact)s has no column %(name)s, and there is no population of this name.") % said
    return told + " " + nearest(name, [*names.columns(), *names.populations])


def _call(node: Node, names: Names) -> Typed:
    name = node.value
    if name in AGGREGATE_NAMES:
        raise WrongExpression(
            _("%(name)s is over all rows, so it stands outermost, and only in what is measured.") % {"name": name},
            start=node.start, end=node.end,
        )  # fmt: skip
    function = BY_NAME.get(name)
    if function is None:
        known = [each.name for each in FUNCTIONS]
        sentence = (
            _("There is no function %(name)s.") % {"name": name} + " " + nearest(name, [*known, *AGGREGATE_NAMES])
        )
        raise WrongExpression(sentence, start=node.start, end=node.start + len(name), names=known)
    args = [checked(each, names) for each in node.args]
    least, most = len(function.takes), 20 if function.repeats else len(function.takes)
    if not least <= len(args) <= most:
        sentence = _("%(name)s takes %(n)d values, as in %(example)s.")
        raise WrongExpression(
            sentence % {"name": name, "n": least, "example": function.example}, start=node.start, end=node.end
        )
    for place, arg in enumerate(args):
        wanted = function.takes[min(place, least - 1)]
        if arg.kind.name not in wanted:
            kinds = " / ".join(str(Kind(each)) for each in wanted)
            sentence = _("This is %(is)s; %(name)s takes %(wanted)s here.")
            raise WrongExpression(
                sentence % {"is": arg.kind, "name": name, "wanted": kinds}, start=arg.start, end=arg.end
            )
    if function.gives is None:
        for arg in args[1:]:
            _same(args[0], arg)
    return _typed(node, function.gives or _shared(args), *args, op="fn", value=name)


def _logic(node: Node, names: Names) -> Typed:
    so = f"`{node.op}`"
    return _typed(node, YES_OR_NO, *(insist(checked(each, names), YES_OR_NO, so=so) for each in node.args))


def _comparison(node: Node, names: Names) -> Typed:
    left, right = (checked(each, names) for each in node.args)
    _same(left, right)
    if node.op not in ("=", "!=") and left.kind.name not in (NUMBER, MOMENT, DAY):
        sentence = _("There is no more or less in %(is)s: compare it with = or !=.") % {"is": left.kind}
        raise WrongExpression(sentence, start=node.start, end=node.end)
    return _typed(node, YES_OR_NO, left, right)


def _between(node: Node, names: Names) -> Typed:
    value, low, high = (checked(each, names) for each in node.args)
    _same(value, low)
    _same(value, high)
    if value.kind.name not in (NUMBER, MOMENT, DAY):
        sentence = _("There is no more or less in %(is)s: list what it may be with `in (…)`.") % {"is": value.kind}
        raise WrongExpression(sentence, start=node.start, end=node.end)
    return _typed(node, YES_OR_NO, value, low, high)


def _in(node: Node, names: Names) -> Typed:
    value, *listed = (checked(each, names) for each in node.args)
    if value.kind.name not in (NUMBER, TEXT, DAY):
        sentence = _("Only numbers, texts and days are looked up in a list; this is %(is)s.") % {"is": value.kind}
        raise WrongExpression(sentence, start=value.start, end=value.end)
    for each in listed:
        _same(value, each)
    return _typed(node, YES_OR_NO, value, *listed)


def _empty(node: Node, names: Names) -> Typed:
    return _typed(node, YES_OR_NO, checked(node.args[0], names))


def _if(node: Node, names: Names) -> Typed:
    parts = [checked(each, names) for each in node.args]
    for condition in parts[:-1:2]:
        insist(condition, YES_OR_NO, so="`if`")
    values = [*parts[1::2], parts[-1]]
    for value in values[1:]:
        _same(values[0], value)
    return _typed(node, _shared(values), *parts)


def _minus(node: Node, names: Names) -> Typed:
    inner = insist(checked(node.args[0], names), PLAIN, so=_("a minus"))
    return _typed(node, inner.kind, inner)


def _arithmetic(node: Node, names: Names) -> Typed:
    left, right = (checked(each, names) for each in node.args)
    if left.kind.name == right.kind.name == MOMENT and node.op == "-":
        return Typed("fn", TIME, node.start, node.end, (right, left), "time_between")
    if DAY in (left.kind.name, right.kind.name) and node.op == "-":
        sentence = _("Say days_between(from, to): it counts the days.")
        raise WrongExpression(sentence, start=node.start, end=node.end)
    for side in (left, right):
        insist(side, PLAIN, so=f"`{node.op}`")
    if node.op in "+-":
        _same(left, right)
        return _typed(node, _shared([left, right]), left, right)
    time = left.kind.time + right.kind.time * (1 if node.op == "*" else -1)
    if abs(time) > 1:
        sentence = _("A time multiplied by a time means nothing here.")
        raise WrongExpression(sentence, start=node.start, end=node.end)
    return _typed(node, Kind(NUMBER, time), left, right)


def _is_zero(found: Typed) -> bool:
    return found.op == "literal" and found.value == 0 and found.kind.name == NUMBER


def _shared(parts: list[Typed]) -> Kind:
    """The kind of values that go together: a bare 0 takes that of the others."""
    return next((each.kind for each in parts if not _is_zero(each)), parts[0].kind)


def _same(left: Typed, right: Typed) -> None:
    if left.kind == right.kind or (left.kind.name == right.kind.name and (_is_zero(left) or _is_zero(right))):
        return
    if left.kind.name == right.kind.name == NUMBER:
        raise WrongExpression(_units_apart(left, right), start=right.start, end=right.end)
    if {left.kind.name, right.kind.name} == {MOMENT, DAY}:
        moment = left if left.kind.name == MOMENT else right
        sentence = _("A moment and a day do not compare: write day(…) around the moment.")
        raise WrongExpression(sentence, start=moment.start, end=moment.end)
    sentence = _("This is %(right)s, and what it stands with is %(left)s.")
    raise WrongExpression(sentence % {"right": right.kind, "left": left.kind}, start=right.start, end=right.end)


def _units_apart(left: Typed, right: Typed) -> str:
    if {left.kind.time, right.kind.time} == {0, 1}:
        return _("One side is a time and the other a plain number: say the unit, as in 30 min, 5 s, 200 ms.")
    return _("This is %(right)s, and what it stands with is %(left)s.") % {"right": right.kind, "left": left.kind}


_CHECKS: dict[str, Callable[[Node, Names], Typed]] = {
    "literal": _literal, "name": _name, "call": _call, "and": _logic, "or": _logic, "not": _logic, "in": _in,
    "between": _between, "empty": _empty, "if": _if, "minus": _minus, **dict.fromkeys(COMPARISONS, _comparison),
}  # fmt: skip
