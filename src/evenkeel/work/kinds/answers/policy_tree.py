"""Which violation, under which clause, how severe, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..answer import AnswerExample, AnswerKind, Setting, Unfit, answer_kind
from ..choices import choices_faults, keyed, values_of

SOURCES = ("form", "policy")
MOST_SEVERE = 4
_PARTS = ("violation", "clause", "severity", "action")
_TREE: list[dict[str, Any]] = [
    {
        "value": "violence",
        "title": "Violence",
        "tone": "bad",
        "actions": ["remove", "restrict"],
        "clauses": [
            {"value": "threat", "title": "Threat against a person", "severity": [3, 4], "actions": ["remove"]},
            {"value": "praise", "title": "Praise of violence", "severity": [2]},
        ],
    },
    {"value": "spam", "title": "Spam", "severity": [1]},
]
_ACTIONS = [{"value": "remove", "title": "Remove"}, {"value": "restrict", "title": "Restrict"}]


@answer_kind
class PolicyTree(AnswerKind):
    """A node of the tree is {value, title, severity: [...], actions: [...], clauses: [...]}; a clause inherits what it
    does not say itself. With `source` policy the nodes are the headings of the queue's guideline."""

    slug = "policy_tree"
    title = gettext_lazy("Policy tree")
    why = gettext_lazy(
        "A moderator's whole ruling: the violation, the clause, its severity and the action, only as the policy allows."
    )
    can_be_main = True
    settings = (
        Setting(
            name="source",
            title=gettext_lazy("Violations from"),
            kind="source",
            help=gettext_lazy("Typed here, or the headings of the guideline that the queue applies."),
        ),
        Setting(name="violations", title=gettext_lazy("Violations and clauses"), kind="tree"),
        Setting(name="actions", title=gettext_lazy("Actions"), kind="choices"),
        Setting(name="none", title=gettext_lazy("Name of “no violation”"), kind="words"),
    )
    example = AnswerExample(
        field={"name": "ruling", "kind": "policy_tree", "title": "Ruling", "violations": _TREE, "actions": _ACTIONS},
        right=[
            ({"violation": "none"}, {"violation": "none"}),
            (
                {"violation": "violence", "clause": "threat", "severity": 4, "action": "remove"},
                {"violation": "violence", "clause": "threat", "severity": 4, "action": "remove"},
            ),
            # What the policy leaves no choice about is filled in.
            (
                {"violation": "violence", "clause": "praise", "action": "restrict"},
                {"violation": "violence", "clause": "praise", "severity": 2, "action": "restrict"},
            ),
        ],
        wrong=[
            "violence",
            {},
            {"violation": "theft"},
            {"violation": "violence", "severity": 4, "action": "remove"},
            {"violation": "violence", "clause": "threat", "severity": 2, "action": "remove"},
            {"violation": "violence", "clause": "threat", "severity": 4, "action": "restrict"},
            {"violation": "violence", "clause": "threat", "severity": True, "action": "remove"},
            {"violation": "spam", "clause": "threat", "action": "remove"},
            {"violation": "none", "action": "remove"},
            {"violation": "spam", "action": "remove", "note": "x"},
        ],
        bad_fields=[
            {"name": "ruling", "kind": "policy_tree", "violations": [], "actions": _ACTIONS},
            {"name": "ruling", "kind": "policy_tree", "violations": _TREE, "actions": _ACTIONS[:1]},
            {"name": "ruling", "kind": "policy_tree", "violations": _TREE, "actions": []},
            {
                "name": "ruling",
                "kind": "policy_tree",
                "violations": [_TREE[1] | {"severity": [5]}],
                "actions": _ACTIONS,
            },
            {
                "name": "ruling",
                "kind": "policy_tree",
                "violations": [_TREE[1] | {"value": "none"}],
                "actions": _ACTIONS,
            },
            {"name": "ruling", "kind": "policy_tree", "source": "web", "violations": _TREE, "actions": _ACTIONS},
        ],
    )

    @classmethod
    def faults(cls, field: Mapping[str, Any]) -> list[str]:
        faults = choices_faults(field.get("actions"), "actions", least=1)
        if field.get("source", "form") not in SOURCES:
            faults.append(_("“source” is one of %(sources)s.") % {"sources": ", ".join(SOURCES)})
        if not isinstance(field.get("none", ""), str):
            faults.append(_("“none” is the name of “no violation”."))
        nodes = field.get("violations", [] if field.get("source") == "policy" else None)
        faults += choices_faults(nodes, "violations", least=0 if field.get("source") == "policy" else 1)
        return faults or _node_faults(nodes, set(values_of(field["actions"])))

    @classmethod
    def filled(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        nodes = field.get("violations") or []
        none = {"value": "none", "title": field.get("none") or _("No violation"), "tone": "good"}
        named = [{"value": node["value"], "title": node["title"], "tone": node.get("tone", "bad")} for node in nodes]
        return {
            **field,
            "source": field.get("source", "form"),
            "violations": nodes,
            "actions": keyed(field["actions"]),
            "choices": keyed([none, *named]),
        }

    @classmethod
    def schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        return {"anyOf": [_exactly(violation={"const": "none"}), *_rulings(field)]}

    @classmethod
    def clean(cls, field: Mapping[str, Any], value: Any) -> Any:
        if not isinstance(value, dict) or not isinstance(value.get("violation"), str):
            raise Unfit(_("This is an object with a violation, and its clause, severity and action."))
        unknown = sorted(str(name) for name in value.keys() - set(_PARTS))
        if unknown:
            raise Unfit(_("A ruling has no “%(names)s”.") % {"names": ", ".join(unknown)[:80]})
        if value["violation"] == "none":
            if any(value.get(part) is not None for part in _PARTS[1:]):
                raise Unfit(_("What violates nothing has no clause, severity or action."))
            return {"violation": "none"}
        node = _picked(field.get("violations") or [], value["violation"], _("violation"))
        made: dict[str, Any] = {"violation": node["value"]}
        if node.get("clauses"):
            clause = _picked(node["clauses"], value.get("clause"), _("clause"))
            made["clause"] = clause["value"]
        elif value.get("clause") is not None:
            raise Unfit(_("This violation has no clauses."))
        severities, actions = _offered(field, node, made.get("clause"))
        if severities or value.get("severity") is not None:
            made["severity"] = _one_of(severities, value.get("severity"), _("severity"))
        made["action"] = _one_of(actions, value.get("action"), _("action"))
        return made

    @classmethod
    def said(cls, field: Mapping[str, Any], value: Any) -> list[str]:
        return [value["violation"]]

    @classmethod
    def said_schema(cls, field: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
        return {"properties": {"violation": {"enum": list(words)}}}

    @classmethod
    def words(cls, field: Mapping[str, Any], value: Any) -> str:
        nodes = {node["value"]: node for node in field.get("violations") or []}
        node = nodes.get(value["violation"], {})
        clauses = {clause["value"]: clause["title"] for clause in node.get("clauses") or []}
        actions = {action["value"]: action["title"] for action in field["actions"]}
        none = field.get("none") or _("No violation")
        told = [none if value["violation"] == "none" else node.get("title", value["violation"])]
        if value.get("clause"):
            told.append(clauses.get(value["clause"], value["clause"]))
        if value.get("severity") is not None:
            told.append(_("severity %(n)d") % {"n": value["severity"]})
        if value.get("action"):
            told.append(actions.get(value["action"], value["action"]))
        return ", ".join(told)


def _node_faults(nodes: Sequence[Mapping[str, Any]], actions: set[str], *, is_clause: bool = False) -> list[str]:
    faults = []
    for node in nodes:
        said = {"name": node["value"]}
        if node["value"] == "none" and not is_clause:
            faults.append(_("“none” is kept for what violates nothing."))
        severities = node.get("severity", [])
        if not isinstance(severities, list) or not all(_is_severity(each) for each in severities):
            faults.append(_("%(name)s: “severity” lists whole numbers from 0 to 4.") % said)
        offered = node.get("actions", [])
        if not isinstance(offered, list) or not all(isinstance(each, str) and each in actions for each in offered):
            faults.append(_("%(name)s: “actions” lists some of the form's actions.") % said)
        if node.get("clauses") is not None:
            clauses_wrong = (
                [_("%(name)s: a clause has no clauses.") % said]
                if is_clause
                else choices_faults(node["clauses"], "clauses", least=0)
            )
            faults += clauses_wrong or _node_faults(node["clauses"], actions, is_clause=True)
    return faults


def _is_severity(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_SEVERE


def _picked(nodes: Sequence[Mapping[str, Any]], value: Any, what: str) -> Mapping[str, Any]:
    found = next((node for node in nodes if node["value"] == value), None)
    if found is None:
        values = ", ".join(values_of(nodes)[:20])
        raise Unfit(_("Choose the %(what)s, one of: %(values)s.") % {"what": what, "values": values or "–"})
    return found


def _offered(field: Mapping[str, Any], node: Mapping[str, Any], clause: str | None) -> tuple[list[int], list[str]]:
    """The severities and actions that a clause, else its violation, else the form allows."""
    own: Mapping[str, Any] = next((each for each in node.get("clauses") or [] if each["value"] == clause), {})
    severities = own.get("severity") or node.get("severity") or []
    actions = own.get("actions") or node.get("actions") or values_of(field["actions"])
    return list(severities), list(actions)


def _one_of(offered: Sequence[Any], value: Any, what: str) -> Any:
    if value is None and len(offered) == 1:
        return offered[0]
    if isinstance(value, bool) or value not in offered:
        said = {"what": what, "values": ", ".join(str(each) for each in offered) or "–"}
        raise Unfit(_("The policy allows as %(what)s here: %(values)s.") % said)
    return value


def _rulings(field: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for node in field.get("violations") or []:
        for clause in [each["value"] for each in node.get("clauses") or []] or [None]:
            severities, actions = _offered(field, node, clause)
            where = {"violation": {"const": node["value"]}}
            if clause is not None:
                where["clause"] = {"const": clause}
            if severities:
                where["severity"] = {"enum": severities}
            yield _exactly(**where, action={"enum": actions})


def _exactly(**properties: Mapping[str, Any]) -> dict[str, Any]:
    needed = list(properties)
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}
