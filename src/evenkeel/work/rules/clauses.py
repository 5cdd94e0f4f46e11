"""A guideline's headings as violations and clauses, for forms that take their policy tree from the queue's guideline.

The highest headings that occur more than once (a lone one above them is the title) are violations, those one level below
are their clauses. A line `Severity: 2, 3` or `Actions: remove, restrict` under a heading narrows what is allowed there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import count
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ..kinds.answer import answer_kinds
from ..kinds.answers.policy_tree import MOST_SEVERE
from ..kinds.choices import CHOICES_LIMIT, LABEL_LENGTH, values_of

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$")
_RULE = re.compile(r"^[-*\s]*\**(severity|actions?)\**\s*:\**\s*(.+)$", re.IGNORECASE)
_FENCE = re.compile(r"^\s*(```|~~~)")


def clauses_of(body_markdown: str, actions: Sequence[str]) -> list[dict[str, Any]]:
    """The violations of a guideline, each with its clauses.

    >>> made = clauses_of("# Rules\\n## Spam\\nSeverity: 1\\n## Violence\\n### Threats\\nActions: remove", ["remove"])
    >>> [(node["value"], node.get("severity")) for node in made], made[1]["clauses"]
    ([('spam', [1]), ('violence', None)], [{'value': 'threats', 'title': 'Threats', 'actions': ['remove']}])
    """
    headings = _headings(body_markdown, set(actions))
    levels = Counter(level for level, _node in headings)
    if not levels:
        return []
    top = min((level for level in levels if levels[level] > 1), default=min(levels))
    violations: list[dict[str, Any]] = []
    for level, node in headings:
        if level == top:
            violations.append(node | {"value": _free(node["value"], violations, {"none"})})
        elif level == top + 1 and violations:
            clauses = violations[-1].setdefault("clauses", [])
            clauses.append(node | {"value": _free(node["value"], clauses)})
    return violations[:CHOICES_LIMIT]


def with_clauses(spec: Mapping[str, Any], *bodies: str) -> dict[str, Any]:
    """The form with the violations of these guideline texts where it takes them from the policy; the first text leads."""
    fields = []
    for field in spec["fields"]:
        if field["kind"] == "policy_tree" and field.get("source") == "policy":
            nodes: list[dict[str, Any]] = []
            for body in bodies:
                known = set(values_of(nodes))
                nodes += [node for node in clauses_of(body, values_of(field["actions"])) if node["value"] not in known]
            field = answer_kinds["policy_tree"].filled({**field, "violations": nodes})
        fields.append(field)
    return {**spec, "fields": fields}


def takes_clauses(spec: Mapping[str, Any]) -> bool:
    """Whether a form takes its policy tree from the queue's guideline."""
    return any(field.get("source") == "policy" for field in spec["fields"])


def _headings(body: str, actions: set[str]) -> list[tuple[int, dict[str, Any]]]:
    found: list[tuple[int, dict[str, Any]]] = []
    is_code = False
    for line in body.splitlines():
        if _FENCE.match(line):
            is_code = not is_code
        elif not is_code and (heading := _HEADING.match(line)):
            title = re.sub(r"[*_`]", "", heading[2]).strip()
            node = {"value": slugify(title, allow_unicode=True)[:LABEL_LENGTH] or _("clause"), "title": title}
            found.append((len(heading[1]), node))
        elif not is_code and found and (rule := _RULE.match(line)):
            _narrow(found[-1][1], rule[1].lower(), rule[2], actions)
    return found


def _narrow(node: dict[str, Any], what: str, said: str, actions: set[str]) -> None:
    words = [word.strip(" .*").lower() for word in said.split(",")]
    if what == "severity":
        node["severity"] = sorted({int(word) for word in words if word.isdigit() and int(word) <= MOST_SEVERE})
    else:
        node["actions"] = [action for action in sorted(actions) if action.lower() in words]


def _free(value: str, taken: Sequence[Mapping[str, Any]], reserved: Collection[str] = ()) -> str:
    known = {node["value"] for node in taken}.union(reserved)
    if value not in known:
        return value
    stem = value[: LABEL_LENGTH - 4]
    return next(free for n in count(2) if (free := f"{stem}-{n}") not in known)
