"""Answer forms: is the form sound, and does an answer fit it?

    {"question": "...", "main": "label", "confirm": false,
     "fields": [{"name": "label", "kind": "single_choice", "title": "...", "required": true, "choices": [...]},
                {"name": "why", "kind": "text", "show_if": {"field": "label", "in": ["Yes"]}}, ...]}

`main` names the field whose value is the decision's label. `confirm`: a choice waits for Enter instead of deciding at once.
`show_if`: the field is asked only when an earlier one says one of these words; unasked, it takes no value.
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
from ..kinds.choices import keyed
from ..kinds.item import Part
from .schemas import schema_faults
from .texts import holds_nul

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_KEYS = {"question", "fields", "main", "confirm"}
FIELDS_LIMIT = 40


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
        faults = _main_faults(spec) + _condition_faults(spec)
    if faults:
        raise _bad(faults)
    return _filled(spec)


def clean_answer(
    spec: Mapping[str, Any], answer: Any, *, parts: Mapping[str, Part] | None = None
) -> tuple[dict[str, Any], str]:
    """A checked answer and its label; `Invalid` says which fields are wrong. Fields left empty are left out.

    `parts` are the item's (`ItemKind.parts`): marks that lie outside of them are refused. The form's JSON Schema has the
    last word about what is stored.
    """
    if not isinstance(answer, dict):
        raise Invalid(_("An answer is an object with one value a field."), fields={spec["main"]: [_("Answer this.")]})
    faults: dict[str, list[str]] = {}
    cleaned: dict[str, Any] = {}
    known = {field["name"]: field for field in spec["fields"]}
    for name in answer.keys() - known.keys():
        faults[str(name)[:80]] = [_("The form has no such field.")]
    for name, field in known.items():
        value = answer.get(name)
        is_empty = value is None or value == "" or value == [] or value == {}
        if not is_asked(spec, field, cleaned):
            if not is_empty:
                faults[name] = [_("This is not asked after what was answered before.")]
        elif is_empty:
            if field.get("required"):
                faults[name] = [_("Answer this.")]
        else:
            try:
                cleaned[name] = answer_kinds[field["kind"]].clean(field, value)
                if parts is not None:
                    cleaned[name] = answer_kinds[field["kind"]].fit(field, cleaned[name], parts)
            except Unfit as unfit:
                faults[name] = [str(unfit)]
    faults = faults or schema_faults(spec, cleaned)
    if faults:
        raise Invalid(_("The answer does not fit the form."), fields=faults)
    main = known[spec["main"]]
    return cleaned, answer_kinds[main["kind"]].said(main, cleaned[spec["main"]])[0]


def is_asked(spec: Mapping[str, Any], field: Mapping[str, Any], answered: Mapping[str, Any]) -> bool:
    """Whether a field is asked, after what was answered before it."""
    condition = field.get("show_if")
    if not condition:
        return True
    if condition["field"] not in answered:
        return False
    asked = next(each for each in spec["fields"] if each["name"] == condition["field"])
    said = answer_kinds[asked["kind"]].said(asked, answered[asked["name"]])
    return any(word in condition["in"] for word in said)


def answer_words(spec: Mapping[str, Any], answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """An answer for people: title and value of each field but the main one's label, which pages show apart."""
    told = []
    for field in spec["fields"]:
        value = answer.get(field["name"])
        is_label = field["name"] == spec["main"] and isinstance(value, str | int)
        if value is not None and not is_label:
            told.append((field["title"] or field["name"], answer_kinds[field["kind"]].words(field, value)))
    return told


def label_spec(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The form cut down to its label, what must be said in words, and marks: for whoever judges a decision.

    Marks are never insisted on there: what is marked follows from the judge's own answer.
    """
    fields = []
    for field in spec["fields"]:
        if field["name"] == spec["main"]:
            fields.append({**field, "kind": "single_choice", "choices": keyed(field["choices"])})
        elif field["kind"] in ("single_choice", "text") and not field.get("show_if"):
            fields.append(field)
        elif answer_kinds[field["kind"]].draws:
            fields.append({name: value for name, value in field.items() if name != "show_if"} | {"required": False})
    return {**spec, "fields": fields}


def choices_of(spec: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The choices of the main question, each with a key and a tone: every kind of main field has its labels there."""
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
    if len(spec["fields"]) > FIELDS_LIMIT:
        faults.append(_("A form has at most %(n)d fields.") % {"n": FIELDS_LIMIT})
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


def _condition_faults(spec: Mapping[str, Any]) -> list[str]:
    faults = []
    earlier: dict[str, Mapping[str, Any]] = {}
    for field in spec["fields"]:
        condition = field.get("show_if")
        if condition is not None:
            faults += [f"{field['name']}: {fault}" for fault in _one_condition_faults(condition, earlier)]
            if field["name"] == spec["main"]:
                faults.append(_("%(name)s: The main field is always asked.") % {"name": field["name"]})
        earlier[field["name"]] = field
    return faults


def _one_condition_faults(condition: Any, earlier: Mapping[str, Mapping[str, Any]]) -> list[str]:
    is_sound = isinstance(condition, dict) and condition.keys() == {"field", "in"}
    if not is_sound or not isinstance(condition["in"], list) or not condition["in"]:
        return [_("“show_if” is an object with “field” and “in”, the words that it waits for.")]
    # An earlier one, so that no two fields wait for each other.
    if not isinstance(condition["field"], str) or condition["field"] not in earlier:
        return [_("“show_if” names a field that stands before this one.")]
    asked = earlier[condition["field"]]
    if asked["kind"] == "text":
        return [_("“show_if” cannot wait for words in free text.")]
    offered = [word["value"] for word in _offers(answer_kinds[asked["kind"]].filled(asked))]
    if asked.get("source") == "policy":
        return [] if all(isinstance(word, str) for word in condition["in"]) else [_("“in” lists words.")]
    unknown = [str(word) for word in condition["in"] if word not in offered]
    if unknown:
        return [_("%(field)s never says %(words)s.") % {"field": asked["name"], "words": ", ".join(unknown)}]
    return []


def _offers(field: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(field.get("choices") or field.get("labels") or field.get("grades") or ())


def _filled(spec: Mapping[str, Any]) -> dict[str, Any]:
    fields = []
    for field in spec["fields"]:
        required = bool(field.get("required")) or field["name"] == spec["main"]
        fields.append(answer_kinds[field["kind"]].filled({"title": "", **field, "required": required}))
    return {
        "question": spec["question"].strip(),
        "fields": fields,
        "main": spec["main"],
        "confirm": bool(spec.get("confirm")),
    }
