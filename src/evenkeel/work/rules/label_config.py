"""Label Studio's labelling configurations (XML) as our forms. What our forms cannot say is refused, by name and line.

A configuration's control tags become fields of the same name, its choices and labels their words. Layout and colours are left
out, and said so. A configuration that only marks has no label for a decision: one is added, which says whether there was
anything to mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

CONFIG_LIMIT = 200_000  # characters
_DEPTH = 40
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Tags that only arrange or decorate.
_LAYOUT = {"View", "Header", "Style", "Collapse", "Panel", "Filter", "Label", "Choice", "Shortcut"}
_OBJECTS = {
    "Text": "text", "HyperText": "text", "Paragraphs": "text", "Image": "image", "Audio": "audio", "AudioPlus": "audio",
    "Video": "video",
}  # fmt: skip
_NOTHING = {"value": "nothing", "title": "Nothing to mark", "key": "1", "tone": "quiet"}
_MARKED = {"value": "marked", "title": "Marked", "key": "2", "tone": "info"}


@dataclass
class Tag:
    """An element of a configuration."""

    name: str
    said: dict[str, str]
    inside: list[Tag] = field(default_factory=list)
    line: int = 0

    def walk(self) -> Iterator[Tag]:
        """This element and all inside of it, in the order of the document."""
        yield self
        for each in self.inside:
            yield from each.walk()


def spec_from_config(config: str) -> tuple[dict[str, Any], list[str]]:
    """A form's specification from a labelling configuration, and what was left out or changed on the way, as sentences.

    `Invalid` names, with their lines, the tags that our forms cannot say.
    """
    root = _parsed(config)
    objects = {tag.said.get("name", ""): _OBJECTS[tag.name] for tag in root.walk() if tag.name in _OBJECTS}
    faults: list[str] = []
    remarks: list[str] = []
    fields: list[dict[str, Any]] = []
    names: dict[str, str] = {}
    for tag in root.walk():
        if tag.name in _LAYOUT or tag.name in _OBJECTS:
            continue
        read = _READERS.get(tag.name)
        about = {"tag": tag.name, "line": tag.line}
        if read is None:
            faults.append(_("Line %(line)d: our forms have nothing like <%(tag)s>.") % about)
        elif tag.said.get("perRegion") == "true":
            faults.append(_("Line %(line)d: <%(tag)s> asks about each region; our forms ask about the item.") % about)
        else:
            made = read(tag, objects.get(tag.said.get("toName", ""), ""))
            if isinstance(made, str):
                faults.append(_at(tag) + made)
                continue
            fields.append(_named(tag, made, names, remarks))
            _condition(tag, fields, names, faults)
    if any(tag.name == "Style" for tag in root.walk()):
        remarks.append(_("Styles are left out."))
    if not fields and not faults:
        faults.append(_("The configuration asks nothing: it has no control tag."))
    if faults:
        raise Invalid(_("The configuration cannot be taken over."), fields={"config": faults})
    header = next((tag.said.get("value", "") for tag in root.walk() if tag.name == "Header"), "")
    return _whole(fields, header.strip() or _("What is it?"), remarks), remarks


def _parsed(config: str) -> Tag:
    if len(config) > CONFIG_LIMIT or "\x00" in config:
        raise _unread(_("At most %(n)d characters, and no NUL.") % {"n": CONFIG_LIMIT})
    # expat alone: told to, it refuses what could blow a document up.
    # It is text already, whatever encoding it declares.
    parser = expat.ParserCreate("utf-8")
    path: list[Tag] = []
    roots: list[Tag] = []

    def begin(name: str, said: dict[str, str]) -> None:
        made = Tag(name, said, line=parser.CurrentLineNumber)
        (path[-1].inside if path else roots).append(made)
        path.append(made)
        if len(path) > _DEPTH:
            raise _unread(_("It is nested too deeply."))

    def refuse(*_said: object) -> None:
        raise _unread(_("It declares a document type, which could define anything. Remove that line."))

    parser.StartElementHandler, parser.EndElementHandler = begin, lambda _name: path.pop()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(config.encode(), True)
    except expat.ExpatError as error:
        raise _unread(_("Line %(line)d: this is no XML: %(why)s.") % {"line": error.lineno, "why": error}) from None
    if roots[0].name != "View":
        raise _unread(_("A labelling configuration is one <View>."))
    return roots[0]


def _unread(sentence: str) -> Invalid:
    return Invalid(_("The configuration cannot be read."), fields={"config": [sentence]})


def _at(tag: Tag) -> str:
    return _("Line %(line)d, <%(tag)s>: ") % {"line": tag.line, "tag": tag.name}


def _named(tag: Tag, made: dict[str, Any], names: dict[str, str], remarks: list[str]) -> dict[str, Any]:
    said = tag.said.get("name", "")
    plain = re.sub(r"[^a-z0-9_]+", "_", said.lower()).strip("_")[:40]
    plain = plain if _NAME.fullmatch(plain) else f"field_{len(names) + 1}"
    while plain in names.values():
        plain = f"{plain[:36]}_{len(names) + 1}"
    names[said] = plain
    if plain != said:
        remarks.append(_("“%(theirs)s” is called “%(ours)s” here.") % {"theirs": said, "ours": plain})
    title = tag.said.get("title") or tag.said.get("header") or said
    return {"name": plain, "title": title, "required": tag.said.get("required") == "true", **made}


def _condition(tag: Tag, fields: list[dict[str, Any]], names: Mapping[str, str], faults: list[str]) -> None:
    """The condition of the field that was read last."""
    when = tag.said.get("visibleWhen")
    if when is None:
        return
    before = names.get(tag.said.get("whenTagName", ""))
    earlier = [each["name"] for each in fields[:-1]]
    words = [word for word in tag.said.get("whenChoiceValue", "").split(",") if word]
    if when != "choice-selected" or before not in earlier or not words:
        faults.append(_at(tag) + _("it is shown under a condition that our forms cannot say."))
        return
    fields[-1]["show_if"] = {"field": before, "in": words}


def _whole(fields: list[dict[str, Any]], question: str, remarks: list[str]) -> dict[str, Any]:
    mains = [each for each in fields if each["kind"] in ("single_choice", "rating", "pairwise")]
    free = [each for each in mains if "show_if" not in each]
    main = next((each for each in free if each["required"]), free[0] if free else None)
    if main is None:
        name = next(each for each in ("outcome", "outcome_1") if each not in {one["name"] for one in fields})
        main = {"name": name, "kind": "single_choice", "title": "", "required": True, "choices": [_NOTHING, _MARKED]}
        for each in fields:
            if each["kind"] in ("text_spans", "image_shapes", "time_segments") and "show_if" not in each:
                each |= {"required": True, "show_if": {"field": name, "in": [_MARKED["value"]]}}
        fields = [main, *fields]
        remarks.append(_("A decision needs a label: “%(name)s” was added, marked or nothing to mark.") % {"name": name})
    main["required"] = True
    return {"question": question, "main": main["name"], "fields": fields, "confirm": False}


def _words_of(tag: Tag, child: str) -> list[dict[str, Any]] | str:
    made = []
    for each in tag.inside:
        if each.name != child:
            continue
        if any(one.name == child for one in each.inside):
            return _("choices within choices are not among ours.")
        value = each.said.get("alias") or each.said.get("value", "")
        made.append({"value": value, "title": each.said.get("value") or value})
        if each.said.get("hotkey", "") in tuple("123456789"):
            made[-1]["key"] = each.said["hotkey"]
    return made or _("its words come with each task; our forms list them.")


def _choices(tag: Tag, _role: str) -> dict[str, Any] | str:
    words = _words_of(tag, "Choice")
    if isinstance(words, str):
        return words
    return {"kind": "multiple_choice" if tag.said.get("choice") == "multiple" else "single_choice", "choices": words}


def _labels(tag: Tag, role: str) -> dict[str, Any] | str:
    words = _words_of(tag, "Label")
    kind = {"text": "text_spans", "audio": "time_segments"}.get(role)
    if kind is None:
        return _("labels are for spans of text and segments of sound.")
    return words if isinstance(words, str) else {"kind": kind, "labels": words}


def _shapes(tool: str) -> Callable[[Tag, str], dict[str, Any] | str]:
    def read(tag: Tag, _role: str) -> dict[str, Any] | str:
        words = _words_of(tag, "Label")
        return words if isinstance(words, str) else {"kind": "image_shapes", "labels": words, "tools": [tool]}

    return read


def _rating(tag: Tag, _role: str) -> dict[str, Any] | str:
    said = tag.said.get("maxRating", "5")
    if not said.isdecimal() or not 2 <= int(said) <= 10:
        return _("a rating goes to 2 to 10 here.")
    return {"kind": "rating", "from": 1, "to": int(said)}


def _text(_tag: Tag, _role: str) -> dict[str, Any] | str:
    return {"kind": "text"}


def _pairwise(_tag: Tag, _role: str) -> dict[str, Any] | str:
    return {"kind": "pairwise", "tie": False, "neither": False}


_READERS: dict[str, Callable[[Tag, str], dict[str, Any] | str]] = {
    "Choices": _choices,
    "Labels": _labels,
    "HyperTextLabels": _labels,
    "ParagraphLabels": _labels,
    "RectangleLabels": _shapes("box"),
    "PolygonLabels": _shapes("polygon"),
    "Rating": _rating,
    "TextArea": _text,
    "Pairwise": _pairwise,
}
