"""What somebody reads beside her work: the guideline in her language, with examples."""

from __future__ import annotations

import pytest
from django.test import Client

from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.policy import Policy, PolicyVersion, add_example, guide_for, translate_version, version_in_force
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
    assert (written.language, "Be kind." in written.html) == ("", True)
    assert "Be kind." in guide_for(version, ["de"], now=after(seconds=-1)).html
    # As it was written counts as English: nobody who reads that first is given another language.
    assert guide_for(version, ["en", "de"], now=NOW).language == ""
    assert guide_for(version, ["de", "en"], now=NOW).language == "de"


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
    assert ">de<" in manager.get(f"{address}languages/").text
    assert manager.post(f"{address}examples/", {"text": "", "verdict": "x"}).status_code == 422
    assert manager.post(f"{address}examples/", {"text": "Hallo Du", "verdict": "Gut"}).status_code == 302
    example = policy.examples.get()
    queue = make_queue(policy=policy, items=1)
    moderator.force_login(make_person("moderator", languages=["de"]))
    desk = moderator.get(f"/work/queues/{queue.pk}/desk/").text
    assert 'lang="de"' in desk
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
