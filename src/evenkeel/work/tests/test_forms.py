"""Forms: conditions, the policy's own clauses, the schema, and what is held against the item."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from evenkeel.ground.errors import Invalid
from evenkeel.work import check_spec, clean_answer, label_spec
from evenkeel.work.kinds.answer import AnswerKind, answer_kinds
from evenkeel.work.kinds.item import Part
from evenkeel.work.rules.clauses import clauses_of, with_clauses
from evenkeel.work.rules.forms import answer_words, is_asked
from evenkeel.work.rules.schemas import form_schema

from .factories import SPEC

KINDS: list[type[AnswerKind]] = list(answer_kinds)
ACTIONS = [{"value": "remove", "title": "Remove"}, {"value": "warn", "title": "Warn"}]


def form(*fields: dict[str, Any], **rest: Any) -> dict[str, Any]:
    """A sound form of these fields after the usual first question."""
    return check_spec({"question": "Safe?", "main": "label", "fields": [SPEC["fields"][0], *fields], **rest})


WHY = {
    "name": "why",
    "kind": "multiple_choice",
    "title": "Why?",
    "required": True,
    "choices": [{"value": "spam", "title": "Spam"}, {"value": "hate", "title": "Hate"}],
    "show_if": {"field": "label", "in": ["Yes"]},
}
QUOTE = {"name": "quote", "kind": "text", "title": "Quote", "show_if": {"field": "why", "in": ["hate"]}}


def faults(spec: dict[str, Any], answer: Any, **rest: Any) -> dict[str, list[str]]:
    with pytest.raises(Invalid) as refused:
        clean_answer(spec, answer, **rest)
    return refused.value.fields


def test_a_field_is_asked_only_after_the_words_that_it_waits_for() -> None:
    spec = form(WHY, QUOTE)
    assert clean_answer(spec, {"label": "No"}) == ({"label": "No"}, "No")
    assert faults(spec, {"label": "Yes"}).keys() == {"why"}
    assert faults(spec, {"label": "No", "why": ["spam"]}) == {
        "why": ["This is not asked after what was answered before."]
    }
    assert faults(spec, {"label": "Yes", "why": ["spam"], "quote": "x"}).keys() == {"quote"}
    said = {"label": "Yes", "why": ["hate", "spam"], "quote": "x"}
    assert clean_answer(spec, said)[0] == {"label": "Yes", "why": ["spam", "hate"], "quote": "x"}


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ({"field": "label", "in": ["Perhaps"]}, "label never says Perhaps"),
        ({"field": "label", "in": []}, "“field” and “in”"),
        ({"field": "label"}, "“field” and “in”"),
        ("label", "“field” and “in”"),
        ({"field": "why", "in": ["spam"]}, "stands before this one"),
        ({"field": ["label"], "in": ["Yes"]}, "stands before this one"),
    ],
)
def test_a_condition_that_can_never_hold_is_refused(condition: Any, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        form(WHY | {"show_if": condition})
    assert sentence in " ".join(refused.value.fields["spec"])


def test_the_main_field_is_always_asked_and_free_text_decides_nothing() -> None:
    first, second = SPEC["fields"]
    with pytest.raises(Invalid, match="cannot be used") as refused:
        check_spec({**SPEC, "fields": [second, first | {"show_if": {"field": "comment", "in": ["x"]}}]})
    told = " ".join(refused.value.fields["spec"])
    assert "always asked" in told
    assert "free text" in told


def test_the_schema_says_the_same_as_the_server() -> None:
    spec = form(WHY, QUOTE)
    judge = Draft202012Validator(form_schema(spec))
    for answer, fits in (
        ({"label": "No"}, True),
        ({"label": "Yes"}, False),
        ({"label": "Yes", "why": ["spam"]}, True),
        ({"label": "No", "why": ["spam"]}, False),
        ({"label": "Yes", "why": ["spam"], "quote": "x"}, False),
        ({"label": "Yes", "why": ["hate"], "quote": "x"}, True),
        ({"label": "Yes", "why": ["hate"], "colour": "red"}, False),
    ):
        assert judge.is_valid(answer) is fits, answer


_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2_000) | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(value=_values, place=st.integers(0, len(KINDS) - 1), mixed=st.booleans(), data=st.data())
def test_whatever_is_sent_is_stored_by_its_schema_or_refused_with_the_field(
    value: Any, place: int, mixed: bool, data: st.DataObject
) -> None:
    kind = KINDS[place]
    if mixed:
        # Near misses find more than noise: a right value with one thing in it exchanged.
        value = _bent(data.draw(st.sampled_from([right for right, _ in kind.example.right])), value, data)
    spec = form({**kind.example.field, "name": "other"})
    try:
        cleaned, label = clean_answer(spec, {"label": "No", "other": value})
    except Invalid as refused:
        cleaned, label, told = {}, "", list(refused.fields)
    else:
        told = []
    if told:
        assert told == ["other"]
    else:
        assert label == "No"
        assert Draft202012Validator(form_schema(spec)).is_valid(cleaned)
        assert clean_answer(spec, cleaned) == (cleaned, label)


def _bent(right: Any, value: Any, data: st.DataObject) -> Any:
    if isinstance(right, dict) and right:
        name = data.draw(st.sampled_from(sorted(right)))
        return {**right, name: _bent(right[name], value, data)}
    if isinstance(right, list) and right:
        place = data.draw(st.integers(0, len(right) - 1))
        return [*right[:place], _bent(right[place], value, data), *right[place + 1 :]]
    return value


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.can_be_main], ids=lambda kind: kind.slug)
def test_every_kind_of_main_field_offers_its_labels_and_says_one(kind: type[AnswerKind]) -> None:
    field = kind.example.field
    spec = check_spec({"question": "?", "main": field["name"], "fields": [field]})
    offered = {choice["value"] for choice in spec["fields"][0]["choices"]}
    for value, _kept in kind.example.right:
        assert clean_answer(spec, {field["name"]: value})[1] in offered
    cut = label_spec(spec)
    for label in offered:
        assert clean_answer(cut, {field["name"]: label})[1] == label


def test_whoever_judges_may_mark_anew_but_need_not() -> None:
    where = {**answer_kinds["text_spans"].example.field, "required": True, "show_if": {"field": "label", "in": ["Yes"]}}
    cut = label_spec(form(WHY, where))
    assert [field["name"] for field in cut["fields"]] == ["label", "spans"]
    assert clean_answer(cut, {"label": "No"}) == ({"label": "No"}, "No")
    spans = [{"start": 2, "end": 7, "label": "threat", "part": "text"}]
    assert clean_answer(cut, {"label": "No", "spans": spans})[0]["spans"] == spans


# ------------------------------------------------------------------ the policy's clauses

BODY = """
# Community rules

## Violence
Severity: 2, 3
### Threats
- **Actions:** remove
- Severity: 4
### Praise
## Spam
```
## not a heading
```
## Spam
"""


def test_a_guidelines_headings_become_violations_and_clauses() -> None:
    made = clauses_of(BODY, ["remove", "warn"])
    assert [node["value"] for node in made] == ["violence", "spam", "spam-2"]
    assert made[0]["severity"] == [2, 3]
    assert made[0]["clauses"] == [
        {"value": "threats", "title": "Threats", "actions": ["remove"], "severity": [4]},
        {"value": "praise", "title": "Praise"},
    ]


@pytest.mark.parametrize("body", ["", "Text only.", "# One heading", "####### seven", "# \n## "])
def test_a_guideline_without_clauses_still_leaves_a_form(body: str) -> None:
    spec = form({"name": "ruling", "kind": "policy_tree", "source": "policy", "actions": ACTIONS})
    asked = with_clauses(spec, body)
    assert clean_answer(asked, {"label": "No", "ruling": {"violation": "none"}})[1] == "No"


def test_only_what_the_policy_offers_is_taken() -> None:
    spec = form({"name": "ruling", "kind": "policy_tree", "source": "policy", "actions": ACTIONS})
    asked = with_clauses(spec, BODY)
    ruling = {"violation": "violence", "clause": "threats", "severity": 4, "action": "remove"}
    assert clean_answer(asked, {"label": "Yes", "ruling": ruling})[0]["ruling"] == ruling
    for change in ({"action": "warn"}, {"severity": 2}, {"clause": "jokes"}, {"violation": "theft"}):
        assert faults(asked, {"label": "Yes", "ruling": ruling | change}).keys() == {"ruling"}
    # Nothing is offered before the guideline says so.
    assert faults(spec, {"label": "Yes", "ruling": ruling}).keys() == {"ruling"}


def test_a_clause_of_the_text_that_was_on_show_may_still_be_said() -> None:
    spec = form({"name": "ruling", "kind": "policy_tree", "source": "policy", "actions": ACTIONS})
    asked = with_clauses(spec, "# A\n# B", "# B\n# C")
    assert [node["value"] for node in asked["fields"][1]["violations"]] == ["a", "b", "c"]


# ------------------------------------------------------------------ held against the item


def marked(kind: str) -> dict[str, Any]:
    return form({**answer_kinds[kind].example.field, "name": "marks"})


def test_a_span_lies_in_the_text_and_keeps_its_words() -> None:
    spec = marked("text_spans")
    parts = {"text": Part(role="text", text="Ich töte 😀 dich")}
    answer = {"label": "Yes", "marks": [{"start": 4, "end": 10, "label": "threat"}]}
    assert clean_answer(spec, answer, parts=parts)[0]["marks"] == [
        {"start": 4, "end": 10, "label": "threat", "part": "text", "quote": "töte 😀"}
    ]
    for change in ({"end": 16}, {"part": "title"}):
        wrong = {"label": "Yes", "marks": [answer["marks"][0] | change]}  # type: ignore[operator]
        assert faults(spec, wrong, parts=parts).keys() == {"marks"}


def test_a_mark_says_its_part_where_there_are_several() -> None:
    spec = marked("image_shapes")
    box = {"shape": "box", "x": 0, "y": 0, "w": 0.5, "h": 0.5, "label": "weapon"}
    parts = {name: Part(role="image") for name in ("pictures.0", "pictures.1")}
    assert faults(spec, {"label": "No", "marks": [box]}, parts=parts).keys() == {"marks"}
    said = {"label": "No", "marks": [box | {"part": "pictures.1"}]}
    assert clean_answer(spec, said, parts=parts)[0]["marks"][0]["part"] == "pictures.1"


def test_a_segment_ends_with_the_recording() -> None:
    spec = marked("time_segments")
    parts = {"video": Part(role="video", duration_ms=2_000)}
    segment = {"start_ms": 500, "end_ms": 2_100, "label": "slur"}
    cleaned, _label = clean_answer(spec, {"label": "Yes", "marks": [segment]}, parts=parts)
    assert cleaned["marks"] == [{"start_ms": 500, "end_ms": 2_000, "label": "slur", "part": "video"}]
    for change in ({"end_ms": 2_300}, {"start_ms": 2_000, "end_ms": 2_050}):
        assert faults(spec, {"label": "Yes", "marks": [segment | change]}, parts=parts).keys() == {"marks"}


def test_every_result_is_graded_once() -> None:
    spec = marked("relevance")
    parts = {"a.0": Part(role="result"), "a.1": Part(role="result"), "query": Part(role="text", text="keys")}
    whole = {"a.1": "0", "a.0": "2"}
    assert list(clean_answer(spec, {"label": "No", "marks": whole}, parts=parts)[0]["marks"]) == ["a.0", "a.1"]
    for wrong in ({"a.0": "2"}, whole | {"a.2": "1"}, whole | {"query": "1"}):
        assert faults(spec, {"label": "No", "marks": wrong}, parts=parts).keys() == {"marks"}


def test_an_answer_is_told_in_words() -> None:
    spec = form(WHY, {**answer_kinds["policy_tree"].example.field, "name": "ruling"})
    ruling = {"violation": "violence", "clause": "threat", "severity": 4, "action": "remove"}
    told = answer_words(spec, {"label": "Yes", "why": ["spam", "hate"], "ruling": ruling})
    assert told == [
        ("Why?", "Spam, Hate"),
        ("Ruling", "Violence, Threat against a person, severity 4, Remove"),
    ]
    assert is_asked(spec, spec["fields"][1], {"label": "Yes"})
