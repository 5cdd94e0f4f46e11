"""A scorecard written as lines, as people write one: a section with its weight, its points indented beneath.

Policy (3)
  The right clause (2) critical
  The right severity partly n/a
Record
  A note says why n/a
Causes: haste; unclear guideline
Pass from: 85 %
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

_LINE = re.compile(
    r"(?P<title>.+?)(?:\s+\((?P<weight>\d+(?:[.,]\d+)?)\))?(?P<flags>(?:\s+(?:critical|partly|n/a))*)", re.IGNORECASE
)
_FLAGS = {"critical": "is_critical", "partly": "may_be_partly", "n/a": "may_not_apply"}


def read_scorecard(text: str) -> dict[str, Any]:
    """The specification that the lines write. `Invalid` names the line that fits nowhere."""
    sections: list[dict[str, Any]] = []
    spec: dict[str, Any] = {"sections": sections, "causes": [], "pass_from": None}
    taken: set[str] = set()
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\t", "  ").split("\n"), start=1):
        if not line.strip():
            continue
        name, _colon, rest = line.strip().partition(":")
        if name.casefold() == "causes" and not line.startswith(" "):
            spec["causes"] = [cause.strip() for cause in rest.split(";") if cause.strip()]
        elif name.casefold() == "pass from" and not line.startswith(" "):
            spec["pass_from"] = _percent(rest, number)
        elif line.startswith(" "):
            if not sections:
                raise _wrong(number, _("a point stands under a section; begin with one"))
            sections[-1]["points"].append(_row(line) | {"name": _name(line, taken)})
        else:
            row = _row(line)
            sections.append({"title": row["title"], "weight": row["weight"], "name": _name(line, taken), "points": []})
    return spec


def written_scorecard(spec: Mapping[str, Any]) -> str:
    """The lines that `read_scorecard` reads into this specification, names apart."""
    lines = []
    for section in spec["sections"]:
        lines.append(section["title"] + _weight(section))
        for point in section["points"]:
            flags = [word for word, flag in _FLAGS.items() if point.get(flag)]
            lines.append(" ".join([f"  {point['title']}{_weight(point)}", *flags]))
    if spec.get("causes"):
        lines.append("Causes: " + "; ".join(spec["causes"]))
    if spec.get("pass_from"):
        lines.append(f"Pass from: {spec['pass_from'] * 100:g} %")
    return "\n".join(lines)


def _row(line: str) -> dict[str, Any]:
    found = _LINE.fullmatch(line.strip())
    assert found is not None  # a line that is not blank always has a title
    weight = float((found["weight"] or "1").replace(",", "."))
    flags = found["flags"].casefold().split()
    row: dict[str, Any] = {"title": found["title"].strip(), "weight": int(weight) if weight.is_integer() else weight}
    return row | {flag: True for word, flag in _FLAGS.items() if word in flags}


def _name(line: str, taken: set[str]) -> str:
    """A name made of the title, so that the same title keeps the same name from version to version."""
    found = _LINE.fullmatch(line.strip())
    assert found is not None
    base = re.sub(r"[^a-z0-9_]", "_", slugify(found["title"]))[:36].strip("_")
    base = base if base[:1].isalpha() else f"p_{base}"
    made, number = base, 2
    while made in taken:
        made, number = f"{base}_{number}", number + 1
    taken.add(made)
    return made


def _weight(row: Mapping[str, Any]) -> str:
    return "" if row.get("weight", 1) == 1 else f" ({row['weight']:g})"


def _percent(said: str, number: int) -> float:
    try:
        return float(said.strip().rstrip("%").strip().replace(",", ".")) / 100
    except ValueError:
        raise _wrong(number, _("“Pass from” takes a share in percent, such as 85 %")) from None


def _wrong(number: int, what: str) -> Invalid:
    said = _("Line %(n)d: %(what)s.") % {"n": number, "what": what}
    return Invalid(_("The scorecard cannot be used like this."), fields={"lines": [said]})
