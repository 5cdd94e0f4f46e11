"""Label Studio's labelling configurations as forms, and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from evenkeel.ground.errors import Invalid
from evenkeel.work import check_spec, clean_answer
from evenkeel.work.kinds.answer import answer_kinds
from evenkeel.work.rules.label_config import spec_from_config
from evenkeel.work.rules.label_config_writing import config_from_spec
from evenkeel.work.rules.label_studio import answer_from

from .factories import make_form, make_person, make_programme, make_vendor

SENTIMENT = """<View>
  <Text name="text" value="$text"/>
  <Header value="How does it sound?"/>
  <Choices name="sentiment" toName="text" choice="single" required="true">
    <Choice value="Positive" hotkey="1"/><Choice value="Negative" alias="neg"/>
  </Choices>
  <TextArea name="why" toName="text" visibleWhen="choice-selected" whenTagName="sentiment" whenChoiceValue="neg"/>
  <Labels name="spans" toName="text"><Label value="Claim" background="red"/></Labels>
</View>"""


def test_a_configuration_becomes_a_form_that_takes_its_answers() -> None:
    said, remarks = spec_from_config(SENTIMENT)
    spec = check_spec(said)
    assert remarks == []
    assert (spec["question"], spec["main"]) == ("How does it sound?", "sentiment")
    assert [(each["name"], each["kind"], each["required"]) for each in spec["fields"]] == [
        ("sentiment", "single_choice", True), ("why", "text", False), ("spans", "text_spans", False),
    ]  # fmt: skip
    results = [
        {"from_name": "sentiment", "type": "choices", "value": {"choices": ["neg"]}},
        {"from_name": "why", "type": "textarea", "value": {"text": ["Rude."]}},
    ]
    answer, _kinds = answer_from(results, kinds={}, leave_out=pytest.fail)
    assert clean_answer(spec, answer) == ({"sentiment": "neg", "why": "Rude."}, "neg")


def test_one_that_only_marks_is_given_a_label() -> None:
    said, remarks = spec_from_config(
        '<View><Image name="image" value="$image"/><RectangleLabels name="Boxes" toName="image">'
        '<Label value="Car"/></RectangleLabels></View>'
    )
    spec = check_spec(said)
    assert len(remarks) == 2
    assert spec["main"] == "outcome"
    assert clean_answer(spec, {"outcome": "nothing"}) == ({"outcome": "nothing"}, "nothing")
    with pytest.raises(Invalid):
        clean_answer(spec, {"outcome": "marked"})


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ('<BrushLabels name="b" toName="i"><Label value="x"/></BrushLabels>', "nothing like <BrushLabels>"),
        ('<Taxonomy name="t" toName="i"/>', "nothing like <Taxonomy>"),
        ('<Ranker name="r" toName="i"/>', "nothing like <Ranker>"),
        ('<TextArea name="t" toName="i" perRegion="true"/>', "asks about each region"),
        ('<Choices name="c" toName="i" value="$options"/>', "come with each task"),
        ('<Choices name="c" toName="i"><Choice value="a"><Choice value="b"/></Choice></Choices>', "within choices"),
        ('<Rating name="r" toName="i" maxRating="50"/>', "2 to 10"),
        ('<TextArea name="t" toName="i" visibleWhen="region-selected"/>', "condition"),
        ('<Labels name="l" toName="i"><Label value="x"/></Labels>', "spans of text"),
        ("", "asks nothing"),
    ],
)
def test_what_our_forms_cannot_say_is_refused_by_name(inside: str, told: str) -> None:
    with pytest.raises(Invalid) as no:
        spec_from_config(f'<View>\n<Image name="i" value="$image"/>\n{inside}\n</View>')
    (sentence,) = no.value.fields["config"]
    assert told in sentence
    assert not inside or "Line 3" in sentence


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "no xml",
        "<View>",
        "<Other/>",
        '<!DOCTYPE a [<!ENTITY b "c">]><View>&b;</View>',
        "<View>" * 50 + "</View>" * 50,
        "x" * 200_001,
        "<View>\x00</View>",
        '<?xml version="1.0" encoding="foo"?><Other/>',
    ],
)
def test_what_is_no_configuration_is_refused(broken: str) -> None:
    with pytest.raises(Invalid) as no:
        spec_from_config(broken)
    assert no.value.fields.keys() == {"config"}


def test_a_form_goes_out_and_comes_back_the_same() -> None:
    spec = check_spec(spec_from_config(SENTIMENT)[0])
    again = check_spec(spec_from_config(config_from_spec(spec))[0])
    spec["fields"][0]["choices"][1]["title"] = again["fields"][0]["choices"][1]["title"]
    assert again == spec


@pytest.mark.parametrize("kind", [kind.slug for kind in answer_kinds])
def test_every_kind_goes_out_or_is_refused_with_a_reason(kind: str) -> None:
    label = {
        "name": "main",
        "kind": "single_choice",
        "choices": [{"value": "a", "title": "A"}, {"value": "b", "title": 'B "<&'}],
    }
    shows = {"image_shapes": "image", "time_segments": "audio"}.get(kind, "text")
    shown: dict[str, Any] = dict(answer_kinds[kind].example.field) | (
        {"tools": ["box"]} if kind == "image_shapes" else {}
    )
    spec = check_spec({"question": "A & B?", "main": "main", "fields": [label, shown]})
    try:
        config = config_from_spec(spec, shows=shows)
    except Invalid as no:
        assert kind in ("policy_tree", "relevance", "ranking", "pairwise")
        assert no.fields.keys() == {shown["name"]}  # noqa: PT017
        return
    back = check_spec(spec_from_config(config)[0])
    assert [each["kind"] for each in back["fields"]] == ["single_choice", kind]
    assert back["fields"][0]["choices"] == spec["fields"][0]["choices"]
    assert back["question"] == "A & B?"


@pytest.mark.django_db
def test_the_api_and_the_page_take_and_give_configurations() -> None:
    programme, client = make_programme(), Client()
    client.force_login(make_person("quality_manager"))
    base = f"/api/v1/work/programmes/{programme.pk}/forms/label_config"

    def post(address: str, **said: Any) -> Any:
        return client.post(address, json.dumps(said), content_type="application/json").json()

    made = post(base, name="Sentiment", config=SENTIMENT)
    assert made["spec"]["main"] == "sentiment"
    assert post(base, name="x", config="<View/>")["fields"].keys() == {"config"}
    got = client.get(f"/api/v1/work/form_versions/{made['form_version_id']}/label_config").json()
    assert spec_from_config(got["config"])[0]["main"] == "sentiment"
    other = make_form(
        programme, {"question": "?", "main": "r", "fields": [dict(answer_kinds["pairwise"].example.field, name="r")]}
    )
    refused = client.get(f"/api/v1/work/form_versions/{other.pk}/label_config")
    assert refused.status_code == 422
    page = f"/work/programmes/{programme.pk}/forms/label-config/"
    assert client.post(page, {"name": "A", "config": "<View/>"}).status_code == 422
    assert client.post(page, {"name": "A", "config": SENTIMENT}).status_code == 302
    assert "&lt;Choices" in client.get(f"/work/forms/{made['form_id']}/label-config/").text
    stranger = Client()
    stranger.force_login(make_person("quality_manager", make_vendor()))
    assert stranger.get(f"/work/forms/{made['form_id']}/label-config/").status_code == 404
    assert stranger.post(page, {"name": "A", "config": SENTIMENT}).status_code == 404
