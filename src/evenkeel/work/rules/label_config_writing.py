"""Our forms as Label Studio's labelling configurations (XML). What Label Studio cannot ask is refused, by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

_SHOWN: dict[str, tuple[str, dict[str, str]]] = {
    "text": ("Text", {}),
    "dialogue": ("Paragraphs", {"layout": "dialogue", "nameKey": "author", "textKey": "text"}),
    "image": ("Image", {}),
    "audio": ("Audio", {}),
    "video": ("Video", {}),
}
SHOWS = tuple(_SHOWN)
_Written = tuple[str, dict[str, str], str, list[Mapping[str, Any]]]


def config_from_spec(spec: Mapping[str, Any], *, shows: str = "text") -> str:
    """A labelling configuration for a form about items of `shows`: text, dialogue, image, audio or video.

    `Invalid` names the fields that Label Studio cannot ask.
    """
    tag, value = _SHOWN[shows]
    rows = [f"  <{tag} {_attributes(name=shows, value=f'${shows}', **value)}/>"]
    rows.append(f"  <Header {_attributes(value=spec['question'])}/>")
    faults: dict[str, list[str]] = {}
    kinds = {each["name"]: each["kind"] for each in spec["fields"]}
    for each in spec["fields"]:
        write = _WRITERS.get(each["kind"])
        made = write(each, shows) if write else _("Label Studio has no such kind of field.")
        condition = each.get("show_if")
        if isinstance(made, str):
            faults[each["name"]] = [made]
        elif condition and kinds[condition["field"]] not in ("single_choice", "multiple_choice"):
            faults[each["name"]] = [_("Label Studio shows fields after choices alone.")]
        else:
            rows += _written(made, each, shows)
    if faults:
        raise Invalid(_("The form cannot be said in Label Studio's words."), fields=faults)
    return "\n".join(["<View>", *rows, "</View>", ""])


def _write_choices(said: Mapping[str, Any], _shows: str) -> _Written:
    many = said["kind"] == "multiple_choice"
    return "Choices", {"choice": "multiple" if many else "single"}, "Choice", list(said["choices"])


def _write_rating(said: Mapping[str, Any], _shows: str) -> _Written | str:
    if said.get("from", 1) != 1:
        return _("Label Studio's ratings begin at 1.")
    return "Rating", {"maxRating": str(said.get("to", 5))}, "", []


def _write_pairwise(said: Mapping[str, Any], _shows: str) -> _Written | str:
    if said.get("tie") or said.get("neither"):
        return _("Label Studio knows no tie between two.")
    return "Pairwise", {}, "", []


def _write_marks(said: Mapping[str, Any], shows: str) -> _Written | str:
    labels = list(said["labels"])
    if said["kind"] == "text_spans" and shows in ("text", "dialogue"):
        return "ParagraphLabels" if shows == "dialogue" else "Labels", {}, "Label", labels
    if said["kind"] == "time_segments" and shows == "audio":
        return "Labels", {}, "Label", labels
    if said["kind"] == "image_shapes" and shows == "image":
        tools = said.get("tools") or ["box", "polygon"]
        if len(tools) > 1:
            return _("Label Studio keeps boxes and polygons apart: give the field one tool.")
        return "RectangleLabels" if tools == ["box"] else "PolygonLabels", {}, "Label", labels
    return _("Label Studio does not mark this on what is shown.")


_WRITERS: dict[str, Callable[[Mapping[str, Any], str], _Written | str]] = {
    "single_choice": _write_choices,
    "multiple_choice": _write_choices,
    "rating": _write_rating,
    "text": lambda said, shows: ("TextArea", {}, "", []),
    "pairwise": _write_pairwise,
    "text_spans": _write_marks,
    "image_shapes": _write_marks,
    "time_segments": _write_marks,
}


def _written(made: _Written, said: Mapping[str, Any], shows: str) -> list[str]:
    tag, attributes, child, words = made
    more = {"title": said["title"]} if said.get("title") else {}
    if said.get("required"):
        more["required"] = "true"
    if condition := said.get("show_if"):
        more |= {
            "visibleWhen": "choice-selected",
            "whenTagName": condition["field"],
            "whenChoiceValue": ",".join(condition["in"]),
        }
    opening = f"  <{tag} {_attributes(name=said['name'], toName=shows, **attributes, **more)}"
    if not words:
        return [f"{opening}/>"]
    return [f"{opening}>", *(f"    <{child} {_attributes(**_word(word))}/>" for word in words), f"  </{tag}>"]


def _word(word: Mapping[str, Any]) -> dict[str, str]:
    # What people read is `value` there; what is stored is `alias`, where they differ.
    said = (
        {"value": word["title"], "alias": word["value"]} if word["title"] != word["value"] else {"value": word["value"]}
    )
    return said | ({"hotkey": word["key"]} if word.get("key") else {})


def _attributes(**said: str) -> str:
    quoted = ((name, re.sub(r'[&<>"\n]', lambda found: f"&#{ord(found[0])};", value)) for name, value in said.items())
    return " ".join(f'{name}="{value}"' for name, value in quoted)
