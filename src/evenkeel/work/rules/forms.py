"""Answer forms: is the form sound, and does an answer fit it?

    {"question": "...", "main": "label", "confirm": false,
     "fields": [{"name": "label", "kind": "single_choice", "title": "...", "required": true, "choices": [...]}, ...]}

`main` names the field whose value is the decision's label. `confirm`: a choice waits for Enter instead of deciding at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

from ..kinds.answer import Unfit, answer_kinds
from .texts import holds_nul

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_KEYS = {"question", "fields", "main", "confirm"}


@dataclass(frozen=True)
class Choice:
    """One choice of the main question. `tone` is good, warn, bad, info or quiet; `key` the digit that picks it."""

    value: str
    title: str
    key: str
    tone: str


def check_spec(spec: Any) -> dict[str, Any]:
    """The form's specification with what was left out filled in; `Invalid` says all that is wrong with it."""
    if not isinstance(spec, dict) or not isinstance(spec.get("fields"), list):
        raise _bad([_("A form is an object with “question”, “fields” and “main”.")])
    if holds_nul(spec):
        raise _bad([_("The form holds a NUL character.")])
    faults = _form_faults(spec)
    for number, field in enumerate(spec["fields"]):
        faults += [f"{_field_name(field, number)}: {fault}" for fault in _field_faults(field)]
    names = Counter(str(field["name"]) for field in spec["fields"] if isinstance(field, dict) and "name" in field)
    faults += [_("Two fields are named %(name)s.") % {"name": name} for name, n in names.items() if n > 1]
    if not faults:
        faults = _main_faults(spec)
    if faults:
        raise _bad(faults)
    return _filled(spec)


def clean_answer(spec: Mapping[str, Any], answer: Any) -> tuple[dict[str, Any], str]:
    """A checked answer and its label; `Invalid` says which fields are wrong. Fields left empty are left out."""
    if not isinstance(answer, dict):
        raise Invalid(_("An answer is an object with one value a field."), fields={spec["main"]: [_("Answer this.")]})
    faults: dict[str, list[str]] = {}
    cleaned: dict[str, Any] = {}
    known = {field["name"]: field for field in spec["fields"]}
    for name in answer.keys() - known.keys():
        faults[str(name)[:80]] = [_("The form has no such field.")]
    for name, field in known.items():
        value = answer.get(name)
        if value is None or value == "":
            if field.get("required"):
                faults[name] = [_("Answer this.")]
            continue
        try:
            cleaned[name] = answer_kinds[field["kind"]].clean(field, value)
        except Unfit as unfit:
            faults[name] = [str(unfit)]
    if faults:
        raise Invalid(_("The answer does not fit the form."), fields=faults)
    return cleaned, str(cleaned[spec["main"]])


def choices_of(spec: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The choices of the main question, each with a key and a tone."""
    main = next(field for field in spec["fields"] if field["name"] == spec["main"])
    return tuple(Choice(choice["value"], choice["title"], choice["key"], choice["tone"]) for choice in main["choices"])


def _bad(faults: list[str]) -> Invalid:
    return Invalid(_("The form cannot be used like this."), fields={"spec": faults})


def _form_faults(spec: Mapping[str, Any]) -> list[str]:
    faults = []
    if not isinstance(spec.get("question"), str) or not spec["question"].strip():
        faults.append(_("“question” says what is asked."))
    if not isinstance(spec.get("confirm", False), bool):
        faults.append(_("“confirm” is true or false."))
    unknown = sorted(str(key) for key in spec.keys() - _KEYS)
    if unknown:
        faults.append(_("A form has no %(keys)s.") % {"keys": ", ".join(unknown)})
    return faults


def _field_name(field: Any, number: int) -> str:
    return str(field.get("name") or number + 1) if isinstance(field, dict) else str(number + 1)


def _field_faults(field: Any) -> list[str]:
    if not isinstance(field, dict):
        return [_("A field is an object with name, kind and title.")]
    faults = []
    if not isinstance(field.get("name"), str) or not _NAME.fullmatch(field["name"]):
        faults.append(_("A name has small letters, digits and _, and starts with a letter."))
    if not isinstance(field.get("title", ""), str):
        faults.append(_("A title is text."))
    if not isinstance(field.get("required", False), bool):
        faults.append(_("“required” is true or false."))
    kind = field.get("kind")
    if not isinstance(kind, str) or kind not in answer_kinds:
        return [*faults, _("The kind is one of %(kinds)s.") % {"kinds": ", ".join(answer_kinds.slugs())}]
    return faults + answer_kinds[kind].faults(field)


def _main_faults(spec: Mapping[str, Any]) -> list[str]:
    main = next((field for field in spec["fields"] if field["name"] == spec.get("main")), None)
    if main is None:
        return [_("“main” names one of the fields.")]
    if not answer_kinds[main["kind"]].can_be_main:
        return [_("The main field cannot be of the kind %(kind)s.") % {"kind": main["kind"]}]
    return []


def _filled(spec: Mapping[str, Any]) -> dict[str, Any]:
    fields = []
    for field in spec["fields"]:
        made = {"title": "", **field, "required": bool(field.get("required")) or field["name"] == spec["main"]}
        if "choices" in made:
            made["choices"] = _keyed(made["choices"])
        fields.append(made)
    return {
        "question": spec["question"].strip(),
        "fields": fields,
        "main": spec["main"],
        "confirm": bool(spec.get("confirm")),
    }


def _keyed(choices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Choices without a key get the first digits that are free; the tenth and later have none."""
    taken = {choice["key"] for choice in choices if choice.get("key")}
    free = iter([digit for digit in "123456789" if digit not in taken])
    return [
        {**choice, "key": choice.get("key") or next(free, ""), "tone": choice.get("tone") or "quiet"}
        for choice in choices
    ]
