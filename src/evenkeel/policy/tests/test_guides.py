"""What somebody reads beside her work: the guideline in her language, with examples."""

from __future__ import annotations

import pytest
from django.test import Client

from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.policy import (
    Policy,
    PolicyVersion,
    add_example,
    guide_for,
    publish_version,
    translate_version,
    version_in_force,
)
from evenkeel.policy.acts.translations import end_example
from evenkeel.work.tests.factories import NOW, SYSTEM, after, make_person, make_policy, make_queue, make_vendor

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy() -> Policy:
    return make_policy(body="# Rule\n\nBe kind.")


@pytest.fixture
def version(policy: Policy) -> PolicyVersion:
    found = version_in_force(policy, NOW)
    assert found is not None
    return found


def test_it_is_read_in_the_first_language_that_there_is(version: PolicyVersion) -> None:
    for body in ("# Regel\n\nSei lieb.", "# Regel\n\nSei nett."):
        translate_version(SYSTEM, version=version, language="de", body_markdown=body, now=NOW)
    german = guide_for(version, ["sw", "de-AT", "fr"], now=NOW)
    assert german.language == "de"
    assert "Sei nett." in german.html
    written = guide_for(version, ["fr"], now=NOW)
    assert (written.language, "Be kind." in written.html) == ("en", True)
    assert "Be kind." in guide_for(version, ["de"], now=after(seconds=-1)).html
    # It is written in English: nobody who reads that first is given another language.
    assert guide_for(version, ["en", "de"], now=NOW).language == "en"
    assert guide_for(version, ["de", "en"], now=NOW).language == "de"


def test_a_text_that_is_not_english_is_not_taken_for_it(policy: Policy) -> None:
    french = publish_version(
        SYSTEM, policy=policy, body_markdown="Soyez gentils.", what_changed="Langue.", language="fr", now=NOW
    )
    translate_version(SYSTEM, version=french, language="en", body_markdown="Be kind.", now=NOW)
    assert "Be kind." in guide_for(french, ["en", "fr"], now=NOW).html
    assert guide_for(french, ["fr-CA", "en"], now=NOW).language == "fr"
    other = guide_for(french, ["sw"], now=NOW)
    assert (other.language, "Soyez" in other.html) == ("fr", True), "as it was written, for want of another"
    again = publish_version(SYSTEM, policy=policy, body_markdown="Soyez polis.", what_changed="Mot.", now=NOW)
    assert again.language == "fr", "that of the version before"
    # The same text may be published again to say what it is written in.
    assert publish_version(
        SYSTEM, policy=policy, body_markdown="Soyez polis.", what_changed="Langue.", language="fr-BE", now=NOW
    )


@pytest.mark.parametrize(
    ("reads", "there", "read", "said"),
    [
        (["pt-PT", "en"], "pt-BR", "pt-BR", ""),
        (["pt"], "pt-BR", "pt-BR", ""),
        (["de", "en"], "fr", "en", "There is no German text yet; this one is English."),
        (["de"], "fr", "en", "There is no German text yet; this one is English."),
        (["en-GB"], "fr", "en", ""),
        ([], "fr", "en", ""),
    ],
)
def test_a_reader_is_told_when_it_is_not_in_her_first_language(
    version: PolicyVersion, reads: list[str], there: str, read: str, said: str
) -> None:
    translate_version(SYSTEM, version=version, language=there, body_markdown="...", now=NOW)
    guide = guide_for(version, reads, now=NOW)
    assert (guide.language, guide.said) == (read, said)


def test_examples_of_her_languages_stand_beneath_and_are_escaped(policy: Policy, version: PolicyVersion) -> None:
    add_example(SYSTEM, policy=policy, text="Hi <b>you</b>", verdict="Fine", why="A greeting.", now=NOW)
    gone = add_example(SYSTEM, policy=policy, text="Hallo Du", verdict="Gut", language="de", now=NOW)
    assert "Hi &lt;b&gt;you&lt;/b&gt;" in guide_for(version, ["en"], now=NOW).html
    assert "Hallo Du" not in guide_for(version, ["en"], now=NOW).html
    assert "Hallo Du" in guide_for(version, ["de"], now=NOW).html
    end_example(SYSTEM, example=gone, now=after(minutes=1))
    assert "Hallo Du" not in guide_for(version, ["de"], now=after(minutes=1)).html
    with pytest.raises(NotNow):
        end_example(SYSTEM, example=gone, now=after(minutes=2))


def test_what_does_not_fit_is_refused(policy: Policy, version: PolicyVersion) -> None:
    with pytest.raises(Invalid):
        translate_version(SYSTEM, version=version, language="German", body_markdown="x", now=NOW)
    with pytest.raises(Invalid):
        translate_version(SYSTEM, version=version, language="de", body_markdown=" ", now=NOW)
    with pytest.raises(Invalid, match="written in English"):
        translate_version(SYSTEM, version=version, language="en", body_markdown="x", now=NOW)
    with pytest.raises(Invalid):
        publish_version(SYSTEM, policy=policy, body_markdown="x", what_changed="y", language="klingon", now=NOW)
    for said in ({"text": "", "verdict": "x"}, {"text": "x", "verdict": ""}, {"text": "x", "verdict": "y" * 121}):
        with pytest.raises(Invalid):
            add_example(SYSTEM, policy=policy, now=NOW, **said)


def test_pages_and_the_desk(policy: Policy) -> None:
    manager, moderator = Client(), Client()
    manager.force_login(make_person("quality_manager"))
    address = policy.get_absolute_url()
    said = {"language": "de", "body_markdown": "# Regel\n\nSei nett."}
    assert manager.post(f"{address}languages/", said | {"language": "?"}).status_code == 422
    assert manager.post(f"{address}languages/", said).status_code == 302
    listed = manager.get(f"{address}languages/").text
    assert "is written in English" in listed
    assert ">German<" in listed
    assert "read now" in listed
    assert manager.post(f"{address}examples/", {"text": "", "verdict": "x"}).status_code == 422
    assert manager.post(f"{address}examples/", {"text": "Hallo Du", "verdict": "Gut"}).status_code == 302
    example = policy.examples.get()
    queue = make_queue(policy=policy, items=1)
    moderator.force_login(make_person("moderator", languages=["de"]))
    desk = moderator.get(f"/work/queues/{queue.pk}/desk/").text
    assert 'lang="de"' in desk
    assert "desk-tongue" not in desk
    assert "Sei nett." in desk
    assert "Hallo Du" in desk
    assert moderator.post(f"{address}examples/", {"text": "x", "verdict": "y"}).status_code == 403
    stranger = Client()
    stranger.force_login(make_person("quality_manager", make_vendor()))
    assert stranger.get(f"{address}examples/").status_code == 404
    ending = f"/policy/examples/{example.pk}/ending/"
    assert stranger.post(ending).status_code == 404
    assert manager.post(ending).status_code == 302
    assert "Hallo Du" not in moderator.get(f"/work/queues/{queue.pk}/desk/").text


def test_a_version_says_its_language_on_its_page_and_in_the_api(policy: Policy) -> None:
    manager, moderator, stranger = Client(), Client(), Client()
    manager.force_login(make_person("quality_manager"))
    moderator.force_login(make_person("moderator", languages=["sw"]))
    stranger.force_login(make_person("quality_manager", make_vendor()))
    address, api = policy.get_absolute_url(), f"/api/v1/policy/policies/{policy.pk}/versions"
    said = {"body_markdown": "# Règle", "what_changed": "Langue.", "language": "fr"}
    assert '<option value="en" selected>' in manager.get(f"{address}publish/").text
    assert manager.post(f"{address}publish/", said | {"language": "klingon"}).status_code == 422
    assert manager.post(f"{address}publish/", said).status_code == 302
    assert '<option value="fr" selected>' in manager.get(f"{address}publish/").text
    assert 'lang="fr"' in moderator.get(address).text
    assert "French" in moderator.get(f"{address}versions/").text
    queue = make_queue(policy=policy, items=1)
    assert "There is no Swahili text yet; this one is French." in moderator.get(f"/work/queues/{queue.pk}/desk/").text
    assert moderator.get(f"{api}/2").json()["language"] == "fr"
    body = said | {"body_markdown": "# Regla", "language": "es"}
    assert manager.post(api, body, content_type="application/json").json()["language"] == "es"
    wrong = manager.post(api, body | {"language": "Spanish"}, content_type="application/json")
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["language"])
    assert moderator.post(api, body, content_type="application/json").status_code == 403
    assert (
        stranger.get(f"{api}/2").status_code
        == stranger.post(api, body, content_type="application/json").status_code
        == 404
    )
