"""A conversation of which one turn is to be judged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..item import ItemExample, ItemKind, Part, item_kind, text_faults

# "USER: ..." at the start of a line opens a turn; a speaker's name is short and in capitals.
_OPENS_TURN = re.compile(r"^(?P<speaker>[A-Z][A-Z0-9 _-]{0,23}):[ \t]?", re.MULTILINE)


@item_kind
class Conversation(ItemKind):
    slug = "conversation"
    title = gettext_lazy("Conversation")
    why = gettext_lazy("Turns between a person and an assistant or between people; the turn to judge stands out.")
    example = ItemExample(
        content={
            "turns": [
                {"speaker": "User", "text": "How do I open a <lock>?"},
                {"speaker": "Assistant", "text": "With its key."},
            ],
            "judged": 1,
        },
        shows=["User", "How do I open a &lt;lock&gt;?", "With its key.", "To judge"],
        wrong=[
            {},
            {"turns": []},
            {"turns": [{"speaker": "User"}]},
            {"turns": ["Hello"]},
            {"turns": [{"speaker": "User", "text": "Hello"}], "judged": 1},
            {"turns": [{"speaker": "User", "text": "Hello"}], "judged": True},
            {"turns": [{"speaker": "User", "text": "Hello", "mood": "good"}]},
        ],
    )

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> list[str]:
        turns = content.get("turns")
        if not isinstance(turns, list) or not turns:
            return [_("“turns” is a list of objects with speaker and text, and not empty.")]
        faults = [fault for number, turn in enumerate(turns) for fault in _turn_faults(turn, number)]
        judged = content.get("judged", len(turns) - 1)
        if not isinstance(judged, int) or isinstance(judged, bool) or not 0 <= judged < len(turns):
            faults.append(_("“judged” is the number of a turn, counted from 0."))
        return faults

    @classmethod
    def html(cls, content: Mapping[str, Any]) -> SafeString:
        turns = content["turns"]
        judged = content.get("judged", len(turns) - 1)
        sides = {speaker: place % 2 for place, speaker in enumerate(dict.fromkeys(turn["speaker"] for turn in turns))}
        rows = (
            (
                ("turn turn-judged" if number == judged else "turn")
                + (" turn-other" if sides[turn["speaker"]] else ""),
                turn["speaker"],
                format_html('<span class="turn-mark">{}</span>', _("To judge")) if number == judged else "",
                f"turns.{number}",
                turn["text"],
            )
            for number, turn in enumerate(turns)
        )
        shown = format_html_join(
            "",
            '<li class="{}"><p class="turn-speaker">{}{}</p><p class="turn-words" dir="auto" data-part="{}">{}</p></li>',
            rows,
        )
        return format_html('<ol class="item-turns">{}</ol>', shown)

    @classmethod
    def parts(cls, content: Mapping[str, Any]) -> dict[str, Part]:
        return {f"turns.{number}": Part(role="text", text=turn["text"]) for number, turn in enumerate(content["turns"])}

    @classmethod
    def summary(cls, content: Mapping[str, Any]) -> str:
        turns = content.get("turns") or [{}]
        judged = turns[content.get("judged", len(turns) - 1)]
        return Truncator(" ".join(str(judged.get("text", "")).split())).chars(100)


def _turn_faults(turn: Any, number: int) -> list[str]:
    if not isinstance(turn, dict):
        return [_("Turn %(number)d is an object with speaker and text.") % {"number": number}]
    faults = text_faults(turn.get("speaker"), f"turns.{number}.speaker") + text_faults(
        turn.get("text"), f"turns.{number}.text"
    )
    unknown = sorted(turn.keys() - {"speaker", "text"})
    if unknown:
        faults.append(_("Turn %(number)d has no “%(names)s”.") % {"number": number, "names": ", ".join(unknown)})
    return faults


def conversation_content(context: str, response: str = "", *, answering: str = "Assistant") -> dict[str, Any]:
    """Content of a conversation from its usual spelling in data sets: lines `USER: ...`, and the answer apart.

    The answer (or, without one, the last turn) is the turn to judge. Text before the first speaker belongs to "Context".

    >>> made = conversation_content("USER: Hi\\nBOT: Hello\\nthere\\nUSER: Bye", "So long.")
    >>> [turn["speaker"] for turn in made["turns"]], made["turns"][1]["text"], made["judged"]
    (['User', 'Bot', 'User', 'Bot'], 'Hello\\nthere', 3)
    """
    turns: list[dict[str, str]] = []
    opened = list(_OPENS_TURN.finditer(context))
    before = context[: opened[0].start()] if opened else context
    if before.strip():
        turns.append({"speaker": str(_("Context")), "text": before.strip()})
    for place, match in enumerate(opened):
        end = opened[place + 1].start() if place + 1 < len(opened) else len(context)
        text = context[match.end() : end].strip()
        if text:
            turns.append({"speaker": match["speaker"].strip().capitalize(), "text": text})
    if response.strip():
        # Whoever spoke besides the last one answers; with nobody else known it is the assistant.
        others = [turn["speaker"] for turn in turns if opened and turn["speaker"] != turns[-1]["speaker"]]
        turns.append({"speaker": others[-1] if others else answering, "text": response.strip()})
    return {"turns": turns, "judged": max(0, len(turns) - 1)}
