"""A form as one JSON Schema: what the desk checks before it sends, the server before it stores, and other clients read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from ..kinds.answer import answer_kinds


def form_schema(spec: Mapping[str, Any]) -> dict[str, Any]:
    """JSON Schema (2020-12) of a form's answers as they are stored, conditions included."""
    fields = spec["fields"]
    asked_always = [field["name"] for field in fields if field.get("required") and not field.get("show_if")]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": spec["question"],
        "type": "object",
        "properties": {
            field["name"]: {**answer_kinds[field["kind"]].schema(field), "title": field["title"]} for field in fields
        },
        "required": asked_always,
        "additionalProperties": False,
    }
    conditions = [_condition(spec, field) for field in fields if field.get("show_if")]
    return {**schema, "allOf": conditions} if conditions else schema


def _condition(spec: Mapping[str, Any], field: Mapping[str, Any]) -> dict[str, Any]:
    condition = field["show_if"]
    asked = next(each for each in spec["fields"] if each["name"] == condition["field"])
    said = answer_kinds[asked["kind"]].said_schema(asked, condition["in"])
    return {
        "if": {"properties": {asked["name"]: said}, "required": [asked["name"]]},
        "then": {"required": [field["name"]]} if field.get("required") else True,
        "else": {"properties": {field["name"]: False}},
    }


def schema_faults(spec: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, list[str]]:
    """By field, what the form's schema finds wrong with an answer; empty when it fits."""
    known = _known_of(spec)
    said = json.dumps(answer)
    if said in known.fitting:
        return {}
    faults: dict[str, list[str]] = {}
    for error in known.validator.iter_errors(answer):
        name = str(error.absolute_path[0]) if error.absolute_path else str(spec["main"])
        faults.setdefault(name, [_("This does not fit the form's schema.")])
    if not faults and len(said) <= _SHORT and len(known.fitting) < _MOST_FITTING:
        known.fitting.add(said)
    return faults


@dataclass(frozen=True, slots=True)
class _Known:
    """A form with its schema made ready, and answers that were found to fit it: most answers are one of very few."""

    spec: Mapping[str, Any]
    validator: Any
    fitting: set[str] = field(default_factory=set)


# Published forms are read once a process and come as the same object every time: found by that, without writing them out.
_known: dict[int, _Known] = {}
_MOST_KNOWN, _MOST_FITTING, _SHORT = 256, 200, 100


def _known_of(spec: Mapping[str, Any]) -> _Known:
    kept = _known.get(id(spec))
    if kept is None or kept.spec is not spec:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        kept = _known[id(spec)] = _Known(spec, _validator(json.dumps(spec, sort_keys=True)))
    return kept


@lru_cache(maxsize=256)
def _validator(spec: str) -> Any:
    # Making one takes a hundred times as long as using it.
    return Draft202012Validator(form_schema(json.loads(spec)))
