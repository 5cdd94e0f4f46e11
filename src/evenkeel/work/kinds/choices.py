"""Named choices, as several kinds of answers offer them: their faults, their keys, their schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

TONES = ("good", "warn", "bad", "info", "quiet")
LABEL_LENGTH = 120  # as long as the column of the decision's label
CHOICES_LIMIT = 200


def choices_faults(choices: Any, name: str = "choices", *, least: int = 2) -> list[str]:
    """What is wrong with a list of choices, as sentences."""
    if not isinstance(choices, list) or not all(isinstance(choice, dict) for choice in choices):
        return [_("“%(name)s” is a list of objects with value and title.") % {"name": name}]
    if len(choices) < least:
        return [_("“%(name)s” holds at least %(n)d.") % {"name": name, "n": least}]
    if len(choices) > CHOICES_LIMIT:
        return [_("“%(name)s” holds at most %(n)d.") % {"name": name, "n": CHOICES_LIMIT}]
    return [fault for choice in choices for fault in _choice_faults(choice)] + _repeated(choices)


def keyed(choices: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Choices without a key get the first digits that are free; the tenth and later have none."""
    taken = {choice["key"] for choice in choices if choice.get("key")}
    free = iter([digit for digit in "123456789" if digit not in taken])
    return [
        {**choice, "key": choice.get("key") or next(free, ""), "tone": choice.get("tone") or "quiet"}
        for choice in choices
    ]


def values_of(choices: Sequence[Mapping[str, Any]]) -> list[str]:
    """The stored words of choices."""
    return [choice["value"] for choice in choices]


def whole_faults(field: Mapping[str, Any], name: str, least: int, most: int) -> list[str]:
    """What is wrong with an optional whole number of a field."""
    value = field.get(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and least <= value <= most):
        return []
    return [
        _("“%(name)s” is a whole number from %(least)d to %(most)d.") % {"name": name, "least": least, "most": most}
    ]


def flag_faults(field: Mapping[str, Any], name: str) -> list[str]:
    """What is wrong with an optional yes or no of a field."""
    return [] if isinstance(field.get(name, False), bool) else [_("“%(name)s” is true or false.") % {"name": name}]


def _choice_faults(choice: Mapping[str, Any]) -> list[str]:
    faults = []
    value = choice.get("value")
    if not isinstance(value, str) or not value or len(value) > LABEL_LENGTH:
        faults.append(_("Each choice has a value of 1 to %(n)d characters.") % {"n": LABEL_LENGTH})
    if not isinstance(choice.get("title"), str) or not choice["title"]:
        faults.append(_("Each choice has a title for people."))
    if choice.get("key") is not None and (
        not isinstance(choice["key"], str) or len(choice["key"]) > 1 or choice["key"] not in "123456789"
    ):
        faults.append(_("A choice's key is a digit from 1 to 9."))
    if choice.get("tone") is not None and choice["tone"] not in TONES:
        faults.append(_("A choice's tone is one of %(tones)s.") % {"tones": ", ".join(TONES)})
    return faults


def _repeated(choices: Sequence[Mapping[str, Any]]) -> list[str]:
    sentences = {"value": _("Two choices have the value %(said)s."), "key": _("Two choices have the key %(said)s.")}
    return [
        sentence % {"said": said}
        for what, sentence in sentences.items()
        for said, n in Counter(str(choice[what]) for choice in choices if choice.get(what) is not None).items()
        if n > 1 and said
    ]
