"""Every kind of item and answer keeps what its example says; forms are checked before they are stored."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from evenkeel.ground.errors import Invalid
from evenkeel.work import NewItem, check_spec, clean_answer, conversation_content, item_faults
from evenkeel.work.kinds.answer import AnswerKind, Unfit, answer_kinds
from evenkeel.work.kinds.item import ItemKind, item_kinds
from evenkeel.work.rules.forms import choices_of
from evenkeel.work.rules.texts import checked_name, holds_nul

from .factories import SPEC

each_answer = pytest.mark.parametrize("kind", list(answer_kinds), ids=lambda kind: kind.slug)
each_item = pytest.mark.parametrize("kind", list(item_kinds), ids=lambda kind: kind.slug)


@each_answer
def test_an_answer_kind_keeps_its_example(kind: type[AnswerKind]) -> None:
    assert kind.faults(kind.example.field) == []
    assert kind.example.right
    for value, kept in kind.example.right:
        assert kind.clean(kind.example.field, value) == kept
    for value in kind.example.wrong:
        with pytest.raises(Unfit, match=r"\w"):
            kind.clean(kind.example.field, value)
    for field in kind.example.bad_fields:
        assert kind.faults(field), field


@each_answer
def test_what_an_answer_kind_stores_fits_its_schema_and_what_it_refuses_does_not(kind: type[AnswerKind]) -> None:
    field = kind.filled(kind.example.field)
    schema = kind.schema(field)
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema)
    for value, _kept in kind.example.right:
        assert list(judge.iter_errors(kind.clean(field, value))) == []
        assert kind.words(field, kind.clean(field, value))
        words = kind.said(field, kind.clean(field, value))
        if words:
            assert Draft202012Validator(kind.said_schema(field, words[:1])).is_valid(kind.clean(field, value))
    assert kind.filled(field) == field


@each_item
def test_an_item_kind_keeps_its_example(kind: type[ItemKind]) -> None:
    assert kind.faults(kind.example.content) == []
    html = kind.html(kind.example.content)
    for shown in kind.example.shows:
        assert shown in html
    assert kind.summary(kind.example.content)
    for content in kind.example.wrong:
        assert kind.faults(content), content


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)


@pytest.mark.parametrize("evil", ["<script>x</script>", '"><img src=x onerror=x>', "<svg/onload=x>", "{{ x }}"])
def test_nothing_from_outside_becomes_markup(evil: str) -> None:
    media = {"media": "0190a1b2-0000-7000-8000-000000000001", "alt": evil, "caption": evil}
    row = {"title": evil, "url": evil, "snippet": evil}
    contents: dict[str, dict[str, Any]] = {
        "text": {"title": evil, "text": evil},
        "conversation": {"turns": [{"speaker": evil, "text": evil}]},
        "image": media,
        "gallery": {"pictures": [media], "text": evil},
        "audio": media | {"transcript": evil},
        "video": media,
        "web_page": {"url": evil, "title": evil, "html": evil},
        "search_results": {"query": evil, "intent": evil, "results": [row], "other": [row]},
        "comparison": {"prompt": evil, "a": {"text": evil}, "b": {"text": evil, "picture": media}},
        "account": {
            "name": evil,
            "bio": evil,
            "handle": evil,
            "picture": media,
            "items": [{"kind": "text", "content": {"text": evil}}],
        },
    }
    pictures = {"image", "gallery", "comparison", "account"}
    assert contents.keys() == set(item_kinds.slugs())
    for slug, content in contents.items():
        tags = Tags()
        tags.feed(item_kinds[slug].html(content))
        assert not {"script", "svg", "iframe", "a"} & set(tags.seen)
        assert tags.seen.count("img") == (slug in pictures)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"question": " "}, "what is asked"),
        ({"main": "comment"}, "cannot be of the kind text"),
        ({"main": "other"}, "names one of the fields"),
        ({"fields": []}, "names one of the fields"),
        ({"fields": [*SPEC["fields"], SPEC["fields"][0]]}, "Two fields are named label"),
        ({"fields": [{"name": "Label", "kind": "text"}]}, "small letters"),
        ({"fields": [{"name": "a", "kind": "oracle"}]}, "single_choice, text, text_spans"),
        ({"fields": ["a"]}, "1: A field is an object"),
        ({"confirm": "yes"}, "true or false"),
        ({"colour": "red"}, "A form has no colour"),
    ],
)
def test_a_form_that_cannot_work_is_refused_with_a_sentence(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_spec(SPEC | change)
    assert any(sentence in said for said in refused.value.fields["spec"])


@pytest.mark.parametrize("spec", [None, [], "form", {"question": "x"}])
def test_what_is_no_form_at_all_is_refused(spec: Any) -> None:
    with pytest.raises(Invalid):
        check_spec(spec)


def test_choices_without_a_key_get_the_free_digits() -> None:
    choices = [{"value": str(n), "title": str(n)} for n in range(11)]
    choices[4]["key"] = "1"
    spec = check_spec(
        {"question": "Which?", "main": "a", "fields": [{"name": "a", "kind": "single_choice", "choices": choices}]}
    )
    assert [choice.key for choice in choices_of(spec)] == ["2", "3", "4", "5", "1", "6", "7", "8", "9", "", ""]
    assert spec["fields"][0]["required"] is True
    assert clean_answer(spec, {"a": "7"}) == ({"a": "7"}, "7")


def test_an_empty_field_is_left_out_of_the_answer() -> None:
    assert clean_answer(check_spec(SPEC), {"label": "No", "comment": ""}) == ({"label": "No"}, "No")


def test_a_data_sets_conversation_becomes_turns() -> None:
    made = conversation_content("USER: Hi\nLAMDA: Hello.\nSecond: line\nUSER: Why?", "Because.")
    assert [(turn["speaker"], turn["text"]) for turn in made["turns"]] == [
        ("User", "Hi"),
        ("Lamda", "Hello.\nSecond: line"),
        ("User", "Why?"),
        ("Lamda", "Because."),
    ]
    assert made["judged"] == 3


@pytest.mark.parametrize(
    ("context", "response", "speakers"),
    [
        ("Just text", "Answer", ["Context", "Assistant"]),
        ("USER: Hi", "Answer", ["User", "Assistant"]),
        ("Scene.\nUSER: Hi", "", ["Context", "User"]),
        ("", "Answer", ["Assistant"]),
    ],
)
def test_a_conversation_without_a_known_form_is_kept_whole(context: str, response: str, speakers: list[str]) -> None:
    made = conversation_content(context, response)
    assert [turn["speaker"] for turn in made["turns"]] == speakers
    assert made["judged"] == len(speakers) - 1
    assert item_kinds["conversation"].faults(made) == []


@pytest.mark.parametrize("name", ["", "  ", "x" * 161, "nul\x00"])
def test_a_name_that_no_database_keeps_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_name(name)
    assert "name" in refused.value.fields


def test_a_nul_is_found_wherever_it_hides() -> None:
    assert not holds_nul({"a": ["b", 1, None, {"c": "d"}]})
    assert not holds_nul(["\\u0000 NaN Infinity", "😀 ä"])
    for said in (
        "\x00",
        ["\x00"],
        {"a": ["\x00"]},
        {"\x00": 1},
        "\ud800",
        {"a": ["\ud800"]},
        [float("inf")],
        {"a": float("nan")},
    ):
        assert holds_nul(said)
    with pytest.raises(Invalid):
        check_spec(SPEC | {"question": "Safe\x00?"})
    assert item_faults(NewItem(key="a", content={"text": "b"}, attributes={"c": "\x00"}))


@pytest.mark.parametrize(
    ("code", "is_sound"),
    [("", True), ("de", True), ("zh-Hant-TW", True), ("DE", False), ("English", False), ("d\x00", False)],
)
def test_an_item_says_its_language_by_a_code_or_not_at_all(code: str, is_sound: bool) -> None:
    faults = item_faults(NewItem(key="a", content={"text": "x"}, language=code))
    assert (faults == []) is is_sound
